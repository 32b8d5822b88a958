//! What a figure is about, apart from what it counts.
//!
//! Two things are asked of the tree: the noun that the figure measures or stands in a phrase of ("a 0.6% fee", "a fine of
//! $5m", "$40 for a ticket"), and who or what the clause says it of: the subject of the verb that governs it, for a
//! relative clause the noun that it stands by. Other figures are looked through: "100 km (60 miles)" hangs where its first
//! half hangs. Where the tree says nothing, the words do: a name before a bracket ("Ida Holm (15.3 points)"), before a
//! signed share ("Dow +0.2%"), before ", down 2%".

use sayso_model::FigureKind;
use sayso_parse::{Dep, Parse, Pos, Tag};

use crate::figures::Found;
use crate::phrases::{NounPhrase, Reach, content, noun_phrase, words};
use crate::things::{core_tokens, root_of};
use crate::units::{View, is_noun};

/// Which tokens of a sentence belong to figures, so that phrases leave them out.
pub(crate) struct Taken {
    first: u32,
    /// Index of the figure by token, `u32::MAX` for none.
    of: Vec<u32>,
}

impl Taken {
    /// The figures of one sentence.
    pub fn new(v: &View<'_>, found: &[Found]) -> Taken {
        let range = |f: &Found| v.tokens(&f.atoms);
        let first = found.iter().map(|f| range(f).start).min().unwrap_or(0);
        let last = found.iter().map(|f| range(f).end).max().unwrap_or(0);
        let mut of = vec![u32::MAX; last.saturating_sub(first) as usize];
        for (k, f) in found.iter().enumerate() {
            if f.figure.kind == FigureKind::Ordinal {
                continue;
            }
            for t in range(f) {
                if let Some(slot) = of.get_mut((t - first) as usize) {
                    *slot = k as u32;
                }
            }
        }
        Taken { first, of }
    }

    /// Index of the figure that holds a token.
    fn figure(&self, token: u32) -> Option<usize> {
        let at = token.checked_sub(self.first)?;
        self.of
            .get(at as usize)
            .filter(|&&k| k != u32::MAX)
            .map(|&k| k as usize)
    }
}

/// Where a figure hangs, found by climbing the tree.
#[derive(Default)]
struct Place {
    /// The noun that it measures or stands in a phrase of.
    noun: Option<u32>,
    /// The verb that governs it.
    verb: Option<u32>,
    /// How it hangs on the verb.
    dep: Option<Dep>,
}

/// Words of what figure `k` of a sentence is about; empty where the clause has nothing else.
pub(crate) fn concepts(v: &View<'_>, found: &[Found], k: usize, taken: &Taken) -> Vec<String> {
    let parse = v.parse;
    let Some(f) = found.get(k) else {
        return Vec::new();
    };
    let tokens = core_tokens(v, f);
    let kind = f.figure.kind;
    if tokens.is_empty() || tokens.end as usize > parse.len() || kind == FigureKind::Ordinal {
        return Vec::new();
    }
    let thing = f
        .figure
        .thing
        .as_ref()
        .map(|t| parse.tokens_in(t.span.start..t.span.end))
        .filter(|t| !t.is_empty());
    // A part of something is about nothing but its thing, as a count is.
    let measured = match kind {
        FigureKind::Cardinal => false,
        FigureKind::Ratio => thing.is_none(),
        _ => true,
    };
    // "one of the best": one of its thing.
    if !measured && v.atoms.is(f.core.end - 1, "one") && v.atoms.is(f.core.end, "of") {
        return Vec::new();
    }
    let counted = thing.clone().filter(|_| !measured);
    let inside =
        |t: u32| taken.figure(t).is_some() || counted.as_ref().is_some_and(|c| c.contains(&t));
    let first = v.token(f.atoms.start);
    if let Some(p) = by_words(v, f, first, measured, &inside) {
        return words(v, &[p]);
    }
    let mut parts: Vec<NounPhrase> = Vec::new();
    let mut place = Place::default();
    if measured && let Some(t) = &thing {
        let head = t.end - 1;
        let mut p = noun_phrase(v, head, Reach::Long, &inside);
        if t.start >= tokens.end && t.start <= tokens.end + 1 {
            before_figure(parse, first, &inside, &mut p);
        }
        place.noun = Some(head);
        parts.push(p);
    }
    climb(
        v,
        f,
        &tokens,
        thing.as_ref(),
        measured,
        &inside,
        &mut place,
        &mut parts,
    );
    if place.noun.is_none() && measured && kind != FigureKind::Duration {
        paid_for(v, kind, &tokens, &inside, &mut place, &mut parts);
    }
    let mut spoken = false;
    if let Some(verb) = place.verb {
        let adverb =
            kind == FigureKind::Duration && matches!(place.dep, Some(Dep::Npadvmod | Dep::Advmod));
        match subject(parse, verb) {
            Some(s)
                if taken.figure(s) == Some(k)
                    || counted.as_ref().is_some_and(|c| c.contains(&s)) => {}
            Some(s) if !inside(s) => {
                if !adverb && Some(s) != place.noun {
                    parts.push(noun_phrase(v, s, Reach::Whole, &inside));
                }
            }
            // "a 60-year-old would draw 3%"
            Some(s) => {
                let other = taken.figure(s).and_then(|o| found.get(o));
                if let Some(o) =
                    other.filter(|o| o.figure.kind == FigureKind::Age && parts.is_empty())
                {
                    parts.push(core_tokens(v, o).collect());
                }
            }
            None => {
                spoken = parse
                    .children(verb)
                    .iter()
                    .any(|&c| is_subject(parse, c) && parse.tag(c) == Tag::Prp);
            }
        }
    }
    if parts.is_empty()
        && !measured
        && let Some(t) = &thing
    {
        counted_of(v, t.end - 1, &inside, &mut parts);
    }
    if parts.iter().all(Vec::is_empty) && measured && kind != FigureKind::Duration && !spoken {
        let start = parse
            .sentences
            .get(parse.sentence_of(first))
            .map_or(0, |s| s.start);
        let near = (start.max(first.saturating_sub(14))..first)
            .rev()
            .find(|&t| content(v, t) && !inside(t));
        if let Some(t) = near {
            parts.push(noun_phrase(v, t, Reach::Bare, &inside));
        }
    }
    words(v, &parts)
}

/// What the words before a figure say where no tree would: a name before a bracket, a signed share, ", down 2%".
fn by_words(
    v: &View<'_>,
    f: &Found,
    first: u32,
    measured: bool,
    inside: &dyn Fn(u32) -> bool,
) -> Option<NounPhrase> {
    let parse = v.parse;
    let start = f.atoms.start;
    let noun = |t: u32| is_noun(parse.tag(t)) && !inside(t);
    let open = (start.saturating_sub(11)..start)
        .rev()
        .find(|&k| matches!(v.atoms.text(k), "(" | ")" | "[" | "]"))
        .filter(|&k| matches!(v.atoms.text(k), "(" | "["));
    if let Some(k) = open.filter(|&k| k > 0)
        && let Some(t) = v.token(k).checked_sub(1)
        && (measured || f.figure.thing.is_some() || k + 1 == start)
        && noun(t)
    {
        return Some(noun_phrase(v, t, Reach::Bare, inside));
    }
    let t = first.checked_sub(1)?;
    if f.figure.kind == FigureKind::Percent
        && (v.atoms.is(f.core.start, "+") || v.atoms.dash(f.core.start))
        && (noun(t) || parse.tag(t) == Tag::Cd && !inside(t))
    {
        let mut from = t;
        while from > 0
            && t - from < 5
            && !inside(from - 1)
            && (is_noun(parse.tag(from - 1)) || matches!(parse.tag(from - 1), Tag::Cc | Tag::Cd))
        {
            from -= 1;
        }
        return Some((from..t + 1).collect());
    }
    // "Base price: $300"
    if start > 1
        && v.atoms.is(start - 1, ":")
        && measured
        && let Some(t) = v.token(start - 1).checked_sub(1)
        && noun(t)
    {
        return Some(noun_phrase(v, t, Reach::Long, inside));
    }
    // "…, Northgate by 2.6%": what is said of the one before is said of this one
    if start > 2
        && v.atoms.is(start - 1, "by")
        && f.figure.kind == FigureKind::Percent
        && let Some(t) = v.token(start - 1).checked_sub(1)
        && noun(t)
        && (parse.tag(t) == Tag::Nnp || parse.tag(t) == Tag::Nnps)
    {
        let np = noun_phrase(v, t, Reach::Bare, inside);
        let before = np.first().and_then(|&t| t.checked_sub(1));
        if before.is_some_and(|b| matches!(parse.word(b), "," | ";" | "and")) {
            return Some(np);
        }
    }
    let mut k = start.checked_sub(1)?;
    while k > 0 && v.lex.before.before(v.atoms, k, k + 1).is_some() || v.atoms.is(k, "by") {
        k = k.checked_sub(1)?;
    }
    if matches!(v.atoms.word(k), "up" | "down" | "off")
        && k > 1
        && v.atoms.is(k - 1, ",")
        && let Some(t) = v.token(k - 1).checked_sub(1)
        && noun(t)
    {
        return Some(noun_phrase(v, t, Reach::Long, inside));
    }
    None
}

/// Climbs from a figure to the verb that governs it, and notes the noun on the way.
#[expect(clippy::too_many_arguments, reason = "one step of the rule")]
fn climb(
    v: &View<'_>,
    f: &Found,
    tokens: &std::ops::Range<u32>,
    thing: Option<&std::ops::Range<u32>>,
    measured: bool,
    inside: &dyn Fn(u32) -> bool,
    place: &mut Place,
    parts: &mut Vec<NounPhrase>,
) {
    let parse = v.parse;
    let root = root_of(parse, tokens, v.token(f.anchor));
    let mut at = root;
    // From the thing, unless it hangs below the figure ("dozens of men") or was taken from another figure.
    if let Some(t) = thing
        && t.start >= tokens.end
        && !hangs_below(parse, t.end - 1, tokens)
    {
        at = t.end - 1;
    }
    for _ in 0..14 {
        let h = parse.head(at);
        let dep = parse.dep(at);
        if h == at {
            if matches!(parse.pos(at), Pos::Verb | Pos::Aux) {
                place.verb = Some(at);
            }
            place.dep = place.dep.or(Some(dep));
            return;
        }
        if matches!(parse.pos(h), Pos::Verb | Pos::Aux) {
            place.verb = Some(h);
            place.dep = Some(dep);
            return;
        }
        if dep == Dep::Pobj || matches!(parse.dep(h), Dep::Prep | Dep::Agent) && dep == Dep::Pcomp {
            let g = parse.head(h);
            if g != h && is_noun(parse.tag(g)) {
                if !inside(g) && place.noun.is_none() && (measured || parse.lower(h) == "of") {
                    place.noun = Some(g);
                    parts.push(noun_phrase(v, g, Reach::Long, inside));
                }
                at = g;
            } else {
                at = h;
            }
            continue;
        }
        if is_noun(parse.tag(h))
            && !inside(h)
            && place.noun.is_none()
            && measured
            && dep != Dep::Conj
        {
            place.noun = Some(h);
            parts.push(noun_phrase(v, h, Reach::Long, inside));
        }
        at = h;
    }
}

fn hangs_below(parse: &Parse, token: u32, tokens: &std::ops::Range<u32>) -> bool {
    let mut t = token;
    for _ in 0..12 {
        let h = parse.head(t);
        if tokens.contains(&h) {
            return true;
        }
        if h == t {
            return false;
        }
        t = h;
    }
    false
}

/// "sells the tent for $40": the tent; "paid $40 for a ticket": the ticket.
fn paid_for(
    v: &View<'_>,
    kind: FigureKind,
    tokens: &std::ops::Range<u32>,
    inside: &dyn Fn(u32) -> bool,
    place: &mut Place,
    parts: &mut Vec<NounPhrase>,
) {
    let Some(verb) = place.verb else { return };
    let parse = v.parse;
    let mut found = None;
    if matches!(place.dep, Some(Dep::Prep | Dep::Dative | Dep::Agent)) {
        found = parse
            .child(verb, Dep::Dobj)
            .filter(|&o| is_noun(parse.tag(o)) && !inside(o));
    }
    if found.is_none() && kind == FigureKind::Money {
        found = parse
            .children(verb)
            .iter()
            .chain(tokens.clone().flat_map(|t| parse.children(t)))
            .filter(|&&c| c >= tokens.end && parse.dep(c) == Dep::Prep && parse.lower(c) == "for")
            .find_map(|&c| parse.child(c, Dep::Pobj))
            .filter(|&o| content(v, o) && !inside(o));
    }
    if let Some(o) = found {
        place.noun = Some(o);
        parts.push(noun_phrase(v, o, Reach::Long, inside));
    }
}

/// Adjectives and names that stand before the figure belong to its noun too: "the iconic 3,900 sq m estate".
fn before_figure(parse: &Parse, first: u32, inside: &dyn Fn(u32) -> bool, p: &mut NounPhrase) {
    let mut t = first;
    while t > 0 && first - t < 6 {
        t -= 1;
        let fits = matches!(
            parse.tag(t),
            Tag::Jj | Tag::Jjs | Tag::Nn | Tag::Nnp | Tag::Vbn | Tag::Hyph | Tag::Cd
        ) && !inside(t)
            && !matches!(
                parse.dep(t),
                Dep::Nsubj
                    | Dep::Nsubjpass
                    | Dep::Pobj
                    | Dep::Dobj
                    | Dep::Root
                    | Dep::Attr
                    | Dep::Conj
            );
        if !fits {
            break;
        }
        p.push(t);
    }
    p.sort_unstable();
    p.dedup();
}

/// What a counted noun is of: "five seasons of Northlight".
fn counted_of(v: &View<'_>, head: u32, inside: &dyn Fn(u32) -> bool, parts: &mut Vec<NounPhrase>) {
    let parse = v.parse;
    for &c in parse.children(head) {
        if c > head
            && parse.dep(c) == Dep::Prep
            && parse.lower(c) == "of"
            && let Some(o) = parse.child(c, Dep::Pobj)
            && content(v, o)
            && !inside(o)
        {
            parts.push(noun_phrase(v, o, Reach::Long, inside));
        }
    }
}

fn is_subject(parse: &Parse, t: u32) -> bool {
    matches!(parse.dep(t), Dep::Nsubj | Dep::Nsubjpass | Dep::Csubj)
}

/// The subject of a verb, or of the verb that it is joined to; the noun that its relative clause or participle stands by.
fn subject(parse: &Parse, mut verb: u32) -> Option<u32> {
    for _ in 0..4 {
        let own = parse
            .children(verb)
            .iter()
            .copied()
            .find(|&c| is_subject(parse, c));
        let up = parse.head(verb);
        match own {
            Some(s) if matches!(parse.tag(s), Tag::Prp | Tag::Wdt | Tag::Wp | Tag::Dt) => {
                if up == verb {
                    return None;
                }
                if parse.dep(verb) == Dep::Relcl && is_noun(parse.tag(up)) {
                    return Some(up);
                }
                // "it has": who the clause around speaks of.
                if parse.tag(s) != Tag::Prp || !matches!(parse.pos(up), Pos::Verb | Pos::Aux) {
                    return None;
                }
                verb = up;
                continue;
            }
            Some(s)
                if is_noun(parse.tag(s))
                    || matches!(parse.tag(s), Tag::Jj | Tag::Cd | Tag::Vbg) =>
            {
                return Some(s);
            }
            Some(_) => return None,
            None => {}
        }
        if up == verb {
            return None;
        }
        match parse.dep(verb) {
            Dep::Relcl | Dep::Acl if is_noun(parse.tag(up)) => return Some(up),
            Dep::Conj | Dep::Xcomp | Dep::Advcl | Dep::Pcomp | Dep::Prep | Dep::Ccomp => {
                verb = if matches!(parse.pos(up), Pos::Verb | Pos::Aux) {
                    up
                } else {
                    parse.head(up)
                };
            }
            _ => return None,
        }
    }
    None
}
