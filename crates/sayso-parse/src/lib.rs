//! The language runtime: text in segments to tokens, tags, lemmas, a dependency tree, sentences and entities.
//!
//! In comes the text and the byte ranges of its segments (a paragraph, a heading, a cell), which neither a token nor a
//! sentence crosses; out goes a [`Parse`]. The room stands alone: it knows spaCy v3 pipelines of the CNN kind and
//! nothing of sayso. It reads no file: a converted model comes in as bytes.
//!
//! [`convert`] makes those bytes of a spaCy package; [`Model`] is the model, shared by all threads; a [`Worker`] parses
//! with it.

mod arc_eager;
mod capitals;
mod chars;
pub mod convert;
mod error;
mod format;
mod hash;
mod kernels;
pub mod labels;
mod lemmatizer;
mod lexemes;
mod model;
mod ner;
mod output;
mod ruler;
mod scorer;
mod tables;
mod tok2vec;
mod tokenizer;
mod tree;
mod worker;

pub use error::{ConvertError, ModelError};
pub use format::FORMAT_VERSION;
pub use kernels::Level;
pub use labels::{Dep, EntityType, Pos, Tag};
pub use model::{Model, ModelBytes};
pub use output::{Entity, Parse, Token};
pub use worker::{Options, Worker};
