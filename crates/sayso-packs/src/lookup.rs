//! Words to entries: a hash map a section, keyed by lower-case word or phrase.

use std::collections::HashMap;

/// A map from lower-case words or phrases to the indexes of entries.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    map: HashMap<Box<str>, Vec<u32>>,
    longest: HashMap<Box<str>, u8>,
}

impl Lookup {
    pub(crate) fn add(&mut self, words: &str, entry: usize) {
        let words = words.trim().to_lowercase();
        let Some(first) = words.split(' ').next().filter(|w| !w.is_empty()) else {
            return;
        };
        let count = words.split(' ').count().min(255) as u8;
        let longest = self.longest.entry(first.into()).or_default();
        *longest = (*longest).max(count);
        let list = self.map.entry(words.into()).or_default();
        if list.last() != Some(&(entry as u32)) {
            list.push(entry as u32);
        }
    }

    /// Indexes of the entries with these words (lower case, one space between two).
    pub fn get(&self, words: &str) -> &[u32] {
        self.map.get(words).map_or(&[], Vec::as_slice)
    }

    /// How many words the longest phrase has that starts with this word; 0 where none does.
    pub fn longest(&self, first: &str) -> usize {
        self.longest.get(first).map_or(0, |&n| n.into())
    }

    /// Number of different words and phrases.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }
}
