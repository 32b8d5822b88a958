//! What a figure is about, apart from what it counts: the noun it qualifies, else the subject of its clause.

use sayso_model::FigureKind;
use sayso_parse::{Dep, Parse, Pos, Tag};

use crate::figures::Found;
use crate::things::{core_tokens, root_of};
use crate::units::{View, is_noun};

/// Words of what the figure is about; empty where the clause has nothing else.
///
/// First the noun that the figure stands in a phrase of ("a run of seven games": run; "a fine of $5m": fine), then the
/// subject of the verb that governs it ("the company has 1,000 customers": company).
pub(crate) fn concepts(v: &View<'_>, f: &Found) -> Vec<String> {
    let parse = v.parse;
    let tokens = core_tokens(v, f);
    if tokens.is_empty()
        || tokens.end as usize > parse.len()
        || f.figure.kind == FigureKind::Ordinal
    {
        return Vec::new();
    }
    let thing = f
        .figure
        .thing
        .as_ref()
        .map(|t| parse.tokens_in(t.span.start..t.span.end));
    let has_unit = f.figure.unit.is_some()
        || f.figure.currency.is_some()
        || matches!(f.figure.kind, FigureKind::Ratio);
    // Shares and amounts are about their thing.
    if has_unit
        && let Some(t) = &thing
        && !t.is_empty()
    {
        return words(parse, t.clone().filter(|&k| word_counts(parse, k)));
    }
    // A span of time that only says when or how long is about nothing.
    let root = root_of(parse, &tokens, v.token(f.anchor));
    if f.figure.kind == FigureKind::Duration
        && matches!(parse.dep(root), Dep::Npadvmod | Dep::Pobj | Dep::Advmod)
    {
        let governor = parse.head(parse.head(root));
        if parse.dep(root) != Dep::Pobj || !is_noun(parse.tag(governor)) {
            return Vec::new();
        }
    }
    let mut at = root_of(parse, &tokens, v.token(f.anchor));
    let inside = |t: u32| tokens.contains(&t) || thing.as_ref().is_some_and(|r| r.contains(&t));
    for _ in 0..8 {
        let h = parse.head(at);
        if h == at {
            break;
        }
        if !inside(h) {
            let dep = parse.dep(at);
            if dep == Dep::Pobj && matches!(parse.dep(h), Dep::Prep | Dep::Agent) {
                let governor = parse.head(h);
                if governor != h && !inside(governor) && is_noun(parse.tag(governor)) {
                    return noun_phrase(parse, governor, &inside);
                }
            } else if is_noun(parse.tag(h)) && !matches!(dep, Dep::Conj) {
                return noun_phrase(parse, h, &inside);
            }
            if matches!(parse.pos(h), Pos::Verb | Pos::Aux) {
                return subject(parse, h, &inside);
            }
        }
        at = h;
    }
    Vec::new()
}

/// Words of the subject of a verb, or of the verb that it is joined to.
fn subject(parse: &Parse, mut verb: u32, inside: &dyn Fn(u32) -> bool) -> Vec<String> {
    for _ in 0..4 {
        let own = parse
            .children(verb)
            .iter()
            .copied()
            .find(|&c| matches!(parse.dep(c), Dep::Nsubj | Dep::Nsubjpass) && !inside(c));
        match own {
            Some(s) if is_noun(parse.tag(s)) => return whole_phrase(parse, s, inside),
            // "that is 90 miles wide": the noun that the clause stands by. "it has": who the clause around speaks of.
            Some(s) if matches!(parse.tag(s), Tag::Prp | Tag::Wdt | Tag::Wp) => {
                let up = parse.head(verb);
                if up == verb {
                    return Vec::new();
                }
                if parse.dep(verb) == Dep::Relcl && is_noun(parse.tag(up)) {
                    return noun_phrase(parse, up, inside);
                }
                verb = up;
                continue;
            }
            Some(_) => return Vec::new(),
            None => {}
        }
        // The figure is the subject itself: it is about what is done to, if anything.
        if parse
            .children(verb)
            .iter()
            .any(|&c| matches!(parse.dep(c), Dep::Nsubj | Dep::Nsubjpass))
        {
            return match parse.child(verb, Dep::Dobj) {
                Some(o) if is_noun(parse.tag(o)) && !inside(o) => noun_phrase(parse, o, inside),
                _ => Vec::new(),
            };
        }
        let up = parse.head(verb);
        if up == verb {
            break;
        }
        match parse.dep(verb) {
            // A relative clause or participle is about the noun it stands by.
            Dep::Relcl | Dep::Acl if is_noun(parse.tag(up)) => {
                return noun_phrase(parse, up, inside);
            }
            Dep::Conj | Dep::Xcomp | Dep::Advcl | Dep::Pcomp | Dep::Prep => verb = up,
            _ => break,
        }
    }
    Vec::new()
}

/// Words of a noun phrase with what "of" and "in" add to it, without clauses.
fn whole_phrase(parse: &Parse, head: u32, inside: &dyn Fn(u32) -> bool) -> Vec<String> {
    let range = parse.subtree(head);
    let mut out = noun_phrase(parse, head, inside);
    for t in head + 1..range.end.min(head + 9) {
        if inside(t)
            || matches!(
                parse.tag(t),
                Tag::Comma
                    | Tag::Lrb
                    | Tag::Wdt
                    | Tag::Wp
                    | Tag::Vbd
                    | Tag::Vbz
                    | Tag::Vbn
                    | Tag::Vbg
                    | Tag::Colon
            )
        {
            break;
        }
        if word_counts(parse, t) || parse.tag(t) == Tag::Cd {
            out.push(parse.word(t).to_owned());
        }
    }
    out
}

fn noun_phrase(parse: &Parse, head: u32, inside: &dyn Fn(u32) -> bool) -> Vec<String> {
    let from = parse.subtree(head).start.max(head.saturating_sub(6));
    let mut first = head;
    while first > from && word_counts(parse, first - 1) && !inside(first - 1) {
        first -= 1;
    }
    words(parse, (first..=head).filter(|&t| !inside(t)))
}

fn word_counts(parse: &Parse, t: u32) -> bool {
    matches!(
        parse.tag(t),
        Tag::Nn | Tag::Nns | Tag::Nnp | Tag::Nnps | Tag::Jj | Tag::Jjs | Tag::Vbg | Tag::Vbn
    )
}

fn words(parse: &Parse, tokens: impl Iterator<Item = u32>) -> Vec<String> {
    tokens
        .map(|t| parse.word(t))
        .filter(|w| w.contains(char::is_alphabetic))
        .map(str::to_owned)
        .collect()
}
