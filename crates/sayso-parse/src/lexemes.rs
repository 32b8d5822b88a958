//! What is known of a word wherever it stands: its hashes' rows in the embedding tables, its lower case, whether it
//! is white space. Kept per worker, because texts repeat their words.

use std::collections::HashMap;
use std::ops::Range;

use crate::chars;
use crate::hash::{embedding_rows, string_id};
use crate::model::Inner;
use crate::ruler::Word;
use crate::tables::norms::BASE_NORMS;

/// No vector computed yet.
pub(crate) const NO_VECTOR: u32 = u32::MAX;

/// One word. Two lexemes of one text differ only where a tokenizer exception gives a norm of its own.
#[derive(Clone)]
pub(crate) struct Lexeme {
    pub(crate) text: Range<u32>,
    pub(crate) lower: Range<u32>,
    /// Rows of norm, prefix, suffix and shape in their tables.
    pub(crate) rows: [[u32; 4]; 4],
    pub(crate) word: Word,
    pub(crate) is_space: bool,
    /// Where its mixed vectors are: shared network without and with a space behind, entity network.
    pub(crate) vectors: [u32; 3],
}

/// The words met so far.
#[derive(Default)]
pub(crate) struct Lexemes {
    pub(crate) all: Vec<Lexeme>,
    strings: String,
    by_text: HashMap<Box<str>, u32>,
    by_exception: HashMap<u32, u32>,
}

impl Lexemes {
    pub(crate) fn clear(&mut self) {
        *self = Lexemes::default();
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn get(&self, id: u32) -> &Lexeme {
        &self.all[id as usize]
    }

    pub(crate) fn text(&self, id: u32) -> &str {
        self.string(&self.get(id).text)
    }

    pub(crate) fn lower(&self, id: u32) -> &str {
        self.string(&self.get(id).lower)
    }

    fn string(&self, range: &Range<u32>) -> &str {
        &self.strings[range.start as usize..range.end as usize]
    }

    /// The lexeme of a word.
    pub(crate) fn intern(&mut self, model: &Inner, text: &str) -> u32 {
        if let Some(&id) = self.by_text.get(text) {
            return id;
        }
        let lower = text.to_lowercase();
        let norm = match model.norm(string_id(text)) {
            Some(norm) => norm,
            None => match BASE_NORMS.binary_search_by(|(t, _)| (*t).cmp(text)) {
                Ok(i) => BASE_NORMS[i].1,
                Err(_) => &lower,
            },
        };
        let id = self.add(model, text, &lower, norm);
        self.by_text.insert(text.into(), id);
        id
    }

    /// The lexeme of the `number`th token of the tokenizer exceptions, which has a norm of its own.
    pub(crate) fn intern_exception(
        &mut self,
        model: &Inner,
        number: u32,
        text: &str,
        norm: &str,
    ) -> u32 {
        if let Some(&id) = self.by_exception.get(&number) {
            return id;
        }
        let id = self.add(model, text, &text.to_lowercase(), norm);
        self.by_exception.insert(number, id);
        id
    }

    fn add(&mut self, model: &Inner, text: &str, lower: &str, norm: &str) -> u32 {
        let first = text.char_indices().nth(1).map_or(text.len(), |(i, _)| i);
        let last = text.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
        let features = [
            string_id(norm),
            string_id(&text[..first]),
            string_id(&text[last..]),
            string_id(&chars::shape(text)),
        ];
        let tables = model.shared.tables.iter();
        let mut rows = [[0; 4]; 4];
        for ((rows, key), table) in rows.iter_mut().zip(features).zip(tables) {
            *rows = embedding_rows(key, table.seed, table.rows);
        }
        let mut store = |s: &str| {
            let start = self.strings.len() as u32;
            self.strings.push_str(s);
            start..self.strings.len() as u32
        };
        let stored = store(text);
        let lexeme = Lexeme {
            lower: if lower == text {
                stored.clone()
            } else {
                store(lower)
            },
            text: stored,
            rows,
            word: model.rules.word(lower),
            is_space: chars::is_space(text),
            vectors: [NO_VECTOR; 3],
        };
        self.all.push(lexeme);
        (self.all.len() - 1) as u32
    }
}
