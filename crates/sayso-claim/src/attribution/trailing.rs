//! "The quay is lost, the harbour master said on Friday.": a cue at the end of its sentence, found by its place where
//! the tree hung the speaker on the last noun before the comma.

use std::collections::HashMap;
use std::ops::Range;

use sayso_packs::Packs;
use sayso_parse::{Dep, EntityType, Parse, Pos, Tag};

use super::candidates::{Candidate, Shape};
use super::grammar::{is_verb, trim, verb_group};
use super::lexicon::Cue;
use super::quotes::Quotations;

/// Tokens that a speaker with titles and an apposition may have.
const SPEAKER: u32 = 18;

/// Adds to `found` the cues that end their sentence and have no content before them yet.
pub(crate) fn add<'p>(
    parse: &'p Parse,
    packs: &'p Packs,
    quotations: &Quotations,
    found: &mut Vec<Candidate<'p>>,
) {
    let at: HashMap<u32, usize> = found.iter().enumerate().map(|(i, c)| (c.at, i)).collect();
    let mut new = Vec::new();
    for sentence in &parse.sentences {
        for v in sentence.clone().skip(4) {
            if !is_verb(parse, v)
                || !matches!(parse.tag(v), Tag::Vbd | Tag::Vbz | Tag::Vbp)
                || quotations.of(v).is_some()
                || !ends_here(parse, v, sentence)
            {
                continue;
            }
            let known = at.get(&v).map(|&i| &found[i]);
            if known.is_some_and(|c| c.content.first().is_some_and(|r| r.start < v)) {
                continue;
            }
            let Some(cue) = Cue::find(packs, parse.lemma(v), Pos::Verb).filter(|c| c.quotes())
            else {
                continue;
            };
            let Some(source) = speaker(parse, v, sentence) else {
                continue;
            };
            let content = trim(parse, sentence.start..source.start);
            if content.len() < 3 || !content.clone().any(|t| is_verb(parse, t)) {
                continue;
            }
            new.push(Candidate {
                at: v,
                cue_word: Some(cue),
                shape: Shape::Clause,
                who: Some(head(parse, &source)),
                source,
                cue: verb_group(parse, v),
                content: vec![content],
                relayed_by: None,
                passive: false,
            });
        }
    }
    for c in new {
        match at.get(&c.at) {
            Some(&i) => found[i] = c,
            None => found.push(c),
        }
    }
}

/// Whether only the end of the sentence, a comma, or when and where it was said follows.
fn ends_here(parse: &Parse, v: u32, sentence: &Range<u32>) -> bool {
    let next = v + 1;
    if next >= sentence.end {
        return true;
    }
    if parse
        .children(v)
        .iter()
        .any(|&c| c > v && matches!(parse.dep(c), Dep::Ccomp | Dep::Dobj | Dep::Xcomp))
    {
        return false;
    }
    matches!(parse.word(next), "." | "," | ")" | ";")
        || (matches!(
            parse.lower(next),
            "in" | "on" | "at" | "after" | "during" | "earlier" | "last" | "late"
        ) && sentence.end - v <= SPEAKER)
        || matches!(
            parse.tokens[next as usize].entity,
            Some(EntityType::Date | EntityType::Time)
        )
}

/// The noun phrase between a comma and the verb, with an apposition between commas of its own.
fn speaker(parse: &Parse, v: u32, sentence: &Range<u32>) -> Option<Range<u32>> {
    let group = verb_group(parse, v);
    let end = group.start;
    let floor = sentence.start.max(end.saturating_sub(SPEAKER));
    let comma_before = |t: u32| (floor..t).rev().find(|&c| parse.word(c) == ",");
    let apposed = parse.word(end.checked_sub(1)?) == ",";
    let inner = comma_before(if apposed { end - 1 } else { end })?;
    let start = if apposed { comma_before(inner)? } else { inner } + 1;
    let range = trim(parse, start..end);
    let first = range.start;
    let opens = matches!(
        parse.tag(first),
        Tag::Nnp
            | Tag::Nnps
            | Tag::Nn
            | Tag::Nns
            | Tag::Dt
            | Tag::Prp
            | Tag::Jj
            | Tag::PrpPoss
            | Tag::Cd
    ) && !matches!(parse.lower(first), "which" | "that");
    let sound = range.clone().all(|t| {
        !matches!(
            parse.tag(t),
            Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md | Tag::Vb | Tag::Wdt | Tag::Wp
        )
    });
    (opens && sound && !range.is_empty()).then_some(range)
}

/// The token that heads a range: the last noun of its first noun run.
fn head(parse: &Parse, range: &Range<u32>) -> u32 {
    let mut last = range.start;
    let mut seen = false;
    for t in range.clone() {
        match parse.pos(t) {
            Pos::Noun | Pos::Propn | Pos::Pron => {
                last = t;
                seen = true;
            }
            // "South Korea's service": the owner is not the head
            Pos::Part | Pos::Adj | Pos::Det | Pos::Num => {}
            _ if seen => break,
            _ => {}
        }
    }
    last
}
