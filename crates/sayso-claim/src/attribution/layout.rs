//! Attributions that are not a verb and its arguments: "according to", relayed sources, and what the lay-out of a
//! text says: labels, captions, headlines.

use std::collections::HashMap;
use std::ops::Range;

use sayso_model::{PartKind, SourceKind};
use sayso_packs::{Packs, schema::WordClass};
use sayso_parse::{Dep, EntityType, Parse, Pos, Tag};

use super::candidates::{Candidate, Shape};
use super::grammar::{around, phrase, trim, verb_group};
use super::lexicon::{Cue, Takes};

/// Tokens that a label may have: "South Korea's defence ministry:".
const LABEL: u32 = 7;
/// Tokens that a signature under a quotation may have, with age and place.
const SIGNATURE: usize = 14;

/// A candidate without a cue word of its own class.
fn plain<'p>(
    at: u32,
    shape: Shape,
    who: Option<u32>,
    source: Range<u32>,
    cue: Range<u32>,
    content: Vec<Range<u32>>,
) -> Option<Candidate<'p>> {
    let content: Vec<_> = content.into_iter().filter(|r| !r.is_empty()).collect();
    (!content.is_empty()).then_some(Candidate {
        at,
        cue_word: None,
        shape,
        who,
        source,
        cue,
        content,
        relayed_by: None,
        passive: false,
    })
}

/// Whether a token heads a phrase that can speak: a name of a person or body, or a word that the packs know as a kind
/// of source other than a document.
pub(crate) fn speaks(parse: &Parse, packs: &Packs, t: u32) -> bool {
    let named = matches!(
        parse.tokens[t as usize].entity,
        Some(EntityType::Person | EntityType::Org | EntityType::Gpe | EntityType::Norp)
    );
    named
        || packs
            .source_kinds(&parse.lemma(t).to_lowercase())
            .chain(packs.source_kinds(parse.lower(t)))
            .any(|e| SourceKind::from_text(&e.kind) != Some(SourceKind::Document))
}

/// Prepositions that attribute ("according to X", "per X"), before, after or within their sentence.
pub(crate) fn according<'p>(parse: &Parse, packs: &Packs) -> Vec<Candidate<'p>> {
    let mut out = Vec::new();
    let mut two = String::new();
    for t in 0..parse.len() as u32 {
        if !matches!(parse.pos(t), Pos::Verb | Pos::Adp | Pos::Sconj) {
            continue;
        }
        let next = t + 1;
        let mut length = 0;
        let mut only_names = false;
        if (next as usize) < parse.len() {
            two.clear();
            two.push_str(parse.lower(t));
            two.push(' ');
            two.push_str(parse.lower(next));
            if packs.cues(&two).any(|e| e.class == WordClass::Prep) {
                length = 2;
            }
        }
        if length == 0
            && let Some(e) = packs
                .cues(parse.lower(t))
                .find(|e| e.class == WordClass::Prep)
        {
            length = 1;
            only_names = e.takes.iter().any(|w| w == "name");
        }
        if length == 0 {
            continue;
        }
        let last = t + length - 1;
        let who = [last, t].into_iter().find_map(|h| {
            parse
                .children(h)
                .iter()
                .copied()
                .find(|&c| c > last && matches!(parse.dep(c), Dep::Pobj | Dep::Pcomp))
        });
        let Some(who) = who else { continue };
        if only_names && !(parse.pos(who) == Pos::Propn && speaks(parse, packs, who)) {
            continue;
        }
        let mut who = who;
        let mut source = phrase(parse, who);
        // "according to curator Ola Berg": the tree may give the preposition two objects
        while let Some(&more) = parse.children(parse.head(who)).iter().find(|&&c| {
            c > who && parse.dep(c) == Dep::Pobj && parse.subtree(c).start == source.end
        }) {
            who = more;
            source.end = phrase(parse, more).end.max(source.end + 1);
        }
        let sentence = parse.sentences[parse.sentence_of(t)].clone();
        let first = opens(parse, t, &sentence);
        let mut after = source.end.max(last + 1);
        if first {
            (source.end, after) = opening(parse, who, source.end, sentence.end);
        }
        let content = if first {
            vec![trim(parse, after..sentence.end)]
        } else {
            let mut parts = vec![trim(parse, sentence.start..t)];
            if after + 1 < sentence.end && parse.word(after) == "," {
                parts.push(trim(parse, after..sentence.end));
            }
            parts
        };
        out.extend(plain(
            t,
            Shape::According,
            Some(who),
            source,
            t..last + 1,
            content,
        ));
    }
    out
}

/// Whether "according to" opens its sentence, but for a quotation mark or "but".
fn opens(parse: &Parse, t: u32, sentence: &Range<u32>) -> bool {
    (sentence.start..t).all(|k| {
        matches!(
            parse.pos(k),
            Pos::Punct | Pos::Cconj | Pos::Space | Pos::Adv
        )
    })
}

/// Where the source of an opening "According to …" ends and where its content begins. The tree often hangs half the
/// sentence on the source: its name ends at the first comma, but for an apposition or a participle ("quoting …") that
/// another comma closes before the verb.
fn opening(parse: &Parse, who: u32, end: u32, sentence_end: u32) -> (u32, u32) {
    let comma = |from: u32| (from..sentence_end).find(|&c| parse.word(c) == ",");
    let Some(first) = comma(who + 1).filter(|&c| c <= end + 1) else {
        return (end, end);
    };
    let verb = |from: u32, to: u32| {
        (from..to).any(|t| matches!(parse.tag(t), Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md))
    };
    let Some(second) = comma(first + 1) else {
        return (first, first + 1);
    };
    let next = first + 1;
    if !verb(second, sentence_end) || verb(next, second) {
        return (first, first + 1);
    }
    match parse.tag(next) {
        // "…, quoting the port, …": a source behind the source
        Tag::Vbg => (first, second + 1),
        // "the port's captain, Elin Moe, …"
        Tag::Nnp
            if parse.pos(who) == Pos::Noun
                && parse.tokens[next as usize].entity == Some(EntityType::Person) =>
        {
            (second, second + 1)
        }
        Tag::Nnp | Tag::Nn | Tag::Nns | Tag::Dt
            if parse.head(next) >= who && parse.is_within(next, who) =>
        {
            (second, second + 1)
        }
        _ => (first, first + 1),
    }
}

/// "Reuters reported, citing two officials, that …": the officials, relayed by Reuters. Replaces what `found` has for
/// the participle.
pub(crate) fn relayed<'p>(parse: &'p Parse, packs: &'p Packs, found: &mut Vec<Candidate<'p>>) {
    let at: HashMap<u32, usize> = found.iter().enumerate().map(|(i, c)| (c.at, i)).collect();
    let mut new = Vec::new();
    for t in 0..parse.len() as u32 {
        if parse.tag(t) != Tag::Vbg {
            continue;
        }
        let Some(cue) =
            Cue::find(packs, parse.lemma(t), Pos::Verb).filter(|c| c.takes(Takes::Source))
        else {
            continue;
        };
        let Some(who) = parse.child(t, Dep::Dobj).filter(|&o| {
            let near = parse.subtree(o);
            (near.start..near.end.min(near.start + 12)).any(|t| speaks(parse, packs, t))
        }) else {
            continue;
        };
        let governor = parse.head(t);
        if governor == t {
            continue;
        }
        let hole = parse.subtree(t);
        let (content, relayed_by) = match at.get(&governor) {
            Some(&g) if found[g].shape != Shape::Object => {
                let content = found[g]
                    .content
                    .iter()
                    .flat_map(|r| around(parse, r.clone(), t))
                    .filter(|r| !(hole.start <= r.start && r.end <= hole.end))
                    .collect();
                (content, Some(governor))
            }
            _ => (around(parse, phrase(parse, governor), t), None),
        };
        if let Some(mut c) = plain(
            t,
            Shape::According,
            Some(who),
            phrase(parse, who),
            verb_group(parse, t),
            content,
        ) {
            c.cue_word = Some(cue);
            c.relayed_by = relayed_by;
            new.push(c);
        }
    }
    if !new.is_empty() {
        let replaced: std::collections::HashSet<u32> = new.iter().map(|c| c.at).collect();
        found.retain(|c| !replaced.contains(&c.at));
        found.extend(new);
    }
}

/// What labels, captions and headlines of the parts say: `parts` are their tokens and kinds, in order.
pub(crate) fn layout<'p>(
    parse: &Parse,
    packs: &Packs,
    parts: impl Iterator<Item = (Range<u32>, PartKind)>,
) -> Vec<Candidate<'p>> {
    let mut out = Vec::new();
    let mut first = true;
    for (tokens, kind) in parts {
        if tokens.len() < 3 {
            continue;
        }
        let heading = first || matches!(kind, PartKind::Title | PartKind::Heading(_));
        first = false;
        let found = caption(parse, packs, &tokens)
            .or_else(|| label(parse, packs, &tokens, heading))
            .or_else(|| heading.then(|| headline(parse, packs, &tokens)).flatten())
            .or_else(|| signed(parse, packs, &tokens));
        if found.is_none() {
            // one signed quotation a line
            let mut start = tokens.start;
            for t in tokens.clone() {
                if parse.tag(t) == Tag::Space && parse.word(t).contains('\n') {
                    out.extend(signed(parse, packs, &(start..t)));
                    start = t + 1;
                }
            }
            if start > tokens.start {
                out.extend(signed(parse, packs, &(start..tokens.end)));
            }
        }
        out.extend(found);
    }
    out
}

/// "South Korea: expressed concern …", "WALLACE: Let us begin.", and over an article "Poll: most want a bridge".
fn label<'p>(
    parse: &Parse,
    packs: &Packs,
    part: &Range<u32>,
    heading: bool,
) -> Option<Candidate<'p>> {
    let mut start = part.start;
    while start < part.end
        && matches!(
            parse.word(start),
            "\"" | "“" | "''" | "``" | "•" | "-" | "*"
        )
    {
        start += 1;
    }
    let colon = (start + 1..part.end.min(start + LABEL + 1)).find(|&t| parse.word(t) == ":")?;
    let mut name = trim(parse, start..colon);
    if heading && let Some(on) = name.clone().skip(1).find(|&t| parse.lower(t) == "on") {
        // "Berg on the quay: …"
        name.end = on;
    }
    let nominal = name.clone().all(|t| {
        matches!(
            parse.pos(t),
            Pos::Noun | Pos::Propn | Pos::Adj | Pos::Det | Pos::Adp | Pos::Part | Pos::Cconj
        ) || parse.word(t) == ","
    });
    let last = name.end.checked_sub(1)?;
    let shouted = |t: u32| {
        let w = parse.word(t);
        w.len() > 2
            && w.chars()
                .all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '\''))
    };
    let known = speaks(parse, packs, last)
        || name.clone().all(shouted)
        || heading && (parse.pos(last) == Pos::Propn || is_source_word(parse, packs, last));
    if name.is_empty()
        || !(nominal || name.clone().all(shouted))
        || packs.in_list("source_labels", parse.lower(last))
        || packs.in_list("no_sources", parse.lower(last))
        || !known
        || colon + 2 >= part.end
    {
        return None;
    }
    plain(
        colon,
        Shape::Layout,
        Some(last),
        name,
        colon..colon + 1,
        vec![trim(parse, colon + 1..part.end)],
    )
}

/// Whether the packs know a word as a kind of source, documents included.
fn is_source_word(parse: &Parse, packs: &Packs, t: u32) -> bool {
    packs
        .source_kinds(&parse.lemma(t).to_lowercase())
        .chain(packs.source_kinds(parse.lower(t)))
        .next()
        .is_some()
}

/// "“We lost the quay.” — Anna Weller": a quotation with its speaker behind a dash at the end of a paragraph.
fn signed<'p>(parse: &Parse, packs: &Packs, part: &Range<u32>) -> Option<Candidate<'p>> {
    let end = trim(parse, part.clone()).end;
    let dash = (part.start + 3..end)
        .rev()
        .take(SIGNATURE)
        .find(|&t| matches!(parse.word(t), "—" | "–" | "-" | "--" | "―"))?;
    let close = (part.start..dash)
        .rev()
        .find(|&t| parse.tag(t) != Tag::Space)?;
    let open = (part.start..dash).find(|&t| parse.tag(t) != Tag::Space)?;
    if !matches!(parse.word(close), "”" | "\"" | "''" | "»")
        || !matches!(parse.word(open), "“" | "”" | "\"" | "''" | "``" | "«")
    {
        return None;
    }
    let name = trim(parse, dash + 1..end);
    let first = name.start;
    if name.is_empty() || !parse.word(first).starts_with(char::is_uppercase) {
        return None;
    }
    let last = (name.clone())
        .take_while(|&t| {
            matches!(parse.pos(t), Pos::Propn | Pos::Noun | Pos::Adj | Pos::Punct)
                && parse.word(t) != ","
        })
        .last()?;
    if packs.in_list("no_sources", parse.lower(last)) {
        return None;
    }
    plain(
        dash,
        Shape::Layout,
        Some(last),
        name,
        dash..dash + 1,
        std::iter::once(open..close + 1).collect(),
    )
}

/// "Deliveries by quarter (Source: port authority)", "The quay at dawn. Image: A. Reader."
fn caption<'p>(parse: &Parse, packs: &Packs, part: &Range<u32>) -> Option<Candidate<'p>> {
    let colon = (part.start + 2..part.end.saturating_sub(1))
        .rev()
        .take(24)
        .find(|&t| parse.word(t) == ":")?;
    let word = colon - 1;
    let source = packs.in_list("source_labels", parse.lower(word));
    if !source && !packs.in_list("picture_labels", parse.lower(word)) {
        return None;
    }
    let mut end = word;
    while end > part.start && matches!(parse.word(end - 1), "(" | "[") {
        end -= 1;
    }
    let stop = (colon + 1..part.end)
        .find(|&t| matches!(parse.word(t), ")" | "]" | ";"))
        .unwrap_or(part.end);
    let name = trim(parse, colon + 1..stop);
    // a picture's credit says who took it, not who vouches for what the caption says
    let (who, name) = if source && !name.is_empty() {
        (Some(name.end - 1), name)
    } else {
        (None, 0..0)
    };
    plain(
        word,
        Shape::Layout,
        who,
        name,
        word..word + 1,
        vec![trim(parse, part.start..end)],
    )
}

/// "Bridge to close for a year — minister", "Quay unsafe: report".
fn headline<'p>(parse: &Parse, packs: &Packs, part: &Range<u32>) -> Option<Candidate<'p>> {
    let end = trim(parse, part.clone()).end;
    let mark = (part.start + 2..end)
        .rev()
        .take(LABEL as usize)
        .find(|&t| matches!(parse.word(t), "—" | "–" | "-" | ":" | "--"))?;
    let name = trim(parse, mark + 1..end);
    let last = name.end.checked_sub(1).filter(|_| !name.is_empty())?;
    let nominal = name.clone().all(|t| {
        matches!(
            parse.pos(t),
            Pos::Noun | Pos::Propn | Pos::Adj | Pos::Det | Pos::Part
        )
    });
    let spaced = parse.word(mark) == ":" || parse.tokens[mark as usize].space_after;
    let known = speaks(parse, packs, last) || is_source_word(parse, packs, last);
    if !nominal || !spaced || !known {
        return None;
    }
    plain(
        mark,
        Shape::Layout,
        Some(last),
        name,
        mark..mark + 1,
        vec![trim(parse, part.start..mark)],
    )
}
