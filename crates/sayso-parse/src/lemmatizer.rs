//! Lemmas by rule: endings off, known forms first, listed exceptions before all (spaCy's `lemmatizer.py` and its
//! English part).

use std::ops::Range;

use crate::chars;
use crate::error::ModelError;
use crate::format::Cursor;
use crate::hash::{murmur64a, string_id};
use crate::labels::Pos;

/// The tables of one part of speech. Sorted hashes stay in the model's bytes.
struct Table {
    pos: u64,
    rules: Vec<(String, String)>,
    index: Range<usize>,
    exceptions: Range<usize>,
    listed: Vec<Vec<String>>,
}

/// The lemmatizer's tables.
pub(crate) struct Lemmatizer {
    tables: Vec<Table>,
    /// Table of each coarse part of speech.
    by_pos: Vec<Option<usize>>,
}

/// Finds a number among sorted numbers of eight bytes.
pub(crate) fn find_sorted(bytes: &[u8], wanted: u64) -> Option<usize> {
    let numbers = bytes.as_chunks::<8>().0;
    numbers
        .binary_search_by(|n| u64::from_le_bytes(*n).cmp(&wanted))
        .ok()
}

impl Lemmatizer {
    /// `base` is where the section begins in the file.
    pub(crate) fn read(bytes: &[u8], base: usize) -> Result<Lemmatizer, ModelError> {
        let mut c = Cursor::new(bytes);
        let mut tables = Vec::new();
        let numbers = |c: &mut Cursor<'_>| -> Result<(usize, Range<usize>), ModelError> {
            let n = c.count()?;
            let start = base + c.at();
            let len = n.checked_mul(8).ok_or(ModelError::Damaged)?;
            c.take(len)?;
            Ok((n, start..start + len))
        };
        for _ in 0..c.count()? {
            let pos = c.u64()?;
            let mut rules = Vec::new();
            for _ in 0..c.count()? {
                rules.push((c.str()?.to_owned(), c.str()?.to_owned()));
            }
            let (_, index) = numbers(&mut c)?;
            let (n, exceptions) = numbers(&mut c)?;
            let mut listed = Vec::new();
            for _ in 0..n {
                let mut forms = Vec::new();
                for _ in 0..c.count()? {
                    forms.push(c.str()?.to_owned());
                }
                listed.push(forms);
            }
            tables.push(Table {
                pos,
                rules,
                index,
                exceptions,
                listed,
            });
        }
        let by_pos = Pos::ALL
            .iter()
            .map(|p| {
                let id = string_id(&p.as_str().to_lowercase());
                tables.iter().position(|t| {
                    t.pos == id
                        && !(t.rules.is_empty() && t.index.is_empty() && t.exceptions.is_empty())
                })
            })
            .collect();
        Ok(Lemmatizer { tables, by_pos })
    }

    /// Whether the morphology says that the word is its own base form.
    fn is_base(pos: Pos, morph: &str) -> bool {
        let feature = |name: &str| {
            morph
                .split('|')
                .filter_map(|f| f.split_once('='))
                .find(|(n, _)| *n == name)
                .map(|(_, v)| v)
        };
        let is = |name: &str, value: &str| feature(name) == Some(value);
        pos == Pos::Noun && is("Number", "Sing")
            || is("VerbForm", "Inf")
            || is("VerbForm", "None")
            || is("Degree", "Pos")
            || pos == Pos::Verb
                && is("VerbForm", "Fin")
                && is("Tense", "Pres")
                && feature("Number").is_none()
    }

    /// Whether the word or a form that it comes from is listed under any part of speech.
    pub(crate) fn knows(&self, model: &[u8], lower: &str) -> bool {
        let holds = |range: &Range<usize>, form: &str| {
            model
                .get(range.clone())
                .is_some_and(|b| find_sorted(b, murmur64a(form.as_bytes())).is_some())
        };
        self.tables.iter().any(|t| {
            holds(&t.index, lower)
                || holds(&t.exceptions, lower)
                || t.rules.iter().any(|(old, new)| {
                    lower.strip_suffix(old.as_str()).is_some_and(|stem| {
                        !stem.is_empty() && holds(&t.index, &format!("{stem}{new}"))
                    })
                })
        })
    }

    /// The lemma of a word.
    pub(crate) fn lemma(
        &self,
        model: &[u8],
        word: &str,
        lower: &str,
        pos: Pos,
        morph: &str,
    ) -> String {
        if matches!(pos, Pos::None | Pos::Eol | Pos::Space) || Self::is_base(pos, morph) {
            return lower.to_owned();
        }
        let table = self
            .by_pos
            .get(pos as usize)
            .copied()
            .flatten()
            .and_then(|t| self.tables.get(t));
        let Some(table) = table else {
            let kept = if pos == Pos::Propn { word } else { lower };
            return kept.to_owned();
        };
        let index = model.get(table.index.clone()).unwrap_or(&[]);
        let known = |form: &str| find_sorted(index, murmur64a(form.as_bytes())).is_some();
        let mut forms: Vec<String> = Vec::new();
        let mut unknown: Option<String> = None;
        for (old, new) in &table.rules {
            let Some(stem) = lower.strip_suffix(old.as_str()) else {
                continue;
            };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if known(&form) {
                forms.insert(0, form);
            } else if !chars::is_alpha(&form) {
                forms.push(form);
            } else {
                unknown.get_or_insert(form);
            }
        }
        let listed = model.get(table.exceptions.clone()).unwrap_or(&[]);
        let listed = find_sorted(listed, murmur64a(lower.as_bytes()))
            .and_then(|i| table.listed.get(i))
            .map_or(&[][..], Vec::as_slice);
        for form in listed {
            if !forms.contains(form) {
                forms.insert(0, form.clone());
            }
        }
        forms
            .into_iter()
            .next()
            .or(unknown)
            .unwrap_or_else(|| word.to_owned())
    }
}
