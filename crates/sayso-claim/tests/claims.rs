//! Claims of documents with parts: tables, questions and answers; ids, order and links between claims.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "../../sayso-parse/tests/support/mod.rs"]
mod support;

use rust_decimal::Decimal;
use sayso_model::{Cell, Claim, Document, DocumentId, Part, PartKind, SourceMap, Span};
use sayso_packs::Packs;

/// A document of these parts, a line each.
fn document(parts: &[(PartKind, &str)]) -> Document {
    let mut text = String::new();
    let mut out = Vec::new();
    for (kind, words) in parts {
        let start = text.len() as u32;
        text.push_str(words);
        out.push(Part {
            span: Span::new(start, text.len() as u32),
            kind: kind.clone(),
        });
        text.push('\n');
    }
    Document {
        id: DocumentId::of(text.as_bytes()),
        from: None,
        title: None,
        byline: None,
        outlet: None,
        published: None,
        language: Some("en".into()),
        text,
        parts: out,
        map: SourceMap::default(),
        troubles: Vec::new(),
    }
}

fn claims(document: &Document) -> Vec<Claim> {
    let packs = Packs::builtin();
    let mut worker = sayso_parse::Worker::new(support::model());
    let parse = worker.parse(
        &document.text,
        &sayso_measure::segments(document),
        &sayso_parse::Options::default(),
    );
    let reading = sayso_measure::measure(document, parse, packs);
    let found = sayso_claim::attributions(&reading, packs);
    sayso_claim::claims(&reading, &found, packs)
}

fn cell(row: u32, column: u32) -> PartKind {
    PartKind::Cell(Cell {
        table: 0,
        row,
        column,
        header: row == 0,
    })
}

#[test]
fn a_header_says_what_its_column_counts() {
    let document = document(&[
        (cell(0, 0), "District"),
        (cell(0, 1), "Killed"),
        (cell(0, 2), "Orchards"),
        (cell(1, 0), "Tarn"),
        (cell(1, 1), "37"),
        (cell(1, 2), "410"),
    ]);
    let found = claims(&document);
    let of = |n: i64| {
        found
            .iter()
            .find(|c| c.figure.as_ref().unwrap().best == Some(Decimal::from(n)))
            .unwrap()
    };
    assert_eq!(of(37).frame, "killed");
    assert_eq!(of(37).cell.unwrap().column, 1);
    assert_eq!(of(410).frame, "other");
}

#[test]
fn a_bare_answer_counts_what_was_asked() {
    let document = document(&[
        (
            PartKind::Question,
            "How many engineers did Norland send to Tarn?",
        ),
        (PartKind::Answer, "About 250, by the island's own count."),
    ]);
    let found = claims(&document);
    let claim = found
        .iter()
        .find(|c| {
            c.figure
                .as_ref()
                .is_some_and(|f| f.best == Some(Decimal::from(250)))
        })
        .unwrap();
    assert_eq!(claim.frame, "deployed");
    assert_eq!(claim.role("agent").unwrap().phrase.text, "Norland");
}

#[test]
fn the_same_reading_gives_the_same_ids_in_order_of_the_text() {
    let document = document(&[(
        PartKind::Paragraph,
        "The slide killed 12 people and wounded 30 others. A baker was killed in Orvik. Norland signed a treaty.",
    )]);
    let (a, b) = (claims(&document), claims(&document));
    assert_eq!(a, b);
    assert!(
        a.windows(2)
            .all(|w| w[0].sentence.start <= w[1].sentence.start)
    );
    let mut ids: Vec<_> = a.iter().map(|c| c.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), a.len());
    assert!(a.iter().all(|c| c.frame == "other" || !c.why.is_empty()));
}

#[test]
fn the_report_s_own_tally_is_main() {
    let document = document(&[
        (
            PartKind::Paragraph,
            "Seven people were killed when a bridge fell in Orvik on Monday.",
        ),
        (
            PartKind::Paragraph,
            "Two of the seven people killed were drivers.",
        ),
    ]);
    let found = claims(&document);
    let main: Vec<_> = found.iter().filter(|c| c.main).collect();
    assert_eq!(main.len(), 1);
    assert_eq!(
        main[0].figure.as_ref().unwrap().best,
        Some(Decimal::from(7))
    );
}
