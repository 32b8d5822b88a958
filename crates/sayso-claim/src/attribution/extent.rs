//! How far a source and a content reach: what hangs on them loosely is cut off, what belongs to them and was hung
//! elsewhere by the tree is taken in.

use std::ops::Range;

use sayso_parse::{Dep, EntityType, Parse, Pos, Tag};

use super::grammar::{is_verb, trim};

/// Tokens of a bracket that still belongs to a name: "(R-Ohio)", "(NWO)".
const BRACKET: u32 = 6;

/// The source without what is said of it beside its name: "Berg, speaking to reporters", "Berg — once the office's own
/// lawyer —", "Berg in a letter to the board". Appositions and relative clauses stay.
pub(crate) fn source(parse: &Parse, who: Option<u32>, source: Range<u32>) -> Range<u32> {
    let head = who
        .filter(|h| source.contains(h))
        .unwrap_or(source.start)
        .max(source.start);
    let mut end = source.end;
    for t in head + 1..source.end {
        let next = t + 1;
        let after = next < source.end;
        let cut = match parse.word(t) {
            "," => after && parse.tag(next) == Tag::Vbg && parse.lower(next) != "including",
            "—" | "–" | "--" | "―" => after,
            "(" => {
                let close = (next..source.end).find(|&c| parse.word(c) == ")");
                close.is_none_or(|c| c - t > BRACKET)
            }
            _ => {
                parse.dep(t) == Dep::Prep
                    && parse.head(t) == head
                    && parse.pos(head) == Pos::Propn
                    && parse.tokens[head as usize].entity == Some(EntityType::Person)
                    && matches!(
                        parse.lower(t),
                        "to" | "in" | "on" | "during" | "after" | "before" | "at"
                    )
            }
        };
        if cut {
            end = t;
            break;
        }
    }
    trim(parse, source.start..end)
}

/// A bare object with what follows it and belongs to it, though the tree hung it on the verb: "cited the remarks the
/// mayor had made", "showed the bridge closed to lorries". A day or hour ends it, and so does a further verb.
pub(crate) fn object(parse: &Parse, verb: u32, object: u32, content: Range<u32>) -> Range<u32> {
    let mut end = content.end;
    for &c in parse.children(verb) {
        if c <= object || c < end {
            continue;
        }
        let whole = parse.subtree(c);
        if whole.start != end {
            // only what stands right behind
            break;
        }
        let belongs = match parse.dep(c) {
            Dep::Prep => !timely(parse, c),
            Dep::Ccomp | Dep::Relcl | Dep::Acl => true,
            Dep::Advcl => is_verb(parse, c) && parse.lower(whole.start) != "when",
            _ => false,
        };
        if !belongs {
            break;
        }
        end = whole.end;
    }
    trim(parse, content.start..end)
}

/// Whether a prepositional phrase tells when or on what occasion something was said.
pub(crate) fn timely(parse: &Parse, preposition: u32) -> bool {
    if matches!(
        parse.lower(preposition),
        "during" | "after" | "before" | "since" | "until"
    ) {
        return true;
    }
    parse.children(preposition).iter().any(|&c| {
        matches!(
            parse.tokens[c as usize].entity,
            Some(EntityType::Date | EntityType::Time)
        ) || matches!(
            parse.lower(c),
            "interview"
                | "statement"
                | "speech"
                | "conference"
                | "debate"
                | "letter"
                | "tweet"
                | "briefing"
                | "rally"
        )
    })
}

/// An object without a relative clause that only adds to it: "the plan, which had failed before".
pub(crate) fn without_aside(parse: &Parse, content: Range<u32>) -> Range<u32> {
    let comma = (content.start + 1..content.end.saturating_sub(1))
        .find(|&t| parse.word(t) == "," && matches!(parse.lower(t + 1), "which" | "who" | "where"));
    match comma {
        Some(t) => trim(parse, content.start..t),
        None => content,
    }
}
