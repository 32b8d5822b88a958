//! What the fuzz targets share: any text through parse and measure, with the real language model.

use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::OnceLock;

use sayso_measure::{Reading, measure, segments};
use sayso_model::{Date, Document, DocumentId, Part, PartKind, Published, SourceMap, Span, Text};
use sayso_packs::Packs;
use sayso_parse::{Model, Options, Worker};

/// The model: `$SAYSO_MODEL`, else where the tests put it.
fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| {
        let path = std::env::var_os("SAYSO_MODEL").map_or_else(
            || {
                PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                    .join("../target/sayso-model/en_core_web_sm-3.8.0.sayso-model")
            },
            PathBuf::from,
        );
        let bytes = std::fs::read(&path).unwrap_or_else(|e| {
            panic!("{}: {e}; the tests of the program make it", path.display())
        });
        Model::from_bytes(bytes).expect("the tests' model is sound")
    })
}

thread_local! {
    static WORKER: RefCell<Worker<'static>> = RefCell::new(Worker::new(model()));
}

/// Measures `data` as a document of paragraphs, one a line, and hands the reading to `holds`. A first byte that is odd
/// takes the document's date away.
pub fn read(data: &[u8], holds: impl FnOnce(&Reading<'_>)) {
    let (dated, data) = match data.split_first() {
        Some((b, rest)) => (b % 2 == 0, rest),
        None => (true, data),
    };
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if text.len() > 4096 {
        return;
    }
    let mut parts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches('\n');
        if !words.trim().is_empty() {
            parts.push(Part {
                span: Span::new(at as u32, (at + words.len()) as u32),
                kind: PartKind::Paragraph,
            });
        }
        at += line.len();
    }
    let date: Date = "2031-05-04".parse().expect("a date");
    let document = Document {
        id: DocumentId::of(text.as_bytes()),
        from: None,
        title: None,
        byline: None,
        outlet: None,
        published: dated.then(|| Published {
            date,
            value: date.to_string(),
            found_in: "given".to_owned(),
            span: None,
        }),
        language: None,
        text: text.to_owned(),
        parts,
        map: SourceMap::default(),
        troubles: Vec::new(),
    };
    WORKER.with_borrow_mut(|worker| {
        let parse = worker.parse(&document.text, &segments(&document), &Options::default());
        holds(&measure(&document, parse, Packs::builtin()));
    });
}

/// A span lies inside the text, on characters' edges.
pub fn within(text: &str, span: Span<Text>) {
    assert!(span.start <= span.end, "{span:?} runs backwards");
    assert!(
        text.get(span.start as usize..span.end as usize).is_some(),
        "{span:?} cuts a character or leaves the text"
    );
}
