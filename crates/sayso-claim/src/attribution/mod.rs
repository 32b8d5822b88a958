//! Who says what.
//!
//! In come a reading and the packs; out go attributions: source, cue and content as spans of the text, the act, the
//! kind of source, and the name that the source was resolved to.

mod chain;

pub use chain::{chain_at, links};
