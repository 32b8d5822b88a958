//! What the figures of a table's cells count: the header of their column.

use std::collections::HashMap;

use sayso_model::{Document, FigureKind, PartKind, Phrase};
use sayso_parse::Parse;

use crate::figures::Found;
use crate::units::is_noun;

/// Gives counts in cells that name no thing of their own the header of their column.
pub(crate) fn headers(document: &Document, parse: &Parse, found: &mut [Found]) {
    let mut heads: HashMap<(u32, u32), Phrase> = HashMap::new();
    for part in &document.parts {
        let PartKind::Cell(cell) = &part.kind else {
            continue;
        };
        if !cell.header || cell.row != 0 {
            continue;
        }
        let tokens = parse.tokens_in(part.span.start..part.span.end);
        let Some(head) = tokens.clone().rev().find(|&t| is_noun(parse.tag(t))) else {
            continue;
        };
        heads.insert(
            (cell.table, cell.column),
            Phrase {
                span: part.span,
                text: document.words(part.span).trim().to_owned(),
                head: parse.lemma(head).to_lowercase(),
            },
        );
    }
    if heads.is_empty() {
        return;
    }
    for f in found {
        if f.figure.kind != FigureKind::Cardinal || f.figure.thing.is_some() {
            continue;
        }
        let Some(part) = document
            .part_at(f.figure.span.start)
            .and_then(|p| document.parts.get(p))
        else {
            continue;
        };
        if let PartKind::Cell(cell) = &part.kind
            && !cell.header
        {
            f.figure.thing = heads.get(&(cell.table, cell.column)).cloned();
        }
    }
}
