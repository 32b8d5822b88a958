//! A002: rate times count is off.

use sayso_model::{Decimal, Exactness, FigureKind, Finding};
use sayso_parse::Pos;

use crate::reckon::{Reach, product_line, show, step};
use crate::words::{Mention, View, has, reckoned, severity, shown};
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "A002",
    title: "product of rate and count off",
    docs: Docs {
        reports: "A rate, the number of things or the time that it is for, and the amount that is said to come of it, \
                  where they multiply to another amount.",
        matters: "Amounts made by multiplying are quoted on their own later, without the rate that would give them away.",
        wrong: "The state pays $2,000 a month to each of 6,000 workers, or $16 million a month in all.",
        right: "The state pays $2,000 a month to each of 6,000 workers, or $12 million a month in all.",
        decides: "It takes a rate (\"a day\", \"per ton\", \"for each vessel\", \"each\"), finds for every \"per\" the number \
                  that it is for (the days, the tons, the vessels), and multiplies. Units of one kind are converted. The \
                  result must be led in by words such as \"in all\", \"or\", \"makes\", \"will cost\", \"bill\". It may be off \
                  by what rounding allows and by three per cent more. Exact numbers give an error, rounded ones a warning.",
        silent: "If any choice of the numbers nearby does give the result; if the number for a \"per\" is not found; if the \
                 result is more than five times off, which speaks for another reckoning; a mistake that the report itself \
                 corrects.",
    },
    run,
};

/// How far back, in sentences, the rate and the counts may stand.
const BACK: usize = 3;

/// Days in units of time, least and most.
fn days(unit: &str) -> Option<(Decimal, Decimal)> {
    let both = |a: i64, b: i64| Some((Decimal::new(a, 2), Decimal::new(b, 2)));
    match unit {
        "day" | "night" => both(100, 100),
        "week" => both(700, 700),
        "fortnight" => both(1400, 1400),
        "month" => both(2800, 3100),
        "quarter" => both(9000, 9200),
        "year" => both(36000, 36600),
        _ => None,
    }
}

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    let view = View::new(subject);
    for (i, product) in view.mentions.iter().enumerate() {
        if !view.is_prose(product.part)
            || !is_result(&view, i)
            || view.is_corrected(product.sentence)
        {
            continue;
        }
        let first = view
            .mentions
            .partition_point(|m| m.sentence + BACK < product.sentence);
        let window: Vec<&Mention<'_>> = view.mentions[first..i]
            .iter()
            .filter(|m| m.part + 1 >= product.part && m.value > Decimal::ZERO)
            .collect();
        // The nearest rate that fits is the one meant.
        let rate = window.iter().rev().find_map(|r| {
            let dims = dims(&view, r);
            let scale = conversion(&view, r, product, &dims)?;
            (!dims.is_empty()).then_some((*r, dims, scale))
        });
        if let Some((rate, dims, scale)) = rate {
            check(&view, rate, &dims, scale, product, &window, out);
        }
    }
}

/// Whether words around an amount say that it was reckoned out.
fn is_result(view: &View<'_>, at: usize) -> bool {
    let m = &view.mentions[at];
    if !matches!(
        m.figure.kind,
        FigureKind::Cardinal | FigureKind::Money | FigureKind::Measure
    ) || m.value < Decimal::TEN
    {
        return false;
    }
    let from = match at.checked_sub(1).map(|p| &view.mentions[p]) {
        Some(p) if p.sentence == m.sentence => p.tokens.end.max(m.tokens.start.saturating_sub(12)),
        _ => view
            .sentence(m.sentence)
            .start
            .max(m.tokens.start.saturating_sub(12)),
    };
    let before = view.words(from.min(m.tokens.start)..m.tokens.start);
    let after = view.after(m.tokens.end, 4);
    view.says("reckoning_product", &before) || view.says("reckoning_total_after", &after)
}

/// What a rate is per: "$18,000 a day for each vessel" gives day and vessel; a bare "each" gives `each`.
fn dims(view: &View<'_>, m: &Mention<'_>) -> Vec<String> {
    let parse = view.parse();
    let mut out: Vec<String> = m.figure.per.iter().map(|p| p.unit.to_lowercase()).collect();
    let end = view.sentence(m.sentence).end.min(m.tokens.end + 9);
    let mut t = m.tokens.end;
    while t < end {
        let word = parse.lower(t);
        if matches!(word, "," | ";" | "." | ":" | "and" | "but") || parse.pos(t) == Pos::Num {
            break;
        }
        if matches!(word, "a" | "an" | "per" | "each" | "every" | "/") {
            let noun = (t + 1..(t + 3).min(end)).find(|&n| parse.pos(n) == Pos::Noun);
            let counted = (t + 1..(t + 4).min(end)).any(|n| parse.pos(n) == Pos::Num);
            match noun {
                // "a" makes a rate of the word right after it only.
                Some(n) if n == t + 1 || !matches!(word, "a" | "an") => {
                    let unit = parse.lemma(n).to_lowercase();
                    let known = out.iter().any(|o| *o == unit || o.ends_with(&unit));
                    if !known
                        && !counted
                        && (word != "a" && word != "an"
                            || days(&unit).is_some()
                            || t <= m.tokens.end + 1)
                    {
                        out.push(unit);
                    }
                }
                None if word == "each" => out.push("each".into()),
                _ => {}
            }
        }
        t += 1;
    }
    if out.is_empty() && has(&view.before(m.tokens.start, 3), "each") {
        out.push("each".into());
    }
    out
}

/// By how much amounts in the rate's unit are multiplied to be in the result's; `None` where they do not go together.
fn conversion(
    view: &View<'_>,
    rate: &Mention<'_>,
    product: &Mention<'_>,
    dims: &[String],
) -> Option<Decimal> {
    use FigureKind::{Cardinal, Measure, Money};
    let (r, p) = (rate.figure, product.figure);
    match (r.kind, p.kind) {
        (Money, Money) => (r.currency == p.currency).then_some(Decimal::ONE),
        (Measure, Measure) if r.unit == p.unit => Some(Decimal::ONE),
        (Measure, Measure) => {
            let unit = |u: &Option<String>| {
                let name = u.as_deref()?;
                view.packs.entries().units.iter().find(|e| e.name == name)
            };
            let (a, b) = (unit(&r.unit)?, unit(&p.unit)?);
            let factor = |f: &str| f.parse::<Decimal>().ok();
            (a.dimension == b.dimension).then(|| {
                factor(&a.factor.to_string())?.checked_div(factor(&b.factor.to_string())?)
            })?
        }
        // Seats make passengers; rates of plain things need "each" or the same thing on both sides.
        (Cardinal, Cardinal) => {
            let same = view.thing(rate).is_some() && view.thing(rate) == view.thing(product);
            (same || dims.iter().any(|d| d == "each")).then_some(Decimal::ONE)
        }
        _ => None,
    }
}

fn check(
    view: &View<'_>,
    rate: &Mention<'_>,
    dims: &[String],
    scale: Decimal,
    product: &Mention<'_>,
    window: &[&Mention<'_>],
    out: &mut Vec<Finding>,
) {
    let candidates: Vec<&Mention<'_>> = window
        .iter()
        .copied()
        .filter(|m| m.index != rate.index && can_multiply(m))
        .collect();
    let Some(goal) = per_period(view, product, dims) else {
        return;
    };
    let Some(factors) = factors(view, rate, dims, product, &candidates) else {
        return;
    };
    let mut value = Some(rate.value);
    let mut reach = Reach::loose(rate.figure)
        .times(Reach::point(scale))
        .times(goal);
    for f in &factors {
        value = value.and_then(|v| v.checked_mul(f.mention.value)?.checked_mul(f.times.low?));
        reach = reach.times(Reach::loose(f.mention.figure)).times(f.times);
    }
    let Some(value) = value
        .and_then(|v| v.checked_mul(scale))
        .and_then(|v| v.checked_mul(goal.low?))
    else {
        return;
    };
    let said = Reach::loose(product.figure).widened(3);
    if reach.meets(said) || explained(rate, scale, dims, &candidates, product) {
        return;
    }
    let times = |v: Decimal, n: u32| v.checked_mul(Decimal::from(n)).unwrap_or(Decimal::MAX);
    if value > times(product.value, 5) || product.value > times(value, 5) {
        return;
    }
    let mut shown_factors = vec![rate.value];
    shown_factors.extend(factors.iter().map(|f| f.mention.value));
    shown_factors.extend(
        factors
            .iter()
            .filter_map(|f| f.times.low)
            .chain(goal.low)
            .chain([scale])
            .filter(|&t| t != Decimal::ONE),
    );
    let exact = rate.exact()
        && product.figure.exactness == Exactness::Exact
        && factors
            .iter()
            .all(|f| f.mention.exact() && f.times.low == f.times.high)
        && goal.low == goal.high;
    let mut evidence = vec![
        reckoned(product_line(&shown_factors, value)),
        shown(rate.figure.span, "the rate"),
    ];
    evidence.extend(
        factors
            .iter()
            .map(|f| shown(f.mention.figure.span, "what it is for")),
    );
    out.push(Finding {
        code: RULE.code,
        severity: severity(exact),
        message: format!(
            "the rate and the counts multiply to {}, but the report gives {}",
            show(value),
            product.figure.text.trim()
        ),
        span: product.figure.span,
        evidence,
        help: Some("check the rate, the counts and the result against the source".into()),
    });
}

/// A factor and what it is to be multiplied by to be in the rate's unit of time.
struct Factor<'v, 'a> {
    mention: &'v Mention<'a>,
    times: Reach,
}

fn can_multiply(m: &Mention<'_>) -> bool {
    matches!(
        m.figure.kind,
        FigureKind::Cardinal | FigureKind::Duration | FigureKind::Measure
    ) && matches!(
        m.figure.exactness,
        Exactness::Exact | Exactness::Approximate
    ) && m.value > Decimal::ZERO
}

/// What turns a rate per one time into a result per another: "a day" and "a month" give 28 to 31. One where the result
/// is for no time or the same time.
fn per_period(view: &View<'_>, product: &Mention<'_>, dims: &[String]) -> Option<Reach> {
    let own = period(view, product);
    let rate = dims.iter().find_map(|d| days(d));
    match (rate, own.as_deref().and_then(days)) {
        (Some((a, b)), Some((c, d))) if (a, b) != (c, d) => Some(Reach {
            low: c.checked_div(b),
            high: d.checked_div(a),
        }),
        _ => Some(Reach::point(Decimal::ONE)),
    }
}

/// The time that a result is for: "a month", "monthly", "the yearly bill".
fn period(view: &View<'_>, m: &Mention<'_>) -> Option<String> {
    let per = m.figure.per.iter().map(|p| p.unit.to_lowercase());
    if let Some(unit) = per.into_iter().find(|u| days(u).is_some()) {
        return Some(unit);
    }
    let words = format!(
        "{}{}",
        view.before(m.tokens.start, 8),
        view.after(m.tokens.end, 3)
    );
    [
        ("day", ["daily", "a day", "each day"]),
        ("week", ["weekly", "a week", "each week"]),
        ("month", ["monthly", "a month", "each month"]),
        ("year", ["yearly", "a year", "annual"]),
    ]
    .iter()
    .find(|(_, said)| said.iter().any(|w| has(&words, w)))
    .map(|(unit, _)| (*unit).to_owned())
}

/// The numbers that a rate is multiplied by, one for every "per"; `None` where one is not found.
fn factors<'v, 'a>(
    view: &View<'a>,
    rate: &Mention<'a>,
    dims: &[String],
    product: &Mention<'a>,
    candidates: &[&'v Mention<'a>],
) -> Option<Vec<Factor<'v, 'a>>> {
    let mut out: Vec<Factor<'v, 'a>> = Vec::new();
    let one = Reach::point(Decimal::ONE);
    let taken =
        |out: &[Factor<'v, 'a>], m: &Mention<'a>| out.iter().any(|f| f.mention.index == m.index);
    // "to each of 6,000 workers": always counts.
    for m in candidates {
        let lead = view.before(m.tokens.start, 4);
        if m.figure.kind == FigureKind::Cardinal && view.says("reckoning_each_of", &lead) {
            out.push(Factor {
                mention: m,
                times: one,
            });
        }
    }
    let mut open = 0;
    for dim in dims {
        if dim == "each" {
            open += usize::from(out.is_empty());
            continue;
        }
        let named = candidates
            .iter()
            .rev()
            .find(|m| !taken(&out, m) && names(view, m, dim));
        if let Some(m) = named {
            out.push(Factor {
                mention: m,
                times: one,
            });
        } else if let Some((least, most)) = days(dim) {
            if period(view, product).is_some() {
                continue; // both are per time: reckoned with in `per_period`
            }
            // "six weeks" for a rate a day.
            let other = candidates.iter().rev().find_map(|m| {
                let unit = m.figure.unit.as_deref()?;
                let (a, b) = days(unit)?;
                (m.figure.kind == FigureKind::Duration && !taken(&out, m)).then_some((*m, a, b))
            });
            if let Some((m, a, b)) = other {
                out.push(Factor {
                    mention: m,
                    times: Reach {
                        low: a.checked_div(most),
                        high: b.checked_div(least),
                    },
                });
            }
        } else {
            open += usize::from(
                out.iter()
                    .all(|f| f.mention.figure.kind != FigureKind::Cardinal),
            );
        }
    }
    if open > 0 || out.is_empty() {
        // The only count of things that is left, in the rate's sentence or the result's.
        let counts = |sentence: usize| -> Vec<&'v Mention<'a>> {
            candidates
                .iter()
                .copied()
                .filter(|m| {
                    m.sentence == sentence
                        && m.figure.kind == FigureKind::Cardinal
                        && !taken(&out, m)
                        && m.value > Decimal::ONE
                })
                .collect()
        };
        let found = match (counts(product.sentence)[..].to_vec(), counts(rate.sentence)) {
            (here, _) if here.len() == 1 => here[0],
            (here, there) if here.is_empty() && there.len() == 1 => there[0],
            _ => return None,
        };
        out.push(Factor {
            mention: found,
            times: one,
        });
    }
    // "Every bus made three runs."
    for m in candidates {
        let lead = view.words(view.sentence(m.sentence).start..m.tokens.start);
        if m.figure.kind == FigureKind::Cardinal
            && !taken(&out, m)
            && (lead.starts_with(" every ") || lead.starts_with(" each "))
        {
            out.push(Factor {
                mention: m,
                times: one,
            });
        }
    }
    Some(out)
}

/// Whether a number is one of these: "nine days" for day, "three doses" for dose, "2.5 tonnes" for tonne.
fn names(view: &View<'_>, m: &Mention<'_>, dim: &str) -> bool {
    m.figure.unit.as_deref() == Some(dim)
        || view.thing(m).is_some_and(|t| t == dim)
        || m.figure.thing.as_ref().is_some_and(|t| {
            let last = t.text.to_lowercase();
            last.split_whitespace()
                .last()
                .is_some_and(|w| w == dim || w.strip_suffix('s') == Some(dim))
        })
}

/// Whether some choice of the numbers nearby gives the result: close to it, however softly it is put.
fn explained(
    rate: &Mention<'_>,
    scale: Decimal,
    dims: &[String],
    candidates: &[&Mention<'_>],
    product: &Mention<'_>,
) -> bool {
    let near: Vec<_> = candidates.iter().rev().take(7).collect();
    let all = 1usize << near.len();
    let said = Reach::around(product.value, step(product.figure) / Decimal::TWO).widened(2);
    let monthly = dims.iter().any(|d| d == "month");
    (0..all).any(|choice: usize| {
        let mut value = rate.value.checked_mul(scale);
        for (i, m) in near.iter().enumerate() {
            if choice & (1 << i) != 0 {
                value = value.and_then(|v| v.checked_mul(m.value));
            }
        }
        let meets = |v: Option<Decimal>| v.is_some_and(|v| Reach::point(v).meets(said));
        let year = value.and_then(|v| v.checked_mul(Decimal::from(12u32)));
        meets(value) || monthly && meets(year)
    })
}
