//! Logical arguments of a verb or noun, as far as attribution needs them: who is its subject, what words a phrase
//! spans, which words make up the verb group.

use std::ops::Range;

use sayso_parse::{Dep, Parse, Pos, Tag};

/// Steps up the tree before a search for the subject gives up; real sentences need three or four.
const CLIMB: u32 = 6;

/// Whether a token is a form of a verb.
pub(crate) fn is_verb(parse: &Parse, t: u32) -> bool {
    matches!(
        parse.tag(t),
        Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz
    )
}

fn is_nominal(parse: &Parse, t: u32) -> bool {
    matches!(parse.pos(t), Pos::Noun | Pos::Propn | Pos::Pron)
}

fn is_verbal(parse: &Parse, t: u32) -> bool {
    matches!(parse.pos(t), Pos::Verb | Pos::Aux)
}

/// The nearest verb above a token.
fn verb_above(parse: &Parse, mut t: u32) -> Option<u32> {
    for _ in 0..CLIMB {
        let head = parse.head(t);
        if head == t {
            return None;
        }
        if is_verbal(parse, head) {
            return Some(head);
        }
        t = head;
    }
    None
}

/// The logical subject of a verb: its own, or the one it shares with the verb it is joined to, complements or
/// modifies; of a reduced relative clause ("a letter warning that …") the noun it stands on.
pub(crate) fn subject(parse: &Parse, verb: u32) -> Option<u32> {
    let mut v = verb;
    for _ in 0..=CLIMB {
        let own = parse
            .children(v)
            .iter()
            .copied()
            .find(|&c| matches!(parse.dep(c), Dep::Nsubj | Dep::Nsubjpass));
        if own.is_some() {
            return own;
        }
        let head = parse.head(v);
        if head == v {
            return None;
        }
        match parse.dep(v) {
            Dep::Acl if is_nominal(parse, head) => return Some(head),
            Dep::Pcomp => {
                let above = parse.head(head);
                if !is_verbal(parse, above) {
                    if let Some(owner) = parse.child(above, Dep::Poss) {
                        return Some(owner);
                    }
                    v = verb_above(parse, above)?;
                    continue;
                }
                v = above;
            }
            dep @ (Dep::Conj | Dep::Xcomp | Dep::Advcl | Dep::Ccomp | Dep::Aux | Dep::Dep)
                if is_verbal(parse, head) =>
            {
                let non_finite = matches!(parse.tag(v), Tag::Vb | Tag::Vbg | Tag::Vbn);
                if matches!(dep, Dep::Ccomp | Dep::Advcl) && !non_finite {
                    return None;
                }
                if matches!(dep, Dep::Xcomp | Dep::Ccomp)
                    && let Some(object) = parse.child(head, Dep::Dobj)
                    && object < v
                {
                    return Some(object);
                }
                v = head;
            }
            _ => return None,
        }
    }
    None
}

/// Cuts white space and separating punctuation from both ends of a token range.
pub(crate) fn trim(parse: &Parse, mut range: Range<u32>) -> Range<u32> {
    let separator = |t: u32| {
        matches!(
            parse.word(t),
            "," | "." | ";" | ":" | "—" | "–" | "-" | "--"
        ) || parse.tag(t) == Tag::Space
    };
    let stray = |t: u32| matches!(parse.word(t), "?" | "!" | ")" | "]" | "”" | "'");
    while range.start < range.end && (separator(range.start) || stray(range.start)) {
        range.start += 1;
    }
    while range.start < range.end && separator(range.end - 1) {
        range.end -= 1;
    }
    range
}

/// The whole phrase under a token.
pub(crate) fn phrase(parse: &Parse, t: u32) -> Range<u32> {
    trim(parse, parse.subtree(t))
}

/// The phrase under `t` as far as it lies on its own side of `cue`.
pub(crate) fn beside(parse: &Parse, t: u32, cue: u32) -> Range<u32> {
    let mut r = parse.subtree(t);
    if cue < t {
        r.start = r.start.max(cue + 1);
    } else {
        r.end = r.end.min(cue);
    }
    r.end = r.end.max(r.start);
    trim(parse, r)
}

/// `range` without the phrase under `cue`: what stands before it and what stands after.
pub(crate) fn around(parse: &Parse, range: Range<u32>, cue: u32) -> Vec<Range<u32>> {
    let hole = parse.subtree(cue);
    if hole.start >= range.end
        || hole.end <= range.start
        || (hole.start <= range.start && hole.end >= range.end)
    {
        return vec![range];
    }
    let before = trim(parse, range.start..hole.start.max(range.start));
    let after = trim(parse, hole.end.min(range.end)..range.end);
    [before, after]
        .into_iter()
        .filter(|r| !r.is_empty())
        .collect()
}

/// A verb with the auxiliaries, negation and adverbs right before it and the particle after it.
pub(crate) fn verb_group(parse: &Parse, verb: u32) -> Range<u32> {
    let mut start = verb;
    for &c in parse.children(verb).iter().rev() {
        if c >= verb {
            continue;
        }
        let part = match parse.dep(c) {
            Dep::Aux | Dep::Auxpass | Dep::Neg => true,
            Dep::Advmod => {
                parse.subtree(c).len() == 1
                    && !matches!(parse.lower(c), "when" | "where" | "how" | "why")
            }
            _ => false,
        };
        if part && start - c <= 4 && (c + 1..start).all(|k| [c, verb].contains(&parse.head(k))) {
            start = c;
        }
    }
    let mut end = verb + 1;
    while end < parse.len() as u32
        && parse.head(end) == verb
        && matches!(parse.dep(end), Dep::Prt | Dep::Neg)
    {
        end += 1;
    }
    start..end
}

/// Sorted ranges with overlapping and touching ones joined.
pub(crate) fn merge(mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
    ranges.retain(|r| !r.is_empty());
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut out: Vec<Range<u32>> = Vec::with_capacity(ranges.len());
    for r in ranges {
        match out.last_mut() {
            Some(last) if r.start <= last.end => last.end = last.end.max(r.end),
            _ => out.push(r),
        }
    }
    out
}

/// Number of tokens in all ranges.
pub(crate) fn size(ranges: &[Range<u32>]) -> u32 {
    ranges.iter().map(|r| r.len() as u32).sum()
}
