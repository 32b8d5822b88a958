//! Whatever the text, what is measured in it lies inside it, is in order, and refers to what exists. The fuzz targets ask
//! the same of bytes; this runs with the tests.

#[path = "../../sayso-parse/tests/support/mod.rs"]
mod support;

use std::cell::RefCell;

use proptest::prelude::*;
use sayso_measure::{expressions, measure, segments};
use sayso_model::{
    Date, Document, DocumentId, Figure, Part, PartKind, Published, SourceMap, Span, Text,
};
use sayso_packs::Packs;
use sayso_parse::{Options, Worker};

thread_local! {
    static WORKER: RefCell<Worker<'static>> = RefCell::new(Worker::new(support::model()));
}

fn document(text: &str) -> Document {
    let date: Date = "2031-05-04".parse().expect("a date");
    Document {
        id: DocumentId::of(text.as_bytes()),
        from: None,
        title: None,
        byline: None,
        outlet: None,
        published: Some(Published {
            date,
            value: date.to_string(),
            found_in: "given".to_owned(),
            span: None,
        }),
        language: None,
        text: text.to_owned(),
        parts: vec![Part {
            span: Span::new(0, text.len() as u32),
            kind: PartKind::Paragraph,
        }],
        map: SourceMap::default(),
        troubles: Vec::new(),
    }
}

fn words(text: &str, span: Span<Text>) -> Option<&str> {
    text.get(span.start as usize..span.end as usize)
}

fn holds(text: &str, f: &Figure) -> Result<(), TestCaseError> {
    prop_assert_eq!(words(text, f.span), Some(f.text.as_str()));
    prop_assert!(!f.text.is_empty());
    if let (Some(low), Some(high)) = (f.low, f.high) {
        prop_assert!(low <= high, "{:?}", f);
        if let Some(best) = f.best {
            prop_assert!(low <= best && best <= high, "{:?}", f);
        }
    }
    let spans = f.thing.iter().map(|t| t.span);
    for span in spans.chain(f.per.iter().map(|p| p.span)) {
        prop_assert!(words(text, span).is_some(), "{:?}", f);
    }
    Ok(())
}

/// Pieces of the language of quantities, and pieces of none.
const PIECES: &str = "([0-9]{1,12}|[0-9]{1,3},[0-9]{3}|[0-9]\\.[0-9]{1,3}|½|1/2|10 000|1'200|3\\.000,50|[-+–—~<>≈$€£%°²(),.;:/'’\"]| \
    |one|two|five|forty|hundred|thousand|million|dozen|dozens|half|a third|quarter|twice|double|and|or|to|from|between|by\
    |up|down|rose|fell|of|them|whom|per|a|each|every|year|month|old|not|at least|more than|about|some|nearly|as many as\
    |dollars|pounds|yen|USD|MUSD|RM|km|kg|m|mph|percent|points|people|soldiers|index|Orvik|Norland|Holm|S&P|was|were|in\
    |aged|she|May|2031|block|called|é|ß|İ|語|\\u{a0}|\\n)";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_measured_lies_in_the_text(pieces in prop::collection::vec((PIECES, prop::bool::ANY), 0..28)) {
        let mut text = String::new();
        for (piece, space) in &pieces {
            if *space {
                text.push(' ');
            }
            text.push_str(piece);
        }
        let document = document(&text);
        let parse = WORKER.with_borrow_mut(|w| {
            w.parse(&document.text, &segments(&document), &Options::default())
        });
        let reading = measure(&document, parse, Packs::builtin());
        prop_assert_eq!(reading.figures.len(), reading.figure_tokens.len());
        for f in &reading.figures {
            holds(&text, f)?;
        }
        for pair in reading.figures.windows(2) {
            prop_assert!(pair[0].span.start <= pair[1].span.start);
        }
        let figures = reading.figures.len() as u32;
        for r in &reading.relations {
            prop_assert!(r.from < figures && r.to < figures && r.from != r.to);
        }
        for t in &reading.times {
            prop_assert!(words(&text, t.span).is_some_and(|w| !w.is_empty()));
            if let Some((a, b)) = t.interval {
                prop_assert!(a <= b);
            }
        }
        for p in &reading.places {
            prop_assert!(words(&text, p.span).is_some());
        }
        let (quantities, relations) = expressions(&reading);
        for q in &quantities {
            holds(&text, &q.figure)?;
        }
        let count = quantities.len() as u32;
        prop_assert!(relations.iter().all(|r| r.from < count && r.to < count));
    }
}
