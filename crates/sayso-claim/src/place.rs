//! Where a claim's event happened: a place in its own clause, else in its sentence, else in its paragraph, else what
//! the report's head says it is about.

use sayso_measure::Reading;
use sayso_model::{Filler, PartKind, Place, PlaceRef, SourceLink, Span, Text};
use sayso_parse::{Dep, EntityType, Parse, Pos};

use crate::frames::Frames;

/// Parts of a document that say what it is about, counted from its first.
const HEAD_PARTS: usize = 3;

/// A name that may be a place.
#[derive(Clone, Debug)]
struct Named {
    token: u32,
    at: PlaceRef,
}

/// Places that stand within a stretch of text.
fn within<'a>(reading: &'a Reading<'_>, span: Span<Text>) -> impl Iterator<Item = &'a Place> {
    let lo = reading.places.partition_point(|p| p.span.end <= span.start);
    reading.places[lo..]
        .iter()
        .take_while(move |p| p.span.start < span.end)
}

/// The names of a stretch of text that stand where places stand, in order.
fn named(reading: &Reading<'_>, frames: &Frames, span: Span<Text>) -> Vec<Named> {
    let parse = &reading.parse;
    let mut out: Vec<Named> = within(reading, span)
        .filter(|p| p.kind.as_deref() != Some("nationality"))
        .filter_map(|p| {
            let token = crate::counted::root_of(parse, parse.tokens_in(p.span.start..p.span.end))?;
            located(parse, frames, token, true).then(|| Named {
                token,
                at: PlaceRef {
                    text: reading.document.words(p.span).to_owned(),
                    id: p.id.clone(),
                    span: p.span,
                },
            })
        })
        .collect();
    // Names that no gazetteer knows, by their grammar.
    let tokens = parse.tokens_in(span.start..span.end);
    let mut t = tokens.start;
    while t < tokens.end {
        let start = t;
        if parse.pos(t) != Pos::Propn {
            t += 1;
            continue;
        }
        while t < tokens.end && parse.pos(t) == Pos::Propn {
            t += 1;
        }
        let head = t - 1;
        let entity = parse.tokens[head as usize].entity;
        if matches!(
            entity,
            Some(EntityType::Org | EntityType::Date | EntityType::Time | EntityType::Norp)
        ) || !located(parse, frames, head, false)
        {
            continue;
        }
        let bytes: Span<Text> = parse.bytes(start..t).into();
        if out.iter().any(|n| n.at.span.overlaps(bytes)) {
            continue;
        }
        out.push(Named {
            token: head,
            at: PlaceRef {
                text: bytes.of(&reading.document.text).to_owned(),
                id: None,
                span: bytes,
            },
        });
    }
    out.sort_by_key(|n| n.at.span.start);
    out
}

/// The places of a claim that stands at token `at`, with its trigger at `head`, best first and with those coordinated
/// with it; `role` is what fills its role `place`, `sources` who stands behind it.
pub(crate) fn places(
    reading: &Reading<'_>,
    frames: &Frames,
    sentence: Span<Text>,
    at: u32,
    head: u32,
    role: Option<&Vec<Filler>>,
    sources: &[SourceLink],
) -> Vec<PlaceRef> {
    let parse = &reading.parse;
    let reference = |p: &Place| PlaceRef {
        text: reading.document.words(p.span).to_owned(),
        id: p.id.clone(),
        span: p.span,
    };
    if let Some(fillers) = role {
        let known: Vec<PlaceRef> = fillers
            .iter()
            .filter_map(|f| within(reading, f.phrase.span).next().map(reference))
            .collect();
        if !known.is_empty() {
            return known;
        }
        if let Some(f) = fillers.iter().find(|f| {
            parse
                .tokens_in(f.phrase.span.start..f.phrase.span.end)
                .any(|t| {
                    parse.pos(t) == Pos::Propn
                        && !matches!(
                            parse.tokens[t as usize].entity,
                            Some(EntityType::Date | EntityType::Time)
                        )
                })
        }) {
            return vec![PlaceRef {
                text: f.phrase.text.clone(),
                id: None,
                span: f.phrase.span,
            }];
        }
    }
    // In the sentence: the nearest to the figure, those of its own clause first.
    // "South Korea's intelligence service said": the country is the source's, not where it happened.
    let sources_own = |n: &Named| {
        sources.iter().any(|l| l.source.span.covers(n.at.span))
            && within(reading, n.at.span).any(|p| p.kind.as_deref() == Some("country"))
    };
    let mut here = named(reading, frames, sentence);
    here.retain(|n| !sources_own(n));
    let own = crate::claims::governor(parse, at);
    let best = here.iter().min_by_key(|n| {
        let far = n.token.abs_diff(at).min(n.token.abs_diff(head));
        let other = crate::claims::governor(parse, n.token) != own && !parse.is_within(n.token, at);
        // "of Lassen fever in Asker": a name that only modifies says less of where.
        let modifies = matches!(
            parse.dep(n.token),
            Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Dobj | Dep::Poss
        );
        far + if other { 15 } else { 0 } + if modifies { 8 } else { 0 }
    });
    if let Some(best) = best {
        let mut out = vec![best.at.clone()];
        let root = first_of(parse, best.token);
        for n in &here {
            if n.token != best.token && first_of(parse, n.token) == root {
                out.push(n.at.clone());
            }
        }
        beside(reading, sentence, &mut out);
        return out;
    }
    let Some(part) = reading
        .document
        .part_at(sentence.start)
        .and_then(|p| reading.document.parts.get(p))
    else {
        return Vec::new();
    };
    let before = Span::new(part.span.start, sentence.start.max(part.span.start));
    named(reading, frames, before)
        .pop()
        .map(|n| vec![n.at])
        .unwrap_or_default()
}

/// What the report is about, by its title and first parts: the first place named there.
pub(crate) fn about(reading: &Reading<'_>, frames: &Frames) -> Vec<PlaceRef> {
    let parse = &reading.parse;
    let parts = reading
        .document
        .parts
        .iter()
        .filter(|p| p.kind.is_content() && !matches!(p.kind, PartKind::Cell(_)))
        .take(HEAD_PARTS);
    for part in parts {
        let found = named(reading, frames, part.span);
        if let Some(first) = found.first() {
            let root = first_of(parse, first.token);
            let mut out: Vec<PlaceRef> = found
                .iter()
                .filter(|n| n.token == first.token || first_of(parse, n.token) == root)
                .map(|n| n.at.clone())
                .collect();
            beside(reading, part.span, &mut out);
            return out;
        }
    }
    Vec::new()
}

/// Adds the places that are strung together with those found, whatever the tree makes of it: "Turkey, Syria quake".
fn beside(reading: &Reading<'_>, span: Span<Text>, out: &mut Vec<PlaceRef>) {
    let text = &reading.document.text;
    for p in within(reading, span) {
        if p.kind.as_deref() == Some("nationality") || out.iter().any(|o| o.span.overlaps(p.span)) {
            continue;
        }
        let strung = out.iter().any(|o| {
            let (from, to) = (o.span.end.min(p.span.end), o.span.start.max(p.span.start));
            text.get(from as usize..to as usize).is_some_and(|t| {
                matches!(
                    t.trim(),
                    "and" | "," | "-" | "\u{2013}" | "&" | "or" | ", and"
                )
            })
        });
        if strung {
            out.push(PlaceRef {
                text: reading.document.words(p.span).to_owned(),
                id: p.id.clone(),
                span: p.span,
            });
        }
    }
}

/// The first member of the coordination that a name stands in.
fn first_of(parse: &Parse, token: u32) -> u32 {
    let mut at = token;
    for _ in 0..8 {
        match parse.dep(at) {
            Dep::Conj | Dep::Compound | Dep::Nmod => at = parse.head(at),
            _ => break,
        }
    }
    at
}

/// Whether a name stands where places stand: behind a preposition of place, as what an event hit, or before a noun
/// that it modifies. A name that no gazetteer knows needs the plainer signs.
fn located(parse: &Parse, frames: &Frames, token: u32, known: bool) -> bool {
    let geographic = known
        || matches!(
            parse.tokens[token as usize].entity,
            Some(EntityType::Gpe | EntityType::Loc | EntityType::Fac)
        );
    let mut at = token;
    for _ in 0..6 {
        let head = parse.head(at);
        if head == at {
            return false;
        }
        match parse.dep(at) {
            Dep::Pobj => {
                let preposition = parse.lower(head);
                let plain = matches!(
                    preposition,
                    "in" | "at"
                        | "near"
                        | "across"
                        | "around"
                        | "outside"
                        | "inside"
                        | "within"
                        | "throughout"
                        | "off"
                        | "above"
                        | "along"
                        | "into"
                );
                return match preposition {
                    _ if plain => true,
                    "of" => {
                        let above = parse.head(head);
                        geographic && known
                            || frames.in_list("place_heads", &parse.lemma(above).to_lowercase())
                    }
                    "on" | "over" | "from" | "to" => geographic,
                    _ => false,
                };
            }
            // "the quake that hit Veldmark"
            Dep::Dobj => {
                return geographic
                    && frames.in_list("hits_places", &parse.lemma(head).to_lowercase());
            }
            // "Tarn's railways", and not "Tarn's minister", who may be anywhere
            Dep::Poss => {
                let owned = parse.lemma(head).to_lowercase();
                return geographic
                    && !frames.in_list("people", &owned)
                    && !frames.in_list("also_speak", &owned)
                    && !frames.in_list("source_institution", &owned);
            }
            Dep::Conj | Dep::Appos if geographic => at = head,
            Dep::Compound | Dep::Nmod | Dep::Amod => {
                let placed = frames.in_list("place_heads", &parse.lemma(head).to_lowercase());
                if (geographic || placed) && parse.pos(head) == Pos::Noun {
                    // "Syria deaths", "Kesh province": the name says where; as part of a longer name it goes on.
                    return true;
                }
                at = head;
            }
            _ => return false,
        }
    }
    false
}
