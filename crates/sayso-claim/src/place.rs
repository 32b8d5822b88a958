//! Where a claim's event happened: a place in its own clause, else in its sentence, else in its paragraph.

use sayso_measure::Reading;
use sayso_model::{Filler, Place, PlaceRef, Span, Text};
use sayso_parse::{Dep, Parse};

fn reference(reading: &Reading<'_>, p: &Place) -> PlaceRef {
    PlaceRef {
        text: reading.document.words(p.span).to_owned(),
        id: p.id.clone(),
        span: p.span,
    }
}

/// The place of a claim that stands at token `at`, with its trigger at `head`; `role` is what fills its role `place`.
pub fn place(
    reading: &Reading<'_>,
    sentence: Span<Text>,
    at: u32,
    head: u32,
    role: Option<&Vec<Filler>>,
) -> Option<PlaceRef> {
    let parse = &reading.parse;
    let within = |span: Span<Text>| {
        let lo = reading.places.partition_point(|p| p.span.end <= span.start);
        reading.places[lo..]
            .iter()
            .take_while(move |p| p.span.start < span.end)
    };
    if let Some(fillers) = role {
        for f in fillers {
            if let Some(p) = within(f.phrase.span).next() {
                return Some(reference(reading, p));
            }
        }
    }
    if let Some(f) = role.and_then(|r| r.first()) {
        let named = parse
            .tokens_in(f.phrase.span.start..f.phrase.span.end)
            .any(|t| parse.pos(t) == sayso_parse::Pos::Propn);
        if named {
            return Some(PlaceRef {
                text: f.phrase.text.clone(),
                id: None,
                span: f.phrase.span,
            });
        }
    }
    // In the sentence: a name behind a preposition of place, the nearest to the figure; nationalities do not count.
    let best = within(sentence)
        .filter(|p| p.kind.as_deref() != Some("nationality"))
        .filter_map(|p| {
            let t = crate::counted::root_of(parse, parse.tokens_in(p.span.start..p.span.end))?;
            located(parse, t).then(|| (t.abs_diff(at).min(t.abs_diff(head)), p))
        })
        .min_by_key(|x| x.0)
        .map(|x| x.1);
    if let Some(p) = best {
        return Some(reference(reading, p));
    }
    let part = &reading.document.parts[reading.document.part_at(sentence.start)?];
    within(part.span)
        .filter(|p| p.span.start < sentence.end && p.kind.as_deref() != Some("nationality"))
        .filter(|p| {
            crate::counted::root_of(parse, parse.tokens_in(p.span.start..p.span.end))
                .is_some_and(|t| located(parse, t))
        })
        .last()
        .map(|p| reference(reading, p))
}

/// Whether a name stands where places stand: behind a preposition, or as the possessor of what is counted.
fn located(parse: &Parse, token: u32) -> bool {
    let mut at = token;
    for _ in 0..6 {
        let head = parse.head(at);
        if head == at {
            return false;
        }
        match parse.dep(at) {
            Dep::Pobj => {
                return matches!(
                    parse.lower(head),
                    "in" | "at"
                        | "near"
                        | "on"
                        | "across"
                        | "around"
                        | "of"
                        | "outside"
                        | "inside"
                        | "within"
                        | "throughout"
                        | "over"
                        | "from"
                        | "to"
                        | "into"
                        | "along"
                );
            }
            Dep::Conj | Dep::Appos | Dep::Compound | Dep::Nmod | Dep::Amod => at = head,
            _ => return false,
        }
    }
    false
}
