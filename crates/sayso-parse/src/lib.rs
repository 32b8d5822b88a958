//! The language runtime: text in segments to tokens, tags, lemmas, a dependency tree, sentences and entities.
//!
//! In comes the text and the byte ranges of its segments (a paragraph, a heading, a cell), which neither a token nor a
//! sentence crosses; out goes a [`Parse`]. The room stands alone: it knows spaCy v3 pipelines of the CNN kind and
//! nothing of sayso. It reads no file: a converted model comes in as bytes.

pub mod labels;
mod output;

pub use labels::{Dep, EntityType, Pos, Tag};
pub use output::{Entity, Parse, Token};
