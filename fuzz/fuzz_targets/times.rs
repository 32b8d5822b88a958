//! Times of any text: spans inside the text, intervals in order.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_fuzz::{read, within};

fuzz_target!(|data: &[u8]| {
    read(data, |reading| {
        for t in &reading.times {
            within(&reading.document.text, t.span);
            assert!(t.span.start < t.span.end, "no words");
            assert!(!t.value.is_empty(), "{t:?}");
            if let Some((from, to)) = t.interval {
                assert!(from <= to, "{t:?}");
            }
        }
    });
});
