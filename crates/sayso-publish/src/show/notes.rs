//! What each mark was read as: one entry a figure, time, place, attribution; claims have a file of their own.

use maud::{Markup, html};
use sayso_model::{
    Attribution, Decimal, Exactness, Figure, FigureKind, Place, QuoteKind, RelationKind, Span,
    Text, TimeRelation, Timex,
};

use super::index::Index;
use super::marks::Marks;
use super::{Shown, claims};
use crate::words;

/// Longest stretch of a document's words that an entry repeats, in characters.
const LONGEST: usize = 240;

/// Everything that was read, layer by layer, after the text.
pub fn section(shown: &Shown<'_>, index: &Index, marks: &Marks<'_>) -> Markup {
    html! {
        section.notes #notes aria-labelledby="notes-title" {
            h2 #notes-title { "Everything that was read" }
            p.lead { "One entry a mark, in order of the text; its words lead back to where they stand." }
            @if !shown.claims.is_empty() {
                (layer("claims", "Claims", &html! {
                    @for (i, c) in shown.claims.iter().enumerate() { (claims::entry(shown, index, marks, i, c)) }
                }))
            }
            @if !shown.attributions.is_empty() {
                (layer("attributions", "Attributions", &html! {
                    @for (i, a) in shown.attributions.iter().enumerate() { (attribution(shown, marks, i, a)) }
                }))
            }
            @if !shown.figures.is_empty() {
                (layer("figures", "Figures", &html! {
                    @for (i, f) in shown.figures.iter().enumerate() { (figure(shown, index, marks, i, f)) }
                }))
            }
            @if !shown.times.is_empty() {
                (layer("times", "Times", &html! {
                    @for (i, t) in shown.times.iter().enumerate() { (time(shown, marks, i, t)) }
                }))
            }
            @if !shown.places.is_empty() {
                (layer("places", "Places", &html! {
                    @for (i, p) in shown.places.iter().enumerate() { (place(shown, marks, i, p)) }
                }))
            }
        }
    }
}

fn layer(id: &str, name: &str, entries: &Markup) -> Markup {
    html! {
        section.layer-notes aria-labelledby={ "notes-" (id) } {
            h3 id={ "notes-" (id) } { (name) }
            div.entries { (entries) }
        }
    }
}

/// An entry's frame: what it is, its words (a link to where they stand), what they come to, and the rest in pairs.
pub struct Entry<'a> {
    pub id: String,
    pub class: &'static str,
    pub kind: &'a str,
    pub words: &'a str,
    pub value: Markup,
    pub pairs: Vec<(&'a str, Markup)>,
}

pub fn entry(marks: &Marks<'_>, e: &Entry<'_>) -> Markup {
    html! {
        article.entry.{ "entry-" (e.class) } id=(e.id) {
            p.entry-kind { (e.kind) }
            p.entry-words {
                @if marks.placed(&e.id) { a.back href={ "#w-" (e.id) } { (e.words) } } @else { (e.words) }
            }
            p.entry-value { (e.value) }
            @if !e.pairs.is_empty() {
                dl {
                    @for (name, value) in &e.pairs {
                        div { dt { (name) } dd { (value) } }
                    }
                }
            }
        }
    }
}

/// Pairs that have a value.
fn some(pairs: &mut Vec<(&str, Markup)>, name: &'static str, value: Option<impl AsRef<str>>) {
    if let Some(value) = value {
        let value = value.as_ref();
        pairs.push((name, html! { (value) }));
    }
}

fn bound(value: Option<Decimal>, open: bool) -> Markup {
    match value {
        Some(v) => html! { (words::number(v)) @if open { " " span.aside { "excluded" } } },
        None => html! { span.open { "open" } },
    }
}

/// What a figure comes to, with its unit: "≈ 6,000 people", "USD 2,000 per soldier".
pub fn amount(f: &Figure) -> Markup {
    html! {
        @if let Some(c) = &f.currency { span.unit { (c) } " " }
        @match words::amount(f) {
            Some(a) => (a),
            None => { "“" (words::brief(&f.text, 60)) "”" },
        }
        @if f.kind == FigureKind::Percent { " %" }
        @if f.currency.is_none() && f.kind != FigureKind::Percent { @if let Some(u) = &f.unit { " " span.unit { (u) } } }
        @for p in &f.per { " " span.unit { "per " (p.unit) } }
    }
}

fn figure(shown: &Shown<'_>, look: &Index, marks: &Marks<'_>, i: usize, f: &Figure) -> Markup {
    let mut pairs = Vec::new();
    if f.exactness == Exactness::Vague && f.value().is_none() {
        pairs.push(("value", html! { "left to a policy: the word is kept" }));
    } else if f.best.is_some() && f.low == f.best && f.high == f.best {
        pairs.push(("low, best, high", bound(f.best, false)));
    } else {
        pairs.push(("low", bound(f.low, f.low_open)));
        if f.best.is_some() {
            pairs.push(("best", bound(f.best, false)));
        }
        pairs.push(("high", bound(f.high, f.high_open)));
    }
    some(&mut pairs, "exactness", Some(f.exactness.as_str()));
    some(&mut pairs, "kind", Some(f.kind.as_str()));
    some(&mut pairs, "unit", f.unit.as_deref());
    some(&mut pairs, "currency", f.currency.as_deref());
    for p in &f.per {
        let words = (p.text != format!("per {}", p.unit)).then_some(&p.text);
        pairs.push((
            "per",
            html! { (p.unit) @if let Some(w) = words { " " span.aside { "“" (w) "”" } } },
        ));
    }
    some(&mut pairs, "change", f.change.map(|c| c.as_str()));
    let thing = f.thing.as_ref().map(|t| words::brief(&t.text, LONGEST));
    some(&mut pairs, "counts", thing);
    if !f.concepts.is_empty() {
        some(&mut pairs, "about", Some(f.concepts.join(", ")));
    }
    let index = |n: u32| n as usize == i;
    for r in look.relations.get(&i).map_or(&[][..], Vec::as_slice) {
        let (name, other) = if index(r.from) {
            (outward(r.kind), r.to)
        } else {
            (inward(r.kind), r.from)
        };
        if let Some(o) = shown.figures.get(other as usize) {
            pairs.push((
                name,
                html! { a href={ "#q" (other + 1) } { (words::brief(&o.text, 60)) } },
            ));
        }
    }
    entry(
        marks,
        &Entry {
            id: format!("q{}", i + 1),
            class: "q",
            kind: "Figure",
            words: &words::brief(&f.text, LONGEST),
            value: amount(f),
            pairs,
        },
    )
}

const fn outward(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::PartOf => "part of",
        RelationKind::Per => "per",
        RelationKind::Times => "times",
        RelationKind::PercentOf => "per cent of",
        RelationKind::From => "change from here, to",
        RelationKind::To => "changes to",
        RelationKind::SumOf => "sum of",
    }
}

const fn inward(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::PartOf => "has as part",
        RelationKind::Per => "has as rate",
        RelationKind::Times => "taken times",
        RelationKind::PercentOf => "has as share",
        RelationKind::From => "changes from",
        RelationKind::To => "end of a change by",
        RelationKind::SumOf => "counts into",
    }
}

const fn relation(r: TimeRelation) -> &'static str {
    match r {
        TimeRelation::AsOf => "as of",
        TimeRelation::Since => "since",
        TimeRelation::By => "by",
        TimeRelation::Within => "within",
        TimeRelation::Until => "until",
        TimeRelation::Before => "before",
        TimeRelation::After => "after",
    }
}

fn time(shown: &Shown<'_>, marks: &Marks<'_>, i: usize, t: &Timex) -> Markup {
    let mut pairs = vec![("value", html! { code { (t.value) } })];
    some(&mut pairs, "type", Some(t.kind.as_str()));
    some(&mut pairs, "mod", t.modifier);
    some(&mut pairs, "relation", t.relation.map(relation));
    if let Some((a, b)) = t.interval {
        pairs.push(("interval", html! { (a) @if a != b { " to " (b) } }));
    }
    let value = match t.interval {
        Some(days) => html! {
            @if let Some(r) = t.relation { (relation(r)) " " }
            (words::days(days))
        },
        None => html! { (t.value) },
    };
    entry(
        marks,
        &Entry {
            id: format!("t{}", i + 1),
            class: "t",
            kind: "Time",
            words: &words::brief(shown.document.words(t.span), LONGEST),
            value,
            pairs,
        },
    )
}

/// "51.73° N, 36.19° E"
pub fn coordinates(lat: f64, lon: f64) -> String {
    let side =
        |v: f64, plus, minus| format!("{:.2}° {}", v.abs(), if v < 0.0 { minus } else { plus });
    format!("{}, {}", side(lat, "N", "S"), side(lon, "E", "W"))
}

fn place(shown: &Shown<'_>, marks: &Marks<'_>, i: usize, p: &Place) -> Markup {
    let mut pairs = Vec::new();
    match &p.id {
        Some(id) => pairs.push(("id", html! { code { (id) } })),
        None => pairs.push(("id", html! { span.open { "not resolved" } })),
    }
    some(&mut pairs, "kind", p.kind.as_deref());
    if let (Some(lat), Some(lon)) = (p.lat, p.lon) {
        some(&mut pairs, "coordinates", Some(coordinates(lat, lon)));
    }
    some(&mut pairs, "region", p.region.as_deref());
    some(&mut pairs, "country", p.country.as_deref());
    if !p.alternatives.is_empty() {
        pairs.push((
            "also possible",
            html! {
                ul.alternatives {
                    @for a in &p.alternatives {
                        li { (a.name) " " code { (a.id) } " " span.aside { (format!("{:.2}", a.score)) } }
                    }
                }
            },
        ));
    }
    let name = p.name.as_str();
    let holds = [p.region.as_deref(), p.country.as_deref()];
    let value = html! {
        (name)
        @for holder in holds.into_iter().flatten().filter(|h| *h != name) { ", " (holder) }
    };
    entry(
        marks,
        &Entry {
            id: format!("p{}", i + 1),
            class: "p",
            kind: "Place",
            words: &words::brief(shown.document.words(p.span), LONGEST),
            value,
            pairs,
        },
    )
}

/// The words of several stretches, with an ellipsis between them.
fn fragments(shown: &Shown<'_>, spans: &[Span<Text>]) -> String {
    let list: Vec<String> = spans
        .iter()
        .map(|s| words::brief(shown.document.words(*s), LONGEST))
        .collect();
    list.join(" … ")
}

fn attribution(shown: &Shown<'_>, marks: &Marks<'_>, i: usize, a: &Attribution) -> Markup {
    let words = fragments(shown, &a.source);
    let mut pairs = Vec::new();
    // Who relays whom, from the outermost in; no longer than there are attributions.
    let mut chain = vec![i];
    while let Some(outer) = shown
        .attributions
        .get(*chain.last().unwrap_or(&i))
        .and_then(|a| a.within)
        && chain.len() < 8
    {
        chain.push(outer as usize);
    }
    if chain.len() > 1 {
        chain.reverse();
        pairs.push((
            "chain",
            html! {
                @for (n, link) in chain.iter().enumerate() {
                    @if n > 0 { " ‹ " }
                    @if let Some(l) = shown.attributions.get(*link) {
                        a href={ "#a" (link + 1) } { (who(shown, l)) }
                    }
                }
            },
        ));
    }
    some(&mut pairs, "source", Some(a.source_kind.as_str()));
    some(&mut pairs, "act", Some(a.act.as_str()));
    if !a.cue.is_empty() {
        some(&mut pairs, "cue", Some(fragments(shown, &a.cue)));
    }
    let kind = match a.kind {
        QuoteKind::Direct => "direct quotation",
        QuoteKind::Indirect => "indirect",
        QuoteKind::Mixed => "partly quoted",
    };
    some(&mut pairs, "form", Some(kind));
    if a.denied {
        some(&mut pairs, "polarity", Some("denied"));
    }
    pairs.push(("content", html! { q { (fragments(shown, &a.content)) } }));
    let words = if words.is_empty() {
        "no source named".to_owned()
    } else {
        words
    };
    entry(
        marks,
        &Entry {
            id: format!("a{}", i + 1),
            class: "a",
            kind: "Attribution",
            words: &words,
            value: html! { (who(shown, a)) @if a.denied { " " span.aside { "denies" } } },
            pairs,
        },
    )
}

fn who(shown: &Shown<'_>, a: &Attribution) -> String {
    match &a.speaker {
        Some(s) => s.replace('|', " or "),
        None if a.source.is_empty() => "unnamed".to_owned(),
        None => words::brief(&fragments(shown, &a.source), 90),
    }
}
