//! A004: "N times", "double", "half of" is off.

use sayso_model::{Decimal, Exactness, FigureKind, Finding, Span, Text};

use crate::compare::{amounts, amounts_around, comparable, pairs, ratio, softened};
use crate::reckon::{Reach, show};
use crate::words::{Mention, View, has, reckoned, severity, shown};
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "A004",
    title: "\"N times\" off",
    docs: Docs {
        reports: "A multiple (\"three times as many\", \"doubled\", \"half of the\") given beside the two amounts that it \
                  compares, where the two give another.",
        matters: "The multiple is what a reader remembers and a headline repeats.",
        wrong: "Clinics treated 900 cases in May, five times as many as the 300 of a year earlier.\n\n\
                The price of a sack has tripled since March, from 20 pounds to 40.",
        right: "Clinics treated 900 cases in May, three times as many as the 300 of a year earlier.\n\n\
                The price of a sack has doubled since March, from 20 pounds to 40.",
        decides: "It divides the two amounts of the sentence (or, after \"so\" and \"thus\", of the sentences before it) and \
                  compares the result with the multiple. A multiple may be off by 15 per cent, with \"about\" by 25; \
                  \"more than\" and \"nearly\" are taken at their word. Exact amounts give an error, rounded ones a warning.",
        silent: "If any two amounts nearby do give the multiple; if nothing says which two amounts are compared; \
                 \"four times\" in the sense of four occasions; a mistake that the report itself corrects.",
    },
    run,
};

/// A multiple in the text.
struct Multiple {
    value: Decimal,
    tokens: std::ops::Range<u32>,
    span: Span<Text>,
    exactness: Exactness,
    /// A verb: "has tripled".
    verb: bool,
}

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    let view = View::new(subject);
    for multiple in multiples(&view) {
        check(&view, &multiple, out);
    }
}

/// The multiples of a report, in order.
fn multiples(view: &View<'_>) -> Vec<Multiple> {
    let parse = view.parse();
    let mut out: Vec<Multiple> = Vec::new();
    for m in &view.mentions {
        let next = view.after(m.tokens.end, 1);
        let times = has(&view.words(m.tokens.clone()), "times") || next == " times ";
        let ratio = m.figure.kind == FigureKind::Ratio;
        if !(ratio || times && m.figure.kind == FigureKind::Cardinal) || m.value <= Decimal::ZERO {
            continue;
        }
        let end = if next == " times " {
            m.tokens.end + 1
        } else {
            m.tokens.end
        };
        out.push(Multiple {
            value: m.value,
            tokens: m.tokens.start..end,
            span: m.figure.span,
            exactness: m.figure.exactness,
            verb: false,
        });
    }
    for t in 0..parse.len() as u32 {
        let lemma = parse.lemma(t).to_lowercase();
        let found = view
            .packs
            .words("reckoning_multiple")
            .iter()
            .filter_map(|w| w.split_once('='))
            .find(|(w, _)| *w == lemma || *w == parse.lower(t));
        let (Some((_, value)), None) = (found, out.iter().find(|m| m.tokens.contains(&t))) else {
            continue;
        };
        let Ok(value) = value.parse() else { continue };
        let bytes = parse.bytes(t..t + 1);
        out.push(Multiple {
            value,
            tokens: t..t + 1,
            span: bytes.into(),
            exactness: softened(view, t),
            verb: matches!(parse.pos(t), sayso_parse::Pos::Verb),
        });
    }
    out
}

/// What the multiple may stand for.
fn said(view: &View<'_>, m: &Multiple) -> Reach {
    let lead = view.before(m.tokens.start + 1, 4);
    let percent = |p: u32| Reach::point(m.value).widened(p);
    if has(&lead, "more than") || has(&lead, "over") || has(&lead, "at least") {
        Reach {
            low: percent(5).low,
            high: None,
        }
    } else if has(&lead, "less than") || has(&lead, "under") || has(&lead, "up to") {
        Reach {
            low: None,
            high: percent(5).high,
        }
    } else if has(&lead, "nearly") || has(&lead, "almost") {
        Reach {
            low: percent(25).low,
            high: percent(10).high,
        }
    } else if m.exactness == Exactness::Exact {
        percent(15)
    } else {
        percent(25)
    }
}

fn check(view: &View<'_>, m: &Multiple, out: &mut Vec<Finding>) {
    let sentence = view.parse().sentence_of(m.tokens.start);
    let Some(anchor) = view.reading.document.part_at(m.span.start) else {
        return;
    };
    if !view.is_prose(anchor) || view.is_corrected(sentence) {
        return;
    }
    let said = said(view, m);
    let outside =
        |x: &&Mention<'_>| x.tokens.end <= m.tokens.start || x.tokens.start >= m.tokens.end;
    let here: Vec<_> = amounts(view, sentence)
        .into_iter()
        .filter(outside)
        .collect();
    let probe = Mention {
        index: 0,
        figure: match view.mentions.first() {
            Some(first) => first.figure,
            None => return,
        },
        value: m.value,
        tokens: m.tokens.clone(),
        sentence,
        part: anchor,
    };
    let near: Vec<_> = amounts_around(view, &probe)
        .into_iter()
        .filter(outside)
        .collect();
    let fits =
        |a: &Mention<'_>, b: &Mention<'_>| ratio(a, b).meets(said) || ratio(b, a).meets(said);
    if pairs(&near).iter().any(|&(a, b)| fits(a, b)) {
        return;
    }
    let Some((a, b)) = compared(view, m, sentence, &here, &near) else {
        return;
    };
    // The multiple is of the larger by the smaller, a fraction the other way round.
    let up = m.value >= Decimal::ONE;
    let (x, y) = if (a.value > b.value) == up {
        (a, b)
    } else {
        (b, a)
    };
    let Some(value) = x.value.checked_div(y.value) else {
        return;
    };
    let exact = m.exactness == Exactness::Exact && a.exact() && b.exact();
    let words = view.reading.document.words(m.span).trim();
    out.push(Finding {
        code: RULE.code,
        severity: severity(exact),
        message: format!(
            "{} is {} times {}, which is not \"{}\"",
            x.figure.text.trim(),
            show(value),
            y.figure.text.trim(),
            words
        ),
        span: m.span,
        evidence: vec![
            reckoned(format!(
                "{} ÷ {} = {}",
                show(x.value),
                show(y.value),
                show(value)
            )),
            shown(a.figure.span, "one of the two amounts"),
            shown(b.figure.span, "the other"),
        ],
        help: Some("correct the multiple or the amount that is wrong".into()),
    });
}

/// The two amounts that a multiple compares, where the words say so.
fn compared<'v, 'a>(
    view: &View<'a>,
    m: &Multiple,
    sentence: usize,
    here: &[&'v Mention<'a>],
    near: &[&'v Mention<'a>],
) -> Option<(&'v Mention<'a>, &'v Mention<'a>)> {
    let after = view.after(m.tokens.end, 6);
    let words = view.words(view.sentence(sentence));
    let big: Vec<&Mention<'a>> = here.to_vec();
    // "five times as many as the 300": the amount after it, and one before.
    let next = big
        .iter()
        .copied()
        .find(|x| x.tokens.start >= m.tokens.end && x.tokens.start <= m.tokens.end + 6);
    let previous = big
        .iter()
        .copied()
        .rfind(|x| x.tokens.end <= m.tokens.start);
    if let (false, Some(a), Some(b)) = (m.verb, previous, next)
        && comparable(a, b)
        && m.tokens.start < a.tokens.end + 20
        && (view.says("reckoning_times_than", &after)
            || has(&after, "of the")
            || after.starts_with(" the ")
            || has(&after, "of"))
    {
        return Some((a, b));
    }
    // "has tripled …, from 20 pounds to 40"; "twice as much …, 1,980 against 1,000"
    if let [a, b] = big[..]
        && comparable(a, b)
        && a.tokens.start >= m.tokens.end
    {
        let lead = |x: &Mention<'_>, w: &str| has(&view.before(x.tokens.start, 2), w);
        let from_to = lead(a, "from") && lead(b, "to") || lead(a, "to") && lead(b, "from");
        let against = view.says("reckoning_against", &view.between(a, b));
        if from_to && m.verb || against && view.says("reckoning_times_than", &after) {
            return Some((a, b));
        }
    }
    // "So this July was five times as deadly", after two amounts.
    if here.is_empty()
        && view.says("reckoning_so", &words)
        && (view.says("reckoning_times_than", &after) || m.verb)
    {
        let before: Vec<_> = near
            .iter()
            .filter(|x| x.sentence < sentence && x.value >= Decimal::TEN)
            .collect();
        if let [.., a, b] = before[..]
            && comparable(a, b)
        {
            return Some((a, b));
        }
    }
    None
}
