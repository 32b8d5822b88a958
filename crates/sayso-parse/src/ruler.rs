//! The attribute ruler: rules over tag, arc label and lower-case word that set the coarse part of speech, the
//! morphology, and now and then tag, label or lemma (spaCy's `attributeruler.py`).

use std::collections::HashMap;

use crate::error::ModelError;
use crate::format::Cursor;
use crate::labels::{Dep, Pos, Tag};

/// A lower-case word of the rules, by number; [`OTHER`] is any other word.
pub(crate) type Word = u16;
/// A word that no rule names.
pub(crate) const OTHER: Word = u16::MAX;

/// What a rule needs of one token. Sets of labels as bits, all of them where the rule does not care.
struct Condition {
    tags: u64,
    deps: u64,
    words: Option<Vec<Word>>,
    not_words: Vec<Word>,
    space: Option<bool>,
}

impl Condition {
    fn fits(&self, t: &View) -> bool {
        self.tags >> t.tag as u32 & 1 == 1
            && self.deps >> t.dep as u32 & 1 == 1
            && self.words.as_ref().is_none_or(|w| w.contains(&t.word))
            && !self.not_words.contains(&t.word)
            && self.space.is_none_or(|s| s == t.space)
    }
}

/// A token as the rules see it.
#[derive(Clone, Copy)]
pub(crate) struct View {
    pub(crate) tag: Tag,
    pub(crate) dep: Dep,
    pub(crate) word: Word,
    pub(crate) space: bool,
}

/// What a rule sets. Numbers are into [`Rules::morphs`] and [`Rules::lemmas`].
#[derive(Clone, Copy, Default)]
pub(crate) struct Change {
    pub(crate) tag: Option<Tag>,
    pub(crate) pos: Option<Pos>,
    pub(crate) dep: Option<Dep>,
    pub(crate) morph: Option<u16>,
    pub(crate) lemma: Option<u16>,
}

struct Rule {
    index: usize,
    change: Change,
    patterns: Vec<Vec<Condition>>,
}

/// All rules, found by the first token's word or tag.
pub(crate) struct Rules {
    rules: Vec<Rule>,
    words: HashMap<String, Word>,
    /// Distinct morphologies; the first is empty.
    pub(crate) morphs: Vec<String>,
    pub(crate) lemmas: Vec<String>,
    by_word: Vec<Vec<(u16, u16)>>,
    by_tag: Vec<Vec<(u16, u16)>>,
    always: Vec<(u16, u16)>,
}

fn number(list: &mut Vec<String>, text: &str) -> u16 {
    match list.iter().position(|t| t == text) {
        Some(i) => i as u16,
        None => {
            list.push(text.to_owned());
            (list.len() - 1) as u16
        }
    }
}

impl Rules {
    pub(crate) fn read(bytes: &[u8]) -> Result<Rules, ModelError> {
        let mut c = Cursor::new(bytes);
        let mut out = Rules {
            rules: Vec::new(),
            words: HashMap::new(),
            morphs: vec![String::new()],
            lemmas: Vec::new(),
            by_word: Vec::new(),
            by_tag: vec![Vec::new(); Tag::ALL.len()],
            always: Vec::new(),
        };
        for _ in 0..c.count()? {
            let index = c.u32()? as usize;
            let mut change = Change::default();
            for _ in 0..c.count()? {
                let (name, value) = (c.str()?, c.str()?);
                let unknown = || ModelError::Label(value.to_owned());
                match name {
                    "TAG" => change.tag = Some(Tag::from_text(value).ok_or_else(unknown)?),
                    "POS" => change.pos = Some(Pos::from_text(value).ok_or_else(unknown)?),
                    "DEP" => change.dep = Some(Dep::from_text(value).ok_or_else(unknown)?),
                    "MORPH" => {
                        let text = if value == "_" { "" } else { value };
                        change.morph = Some(number(&mut out.morphs, text));
                    }
                    _ => change.lemma = Some(number(&mut out.lemmas, value)),
                }
            }
            let mut patterns = Vec::new();
            for _ in 0..c.count()? {
                let mut tokens = Vec::new();
                for _ in 0..c.count()? {
                    tokens.push(out.condition(&mut c)?);
                }
                if tokens.is_empty() || index >= tokens.len() {
                    return Err(ModelError::Damaged);
                }
                patterns.push(tokens);
            }
            out.rules.push(Rule {
                index,
                change,
                patterns,
            });
        }
        if out.words.len() >= usize::from(OTHER) || out.rules.len() >= usize::from(u16::MAX) {
            return Err(ModelError::Damaged);
        }
        out.index();
        Ok(out)
    }

    fn condition(&mut self, c: &mut Cursor<'_>) -> Result<Condition, ModelError> {
        let mut out = Condition {
            tags: u64::MAX,
            deps: u64::MAX,
            words: None,
            not_words: Vec::new(),
            space: None,
        };
        for _ in 0..c.count()? {
            let attribute = c.u8()?;
            let excludes = c.u8()? == 1;
            let mut strings = Vec::new();
            for _ in 0..c.count()? {
                strings.push(c.str()?);
            }
            // Labels that the networks never give match nothing.
            let flip = |bits: u64| if excludes { !bits } else { bits };
            match attribute {
                0 => {
                    let bits = strings.iter().filter_map(|s| Tag::from_text(s));
                    out.tags &= flip(bits.fold(0, |m, t| m | 1 << t as u32));
                }
                1 => {
                    let bits = strings.iter().filter_map(|s| Dep::from_text(s));
                    out.deps &= flip(bits.fold(0, |m, t| m | 1 << t as u32));
                }
                2 => {
                    let mut words = Vec::new();
                    for s in strings {
                        let next = self.words.len() as Word;
                        words.push(*self.words.entry(s.to_owned()).or_insert(next));
                    }
                    if excludes {
                        out.not_words = words;
                    } else {
                        out.words = Some(words);
                    }
                }
                _ => out.space = Some(strings.contains(&"1") != excludes),
            }
        }
        Ok(out)
    }

    /// Files each pattern under its first token's words, else under its tags, else under none.
    fn index(&mut self) {
        self.by_word = vec![Vec::new(); self.words.len()];
        for (r, rule) in self.rules.iter().enumerate() {
            for (p, pattern) in rule.patterns.iter().enumerate() {
                let entry = (r as u16, p as u16);
                let Some(first) = pattern.first() else {
                    continue;
                };
                if let Some(words) = &first.words {
                    for &w in words {
                        let list = &mut self.by_word[usize::from(w)];
                        if list.last() != Some(&entry) {
                            list.push(entry);
                        }
                    }
                } else if first.tags != u64::MAX {
                    for (t, list) in self.by_tag.iter_mut().enumerate() {
                        if first.tags >> t & 1 == 1 {
                            list.push(entry);
                        }
                    }
                } else {
                    self.always.push(entry);
                }
            }
        }
    }

    /// The number of a lower-case word.
    pub(crate) fn word(&self, lower: &str) -> Word {
        self.words.get(lower).copied().unwrap_or(OTHER)
    }

    /// All changes for a document, found before any is made, in the order in which they apply. Several alternatives
    /// of one rule change a token once.
    pub(crate) fn changes(
        &self,
        tokens: &[View],
        hits: &mut Vec<(u16, u32)>,
        mut apply: impl FnMut(u32, &Change),
    ) {
        hits.clear();
        for (i, t) in tokens.iter().enumerate() {
            let lists = [
                self.by_word.get(usize::from(t.word)),
                self.by_tag.get(t.tag as usize),
                Some(&self.always),
            ];
            for &(r, p) in lists.into_iter().flatten().flatten() {
                let rule = &self.rules[usize::from(r)];
                let pattern = &rule.patterns[usize::from(p)];
                let covered = tokens.get(i..i + pattern.len());
                if covered.is_some_and(|ts| ts.iter().zip(pattern).all(|(t, c)| c.fits(t))) {
                    hits.push((r, (i + rule.index) as u32));
                }
            }
        }
        hits.sort_unstable();
        for &(r, token) in hits.iter() {
            apply(token, &self.rules[usize::from(r)].change);
        }
    }
}
