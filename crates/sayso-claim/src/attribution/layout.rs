//! Attributions that are not a verb and its arguments: "according to", and what the lay-out of a text says: labels,
//! captions, headlines.

use std::ops::Range;

use sayso_parse::{Dep, Parse};

use super::candidates::{Candidate, Shape};
use super::grammar::{phrase, trim};

/// "According to X" before, after or within its sentence.
pub(crate) fn according<'p>(parse: &Parse) -> Vec<Candidate<'p>> {
    let mut out = Vec::new();
    for t in 0..(parse.len() as u32).saturating_sub(1) {
        if parse.lower(t) != "according" || parse.lower(t + 1) != "to" {
            continue;
        }
        let who = [t + 1, t].into_iter().find_map(|h| {
            parse
                .children(h)
                .iter()
                .copied()
                .find(|&c| c > t + 1 && matches!(parse.dep(c), Dep::Pobj | Dep::Pcomp))
        });
        let Some(who) = who else { continue };
        let source = phrase(parse, who);
        let sentence = parse.sentences[parse.sentence_of(t)].clone();
        let after = source.end.max(t + 2);
        let content: Vec<Range<u32>> = if t - sentence.start <= 1 {
            vec![trim(parse, after..sentence.end)]
        } else {
            let mut parts = vec![trim(parse, sentence.start..t)];
            if after + 1 < sentence.end && parse.word(after) == "," {
                parts.push(trim(parse, after..sentence.end));
            }
            parts
        };
        let content: Vec<_> = content.into_iter().filter(|r| !r.is_empty()).collect();
        if content.is_empty() {
            continue;
        }
        out.push(Candidate {
            at: t,
            cue_word: None,
            shape: Shape::According,
            who: Some(who),
            source,
            cue: t..t + 2,
            content,
        });
    }
    out
}
