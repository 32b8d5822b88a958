//! A003: a share or percentage is off.

use sayso_model::{Change, Decimal, Exactness, FigureKind, Finding};

use crate::compare::{amounts, amounts_around, comparable, pairs, ratio};
use crate::reckon::{Reach, show};
use crate::words::{Mention, View, has, reckoned, severity, shown};
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "A003",
    title: "share or percentage off",
    docs: Docs {
        reports: "A percentage or fraction given beside the two numbers that it is made of, where the two give another.",
        matters: "A percentage looks like a second, independent figure. When it does not follow from the numbers beside \
                  it, one of the three is wrong.",
        wrong: "Of the 60 wells in the valley 12, or 35 per cent, were dry in May.\n\n\
                Exports rose 40 percent last year, to 500 tonnes from 400 tonnes.",
        right: "Of the 60 wells in the valley 12, or 20 per cent, were dry in May.\n\n\
                Exports rose 25 percent last year, to 500 tonnes from 400 tonnes.",
        decides: "It takes a percentage of change (\"rose\", \"up\", \"a drop of\") with the two amounts before and after, \
                  and a share (\"of them\", \"or 20 per cent\", \"a turnout of\") with the part and the whole, all in one \
                  sentence or in sentences that follow one another. The percentage may be off by what rounding of \
                  any of the three allows. Exact numbers give an error, rounded ones a warning.",
        silent: "If any two amounts nearby do give the percentage, as share, as rest or as change; if there are more \
                 amounts than two and nothing says which are meant; percentage points; a mistake that the report \
                 itself corrects.",
    },
    run,
};

/// What a percentage says of two amounts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Share,
    Change(Option<Change>),
}

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    let view = View::new(subject);
    for m in &view.mentions {
        let fraction =
            m.figure.kind == FigureKind::Ratio && m.value < Decimal::ONE && m.value > Decimal::ZERO;
        let percent = m.figure.kind == FigureKind::Percent && !is_points(&view, m);
        if !(fraction || percent) || !view.is_prose(m.part) || view.is_corrected(m.sentence) {
            continue;
        }
        check(&view, m, fraction, out);
    }
}

fn is_points(view: &View<'_>, m: &Mention<'_>) -> bool {
    m.figure
        .unit
        .as_deref()
        .is_some_and(|u| u.contains("point"))
        || has(&view.words(m.tokens.start..m.tokens.end + 1), "points")
        || has(&view.after(m.tokens.end, 2), "points")
}

fn check(view: &View<'_>, m: &Mention<'_>, fraction: bool, out: &mut Vec<Finding>) {
    let near = amounts_around(view, m);
    let said = said(m, fraction);
    let Some((kind, a, b)) = tied(view, m, fraction) else {
        return;
    };
    let explained = |(a, b)| ways(kind, a, b).iter().any(|r: &Reach| r.meets(said));
    if pairs(&near).into_iter().any(explained) {
        return;
    }
    let hundred = Decimal::ONE_HUNDRED;
    let scale = |v: Decimal| if fraction { v } else { v * hundred };
    let (line, value) = match kind {
        Kind::Share => {
            let (part, whole) = if a.value <= b.value { (a, b) } else { (b, a) };
            let Some(v) = part.value.checked_div(whole.value) else {
                return;
            };
            let v = scale(v);
            (
                format!(
                    "{} ÷ {} = {}",
                    show(part.value),
                    show(whole.value),
                    percent(v, fraction)
                ),
                v,
            )
        }
        Kind::Change(direction) => {
            let (from, to) = order(view, a, b, direction);
            let Some(v) = (to.value - from.value).checked_div(from.value) else {
                return;
            };
            let v = scale(v.abs());
            let line = format!(
                "({} − {}) ÷ {} = {}",
                show(to.value),
                show(from.value),
                show(from.value),
                percent(if to.value < from.value { -v } else { v }, fraction)
            );
            (line, v)
        }
    };
    // A result that is far off belongs to other amounts than these.
    let times = |v: Decimal, n: u32| v.checked_mul(Decimal::from(n)).unwrap_or(Decimal::MAX);
    if value > times(m.value, 4) || m.value > times(value, 4) {
        return;
    }
    let exact = m.exact() && a.exact() && b.exact();
    // A share below the whole is told as the smaller of the larger, whichever was written first.
    let swap = kind == Kind::Share && value < Decimal::ONE_HUNDRED && a.value > b.value;
    let (a, b) = if swap { (b, a) } else { (a, b) };
    out.push(Finding {
        code: RULE.code,
        severity: severity(exact),
        message: match kind {
            Kind::Share => format!(
                "{} of {} is {}, not {}",
                a.figure.text.trim(),
                b.figure.text.trim(),
                percent(value, fraction),
                m.figure.text.trim()
            ),
            Kind::Change(_) => format!(
                "between {} and {} lies a change of {}, not {}",
                a.figure.text.trim(),
                b.figure.text.trim(),
                percent(value, fraction),
                m.figure.text.trim()
            ),
        },
        span: m.figure.span,
        evidence: vec![
            reckoned(line),
            shown(a.figure.span, "one of the two amounts"),
            shown(b.figure.span, "the other"),
        ],
        help: Some(
            "correct the percentage or the amount that is wrong, or say what it is a percentage of"
                .into(),
        ),
    });
}

fn percent(value: Decimal, fraction: bool) -> String {
    if fraction {
        show(value)
    } else {
        format!("{} percent", show(value.round_dp(1)))
    }
}

/// What the percentage may stand for, as a share of one.
fn said(m: &Mention<'_>, fraction: bool) -> Reach {
    let reach = Reach::of(m.figure);
    if fraction {
        return reach.widened(if m.exact() { 8 } else { 12 });
    }
    // Half a point for rounding, and a little for rounding of the amounts that nobody wrote down.
    let slack = if m.figure.value().is_some_and(|v| v.fract().is_zero()) {
        Decimal::new(7, 1)
    } else {
        Decimal::new(15, 2)
    };
    let reach = match m.figure.exactness {
        Exactness::Bound | Exactness::Range => reach,
        _ => Reach {
            low: reach.low.map(|l| l.min(m.value - slack)),
            high: reach.high.map(|h| h.max(m.value + slack)),
        },
    };
    reach.over(Reach::point(Decimal::ONE_HUNDRED))
}

/// All that a percentage of this kind could be of two amounts, either way round.
fn ways(kind: Kind, a: &Mention<'_>, b: &Mention<'_>) -> Vec<Reach> {
    let one = Decimal::ONE;
    let minus_one = |r: Reach| Reach {
        low: r.low.map(|v| v - one),
        high: r.high.map(|v| v - one),
    };
    let from_one = |r: Reach| Reach {
        low: r.high.map(|v| one - v),
        high: r.low.map(|v| one - v),
    };
    let (ab, ba) = (ratio(a, b), ratio(b, a));
    match kind {
        Kind::Share => vec![ab, ba],
        Kind::Change(_) => vec![
            ab,
            ba,
            minus_one(ab),
            minus_one(ba),
            from_one(ab),
            from_one(ba),
        ],
    }
}

/// The two amounts that a percentage is tied to, and how.
fn tied<'v, 'a>(
    view: &'v View<'a>,
    m: &Mention<'a>,
    fraction: bool,
) -> Option<(Kind, &'v Mention<'a>, &'v Mention<'a>)> {
    let here = amounts(view, m.sentence);
    let before = view.before(m.tokens.start, 5);
    let after = view.after(m.tokens.end, 4);
    let sentence = view.words(view.sentence(m.sentence));
    let changes = m.figure.change.is_some()
        || view.says("reckoning_change", &before)
        || view.says("reckoning_change_after", &after);
    let direction = m.figure.change.or_else(|| direction(view, &before, &after));
    // Change, both amounts in the sentence.
    if changes && !fraction {
        let two = same_pair(&here);
        if let Some((a, b)) = two {
            let set_apart = view.says("reckoning_against", &sentence);
            return set_apart.then_some((Kind::Change(direction), a, b));
        }
        // "It sold 92,000 tickets. A year ago it sold 80,000. … the rise of 25 percent."
        if here.is_empty() && view.says("reckoning_change_noun", &before) {
            let near: Vec<_> = last_two(view, m)?;
            let together = view
                .words(view.sentence(near[0].sentence).start..view.sentence(near[1].sentence).end);
            let told = view.says("reckoning_then", &together);
            return told.then_some((Kind::Change(direction), near[0], near[1]));
        }
        return None;
    }
    if changes {
        return None;
    }
    // Share.
    let or = [
        "or",
        "(",
        "or about",
        "or nearly",
        "or some",
        ", about",
        "or almost",
        "or roughly",
    ]
    .iter()
    .any(|w| before.trim_end().ends_with(&format!(" {w}")));
    let of_them = view.says("reckoning_of_them", &after);
    let named = view.says("reckoning_share", &before) || view.says("reckoning_share", &after);
    let two = same_pair(&here);
    if let Some((a, b)) = two {
        let of = set_within(view, a, b);
        if of && (or || of_them || named || close(a, b, m)) {
            return Some((Kind::Share, a, b));
        }
        return None;
    }
    if fraction {
        return None;
    }
    // One amount here and the whole shortly before: "Inspected: 480. Rated poor: 120, or 40 percent of them."
    if let ([a], true) = (&here[..], or && of_them) {
        let near = amounts_around(view, m);
        let wholes: Vec<_> = near
            .iter()
            .filter(|b| b.index < a.index && b.value > a.value && comparable(a, b))
            .collect();
        if let [b] = wholes[..] {
            return Some((Kind::Share, a, b));
        }
    }
    // "30,000 voted. The Greens won 13,500 of those votes. That is a share of 55 percent."
    if here.is_empty() && named {
        let near = last_two(view, m)?;
        let words = view.after(near[1].tokens.end, 4);
        let of = view.says("reckoning_of_them", &words) || set_within(view, near[0], near[1]);
        return of.then_some((Kind::Share, near[0], near[1]));
    }
    None
}

/// The only two amounts of a list, if they may be compared.
fn same_pair<'v, 'a>(list: &[&'v Mention<'a>]) -> Option<(&'v Mention<'a>, &'v Mention<'a>)> {
    match list {
        [a, b] if comparable(a, b) => Some((*a, *b)),
        // Small counts beside large ones are asides ("nine bus companies").
        _ => {
            let large: Vec<_> = list
                .iter()
                .filter(|m| m.value >= Decimal::from(20u32))
                .copied()
                .collect();
            match large[..] {
                [a, b] if list.len() == 3 && comparable(a, b) => Some((a, b)),
                _ => None,
            }
        }
    }
}

/// The last two amounts of the three sentences before, if they may be compared.
fn last_two<'v, 'a>(view: &'v View<'a>, m: &Mention<'a>) -> Option<Vec<&'v Mention<'a>>> {
    let near: Vec<_> = amounts_around(view, m)
        .into_iter()
        .filter(|a| a.sentence < m.sentence && a.value >= Decimal::TEN)
        .collect();
    match near[..] {
        [.., a, b] if comparable(a, b) => Some(vec![a, b]),
        _ => None,
    }
}

/// Whether one amount is said to lie within the other: "12 of the 60", "of the 60 … 12", "480 out of 800".
fn set_within(view: &View<'_>, a: &Mention<'_>, b: &Mention<'_>) -> bool {
    let of = |lead: &str| has(lead, "of the") || has(lead, "out of") || has(lead, "of");
    let lead_a = view.before(a.tokens.start, 2);
    let lead_b = view.before(b.tokens.start, 3);
    of(&lead_a) && a.value > b.value || of(&lead_b) && b.value > a.value
}

/// Whether the percentage stands right beside one of the two.
fn close(a: &Mention<'_>, b: &Mention<'_>, m: &Mention<'_>) -> bool {
    let gap = |x: &Mention<'_>| {
        if x.tokens.end <= m.tokens.start {
            m.tokens.start - x.tokens.end
        } else {
            x.tokens.start.saturating_sub(m.tokens.end)
        }
    };
    gap(a).min(gap(b)) <= 3
}

fn direction(view: &View<'_>, before: &str, after: &str) -> Option<Change> {
    if view.says("reckoning_up", before) || view.says("reckoning_up", after) {
        Some(Change::Up)
    } else if view.says("reckoning_down", before) || view.says("reckoning_down", after) {
        Some(Change::Down)
    } else {
        None
    }
}

/// Which of two amounts came first in time: told by "from" and "to", else by the direction of the change.
fn order<'v, 'a>(
    view: &View<'a>,
    a: &'v Mention<'a>,
    b: &'v Mention<'a>,
    direction: Option<Change>,
) -> (&'v Mention<'a>, &'v Mention<'a>) {
    let lead = |m: &Mention<'_>, w: &str| has(&view.before(m.tokens.start, 2), w);
    if lead(a, "from") || lead(b, "to") {
        return (a, b);
    }
    if lead(b, "from") || lead(a, "to") {
        return (b, a);
    }
    match direction {
        Some(Change::Up) if a.value > b.value => (b, a),
        Some(Change::Down) if a.value < b.value => (b, a),
        _ => (a, b),
    }
}
