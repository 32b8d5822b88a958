//! F001: two figures for the same thing in one document.

use sayso_model::{
    Claim, Decimal, Exactness, Finding, Modality, PartKind, Polarity, Severity, SourceKind,
};
use sayso_parse::{EntityType, Pos};

use crate::listed::alike;
use crate::reckon::Reach;
use crate::words::{Mention, View, has, shown};
use crate::{Docs, Rule, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    code: "F001",
    title: "two figures for the same thing",
    docs: Docs {
        reports: "Two figures that the report gives for one and the same thing, in its own voice or from one source.",
        matters: "One of them is wrong, or one is older, and the report does not say which.",
        wrong: "The yard will lay off 640 workers in January, management said on Thursday.\n\nUnions called for a ballot. \
                Each of the 460 workers to be laid off is offered training.",
        right: "The yard will lay off 640 workers in January, management said on Thursday.\n\nUnions called for a ballot. \
                Each of the 640 workers to be laid off is offered training.",
        decides: "A number after \"the\", \"all\" or \"these\" points back to a set that the report has named: if the report \
                  never gives that number before, but gives another for the same thing (same unit, same words), the two \
                  disagree. And two claims in the report's own voice that count the same event's dead, wounded or the \
                  like must not differ.",
        silent: "If the sources differ, if one is a part of the other, an update, an approximation that the other meets, \
                 another place, another time (\"a year earlier\"), or the sum or difference of other figures in the report.",
    },
    run,
};

fn run(subject: &Subject<'_>, out: &mut Vec<Finding>) {
    let view = View::new(subject);
    let first = out.len();
    pointing_back(&view, subject, out);
    tallies(&view, subject, out);
    let mut kept: Vec<_> = Vec::new();
    let mut i = first;
    while i < out.len() {
        if kept.contains(&out[i].span) {
            out.remove(i);
        } else {
            kept.push(out[i].span);
            i += 1;
        }
    }
}

fn finding(a: &sayso_model::Figure, b: &sayso_model::Figure, thing: &str) -> Finding {
    let exact = a.exactness == Exactness::Exact && b.exactness == Exactness::Exact;
    Finding {
        code: RULE.code,
        severity: if exact {
            Severity::Error
        } else {
            Severity::Warning
        },
        message: format!(
            "{} here, {} elsewhere in the report for the same {thing}",
            b.text.trim(),
            a.text.trim()
        ),
        span: b.span,
        evidence: vec![shown(a.span, "the other figure")],
        help: Some("find out which is right; if both are, say how they differ".into()),
    }
}

/// "Most of the 19 dead", where the report has spoken of 17.
fn pointing_back(view: &View<'_>, subject: &Subject<'_>, out: &mut Vec<Finding>) {
    for (i, m) in view.mentions.iter().enumerate() {
        let measured = m.is_count() && m.value > Decimal::TWO
            || m.figure.currency.is_some()
            || m.figure.kind == sayso_model::FigureKind::Measure;
        if !measured
            || !view.is_prose(m.part)
            || !m.exact()
            || m.figure.change.is_some()
            || !m.figure.per.is_empty()
        {
            continue;
        }
        if !points_back(view, m) || view.is_corrected(m.sentence) {
            continue;
        }
        // Its set has been named with this number, or follows from numbers that were.
        let others: Vec<&Mention<'_>> = view
            .mentions
            .iter()
            .filter(|o| o.index != m.index && o.same_measure(m))
            .collect();
        let reach = Reach::of(m.figure);
        if others.iter().any(|o| Reach::of(o.figure).meets(reach)) || follows(&others, m.value) {
            continue;
        }
        let same: Vec<&Mention<'_>> = view.mentions[..i]
            .iter()
            .filter(|o| {
                o.same_measure(m)
                    && o.sentence != m.sentence
                    && o.figure.change.is_none()
                    && matches!(
                        o.figure.exactness,
                        Exactness::Exact | Exactness::Approximate
                    )
                    && one_size(o.value, m.value)
                    && same_thing(view, o, m)
                    && !told_apart(view, o, m)
                    && same_source(subject, o, m)
            })
            .collect();
        let Some(other) = same.last() else { continue };
        if same.iter().all(|o| o.value == other.value) {
            let thing = view
                .thing(m)
                .or_else(|| m.figure.unit.clone())
                .unwrap_or_else(|| "thing".into());
            out.push(finding(other.figure, m.figure, &thing));
        }
    }
}

/// Whether a number points back to a set already named: "the 19 dead", "all 120 tonnes of the flour".
fn points_back(view: &View<'_>, m: &Mention<'_>) -> bool {
    let parse = view.parse();
    let lead = view.before(m.tokens.start, 3);
    let inner = view.words(m.tokens.clone());
    let lead = format!("{}{}", lead.trim_end(), inner);
    if view.says("figure_other_set", &lead) {
        return false;
    }
    let before = m.tokens.start.checked_sub(1).map_or("", |t| parse.lower(t));
    let word = if matches!(
        parse.lower(m.tokens.start),
        "the" | "all" | "these" | "those"
    ) {
        parse.lower(m.tokens.start)
    } else {
        before
    };
    if matches!(word, "the" | "all" | "these" | "those") {
        // "the 40 metres to the gate" opens; a title such as "the 12 Apostles" names.
        return !m
            .tokens
            .clone()
            .any(|t| parse.tokens[t as usize].entity == Some(EntityType::WorkOfArt));
    }
    // "the figure for the leak is 500 of them"
    has(&view.after(m.tokens.end, 2), "of them")
        && has(&view.words(view.sentence(m.sentence)), "figure")
}

fn one_size(a: Decimal, b: Decimal) -> bool {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    small > Decimal::ZERO
        && small
            .checked_mul(Decimal::new(25, 1))
            .is_some_and(|v| v >= large)
}

/// Whether a number is the sum or the difference of two others.
fn follows(others: &[&Mention<'_>], value: Decimal) -> bool {
    let near: Vec<_> = others.iter().take(60).collect();
    near.iter().enumerate().any(|(i, a)| {
        near[i + 1..].iter().any(|b| {
            a.value.checked_add(b.value) == Some(value)
                || a.value.checked_sub(b.value).map(|d| d.abs()) == Some(value)
        })
    })
}

/// The content words that name what a figure counts, from its noun phrase and what hangs on it.
fn named(view: &View<'_>, m: &Mention<'_>) -> Vec<(String, bool)> {
    let parse = view.parse();
    let s = view.sentence(m.sentence);
    let mut out: Vec<(String, bool)> = Vec::new();
    for t in m.tokens.end..(m.tokens.end + 7).min(s.end) {
        let word = parse.lower(t);
        if matches!(word, "," | ";" | "." | ":" | "—" | "–" | "(") || parse.pos(t) == Pos::Num {
            break;
        }
        // The noun phrase ends where its clause goes on.
        if matches!(
            parse.tag(t),
            sayso_parse::Tag::Vbd
                | sayso_parse::Tag::Vbz
                | sayso_parse::Tag::Vbp
                | sayso_parse::Tag::Md
        ) {
            break;
        }
        if matches!(parse.pos(t), Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj) {
            out.push((parse.lemma(t).to_lowercase(), parse.pos(t) == Pos::Propn));
        }
    }
    out
}

/// Whether two figures count the same thing: all words that name the later are known from the sentence of the earlier.
fn same_thing(view: &View<'_>, earlier: &Mention<'_>, later: &Mention<'_>) -> bool {
    let parse = view.parse();
    let s = view.sentence(earlier.sentence);
    let there: Vec<String> = (s.start..s.end)
        .filter(|&t| matches!(parse.pos(t), Pos::Noun | Pos::Propn | Pos::Verb | Pos::Adj))
        .map(|t| parse.lemma(t).to_lowercase())
        .collect();
    let like = |w: &str| {
        let group = |w: &str| {
            view.packs
                .words("like_counts")
                .iter()
                .filter_map(|p| p.split_once('='))
                .find(|(a, _)| *a == w)
                .map(|(_, g)| g)
        };
        there
            .iter()
            .any(|t| alike(t, w) || group(w).is_some_and(|g| group(t) == Some(g)))
    };
    let unit = |w: &str| {
        later.figure.unit.as_deref() == Some(w)
            || !view.packs.units(w).collect::<Vec<_>>().is_empty()
    };
    let words: Vec<(String, bool)> = named(view, later)
        .into_iter()
        .filter(|(w, _)| !unit(w) && !view.packs.in_list("figure_general", w))
        .collect();
    // A name that the earlier sentence lacks tells of another set.
    if words.iter().any(|(w, name)| *name && !like(w)) {
        return false;
    }
    let known = words.iter().filter(|(w, _)| like(w)).count();
    if !words.is_empty() {
        return known > 0 && known * 2 >= words.len();
    }
    // Nothing but a unit or a general noun: the sentence must name what is measured.
    let s = view.sentence(later.sentence);
    later.figure.unit.is_some()
        && (s.start..s.end)
            .any(|t| parse.pos(t) == Pos::Noun && !unit(parse.lemma(t)) && like(parse.lemma(t)))
}

/// Whether words in either sentence set the two apart: another time, another place, a part, an update.
fn told_apart(view: &View<'_>, a: &Mention<'_>, b: &Mention<'_>) -> bool {
    [a, b].iter().any(|m| {
        let s = view.sentence(m.sentence);
        let words = view
            .words(s.start.max(m.tokens.start.saturating_sub(12))..s.end.min(m.tokens.end + 12));
        view.says("figure_told_apart", &words)
    }) || view.is_open(&view.before(a.tokens.start, 3))
        || view.is_open(&view.before(b.tokens.start, 3))
}

/// Whether the two figures come from one source, the report's own voice included.
fn same_source(subject: &Subject<'_>, a: &Mention<'_>, b: &Mention<'_>) -> bool {
    let source = |m: &Mention<'_>| {
        let at = m.figure.span.start;
        subject
            .attributions
            .iter()
            .filter(|x| {
                x.content.iter().any(|c| c.contains(at)) && x.source_kind != SourceKind::Own
            })
            .map(|x| {
                x.speaker.clone().unwrap_or_else(|| {
                    x.source
                        .first()
                        .map(|s| subject.reading.document.words(*s).to_lowercase())
                        .unwrap_or_default()
                })
            })
            .next_back()
    };
    match (source(a), source(b)) {
        (Some(x), Some(y)) => {
            x == y
                || crate::listed::words(&x).any(|w| {
                    w.chars().count() > 3 && crate::listed::words(&y).any(|v| alike(&v, &w))
                })
        }
        // The report's own voice takes up what a source said before.
        _ => true,
    }
}

/// A claim that differs from the report's own tally for its frame.
fn tallies(view: &View<'_>, subject: &Subject<'_>, out: &mut Vec<Finding>) {
    let own = |c: &&Claim| {
        !c.historic
            && c.part_of.is_none()
            && c.polarity == Polarity::Affirmed
            && c.modality == Modality::Asserted
            && c.frame != "other"
            && c.cell.is_none()
            && c.figure.as_ref().is_some_and(|f| {
                f.exactness == Exactness::Exact && f.change.is_none() && f.per.is_empty()
            })
    };
    let claims: Vec<&Claim> = subject.claims.iter().filter(own).collect();
    let mention = |c: &Claim| {
        let at = c.figure.as_ref()?.span;
        view.mentions.iter().find(|m| m.figure.span == at)
    };
    let Some(lead) = lead_end(view) else { return };
    for (i, b) in claims.iter().enumerate() {
        for a in claims[..i].iter().take(40) {
            // Headline and lead tell of the report's event; further down other events are recalled.
            let leading = |c: &Claim| c.sentence.start < lead;
            if a.frame != b.frame
                || !(a.main || b.main)
                || a.sentence == b.sentence
                || !leading(a)
                || !leading(b)
            {
                continue;
            }
            let (Some(ma), Some(mb)) = (mention(a), mention(b)) else {
                continue;
            };
            if differ(view, subject, &claims, ma, mb, &a.frame) {
                out.push(finding(ma.figure, mb.figure, &b.frame.replace('_', " ")));
                return;
            }
        }
    }
}

/// Where the lead ends: after the headline and the first paragraphs of the text.
fn lead_end(view: &View<'_>) -> Option<u32> {
    /// Parts of running text that belong to the lead, a headline among them.
    const LEAD: usize = 2;
    let parts = &view.reading.document.parts;
    let running = |k: &PartKind| {
        matches!(
            k,
            PartKind::Title | PartKind::Heading(_) | PartKind::Paragraph
        )
    };
    parts
        .iter()
        .filter(|p| running(&p.kind))
        .take(LEAD)
        .last()
        .map(|p| p.span.end)
}

/// Whether two tallies of one frame in headline and lead contradict one another.
fn differ(
    view: &View<'_>,
    subject: &Subject<'_>,
    claims: &[&Claim],
    a: &Mention<'_>,
    b: &Mention<'_>,
    frame: &str,
) -> bool {
    if Reach::of(a.figure).meets(Reach::of(b.figure)) || !a.same_measure(b) {
        return false;
    }
    let (small, large) = if a.value < b.value {
        (a.value, b.value)
    } else {
        (b.value, a.value)
    };
    // "A man was shot" tells of one of several; numbers far apart tell of other things.
    if small < Decimal::TWO
        || small
            .checked_mul(Decimal::from(6u32))
            .is_none_or(|v| v < large)
    {
        return false;
    }
    let heads = |m: &Mention<'_>| {
        view.part(m.part)
            .is_some_and(|p| matches!(p.kind, PartKind::Title | PartKind::Heading(_)))
    };
    if [a, b].iter().any(|m| {
        !(heads(m) || view.is_prose(m.part))
            || view.says("figure_set_within", &view.after(m.tokens.end, 4))
            || view.says("figure_part_before", &view.before(m.tokens.start, 3))
            || view.says(
                "figure_told_apart_tally",
                &view.words(view.sentence(m.sentence)),
            )
    }) {
        return false;
    }
    // Other values in the same frame: parts that add up, or a series of updates.
    let mut values: Vec<Decimal> = claims
        .iter()
        .filter(|c| c.frame == frame)
        .filter_map(|c| c.figure.as_ref()?.value())
        .collect();
    values.sort_unstable();
    values.dedup();
    let rest = large - small;
    let parts = values.contains(&rest) && values.len() > 2 || rest == small && values.len() > 3;
    !parts && values.len() <= 2 && same_source(subject, a, b) && same_people(view, a, b)
}

/// Whether the things counted are the same kind: same noun, or a general one ("people", "victims") on either side.
fn same_people(view: &View<'_>, a: &Mention<'_>, b: &Mention<'_>) -> bool {
    match (view.thing(a), view.thing(b)) {
        (Some(x), Some(y)) => {
            x == y
                || view.packs.in_list("figure_general", &x)
                || view.packs.in_list("figure_general", &y)
        }
        _ => true,
    }
}
