//! Whether what a time is told with lies behind or ahead of the telling, by the verb that it hangs on.

use sayso_parse::{Dep, Pos, Tag};

use super::grammar::Expression;
use crate::units::View;

/// Which way a verb points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ahead {
    /// Behind, or nothing says otherwise.
    No,
    /// Told in the present, which says nothing of a day but that a month just ahead may be meant.
    Now,
    /// Ahead of a past telling ("would"), or of the present one.
    Maybe,
    /// Ahead of the present: "will", a present tense that tells a plan.
    Yes,
}

/// Whether a noun is one of a row: "the first states to join" have joined.
fn numbered(parse: &sayso_parse::Parse, noun: u32) -> bool {
    parse.children(noun).iter().any(|&c| {
        matches!(
            parse.lower(c),
            "first" | "second" | "third" | "last" | "latest" | "only"
        )
    })
}

/// The direction of the verb above the word at an atom. In headlines the present tells what is past.
pub(super) fn ahead(v: &View<'_>, e: &Expression) -> Ahead {
    let way = climbed(v, e);
    // "the March figures", "Friday's ruling": the verb speaks of the noun, unless it is plainly ahead.
    let own = v.token(e.core)..=v.token(e.end.saturating_sub(1));
    let modifies = own.clone().any(|t| {
        (t as usize) < v.parse.len()
            && !own.contains(&v.parse.head(t))
            && matches!(
                v.parse.dep(t),
                Dep::Compound | Dep::Nmod | Dep::Poss | Dep::Amod
            )
    });
    match way {
        Ahead::Maybe | Ahead::Now if modifies => Ahead::No,
        w => w,
    }
}

fn climbed(v: &View<'_>, e: &Expression) -> Ahead {
    let (atom, headline) = (e.start, e.headline);
    let parse = v.parse;
    let lex = v.lex;
    // "until Friday", after what keeps until then; "as early as Friday".
    let before = |k: usize| atom.checked_sub(k).map_or("", |i| v.atoms.word(i));
    if before(1) == "as" && matches!(before(2), "soon" | "early" | "late") && before(3) == "as" {
        return Ahead::Maybe;
    }
    let kept = matches!(before(1), "until" | "till" | "through");
    let mut t = v.token(e.core);
    if t as usize >= parse.len() {
        return Ahead::No;
    }
    let mut first = true;
    // Whether it hangs on the verb itself, not on a noun under it.
    let mut direct = true;
    for step in 0..12 {
        let h = parse.head(t);
        let tag = parse.tag(t);
        if matches!(parse.pos(t), Pos::Verb | Pos::Aux) && tag != Tag::Md {
            let lemma = parse.lemma(t);
            let aux = |dep: Dep, words: &[&str]| {
                parse
                    .children(t)
                    .iter()
                    .any(|&c| parse.dep(c) == dep && words.contains(&parse.lower(c)))
            };
            let perfect = aux(Dep::Aux, &["have", "'ve", "has", "had", "'d"]);
            if !perfect {
                if aux(Dep::Aux, &["will", "'ll", "shall", "wo"]) {
                    return Ahead::Yes;
                }
                if aux(
                    Dep::Aux,
                    &["may", "might", "would", "could", "should", "can", "must"],
                ) {
                    return Ahead::Maybe;
                }
            }
            if kept && lex.kept_until.contains(lemma) {
                return Ahead::Maybe;
            }
            let past = matches!(tag, Tag::Vbd | Tag::Vbn);
            let infinitive =
                matches!(tag, Tag::Vb | Tag::Vbn) && aux(Dep::Aux, &["to"]) && !perfect;
            if infinitive {
                // What the infinitive hangs on says whether it lies ahead: "plans to leave", "managed to leave".
                // So says "is to leave", and a noun: "the deal to leave".
                let own = lex.ahead.contains(parse.lemma(h))
                    || lex.ahead.contains(parse.lower(h))
                    || parse.lemma(h) == "be"
                    || parse.dep(t) == Dep::Acl && !numbered(parse, h);
                if own && h != t {
                    return Ahead::Maybe;
                }
                if h == t {
                    return if headline { Ahead::Yes } else { Ahead::Maybe };
                }
            } else if past {
                return if lex.ahead.contains(lemma) && (tag == Tag::Vbn || !first) {
                    Ahead::Maybe
                } else {
                    Ahead::No
                };
            } else if matches!(tag, Tag::Vbz | Tag::Vbp) {
                if lex.ahead.contains(lemma) {
                    return Ahead::Yes;
                }
                // "The talks open Monday" is a plan; "officials say" and "is" are not.
                return if first && direct && !headline && !lex.no_plan.contains(lemma) {
                    Ahead::Yes
                } else if headline {
                    Ahead::No
                } else {
                    Ahead::Now
                };
            } else if tag == Tag::Vbg {
                if aux(Dep::Aux, &["is", "are", "'s", "'re", "am", "'m"]) && !headline {
                    return if first { Ahead::Yes } else { Ahead::No };
                }
                if lex.ahead.contains(lemma) {
                    return Ahead::Maybe;
                }
            }
            first = false;
        } else if lex.ahead.contains(parse.lower(t)) {
            return Ahead::Maybe;
        }
        if h == t {
            return Ahead::No;
        }
        if first && step > 0 && matches!(parse.pos(t), Pos::Noun | Pos::Propn) {
            direct = false;
        }
        t = h;
    }
    Ahead::No
}
