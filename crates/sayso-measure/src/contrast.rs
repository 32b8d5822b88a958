//! Figures that are named only to be denied: "not 12 but 14", "14, not 12", "not one soldier".

use std::ops::Range;

use sayso_parse::Parse;

/// Whether the figure at these tokens is said not to be the number. "Not more than" is a bound and part of the figure;
/// "if not" and "whether or not" deny nothing.
pub fn denied(parse: &Parse, tokens: &Range<u32>) -> bool {
    let word = |back: u32| {
        tokens
            .start
            .checked_sub(back)
            .filter(|&t| parse.sentence_of(t) == parse.sentence_of(tokens.start))
            .map_or("", |t| parse.lower(t))
    };
    word(1) == "not" && !matches!(word(2), "if" | "or" | "why" | "do" | "does" | "did")
}
