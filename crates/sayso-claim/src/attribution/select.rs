//! Which candidates are attributions: one reading of each cue, nothing said inside a quotation, nesting only where one
//! source relays another.

use sayso_model::Act;
use sayso_packs::Packs;
use sayso_parse::{Parse, Pos, Tag};

use super::candidates::{Candidate, Shape};
use super::grammar::size;
use super::layout::speaks;
use super::quotes::Quotations;

/// One candidate for each cue word: the reading that explains most of the sentence.
pub(crate) fn one_per_cue<'p>(
    parse: &Parse,
    packs: &Packs,
    mut found: Vec<Candidate<'p>>,
    quotations: &Quotations,
) -> Vec<Candidate<'p>> {
    found.retain(|c| {
        // what nobody is said to want, praise or plan is no attribution; what nobody is said to say may be
        let weak = matches!(
            c.shape,
            Shape::ObjectMore | Shape::Infinitive | Shape::Phrase | Shape::Object
        );
        if quotations.inside_speech(c.at) {
            return own_belief(parse, packs, c);
        }
        let object = matches!(c.shape, Shape::Phrase | Shape::Object);
        match c.who.filter(|_| !c.source.is_empty()) {
            Some(who) => !object || may_speak(parse, packs, who),
            // "no deaths were reported" has no agent and is somebody's word; "the bridge was attacked" is not
            None => {
                !weak
                    || c.passive
                        && (c.shape == Shape::Infinitive || c.cue_word.is_some_and(|w| w.quotes()))
            }
        }
    });
    // stable: of equal shapes the first in the text stays first
    found.sort_by_key(|c| (c.at, c.shape));
    found.dedup_by_key(|c| c.at);
    found
}

/// "I think that …" within a quotation: what the speaker only believes is not what the speaker states.
fn own_belief(parse: &Parse, packs: &Packs, c: &Candidate<'_>) -> bool {
    c.shape == Shape::Clause
        && c.cue_word.is_some_and(|w| w.act() == Act::Belief)
        && !packs.in_list("factive_words", parse.lemma(c.at))
        && c.who
            .is_some_and(|who| matches!(parse.lower(who), "i" | "we"))
}

/// Whether a source can be one at all: a name, a pronoun for a person, a word that the packs know as a source. Other
/// nouns "offer" and "reject" things without saying anything.
fn may_speak(parse: &Parse, packs: &Packs, who: u32) -> bool {
    match parse.pos(who) {
        Pos::Propn => true,
        Pos::Pron => !matches!(parse.lower(who), "this" | "these" | "those" | "what"),
        _ => {
            speaks(parse, packs, who)
                || packs
                    .source_kinds(&parse.lemma(who).to_lowercase())
                    .next()
                    .is_some()
                || ["speakers", "people"]
                    .iter()
                    .any(|l| packs.in_list(l, &parse.lemma(who).to_lowercase()))
        }
    }
}

/// Whether the shape and the cue word can pass on what another source says.
fn relays(parse: &Parse, c: &Candidate<'_>) -> bool {
    match c.shape {
        Shape::According | Shape::Quotation | Shape::Layout => true,
        Shape::Clause => {
            c.cue_word.is_some_and(|w| w.quotes())
                && !matches!(parse.tag(c.at), Tag::Vb | Tag::Nn | Tag::Nns)
        }
        _ => false,
    }
}

/// For each candidate the one whose content holds its cue and is larger than its own; of several the smallest.
pub(crate) fn holders(found: &[Candidate<'_>]) -> Vec<Option<usize>> {
    let mut fragments: Vec<(u32, u32, usize, u32)> = found
        .iter()
        .enumerate()
        .flat_map(|(i, c)| {
            let whole = size(&c.content);
            c.content.iter().map(move |r| (r.start, r.end, i, whole))
        })
        .collect();
    fragments.sort_unstable();
    let mut cues: Vec<(u32, usize)> = found.iter().enumerate().map(|(i, c)| (c.at, i)).collect();
    cues.sort_unstable();
    let mut out = vec![None; found.len()];
    let index: std::collections::HashMap<u32, usize> =
        found.iter().enumerate().map(|(i, c)| (c.at, i)).collect();
    // contents in order of their start; what is still open at a cue holds it
    let mut open: Vec<(u32, usize, u32)> = Vec::new();
    let mut next = 0;
    for (at, i) in cues {
        while next < fragments.len() && fragments[next].0 <= at {
            let (_, end, owner, whole) = fragments[next];
            open.push((end, owner, whole));
            next += 1;
        }
        open.retain(|&(end, ..)| end > at);
        if let Some(&relay) = found[i].relayed_by.and_then(|r| index.get(&r)) {
            out[i] = Some(relay);
            continue;
        }
        let own = size(&found[i].content);
        out[i] = open
            .iter()
            .filter(|&&(_, owner, whole)| owner != i && whole > own)
            .min_by_key(|&&(_, owner, whole)| (whole, owner))
            .map(|&(_, owner, _)| owner);
    }
    out
}

/// Drops what stands within another's content, but for words that themselves report: "the agency wrote that officials
/// had counted nine" keeps both, "she said that he wants a vote" keeps what she said.
pub(crate) fn unnest<'p>(
    parse: &Parse,
    packs: &Packs,
    all: Vec<Candidate<'p>>,
) -> Vec<Candidate<'p>> {
    let holders = holders(&all);
    // "…, the captain said, according to the port": the port relays the captain
    let accordings: Vec<bool> = all.iter().map(|c| c.shape == Shape::According).collect();
    all.into_iter()
        .zip(holders)
        .filter(|(c, holder)| match holder {
            None => true,
            Some(h) => {
                relays(parse, c)
                    || own_belief(parse, packs, c)
                    || (c.shape == Shape::Inserted && accordings[*h])
            }
        })
        .map(|(c, _)| c)
        .collect()
}
