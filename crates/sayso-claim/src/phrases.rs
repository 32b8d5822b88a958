//! Noun phrases as claims show them, and how many people a phrase without a number names.

use sayso_model::{Phrase, Span};
use sayso_parse::{Dep, EntityType, Parse, Pos, Tag};

/// The words of the noun phrase around `head`: modifiers and "of" phrases, without article, number, clauses or the
/// rest of a coordination.
pub fn phrase(text: &str, parse: &Parse, head: u32) -> Phrase {
    let (mut first, mut last) = (head, head);
    for &c in parse.children(head) {
        let keep = match parse.dep(c) {
            Dep::Amod | Dep::Compound | Dep::Poss | Dep::Nmod => true,
            Dep::Npadvmod => aged(parse, head),
            Dep::Prep => parse.lower(c) == "of" && c == last + 1 && parse.subtree(c).len() < 8,
            Dep::Case => c == head + 1,
            _ => false,
        };
        if keep {
            let sub = parse.subtree(c);
            if sub.len() > 12 {
                continue;
            }
            first = first.min(sub.start);
            last = last.max(sub.end.saturating_sub(1));
        }
    }
    while first < head
        && (matches!(
            parse.pos(first),
            Pos::Det | Pos::Punct | Pos::Num | Pos::Space
        ) || parse.tag(first) == Tag::Space)
        // "13-year-old boy": the number is part of the word.
        && !(parse.pos(first) == Pos::Num && parse.tag(first + 1) == Tag::Hyph)
    {
        first += 1;
    }
    let bytes = parse.bytes(first..last + 1);
    let span = Span::new(bytes.start, bytes.end);
    Phrase {
        span,
        text: span.of(text).to_owned(),
        head: parse.lemma(head).to_lowercase(),
    }
}

/// Members of a coordination, first to last: "a couple and their son".
pub fn members(parse: &Parse, head: u32) -> Vec<u32> {
    let mut out = vec![head];
    let mut at = 0;
    while at < out.len() && out.len() < 32 {
        for &c in parse.children(out[at]) {
            if parse.dep(c) == Dep::Conj
                && !matches!(parse.pos(c), Pos::Verb | Pos::Aux | Pos::Adv)
                && parse.child(c, Dep::Nsubj).is_none()
            {
                out.push(c);
            }
        }
        at += 1;
    }
    out.sort_unstable();
    out
}

/// Whether the word denies that there is any: "no", "nobody", "none".
pub fn is_none(parse: &Parse, t: u32) -> bool {
    let word = parse.lower(t);
    if matches!(word, "nobody" | "none") {
        return true;
    }
    let no =
        |c: u32| parse.lower(c) == "no" && matches!(parse.dep(c), Dep::Det | Dep::Neg | Dep::Amod);
    parse.children(t).iter().any(|&c| no(c))
}

/// Whether the word is the "old" of "a 13-year-old", which names a person by age.
pub fn aged(parse: &Parse, t: u32) -> bool {
    parse.lower(t) == "old"
        && t >= 2
        && parse.tag(t - 1) == Tag::Hyph
        && !matches!(parse.dep(t), Dep::Amod | Dep::Acomp)
}

/// Whether the word stands for its own subject: "shot himself".
pub fn reflexive(parse: &Parse, t: u32) -> bool {
    matches!(parse.lower(t), "himself" | "herself" | "myself" | "self")
}

/// Whether the phrase is about a person by its entity type or its grammar.
pub fn names_person(parse: &Parse, t: u32) -> bool {
    if aged(parse, t) {
        return true;
    }
    match parse.tokens[t as usize].entity {
        Some(EntityType::Person) => true,
        Some(EntityType::Norp) => true,
        Some(_) => false,
        None => {
            parse.pos(t) == Pos::Pron
                && !matches!(
                    parse.lower(t),
                    "it" | "that" | "this" | "which" | "what" | "itself"
                )
        }
    }
}

/// How many a phrase without a number names, if it is singular or a pair; `pairs` and `trios` are the words for two
/// and three.
pub fn implied(parse: &Parse, t: u32, pairs: &dyn Fn(&str) -> Option<u32>) -> Option<u32> {
    if is_none(parse, t) {
        return Some(0);
    }
    let lemma = parse.lemma(t).to_lowercase();
    if let Some(n) = pairs(&lemma) {
        return Some(n);
    }
    if aged(parse, t) {
        return Some(1);
    }
    // "another", "the other", "a third": one more.
    if lemma == "another"
        || matches!(parse.tag(t), Tag::Jj | Tag::Nn) && (lemma == "other" || ordinal(&lemma))
    {
        return Some(1);
    }
    match parse.tag(t) {
        Tag::Nn => {
            // "a man", "another man", "the man", "her husband"; a bare singular is one only in a headline.
            Some(1)
        }
        Tag::Nnp => Some(1),
        Tag::Prp => (reflexive(parse, t)
            || matches!(parse.lower(t), "he" | "she" | "him" | "her" | "i" | "me"))
        .then_some(1),
        _ => None,
    }
}

/// Whether the word counts one person by place: "a fourth was hurt".
pub fn ordinal(lemma: &str) -> bool {
    matches!(
        lemma,
        "second"
            | "third"
            | "fourth"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "ninth"
            | "tenth"
    )
}
