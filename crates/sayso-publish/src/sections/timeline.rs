//! What the documents date to a day or a month, in order of time.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use sayso_model::{Date, DossierEntry, PartKind, Span, Text, TimexKind};

use crate::marked::time_id;
use crate::scale::days_between;
use crate::view::View;
use crate::words;

/// A dated stretch of words.
struct Event {
    document: usize,
    id: String,
    words: String,
}

/// No stretch of days longer than this is a date: "last year" dates nothing.
const LONGEST: i64 = 31;

pub fn section(view: &View<'_>) -> Markup {
    let events = events(view);
    html! {
        section #timeline aria-labelledby="timeline-title" {
            h2 #timeline-title { "Timeline" }
            @if events.is_empty() {
                p.none { "These documents date nothing to a day or a month." }
            } @else {
                p.lead { "What the documents date to a month or less, by the day it is about, in their own words." }
                ol.timeline {
                    @for ((first, last), list) in &events {
                        li {
                            p.day { time datetime=(first) { (words::days((*first, *last))) } }
                            ul { @for e in list { li {
                                (e.words) " "
                                a.from href=(view.to(e.id.clone(), e.document)) { (view.outlet(e.document)) }
                            } } }
                        }
                    }
                }
            }
        }
    }
}

fn events(view: &View<'_>) -> BTreeMap<(Date, Date), Vec<Event>> {
    let mut out: BTreeMap<(Date, Date), Vec<Event>> = BTreeMap::new();
    let mut told: BTreeSet<((Date, Date), String)> = BTreeSet::new();
    for (document, entry) in view.documents.iter().enumerate() {
        for (i, time) in entry.times.iter().enumerate() {
            let Some((first, last)) = time.interval else {
                continue;
            };
            if time.kind != TimexKind::Date || days_between(first, last) > LONGEST {
                continue;
            }
            let Some(stretch) = stretch(entry, time.span) else {
                continue;
            };
            let words = words::brief(stretch.of(&entry.document.text), 280);
            if told.insert(((first, last), words.clone())) {
                out.entry((first, last)).or_default().push(Event {
                    document,
                    id: time_id(document, i),
                    words,
                });
            }
        }
    }
    out
}

/// The sentence that holds a time: a claim's, else what lies between full stops about it. `None` in headings, tables
/// and what is not content: a date there dates no event by itself.
fn stretch(entry: &DossierEntry, time: Span<Text>) -> Option<Span<Text>> {
    let document = &entry.document;
    let part = &document.parts[document.part_at(time.start)?];
    let told = matches!(
        part.kind,
        PartKind::Paragraph | PartKind::ListItem | PartKind::Quotation | PartKind::Answer
    );
    if !told {
        return None;
    }
    let of_claim = entry.claims.iter().map(|c| c.sentence);
    if let Some(sentence) = of_claim.into_iter().find(|s| s.covers(time)) {
        return Some(sentence);
    }
    let text = part.span.of(&document.text);
    let at = (time.start - part.span.start) as usize;
    let end = (time.end - part.span.start) as usize;
    let stop = |i: &usize| is_stop(text, *i);
    let from = text.get(..at)?.rmatch_indices(". ").map(|m| m.0).find(stop);
    let to = text
        .get(end..)?
        .match_indices(". ")
        .map(|m| m.0 + end)
        .find(stop);
    let from = from.map_or(0, |i| i + 2) as u32;
    let to = to.map_or(text.len(), |i| i + 1) as u32;
    Some(Span::new(part.span.start + from, part.span.start + to))
}

/// Whether a full stop ends a sentence here: a capital follows, and no initial or short title stands before it.
fn is_stop(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let after = text.get(at + 1..).unwrap_or("").trim_start();
    let last = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let starts = after.chars().next().is_none_or(|c| !c.is_lowercase());
    starts && last.chars().count() > 2 && !last.contains('.')
}
