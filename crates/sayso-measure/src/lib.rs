//! A document and its parse to a [`Reading`]: quantities and their relations, times, places.
//!
//! In come a [`Document`], the [`Parse`] of its content parts and the packs; out goes a reading that every later room
//! works on. The text is parsed once.

use std::ops::Range;

use sayso_model::{Document, Figure, Place, Relation, Timex};
use sayso_packs::Packs;
use sayso_parse::Parse;

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

/// Measures a parsed document.
pub fn measure<'d>(document: &'d Document, parse: Parse, packs: &Packs) -> Reading<'d> {
    let _ = packs;
    let part_tokens = document
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
    Reading {
        document,
        parse,
        part_tokens,
        figures: Vec::new(),
        figure_tokens: Vec::new(),
        relations: Vec::new(),
        times: Vec::new(),
        places: Vec::new(),
    }
}
