//! Quantities of any text: spans inside the text, ends in order, relations between figures that exist.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_fuzz::{read, within};
use sayso_measure::expressions;
use sayso_model::Figure;

fn holds(text: &str, f: &Figure) {
    within(text, f.span);
    assert!(f.span.start < f.span.end, "no words");
    assert_eq!(
        &text[f.span.start as usize..f.span.end as usize],
        f.text,
        "the words are those at the span"
    );
    if let (Some(low), Some(high)) = (f.low, f.high) {
        assert!(low <= high, "{f:?}");
        if let Some(best) = f.best {
            assert!(low <= best && best <= high, "{f:?}");
        }
    }
    if let Some(t) = &f.thing {
        within(text, t.span);
    }
    for p in &f.per {
        within(text, p.span);
    }
}

fuzz_target!(|data: &[u8]| {
    read(data, |reading| {
        let text = &reading.document.text;
        assert_eq!(reading.figures.len(), reading.figure_tokens.len());
        for f in &reading.figures {
            holds(text, f);
        }
        for pair in reading.figures.windows(2) {
            assert!(
                pair[0].span.start <= pair[1].span.start,
                "in order of the text"
            );
        }
        for r in &reading.relations {
            assert!((r.from as usize) < reading.figures.len());
            assert!((r.to as usize) < reading.figures.len());
            assert_ne!(r.from, r.to);
        }
        let (quantities, relations) = expressions(reading);
        for q in &quantities {
            holds(text, &q.figure);
        }
        for r in &relations {
            assert!((r.from.max(r.to) as usize) < quantities.len());
        }
    });
});
