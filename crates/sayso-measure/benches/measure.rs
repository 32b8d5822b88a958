//! What measuring costs beside the parse, on prose that repeats itself.

#[path = "../../sayso-parse/tests/support/mod.rs"]
mod support;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use sayso_measure::{measure, segments};
use sayso_model::{Document, DocumentId, Part, PartKind, SourceMap, Span};
use sayso_packs::Packs;
use sayso_parse::{Options, Worker};

fn benches(c: &mut Criterion) {
    let text = "At least 600 soldiers were killed and more than 4,100 wounded, officials said on Tuesday. The ministry \
                will send 6,000 workers, including 1,000 deminers, at $2,000 a month each, since August 2024. "
        .repeat(50);
    let document = Document {
        id: DocumentId::of(text.as_bytes()),
        from: None,
        title: None,
        byline: None,
        outlet: None,
        published: None,
        language: None,
        parts: vec![Part {
            span: Span::new(0, text.len() as u32),
            kind: PartKind::Paragraph,
        }],
        text,
        map: SourceMap::default(),
        troubles: Vec::new(),
    };
    let ranges = segments(&document);
    let mut worker = Worker::new(support::model());
    c.bench_function("parse", |b| {
        b.iter(|| worker.parse(&document.text, &ranges, &Options::default()));
    });
    let parse = worker.parse(&document.text, &ranges, &Options::default());
    c.bench_function("measure", |b| {
        b.iter_batched(
            || parse.clone(),
            |p| measure(&document, p, Packs::builtin()),
            BatchSize::LargeInput,
        );
    });
}

criterion_group!(all, benches);
criterion_main!(all);
