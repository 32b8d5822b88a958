//! A claim's entry: all its fields.

use maud::{Markup, html};
use sayso_model::{Claim, Count, Polarity, Quote, SourceKind, When};

use super::Shown;
use super::index::Index;
use super::marks::Marks;
use super::notes::{self, Entry, amount, coordinates};
use crate::view::thing;
use crate::words;

/// "Killed or injured: ≈ 6,000 North Korean troops".
pub fn headline(claim: &Claim) -> Markup {
    let about = thing(claim).or_else(|| {
        // Where and when are told elsewhere; who or what it befell says more than who did it.
        let rank = |name: &str| match name {
            "victim" | "object" | "thing" => 0,
            "place" | "time" | "subject" => 2,
            _ => 1,
        };
        let roles = claim.roles.iter().filter(|(_, f)| !f.is_empty());
        let first = roles.min_by_key(|(name, _)| rank(name));
        first
            .and_then(|(_, f)| f.first())
            .map(|f| f.phrase.text.as_str())
    });
    // A figure counted in a thing of its own unit ("three months") names it once.
    let counted = claim.figure.as_ref().and_then(|f| f.thing.as_ref());
    let unit = claim.figure.as_ref().and_then(|f| f.unit.as_deref());
    let names_unit = |words: &str| {
        let last = words.rsplit(' ').next().unwrap_or("").to_lowercase();
        let head = counted.map_or("", |t| t.head.as_str());
        unit.is_some_and(|u| u == head || u == last || last.strip_suffix('s') == Some(u))
    };
    let about = about.filter(|words| !names_unit(words));
    html! {
        @if claim.frame != "other" { (words::name(&claim.frame)) ": " }
        @if let Some(f) = &claim.figure { strong { (amount(f)) } " " }
        @if let Some(a) = about { (words::brief(a, 80)) }
    }
}

/// Who says it, from the outermost relay to the origin: "TASS ‹ the ministry"; nothing for the outlet's own voice.
pub fn by(claim: &Claim) -> String {
    let links = claim
        .attribution
        .iter()
        .filter(|l| l.kind != SourceKind::Own);
    let names: Vec<String> = links
        .map(|l| match &l.entity {
            Some(e) => e.replace('|', " or "),
            None => words::brief(&l.source.text, 60),
        })
        .collect();
    names.join(" ‹ ")
}

fn time(when: &When) -> Markup {
    html! {
        (words::when(when))
        @if words::when(when) != when.value { " " code { (when.value) } }
    }
}

/// The entry of the claim of index `i`.
pub fn entry(shown: &Shown<'_>, index: &Index, marks: &Marks<'_>, i: usize, c: &Claim) -> Markup {
    let mut pairs: Vec<(&str, Markup)> = Vec::new();
    pairs.push(("who says so", chain(c)));
    pairs.push(("frame", html! { code { (c.frame) } }));
    for (role, fillers) in &c.roles {
        for f in fillers {
            pairs.push((
                role,
                html! {
                    (words::brief(&f.phrase.text, 160))
                    @if let Some(e) = f.entity.as_ref().filter(|e| **e != f.phrase.text) {
                        " " span.aside { (e.replace('|', " or ")) }
                    }
                },
            ));
        }
    }
    let mut mode = words::mode(c);
    if c.quote == Quote::Indirect && c.attribution.is_empty() {
        mode.push_str(", reported");
    }
    pairs.push(("how it is put", html! { (mode) }));
    if c.polarity == Polarity::Denied {
        pairs.push(("polarity", html! { "the source denies it" }));
    }
    let times = [
        ("as of", &c.as_of),
        ("happened", &c.event_time),
        ("said", &c.said_at),
        ("due", &c.due),
        ("published", &c.published),
    ];
    for (name, when) in times {
        if let Some(when) = when {
            pairs.push((name, time(when)));
        }
    }
    if let Some(p) = &c.place {
        let resolved = index.places.get(&p.span).copied();
        pairs.push((
            "where",
            html! {
                (words::brief(&p.text, 90))
                @if let Some(id) = &p.id { " " code { (id) } }
                @if let Some(r) = resolved {
                    " " a href={ "#p" (r + 1) } {
                        @match shown.places.get(r).and_then(|r| r.lat.zip(r.lon)) {
                            Some((lat, lon)) => (coordinates(lat, lon)),
                            None => { "place " (r + 1) },
                        }
                    }
                }
            },
        ));
    }
    match c.count {
        Some(Count::Cumulative) => pairs.push(("counts", html! { "a running total" })),
        Some(Count::Event) => pairs.push(("counts", html! { "one event" })),
        None => {}
    }
    if c.main {
        pairs.push(("standing", html! { "the report’s own tally" }));
    }
    if c.historic {
        pairs.push(("standing", html! { "an earlier event, for comparison" }));
    }
    if let Some(whole) = c.part_of
        && let Some(w) = index.claims.get(&whole)
    {
        pairs.push((
            "part of",
            html! { a href={ "#c" (w + 1) } { "claim " (w + 1) } },
        ));
    }
    if let Some(f) = &c.figure
        && let Some(q) = index.figures.get(&f.span)
    {
        pairs.push((
            "figure",
            html! { a href={ "#q" (q + 1) } { (words::brief(&f.text, 80)) } },
        ));
    }
    if let Some(cell) = c.cell {
        pairs.push((
            "cell",
            html! { "table " (cell.table + 1) ", row " (cell.row + 1) ", column " (cell.column + 1) },
        ));
    }
    pairs.push((
        "sentence",
        html! { q { (words::brief(shown.document.words(c.sentence), 400)) } },
    ));
    if !c.why.is_empty() {
        pairs.push((
            "because",
            html! { ul.why { @for reason in &c.why { li { (reason) } } } },
        ));
    }
    pairs.push(("id", html! { code { (c.id) } }));
    let trigger = c.trigger.map(|t| shown.document.words(t));
    let figure = c.figure.as_ref().map(|f| f.text.as_str());
    let said = figure
        .or(trigger)
        .unwrap_or_else(|| shown.document.words(c.sentence));
    notes::entry(
        marks,
        &Entry {
            id: format!("c{}", i + 1),
            class: "c",
            kind: &format!("Claim {}", i + 1),
            words: &words::brief(said, 120),
            value: headline(c),
            pairs,
        },
    )
}

fn chain(c: &Claim) -> Markup {
    if c.attribution.is_empty() {
        return html! { span.aside { "the outlet itself" } };
    }
    html! {
        ol.chain {
            @for link in &c.attribution {
                li {
                    @match link.entity.as_ref().filter(|e| **e != link.source.text) {
                        Some(e) => { (e.replace('|', " or ")) " " span.aside { "“" (words::brief(&link.source.text, 90)) "”" } },
                        None => (words::brief(&link.source.text, 90)),
                    }
                    span.link-kind {
                        (link.kind.as_str()) ", " (link.act.as_str())
                        @if let Some(cue) = &link.cue { ", “" (words::brief(&cue.text, 60)) "”" }
                    }
                }
            }
        }
    }
}
