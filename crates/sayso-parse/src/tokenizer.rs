//! Text to tokens (spaCy's `tokenizer.pyx`): runs of non-space, exceptions, affixes from outside in, web addresses
//! whole, infixes; then exceptions once more over the tokens, for those that hold affixes themselves.

mod affix;
mod url;

use std::collections::HashMap;
use std::ops::Range;

use crate::chars::{self, SPACE};
use crate::error::ModelError;
use crate::format::Cursor;
use crate::lexemes::Lexemes;
use crate::model::Inner;

/// Chunks longer than this are not cached: they do not come again.
const CACHED_CHUNK: usize = 48;

/// A token of an exception.
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) norm: Option<String>,
    /// Its number among all exceptions' tokens.
    pub(crate) number: u32,
}

/// The exceptions of the tokenizer.
pub(crate) struct Exceptions {
    by_key: HashMap<String, Vec<Part>>,
    longest: usize,
    /// Token sequences that affixes make of an exception's key, under their first token.
    sequences: HashMap<String, Vec<Vec<String>>>,
}

impl Exceptions {
    pub(crate) fn read(bytes: &[u8]) -> Result<Exceptions, ModelError> {
        let mut c = Cursor::new(bytes);
        let mut by_key = HashMap::new();
        let mut number = 0;
        for _ in 0..c.count()? {
            let key = c.str()?.to_owned();
            let mut parts = Vec::new();
            for _ in 0..c.count()? {
                let text = c.str()?.to_owned();
                let norm = match c.u8()? {
                    0 => None,
                    _ => Some(c.str()?.to_owned()),
                };
                parts.push(Part { text, norm, number });
                number += 1;
            }
            if parts.iter().map(|p| p.text.as_str()).collect::<String>() != key || key.is_empty() {
                return Err(ModelError::Damaged);
            }
            by_key.insert(key, parts);
        }
        let mut out = Exceptions {
            longest: by_key.keys().map(String::len).max().unwrap_or(0),
            by_key,
            sequences: HashMap::new(),
        };
        out.find_sequences();
        Ok(out)
    }

    fn get(&self, text: &str) -> Option<&[Part]> {
        if text.len() > self.longest {
            return None;
        }
        self.by_key.get(text).map(Vec::as_slice)
    }

    /// Exceptions with affixes or spaces in them may be torn apart before they are seen; their pieces are looked for
    /// in the tokens afterwards.
    fn find_sequences(&mut self) {
        let mut infixes = Vec::new();
        let mut keys: Vec<&String> = self.by_key.keys().collect();
        keys.sort();
        let mut found: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for key in keys {
            affix::infixes(key, &mut infixes);
            let torn = affix::prefix(key) > 0 || affix::suffix(key) > 0 || !infixes.is_empty();
            if !torn && !key.contains(' ') {
                continue;
            }
            let mut pieces: Vec<String> = Vec::new();
            chunks(key, |range, _| {
                let chunk = &key[range];
                split(chunk, &|_| false, &mut infixes, |piece, _| {
                    pieces.push(chunk[piece].to_owned());
                });
            });
            let Some(first) = pieces.first() else {
                continue;
            };
            // A lone space is such a key; it stays what it is.
            let plain =
                |parts: &Vec<Part>| parts.len() == 1 && parts.iter().all(|p| p.norm.is_none());
            if pieces.len() == 1 && self.by_key.get(key).is_some_and(plain) {
                continue;
            }
            let list = found.entry(first.clone()).or_default();
            if !list.contains(&pieces) {
                list.push(pieces);
            }
        }
        self.sequences = found;
    }

    /// The sequences that begin with this token.
    pub(crate) fn sequences(&self, first: &str) -> &[Vec<String>] {
        self.sequences.get(first).map_or(&[], Vec::as_slice)
    }
}

/// Runs of white space and of other characters; `run(bytes, space)`, where `space` says that a single space follows,
/// which belongs to no run.
fn chunks(text: &str, mut run: impl FnMut(Range<usize>, bool)) {
    let Some(first) = text.chars().next() else {
        return;
    };
    let mut in_space = chars::is(first, SPACE);
    let mut start = 0;
    for (at, c) in text.char_indices() {
        // Nearly every character is an ASCII letter.
        let space = !c.is_ascii_alphanumeric() && chars::is(c, SPACE);
        if space == in_space {
            continue;
        }
        if start < at {
            run(start..at, c == ' ');
        }
        start = if c == ' ' { at + 1 } else { at };
        in_space = space;
    }
    if start < text.len() {
        run(start..text.len(), false);
    }
}

/// Splits a chunk into pieces, in order. `is_exception` stops the splitting; `piece(bytes, exception)` tells whether
/// the piece is an exception, which only the core that is left can be.
fn split(
    chunk: &str,
    is_exception: &dyn Fn(&str) -> bool,
    infixes: &mut Vec<(usize, usize)>,
    mut piece: impl FnMut(Range<usize>, bool),
) {
    let (mut start, mut end) = (0, chunk.len());
    let mut suffixes: Vec<Range<usize>> = Vec::new();
    while start < end {
        let text = &chunk[start..end];
        if is_exception(text) {
            break;
        }
        let before = affix::prefix(text);
        if before > 0 && before < text.len() && is_exception(&text[before..]) {
            piece(start..start + before, false);
            start += before;
            break;
        }
        let after = affix::suffix(&text[before..]);
        if after > 0 && after < text.len() && is_exception(&text[..text.len() - after]) {
            suffixes.push(end - after..end);
            end -= after;
            break;
        }
        if before == 0 && after == 0 {
            break;
        }
        if before > 0 {
            piece(start..start + before, false);
            start += before;
        }
        if after > 0 {
            suffixes.push(end - after..end);
            end -= after;
        }
    }
    if start < end {
        let core = &chunk[start..end];
        if is_exception(core) {
            piece(start..end, true);
        } else if url::is_url(core) {
            piece(start..end, false);
        } else {
            affix::infixes(core, infixes);
            let mut from = 0;
            for &(a, b) in infixes.iter().filter(|(a, _)| *a > 0) {
                if a > from {
                    piece(start + from..start + a, false);
                }
                piece(start + a..start + b, false);
                from = b;
            }
            if from < core.len() {
                piece(start + from..end, false);
            }
        }
    }
    for suffix in suffixes.into_iter().rev() {
        piece(suffix, false);
    }
}

/// A token: its lexeme, its first byte in the text that was tokenised, and whether a space follows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) lexeme: u32,
    pub(crate) start: u32,
    pub(crate) len: u32,
    pub(crate) space: bool,
}

/// A worker's tokenizer: what chunks were split into before.
#[derive(Default)]
pub(crate) struct Tokenizer {
    cache: HashMap<Box<str>, Range<u32>>,
    cached: Vec<(u32, u32)>,
    infixes: Vec<(usize, usize)>,
}

impl Tokenizer {
    pub(crate) fn clear(&mut self) {
        *self = Tokenizer::default();
    }

    /// Appends the tokens of a text, whose first byte counts as `base`.
    pub(crate) fn tokenize(
        &mut self,
        model: &Inner,
        lexemes: &mut Lexemes,
        text: &str,
        base: u32,
        out: &mut Vec<Token>,
    ) {
        let first = out.len();
        chunks(text, |range, space| {
            self.chunk(
                model,
                lexemes,
                &text[range.clone()],
                base + range.start as u32,
                out,
            );
            if space && let Some(last) = out.last_mut() {
                last.space = true;
            }
        });
        self.join(model, lexemes, text, base, first, out);
    }

    fn chunk(
        &mut self,
        model: &Inner,
        lexemes: &mut Lexemes,
        chunk: &str,
        mut at: u32,
        out: &mut Vec<Token>,
    ) {
        if let Some(range) = self.cache.get(chunk) {
            for &(lexeme, len) in &self.cached[range.start as usize..range.end as usize] {
                out.push(Token {
                    lexeme,
                    start: at,
                    len,
                    space: false,
                });
                at += len;
            }
            return;
        }
        let first = out.len();
        let exceptions = &model.exceptions;
        let is_exception = |t: &str| exceptions.get(t).is_some();
        split(
            chunk,
            &is_exception,
            &mut self.infixes,
            |piece, exception| {
                let start = at + piece.start as u32;
                push_piece(model, lexemes, &chunk[piece], exception, start, out);
            },
        );
        if chunk.len() <= CACHED_CHUNK {
            let from = self.cached.len() as u32;
            self.cached
                .extend(out[first..].iter().map(|t| (t.lexeme, t.len)));
            self.cache
                .insert(chunk.into(), from..self.cached.len() as u32);
        }
    }

    /// Replaces sequences of tokens that are an exception when read together: longest first, then leftmost; a
    /// sequence counts only if its first and last token are not covered yet.
    fn join(
        &mut self,
        model: &Inner,
        lexemes: &mut Lexemes,
        text: &str,
        base: u32,
        first: usize,
        out: &mut Vec<Token>,
    ) {
        let tokens = &out[first..];
        let mut found: Vec<(usize, usize)> = Vec::new();
        for i in 0..tokens.len() {
            let word = lexemes.text(tokens[i].lexeme);
            for sequence in model.exceptions.sequences(word) {
                let fits = tokens.get(i..i + sequence.len()).is_some_and(|ts| {
                    ts.iter()
                        .zip(sequence)
                        .all(|(t, s)| lexemes.text(t.lexeme) == s)
                });
                if fits {
                    found.push((i, i + sequence.len()));
                }
            }
        }
        if found.is_empty() {
            return;
        }
        found.sort_by_key(|&(a, b)| (std::cmp::Reverse(b - a), a));
        let mut covered = vec![false; tokens.len()];
        let mut kept = Vec::new();
        for &(a, b) in &found {
            if !covered[a] && !covered[b - 1] {
                kept.push((a, b));
            }
            covered[a..b].fill(true);
        }
        kept.sort_unstable();
        let old = out.split_off(first);
        let mut from = 0;
        for (a, b) in kept {
            let start = old[a].start;
            let end = old[b - 1].start + old[b - 1].len;
            let words = text.get((start - base) as usize..(end - base) as usize);
            let Some(words) = words.filter(|w| model.exceptions.get(w).is_some()) else {
                continue;
            };
            out.extend_from_slice(&old[from..a]);
            push_piece(model, lexemes, words, true, start, out);
            if let Some(last) = out.last_mut() {
                last.space = old[b - 1].space;
            }
            from = b;
        }
        out.extend_from_slice(&old[from..]);
    }
}

/// Appends a piece: one token, or the tokens of the exception that it is.
fn push_piece(
    model: &Inner,
    lexemes: &mut Lexemes,
    piece: &str,
    exception: bool,
    start: u32,
    out: &mut Vec<Token>,
) {
    match model.exceptions.get(piece).filter(|_| exception) {
        Some(parts) => {
            let mut at = start;
            for part in parts {
                let lexeme = match &part.norm {
                    Some(norm) => lexemes.intern_exception(model, part.number, &part.text, norm),
                    None => lexemes.intern(model, &part.text),
                };
                let len = part.text.len() as u32;
                out.push(Token {
                    lexeme,
                    start: at,
                    len,
                    space: false,
                });
                at += len;
            }
        }
        None => out.push(Token {
            lexeme: lexemes.intern(model, piece),
            start,
            len: piece.len() as u32,
            space: false,
        }),
    }
}
