//! What attribution and claims cost beside the parse, on prose that repeats itself.

#[path = "../../sayso-parse/tests/support/mod.rs"]
mod support;

use criterion::{Criterion, criterion_group, criterion_main};
use sayso_claim::{attributions, claims};
use sayso_measure::{measure, segments};
use sayso_model::{Document, DocumentId, Part, PartKind, SourceMap, Span};
use sayso_packs::Packs;
use sayso_parse::{Options, Worker};

const PARAGRAPH: &str = "“At least 60 sailors were killed and more than 410 wounded,” Maria Keller, the head of the coast \
    guard, said on Tuesday. “We think that the number will rise.” According to the harbour office of Orvik, 12 ships \
    were lost. The ministry has not confirmed that 40 people are missing; it plans to send 600 workers, including 100 \
    divers, in May. Reuters reported, citing two officials, that the storm had displaced 4,000 people.";

/// A document of `PARAGRAPH` fifty times over, one part each.
fn document() -> Document {
    let mut text = String::new();
    let mut parts = Vec::new();
    for _ in 0..50 {
        let start = text.len() as u32;
        text.push_str(PARAGRAPH);
        parts.push(Part {
            span: Span::new(start, text.len() as u32),
            kind: PartKind::Paragraph,
        });
        text.push_str("\n\n");
    }
    Document {
        id: DocumentId::of(text.as_bytes()),
        from: None,
        title: None,
        byline: None,
        outlet: None,
        published: None,
        language: None,
        parts,
        text,
        map: SourceMap::default(),
        troubles: Vec::new(),
    }
}

fn benches(c: &mut Criterion) {
    let document = document();
    let packs = Packs::builtin();
    let ranges = segments(&document);
    let mut worker = Worker::new(support::model());
    c.bench_function("parse", |b| {
        b.iter(|| worker.parse(&document.text, &ranges, &Options::default()));
    });
    let parse = worker.parse(&document.text, &ranges, &Options::default());
    let reading = measure(&document, parse, packs);
    c.bench_function("attributions", |b| b.iter(|| attributions(&reading, packs)));
    let found = attributions(&reading, packs);
    c.bench_function("claims", |b| b.iter(|| claims(&reading, &found, packs)));
}

criterion_group!(all, benches);
criterion_main!(all);
