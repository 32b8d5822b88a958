//! What a figure counts: the noun phrase, by the tree, by "of", by coordination and ellipsis.

use std::ops::Range;

use sayso_model::{Exactness, FigureKind, Phrase, Span};
use sayso_parse::{Dep, Parse, Pos, Tag};

use crate::figures::Found;
use crate::units::{View, denominators, is_noun};

/// Fills `thing` of every figure of a sentence.
pub(crate) fn things(v: &View<'_>, found: &mut [Found]) {
    for k in 0..found.len() {
        let own = thing(v, &found[k]);
        let taken = if own.is_none() {
            inherited(v, found, k)
        } else {
            None
        };
        let figure = &mut found[k].figure;
        match taken {
            Some(Taken::Thing(t)) => figure.thing = Some(t),
            Some(Taken::Unit(kind, unit)) => {
                figure.kind = kind;
                figure.unit = unit;
            }
            None => figure.thing = own,
        }
        rate(v, &mut found[k]);
    }
}

/// The denominators behind the thing: "34,500 tonnes of copper a year", "30 people a day".
fn rate(v: &View<'_>, f: &mut Found) {
    let Some(thing) = &f.figure.thing else { return };
    if !f.figure.per.is_empty() || thing.span.start < f.figure.span.end {
        return;
    }
    let at = v.atoms.all.partition_point(|a| a.start < thing.span.end);
    let sentence = v.parse.sentence_of(v.token(f.anchor));
    let limit = match v.parse.sentences.get(sentence) {
        Some(s) => v.atoms.all.partition_point(|a| a.token < s.end),
        None => return,
    };
    let adverb = matches!(
        v.atoms.word(at),
        "annually" | "yearly" | "monthly" | "weekly" | "daily"
    );
    f.figure.per = denominators(v, at, limit, adverb).1;
}

/// Tokens of a figure's number and unit.
pub(crate) fn core_tokens(v: &View<'_>, f: &Found) -> Range<u32> {
    v.tokens(&f.core)
}

/// The token of a range that the rest of the tree holds it by: the one whose head lies outside.
pub(crate) fn root_of(parse: &Parse, tokens: &Range<u32>, prefer: u32) -> u32 {
    let mut t = prefer;
    for _ in 0..tokens.len() + 1 {
        let h = parse.head(t);
        if h == t || !tokens.contains(&h) {
            return t;
        }
        t = h;
    }
    t
}

fn thing(v: &View<'_>, f: &Found) -> Option<Phrase> {
    let parse = v.parse;
    let tokens = core_tokens(v, f);
    if tokens.is_empty() || tokens.end as usize > parse.len() {
        return None;
    }
    let last = tokens.end;
    let kind = f.figure.kind;
    if matches!(
        kind,
        FigureKind::Duration | FigureKind::Age | FigureKind::Ordinal
    ) {
        return of_phrase(v, tokens, f.unit.as_ref().map_or(f.anchor, |u| u.end - 1))
            .filter(|_| kind != FigureKind::Age);
    }
    let anchor = root_of(parse, &tokens, v.token(f.anchor));
    // "dozens of soldiers", "20% of voters", "three tonnes of rice"
    if let Some(p) = of_phrase(v, tokens.clone(), f.core.end - 1) {
        return Some(p);
    }
    // "8 miles (13 km) of tunnels"
    if v.atoms.is(f.core.end, "(")
        && let Some(k) = (f.core.end + 2..f.core.end + 10).find(|&k| v.atoms.is(k, ")"))
        && let Some(p) = of_phrase(v, tokens.clone(), k)
    {
        return Some(p);
    }
    // "half the villages"
    if kind == FigureKind::Ratio && matches!(v.tag(f.core.end), Tag::Dt | Tag::PrpPoss | Tag::Pdt) {
        let det = v.token(f.core.end);
        let head = parse.head(det);
        if head > det && is_noun(parse.tag(head)) && clear(v, det, head) {
            return phrase(v, det, head);
        }
        return adjacent(v, det + 1, tokens.start);
    }
    let has_unit = f.figure.unit.is_some() || f.figure.currency.is_some();
    // "another tent or two"
    if f.core.start > 1
        && v.atoms.is(f.core.start - 1, "or")
        && v.noun(f.core.start - 2)
        && v.atoms.number(f.core.start.saturating_sub(3)).is_none()
        && !v.noun(f.core.end)
        && f.figure.kind == FigureKind::Cardinal
    {
        let head_noun = v.token(f.core.start - 2);
        return phrase(v, parse.subtree(head_noun).start, head_noun);
    }
    // The noun that the number hangs on, to the right.
    let mut head = parse.head(anchor);
    let hangs = matches!(
        parse.dep(anchor),
        Dep::Nummod
            | Dep::Quantmod
            | Dep::Amod
            | Dep::Compound
            | Dep::Nmod
            | Dep::Det
            | Dep::Advmod
            | Dep::Poss
            | Dep::Npadvmod
    );
    if hangs && head >= last && is_noun(parse.tag(head)) && clear(v, last, head) {
        // "a 3 cylinder engine" is one engine: the number counts the first noun.
        let many = f.figure.low != Some(rust_decimal::Decimal::ONE);
        let one = |t: u32| parse.tag(t) == Tag::Nn && !v.lex.collective.contains(parse.lower(t));
        while parse.dep(head) == Dep::Compound
            && parse.head(head) > head
            && !(many && !has_unit && one(parse.head(head)) && parse.tag(head) == Tag::Nn)
            && is_noun(parse.tag(parse.head(head)))
            && clear(v, head + 1, parse.head(head))
        {
            head = parse.head(head);
        }
        // The tree at times stops at the first of two nouns.
        while is_noun_at(parse, head + 1)
            && parse.tag(head) != Tag::Nns
            && parse.head(head + 1) == head + 2
            && is_noun_at(parse, head + 2)
            && clear(v, head, head + 2)
        {
            head += 2;
        }
        return phrase(v, last, head);
    }
    // By the words alone: the noun phrase right after. A signed share stands behind what it is of.
    let signed = kind == FigureKind::Percent
        && (v.atoms.is(f.core.start, "+") || v.atoms.dash(f.core.start));
    if !signed
        && (!has_unit || matches!(kind, FigureKind::Money | FigureKind::Percent))
        && let Some(p) = adjacent(v, last, tokens.start)
    {
        return Some(p);
    }
    // "$12bn in aid", "3% in wages"
    if kind == FigureKind::Money {
        return prep_phrase(v, tokens, "in");
    }
    None
}

fn is_noun_at(parse: &Parse, token: u32) -> bool {
    (token as usize) < parse.len() && is_noun(parse.tag(token))
}

/// Whether the tokens between can all stand before a noun: no verb, comma or preposition.
fn clear(v: &View<'_>, from: u32, to: u32) -> bool {
    to.saturating_sub(from) < 12
        && (from..to).all(|t| {
            let tag = v.parse.tag(t);
            !matches!(
                tag,
                Tag::In
                    | Tag::Md
                    | Tag::Vbz
                    | Tag::Vbp
                    | Tag::Vbd
                    | Tag::To
                    | Tag::Wp
                    | Tag::Wdt
                    | Tag::Colon
                    | Tag::Lrb
                    | Tag::Rrb
            ) && (tag != Tag::Comma
                || matches!(v.parse.pos(t.saturating_sub(1)), Pos::Adj | Pos::Num))
        })
}

/// The noun phrase of "of …" after a figure.
fn of_phrase(v: &View<'_>, tokens: Range<u32>, last_atom: usize) -> Option<Phrase> {
    prep(v, tokens, last_atom + 1, "of")
}

fn prep_phrase(v: &View<'_>, tokens: Range<u32>, word: &str) -> Option<Phrase> {
    let at = v.atoms.all.partition_point(|a| a.token < tokens.end);
    prep(v, tokens, at, word)
}

/// The noun phrase of the preposition that stands at atom `at`.
fn prep(v: &View<'_>, tokens: Range<u32>, at: usize, word: &str) -> Option<Phrase> {
    if !v.atoms.is(at, word) || tokens.is_empty() {
        return None;
    }
    let parse = v.parse;
    let p = v.token(at);
    // "of whom", "of them": the thing is the one before.
    if parse
        .child(p, Dep::Pobj)
        .is_some_and(|o| matches!(parse.tag(o), Tag::Prp | Tag::Wp | Tag::Wdt))
    {
        return None;
    }
    let object = parse
        .child(p, Dep::Pobj)
        .filter(|&o| o > p && is_nominal(parse.tag(o)))
        .or_else(|| {
            (p + 1..(p + 8).min(parse.len() as u32))
                .take_while(|&t| !matches!(parse.tag(t), Tag::In | Tag::To | Tag::Cd | Tag::Comma))
                .find(|&t| is_noun(parse.tag(t)) && !is_noun_at(parse, t + 1))
        })?;
    // "the 45,000 of last year"
    if crate::phrases::says_when(v, object) && parse.tag(object) == Tag::Nn {
        return None;
    }
    if word == "in"
        && (parse.lemma(object).parse::<f64>().is_ok()
            || matches!(parse.tag(object), Tag::Nnp | Tag::Cd))
    {
        return None;
    }
    if matches!(parse.tag(object), Tag::Prp | Tag::Cd) {
        return None;
    }
    // The tree at times stops at the first of two adjectives.
    if parse.tag(object) == Tag::Jj
        && let Some(p) = adjacent(v, object, object)
    {
        return Some(p);
    }
    phrase(v, p + 1, object)
}

fn is_nominal(tag: Tag) -> bool {
    is_noun(tag) || matches!(tag, Tag::Dt | Tag::Vbg | Tag::Jj)
}

/// The noun phrase that begins right after the figure, by tags alone.
fn adjacent(v: &View<'_>, from: u32, start: u32) -> Option<Phrase> {
    let parse = v.parse;
    let sentence = parse.sentences.get(parse.sentence_of(start))?;
    let mut head = None;
    let mut t = from;
    while t < sentence.end && t < from + 8 {
        match parse.tag(t) {
            Tag::Nns | Tag::Nnps => {
                head = Some(t);
                // "5 sales managers": a plural that is itself followed by a noun is rare; stop at a plural.
                if !is_noun_at(parse, t + 1) {
                    break;
                }
            }
            Tag::Nn | Tag::Nnp => head = Some(t),
            Tag::Jj | Tag::Jjr | Tag::Jjs | Tag::Vbn | Tag::Vbg | Tag::Hyph => {
                if head.is_some() {
                    break;
                }
            }
            Tag::Rb if head.is_none() => {}
            // "digital and physical sales"
            Tag::Cc
                if head.is_none()
                    && t > from
                    && parse.tag(t - 1) == Tag::Jj
                    && t + 1 < sentence.end
                    && parse.tag(t + 1) == Tag::Jj => {}
            _ => break,
        }
        t += 1;
    }
    let head = head.filter(|&h| !v.when_word(parse.lower(h)))?;
    // A participle or adverb alone before a far noun is a verb phrase: "600 killed soldiers" is not told apart.
    phrase(v, from, head)
}

/// The words from `from` to `head`, without determiners and possessives at the start.
pub(crate) fn phrase(v: &View<'_>, mut from: u32, head: u32) -> Option<Phrase> {
    let parse = v.parse;
    // Another number or a whole clause may stand between; begin at the head's own leftmost modifier.
    let left = parse.subtree(head).start.max(from);
    if left > from && left <= head {
        let skipped = (from..left).all(|t| {
            matches!(
                parse.tag(t),
                Tag::Dt | Tag::Pdt | Tag::PrpPoss | Tag::Hyph | Tag::Comma | Tag::Cd | Tag::Rb
            )
        });
        if !skipped || head - left > 8 {
            from = left;
        }
    }
    while from < head
        && (matches!(
            parse.tag(from),
            Tag::Dt
                | Tag::Pdt
                | Tag::PrpPoss
                | Tag::Hyph
                | Tag::Comma
                | Tag::Wdt
                | Tag::In
                | Tag::OpenQuote
                | Tag::Cc
                | Tag::Cd
                | Tag::Dollar
        ) || matches!(parse.tag(from), Tag::Jjr | Tag::Rbr)
            && matches!(parse.lower(from), "more" | "fewer" | "less")
            || matches!(
                parse.lower(from),
                "other" | "such" | "additional" | "further" | "as" | "many" | "much" | "strong"
            ))
    {
        from += 1;
    }
    let bytes = parse.bytes(from..head + 1);
    let text = v.text.get(bytes.start as usize..bytes.end as usize)?;
    Some(Phrase {
        span: Span::new(bytes.start, bytes.end),
        text: text.to_owned(),
        head: parse.lemma(head).to_lowercase(),
    })
}

/// What a bare number takes from the figure before it.
enum Taken {
    Thing(Phrase),
    Unit(FigureKind, Option<String>),
}

/// A bare number takes the thing or the unit of the figure before it where the sentence runs on: "6,000 troops, 600 of
/// them killed", "1,000 workers in May and 1,400 in June", "gained 64 points to 4,577".
fn inherited(v: &View<'_>, found: &[Found], k: usize) -> Option<Taken> {
    let f = &found[k];
    if f.figure.kind != FigureKind::Cardinal {
        return None;
    }
    let of_them = v.atoms.is(f.core.end, "of")
        && matches!(
            v.atoms.word(f.core.end + 1),
            "them" | "those" | "these" | "whom" | "which"
        );
    let of_whom = f.atoms.start >= 2
        && v.atoms.is(f.atoms.start - 2, "of")
        && matches!(v.atoms.word(f.atoms.start - 1), "whom" | "which" | "them");
    let anchor = v.token(f.anchor);
    if anchor as usize >= v.parse.len() {
        return None;
    }
    // A number that is itself the noun: subject, object, after a preposition, or joined to another number.
    let nominal = matches!(
        v.parse.dep(anchor),
        Dep::Nsubj
            | Dep::Nsubjpass
            | Dep::Dobj
            | Dep::Pobj
            | Dep::Conj
            | Dep::Appos
            | Dep::Attr
            | Dep::Root
            | Dep::Nummod
            | Dep::Npadvmod
    );
    if !of_them && !of_whom && !nominal {
        return None;
    }
    // A unit said once holds for levels and lists, not for any later number.
    let runs_on = f.figure.exactness == Exactness::Range
        || v.atoms.all.get(f.core.start).is_some_and(|a| a.formatted)
        || f.atoms.start > 0
            && matches!(
                v.atoms.text(f.atoms.start - 1),
                "to" | "at" | "from" | "by" | "than" | "and" | "or" | ","
            );
    let measured = runs_on && f.figure.exactness != Exactness::Vague && !of_them && !of_whom;
    found[..k]
        .iter()
        .rev()
        .filter(|g| matches!(g.figure.kind, FigureKind::Cardinal | FigureKind::Measure))
        .take(3)
        .find_map(|g| match g.figure.kind {
            FigureKind::Measure => (measured && g.figure.per.is_empty())
                .then(|| Taken::Unit(FigureKind::Measure, g.figure.unit.clone())),
            _ => g.figure.thing.clone().map(Taken::Thing),
        })
}
