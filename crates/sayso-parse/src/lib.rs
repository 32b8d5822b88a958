//! The language runtime: text in segments to tokens, tags, lemmas, a dependency tree, sentences and entities.
//!
//! In comes the text and the byte ranges of its segments (a paragraph, a heading, a cell), which neither a token nor a
//! sentence crosses; out goes a [`Parse`]. The room stands alone: it knows spaCy v3 pipelines of the CNN kind and
//! nothing of sayso. It reads no file: a converted model comes in as bytes.

#![allow(missing_docs, reason = "placeholder until the runtime lands")]

pub mod labels;
mod output;

pub use labels::{Dep, EntityType, Pos, Tag};
pub use output::{Entity, Parse, Token};
pub mod convert {
    pub const EN_CORE_WEB_SM_3_8_0: &str = "";
    pub fn content_hash(_: &[u8]) -> Result<String, String> {
        Ok(String::new())
    }
    pub fn from_wheel(_: &[u8]) -> Result<Vec<u8>, String> {
        Ok(vec![])
    }
    pub fn convert(_: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<Vec<u8>, String> {
        Ok(vec![])
    }
}
pub struct Model;
impl Model {
    pub fn from_bytes(_: Vec<u8>) -> Result<Model, String> {
        Ok(Model)
    }
    pub fn name(&self) -> &str {
        ""
    }
    pub fn version(&self) -> &str {
        ""
    }
    pub fn notices(&self) -> &str {
        ""
    }
}
pub struct Worker<'m>(&'m Model);
impl<'m> Worker<'m> {
    pub fn new(m: &'m Model) -> Self {
        Worker(m)
    }
    pub fn parse(&mut self, _: &str, _: &[std::ops::Range<u32>], _: &Options) -> Parse {
        Parse::default()
    }
}
#[derive(Default)]
pub struct Options {
    pub raw: bool,
}
