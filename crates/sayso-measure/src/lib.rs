//! A document and its parse to a [`Reading`]: quantities and their relations, times, places.
//!
//! In come a [`Document`], the [`Parse`] of its content parts and the packs; out goes a reading that every later room
//! works on. The text is parsed once.
//!
//! Numbers and times are read from atoms (`atoms.rs`), which depend on the text alone; what a number counts, whether it
//! is a change, and how figures hang together is asked of the tree. One phenomenon a file.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use sayso_model::{Document, Figure, Place, Relation, Span, Text, Timex};
use sayso_packs::Packs;
use sayso_parse::Parse;

mod atoms;
mod change;
mod concepts;
mod contrast;
mod expressions;
mod figures;
mod lexicon;
mod money;
mod names;
mod neighbours;
mod numbers;
mod phrases;
mod places;
mod relations;
mod tables;
mod things;
mod times;
mod units;

pub use contrast::denied;
pub use expressions::{Expression, expressions};

use atoms::Atoms;
use lexicon::Lexicon;
use units::View;

pub use places::{CompileError, Gazetteer, NotAGazetteer, Sources, compile};

/// A parse plus what was measured in it.
#[derive(Debug)]
pub struct Reading<'d> {
    /// The document.
    pub document: &'d Document,
    /// The parse of its content parts.
    pub parse: Parse,
    /// Tokens of each part of the document, by the part's index; empty for chrome.
    pub part_tokens: Vec<Range<u32>>,
    /// Quantities in order of the text.
    pub figures: Vec<Figure>,
    /// Tokens of each quantity, in step with `figures`.
    pub figure_tokens: Vec<Range<u32>>,
    /// How quantities hang together, by index into `figures`.
    pub relations: Vec<Relation>,
    /// Time expressions in order of the text.
    pub times: Vec<Timex>,
    /// Places in order of the text.
    pub places: Vec<Place>,
}

/// The byte ranges of the parts that are parsed: all content, no chrome.
pub fn segments(document: &Document) -> Vec<Range<u32>> {
    document
        .parts
        .iter()
        .filter(|p| p.kind.is_content())
        .map(|p| p.span.start..p.span.end)
        .collect()
}

/// The words of the packs, compiled. The last packs' are kept, so that a run compiles them once.
fn lexicon(packs: &Packs) -> Arc<Lexicon> {
    static LAST: Mutex<Option<([u8; 32], Arc<Lexicon>)>> = Mutex::new(None);
    let hash = packs.pack_hash();
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((of, lex)) = last.as_ref()
        && *of == hash
    {
        return Arc::clone(lex);
    }
    let lex = Arc::new(Lexicon::new(packs));
    *last = Some((hash, Arc::clone(&lex)));
    lex
}

/// Measures a parsed document; of places only those of the packs are resolved.
pub fn measure<'d>(document: &'d Document, parse: Parse, packs: &Packs) -> Reading<'d> {
    measure_with(document, parse, packs, None)
}

/// The places that the given spans name, one each, in order: nothing else is looked for.
pub fn places_of(
    document: &Document,
    parse: &Parse,
    spans: &[Span<Text>],
    packs: &Packs,
    gazetteer: Option<&Gazetteer>,
) -> Vec<Place> {
    places::of_mentions(document, parse, spans, &lexicon(packs).places, gazetteer)
}

/// Measures a parsed document; places are resolved against the packs and the gazetteer.
pub fn measure_with<'d>(
    document: &'d Document,
    parse: Parse,
    packs: &Packs,
    gazetteer: Option<&Gazetteer>,
) -> Reading<'d> {
    let part_tokens: Vec<Range<u32>> = document
        .parts
        .iter()
        .map(|p| {
            if p.kind.is_content() {
                parse.tokens_in(p.span.start..p.span.end)
            } else {
                0..0
            }
        })
        .collect();
    let lex = lexicon(packs);
    let (atoms, sentences) = Atoms::of(&document.text, &parse);
    let view = View {
        lex: &lex,
        atoms: &atoms,
        parse: &parse,
        text: &document.text,
    };
    let (times, taken) = times::times(&view, &sentences, document);
    let mut found = Vec::new();
    for s in &sentences {
        let first = found.len();
        figures::figures(&view, s.clone(), &taken, &mut found);
        neighbours::joined_ages(&view, &mut found[first..]);
        neighbours::elided(&view, &mut found[first..]);
        things::things(&view, &mut found[first..]);
        for k in first..found.len() {
            let floor = if k > first {
                found[k - 1].atoms.end
            } else {
                s.start
            };
            let ceiling = found.get(k + 1).map_or(s.end, |f| f.atoms.start);
            found[k].figure.change = change::change(&view, &found[k], floor, ceiling);
        }
        let own = &found[first..];
        let occupied = concepts::Taken::new(&view, own);
        let about: Vec<_> = (0..own.len())
            .map(|k| concepts::concepts(&view, own, k, &occupied))
            .collect();
        for (f, words) in found[first..].iter_mut().zip(about) {
            f.figure.concepts = words;
        }
        neighbours::level_of_change(&view, &mut found[first..]);
        neighbours::restated(&view, &mut found[first..]);
        neighbours::same_way(&view, &mut found[first..]);
    }
    tables::headers(document, &parse, &mut found);
    let relations = relations::relations(&view, document, &sentences, &found);
    let places = places::places(document, &parse, &lex.places, gazetteer);
    let figure_tokens = found.iter().map(|f| view.tokens(&f.atoms)).collect();
    let figures = found.into_iter().map(|f| f.figure).collect();
    Reading {
        document,
        part_tokens,
        figures,
        figure_tokens,
        relations,
        times,
        places,
        parse,
    }
}
