//! What the runtime gives back: one flat record a token, sentences and entities as token ranges, a tree to walk.

use std::ops::Range;

use crate::labels::{Dep, EntityType, Pos, Tag};

/// One token. Offsets are bytes of the text that was given, even where the model was shown another apostrophe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte of the token in the text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Whether a single space follows.
    pub space_after: bool,
    /// Fine part of speech.
    pub tag: Tag,
    /// Coarse part of speech.
    pub pos: Pos,
    /// Label of the arc to the head.
    pub dep: Dep,
    /// Index of the head among all tokens of the parse; a root points at itself.
    pub head: u32,
    /// Entity type, if the token is part of an entity.
    pub entity: Option<EntityType>,
    /// Whether the token is the first of its entity (false outside entities).
    pub entity_start: bool,
    /// Whether the token opens a sentence.
    pub sentence_start: bool,
}

/// A named entity: its tokens and type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Tokens, half-open.
    pub tokens: Range<u32>,
    /// Type.
    pub label: EntityType,
}

/// The parse of one text. All token indexes are into [`Parse::tokens`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parse {
    /// The tokens in order of the text; white-space tokens are real tokens (tag `_SP`).
    pub tokens: Vec<Token>,
    /// Sentences as token ranges; together they cover all tokens.
    pub sentences: Vec<Range<u32>>,
    /// Entities in order of the text, never overlapping, never crossing a sentence.
    pub entities: Vec<Entity>,
    pub(crate) strings: String,
    pub(crate) words: Vec<Range<u32>>,
    pub(crate) lowers: Vec<Range<u32>>,
    pub(crate) lemmas: Vec<Range<u32>>,
    pub(crate) morphs: Vec<Range<u32>>,
    pub(crate) sentence_of: Vec<u32>,
    pub(crate) children: Vec<u32>,
    pub(crate) child_ranges: Vec<Range<u32>>,
    pub(crate) edges: Vec<Range<u32>>,
}

impl Parse {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    fn string(&self, range: &Range<u32>) -> &str {
        &self.strings[range.start as usize..range.end as usize]
    }

    /// The token as the model saw it (typographic apostrophes straightened unless the parse was raw).
    pub fn word(&self, token: u32) -> &str {
        self.string(&self.words[token as usize])
    }

    /// The word in lower case.
    pub fn lower(&self, token: u32) -> &str {
        self.string(&self.lowers[token as usize])
    }

    /// The lemma.
    pub fn lemma(&self, token: u32) -> &str {
        self.string(&self.lemmas[token as usize])
    }

    /// Morphological features, `Name=Value` pairs joined with `|`; empty if none.
    pub fn morph(&self, token: u32) -> &str {
        self.string(&self.morphs[token as usize])
    }

    /// Fine part of speech.
    pub fn tag(&self, token: u32) -> Tag {
        self.tokens[token as usize].tag
    }

    /// Coarse part of speech.
    pub fn pos(&self, token: u32) -> Pos {
        self.tokens[token as usize].pos
    }

    /// Label of the arc to the head.
    pub fn dep(&self, token: u32) -> Dep {
        self.tokens[token as usize].dep
    }

    /// The head; a root's is itself.
    pub fn head(&self, token: u32) -> u32 {
        self.tokens[token as usize].head
    }

    /// Dependents in order of the text.
    pub fn children(&self, token: u32) -> &[u32] {
        let range = &self.child_ranges[token as usize];
        &self.children[range.start as usize..range.end as usize]
    }

    /// The first dependent with this label.
    pub fn child(&self, token: u32, dep: Dep) -> Option<u32> {
        self.children(token)
            .iter()
            .copied()
            .find(|&c| self.dep(c) == dep)
    }

    /// Tokens from the leftmost to the rightmost descendant, half-open.
    pub fn subtree(&self, token: u32) -> Range<u32> {
        self.edges[token as usize].clone()
    }

    /// Index of the sentence that holds the token.
    pub fn sentence_of(&self, token: u32) -> usize {
        self.sentence_of[token as usize] as usize
    }

    /// Whether `token` is `ancestor` or below it in the tree.
    pub fn is_within(&self, token: u32, ancestor: u32) -> bool {
        let mut t = token;
        loop {
            if t == ancestor {
                return true;
            }
            let h = self.head(t);
            if h == t {
                return false;
            }
            t = h;
        }
    }

    /// Bytes of the text that a token range covers; an empty range covers none, at the start of its first token.
    pub fn bytes(&self, tokens: Range<u32>) -> Range<u32> {
        if tokens.is_empty() {
            let at = self
                .tokens
                .get(tokens.start as usize)
                .map_or(0, |t| t.start);
            return at..at;
        }
        self.tokens[tokens.start as usize].start..self.tokens[tokens.end as usize - 1].end
    }

    /// The tokens that overlap a range of bytes of the text.
    pub fn tokens_in(&self, bytes: Range<u32>) -> Range<u32> {
        let lo = self.tokens.partition_point(|t| t.end <= bytes.start);
        let hi = self.tokens.partition_point(|t| t.start < bytes.end);
        lo as u32..hi.max(lo) as u32
    }

    /// Index into [`Parse::entities`] of the entity that holds the token.
    pub fn entity_of(&self, token: u32) -> Option<usize> {
        let i = self.entities.partition_point(|e| e.tokens.end <= token);
        self.entities
            .get(i)
            .filter(|e| e.tokens.contains(&token))
            .map(|_| i)
    }
}

/// Puts a [`Parse`] together, part by part. Equal strings are stored once in a part.
#[derive(Default)]
pub(crate) struct Builder {
    parse: Parse,
    first: u32,
    /// Word and lower-case word of each lexeme.
    by_lexeme: Vec<Option<(Range<u32>, Range<u32>)>>,
    by_morph: Vec<Option<Range<u32>>>,
}

impl Builder {
    /// Begins a part in which lexemes and morphologies have numbers below these.
    pub(crate) fn begin_part(&mut self, lexemes: usize, morphs: usize) {
        self.first = self.parse.tokens.len() as u32;
        self.by_lexeme.clear();
        self.by_lexeme.resize(lexemes, None);
        self.by_morph.clear();
        self.by_morph.resize(morphs, None);
    }

    fn store(strings: &mut String, text: &str) -> Range<u32> {
        let start = strings.len() as u32;
        strings.push_str(text);
        start..strings.len() as u32
    }

    /// Appends a token, whose head counts from the part's first token.
    pub(crate) fn token(&mut self, mut token: Token) {
        token.head += self.first;
        self.parse.tokens.push(token);
    }

    /// The strings of the token just appended.
    pub(crate) fn strings(
        &mut self,
        lexeme: u32,
        word: &str,
        lower: &str,
        lemma: &str,
        morph: u16,
        morph_text: &str,
    ) {
        let p = &mut self.parse;
        let slot = &mut self.by_lexeme[lexeme as usize];
        let (w, l) = slot.get_or_insert_with(|| {
            let w = Self::store(&mut p.strings, word);
            let l = if lower == word {
                w.clone()
            } else {
                Self::store(&mut p.strings, lower)
            };
            (w, l)
        });
        p.words.push(w.clone());
        p.lowers.push(l.clone());
        let lemma = if lemma == lower {
            l.clone()
        } else if lemma == word {
            w.clone()
        } else {
            Self::store(&mut p.strings, lemma)
        };
        p.lemmas.push(lemma);
        let slot = &mut self.by_morph[usize::from(morph)];
        let morph = slot.get_or_insert_with(|| Self::store(&mut p.strings, morph_text));
        p.morphs.push(morph.clone());
    }

    /// Ends a part with its entities, whose tokens count from the part's first token.
    pub(crate) fn end_part(&mut self, entities: &[(Range<u32>, EntityType)]) {
        if let Some(token) = self.parse.tokens.get_mut(self.first as usize) {
            token.sentence_start = true;
        }
        for (range, label) in entities {
            let tokens = range.start + self.first..range.end + self.first;
            for t in tokens.clone() {
                if let Some(token) = self.parse.tokens.get_mut(t as usize) {
                    token.entity = Some(*label);
                    token.entity_start = t == tokens.start;
                }
            }
            self.parse.entities.push(Entity {
                tokens,
                label: *label,
            });
        }
    }

    /// The parse, with sentences, children and edges of subtrees.
    pub(crate) fn finish(mut self) -> Parse {
        self.parse.index();
        self.parse
    }
}

impl Parse {
    /// Fills in what follows from heads and sentence starts.
    fn index(&mut self) {
        let n = self.tokens.len();
        self.sentences.clear();
        self.sentence_of.clear();
        for (i, token) in self.tokens.iter().enumerate() {
            if token.sentence_start || i == 0 {
                if let Some(last) = self.sentences.last_mut() {
                    last.end = i as u32;
                }
                self.sentences.push(i as u32..n as u32);
            }
            self.sentence_of.push(self.sentences.len() as u32 - 1);
        }
        let mut ends = vec![0u32; n + 1];
        for (i, token) in self.tokens.iter().enumerate() {
            if token.head as usize != i {
                ends[token.head as usize + 1] += 1;
            }
        }
        for i in 0..n {
            ends[i + 1] += ends[i];
        }
        self.child_ranges = ends.windows(2).map(|w| w[0]..w[1]).collect();
        self.children = vec![0; ends.last().copied().unwrap_or(0) as usize];
        for (i, token) in self.tokens.iter().enumerate() {
            if token.head as usize != i {
                let at = &mut ends[token.head as usize];
                self.children[*at as usize] = i as u32;
                *at += 1;
            }
        }
        self.edges = (0..n as u32).map(|i| i..i + 1).collect();
        // Children before heads: order the tokens by depth, deepest first.
        let mut order: Vec<u32> = (0..n as u32)
            .filter(|&i| self.tokens[i as usize].head == i)
            .collect();
        let mut at = 0;
        while let Some(&t) = order.get(at) {
            order.extend_from_slice(self.children(t));
            at += 1;
        }
        for &t in order.iter().rev() {
            let head = self.tokens[t as usize].head as usize;
            let (start, end) = (self.edges[t as usize].start, self.edges[t as usize].end);
            let edge = &mut self.edges[head];
            edge.start = edge.start.min(start);
            edge.end = edge.end.max(end);
        }
    }
}
