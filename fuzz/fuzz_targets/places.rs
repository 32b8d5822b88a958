//! Places of any text: spans inside the text, coordinates on the globe.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sayso_fuzz::{read, within};

fuzz_target!(|data: &[u8]| {
    read(data, |reading| {
        for p in &reading.places {
            within(&reading.document.text, p.span);
            assert!(p.span.start < p.span.end, "no words");
            assert!(p.lat.is_none_or(|x| (-90.0..=90.0).contains(&x)), "{p:?}");
            assert!(p.lon.is_none_or(|x| (-180.0..=180.0).contains(&x)), "{p:?}");
        }
    });
});
