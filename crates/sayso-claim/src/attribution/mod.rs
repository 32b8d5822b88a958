//! Who says what.
//!
//! In come a reading and the packs; out go attributions: source, cue and content as spans of the text, the act, the
//! kind of source, and the name that the source was resolved to.
//!
//! The way there: [`quotes`] finds quotations, [`candidates`] every cue word with something it takes, [`select`] keeps
//! one reading a cue, [`quoted`] joins quotations to their cues, [`layout`] adds what is not a verb and its
//! arguments. Cue words and what they take are the packs'; only grammar is here.

mod candidates;
mod chain;
mod extent;
mod grammar;
mod layout;
mod lexicon;
mod quoted;
mod quotes;
mod select;
mod trailing;

use std::ops::Range;

use sayso_measure::Reading;
use sayso_model::{Act, Attribution, QuoteKind, Span, Text};
use sayso_packs::Packs;
use sayso_parse::Parse;

pub use chain::{chain_at, links};
pub(crate) use layout::speaks;

use crate::sources::{Cast, Resolved};
use candidates::Candidate;
use quotes::Quotations;

/// The attributions of a reading, in order of their content.
pub(crate) fn find(reading: &Reading<'_>, packs: &Packs) -> Vec<Attribution> {
    let parse = &reading.parse;
    if parse.is_empty() {
        return Vec::new();
    }
    let paragraph = paragraphs(reading);
    let quotations = quotes::find(parse, &paragraph);
    let mut found = select::one_per_cue(
        parse,
        packs,
        candidates::candidates(parse, packs),
        &quotations,
    );
    trailing::add(parse, packs, &quotations, &mut found);
    quoted::join(parse, &paragraph, &quotations, packs, &mut found);
    layout::relayed(parse, packs, &mut found);
    found.extend(layout::according(parse, packs));
    let parts = reading
        .part_tokens
        .iter()
        .cloned()
        .zip(reading.document.parts.iter().map(|p| p.kind.clone()));
    found.extend(layout::layout(parse, packs, parts));
    let mut found = select::unnest(parse, packs, found);
    for c in &mut found {
        c.source = extent::source(parse, c.who, c.source.clone());
    }
    found.sort_by_key(|c| (c.content.first().map_or(0, |r| r.start), c.at));
    let speakers = speakers(parse, packs, &found);
    let mut out: Vec<Attribution> = found
        .iter()
        .zip(speakers)
        .map(|(c, mut who)| {
            if who.country.is_none() {
                who.country = country(reading, &c.source);
            }
            attribution(parse, &quotations, c, who)
        })
        .collect();
    for (a, holder) in out.iter_mut().zip(select::holders(&found)) {
        a.within = holder.map(|h| h as u32);
    }
    out
}

/// The country that a place or people named in a source's words belongs to: "Norway's coast guard", "two Norwegian
/// officers".
fn country(reading: &Reading<'_>, source: &Range<u32>) -> Option<String> {
    if source.is_empty() {
        return None;
    }
    let near = source.start..source.end.min(source.start + 24);
    let bytes = reading.parse.bytes(near);
    let first = reading
        .places
        .partition_point(|p| p.span.end <= bytes.start);
    reading.places[first..]
        .iter()
        .take_while(|p| p.span.start < bytes.end)
        .find_map(|p| p.country.clone())
}

/// Number of the part that each token lies in; what lies in none goes with the part before.
fn paragraphs(reading: &Reading<'_>) -> Vec<u32> {
    let mut out = vec![0; reading.parse.len()];
    let mut number = 0;
    let mut at = 0;
    for tokens in &reading.part_tokens {
        if tokens.is_empty() {
            continue;
        }
        let (start, end) = (tokens.start as usize, (tokens.end as usize).min(out.len()));
        if start > at {
            out[at..start.min(end)].fill(number);
        }
        number += 1;
        if start < end {
            out[start..end].fill(number);
            at = end;
        }
    }
    out[at..].fill(number);
    out
}

fn attribution(
    parse: &Parse,
    quotations: &Quotations,
    c: &Candidate<'_>,
    who: Resolved,
) -> Attribution {
    let spans = |ranges: &[Range<u32>]| -> Vec<Span<Text>> {
        ranges
            .iter()
            .filter(|r| !r.is_empty())
            .map(|r| parse.bytes(r.clone()).into())
            .collect()
    };
    let (mut quoted, mut plain) = (false, false);
    for t in c.content.iter().cloned().flatten() {
        if parse.pos(t) == sayso_parse::Pos::Punct {
            continue;
        }
        match quotations.of(t) {
            Some(_) => quoted = true,
            None => plain = true,
        }
    }
    Attribution {
        source: spans(std::slice::from_ref(&c.source)),
        cue: spans(std::slice::from_ref(&c.cue)),
        content: spans(&c.content),
        kind: match (quoted, plain) {
            (true, false) => QuoteKind::Direct,
            (true, true) => QuoteKind::Mixed,
            _ => QuoteKind::Indirect,
        },
        act: c.cue_word.map_or(Act::Speech, |w| w.act()),
        source_kind: who.kind,
        speaker: who.speaker,
        country: who.country,
        denied: c.cue_word.is_some_and(|w| w.denies()) && !negated(parse, c.at),
        within: None,
    }
}

fn negated(parse: &Parse, t: u32) -> bool {
    parse.child(t, sayso_parse::Dep::Neg).is_some()
}

/// The names behind the sources, resolved in the order in which the sources stand in the text, so that "he added" can
/// look back at who spoke before; "I" is whoever speaks the words around it.
fn speakers(parse: &Parse, packs: &Packs, found: &[Candidate<'_>]) -> Vec<Resolved> {
    let mut cast = Cast::new(parse, packs);
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| found[i].at);
    let first_person = |c: &Candidate<'_>| {
        c.who
            .is_some_and(|who| matches!(parse.lower(who), "i" | "we"))
    };
    let mut before: Vec<Resolved> = Vec::with_capacity(found.len());
    let mut out = vec![Resolved::default(); found.len()];
    for &i in &order {
        let c = &found[i];
        if first_person(c) {
            continue;
        }
        out[i] = cast.resolve(parse, packs, &c.source, c.who, &before);
        if !c.source.is_empty() {
            before.push(out[i].clone());
        }
    }
    let holders = select::holders(found);
    for i in order {
        if first_person(&found[i])
            && let Some(h) = holders[i]
        {
            out[i] = out[h].clone();
        }
    }
    out
}
