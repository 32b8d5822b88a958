//! The pipeline at work on texts: one worker a thread, with its caches and its scratch room.

use std::collections::HashMap;
use std::ops::Range;

use crate::arc_eager::State;
use crate::capitals;
use crate::kernels::{HIDDEN, WIDTH};
use crate::labels::{Dep, EntityType, Pos, Tag};
use crate::lexemes::{Lexemes, NO_VECTOR};
use crate::model::{Inner, Model};
use crate::output::{Builder, Parse};
use crate::ruler::View;
use crate::scorer::{StepScratch, Steps, best};
use crate::tok2vec::{EncodeScratch, Tok2Vec};
use crate::tokenizer::{Token, Tokenizer};
use crate::tree::Tree;

/// When so many words are known, the caches are emptied before the next text.
const KNOWN_WORDS: usize = 40_000;
/// Vectors kept, 384 bytes each.
const KEPT_VECTORS: usize = 60_000;
/// Texts longer than this are parsed in parts, cut between segments or at white space. The reference refuses them.
const PART: usize = 1_000_000;

/// How a text is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Take the text exactly as it stands: one segment, typographic apostrophes left alone. For comparison with
    /// spaCy.
    pub raw: bool,
    /// Leave out the entities, which are about 2/5 of the cost. All else stays the same.
    pub without_entities: bool,
}

/// Parses texts. Keeps what it learns of words, so one worker should be used for many texts; each thread has its own.
/// The output depends on the text alone, never on what was parsed before.
pub struct Worker<'m> {
    model: &'m Inner,
    tokenizer: Tokenizer,
    lexemes: Lexemes,
    vectors: Vec<f32>,
    lemmas: HashMap<(u32, Pos, u16), String>,
    scratch: Scratch,
}

#[derive(Default)]
struct Scratch {
    tokens: Vec<Token>,
    starts: Vec<bool>,
    straight: String,
    /// For each apostrophe straightened, its place in the straightened text.
    shifts: Vec<u32>,
    embeddings: Vec<f32>,
    mixed: Vec<f32>,
    tmp: Vec<f32>,
    encode: EncodeScratch,
    logits: Vec<f32>,
    inputs: Vec<f32>,
    steps: StepScratch,
    state: State,
    tree: Tree,
    views: Vec<View>,
    hits: Vec<(u16, u32)>,
    /// Per token: coarse part of speech, morphology, lemma set by a rule.
    marks: Vec<(Pos, u16, Option<u16>)>,
    tags: Vec<Tag>,
    deps: Vec<Dep>,
}

/// The networks: which vectors of a word they use.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Net {
    Shared,
    Entities,
}

impl<'m> Worker<'m> {
    /// A worker on this model.
    pub fn new(model: &'m Model) -> Worker<'m> {
        Worker {
            model: &model.0,
            tokenizer: Tokenizer::default(),
            lexemes: Lexemes::default(),
            vectors: Vec::new(),
            lemmas: HashMap::new(),
            scratch: Scratch::default(),
        }
    }

    /// Parses a text. `segments` are its parts to read, as ranges of bytes, in order and apart from each other; text
    /// outside them is passed over, neither a token nor a sentence nor an entity crosses from one to another, and yet
    /// each token is seen with its neighbours in the next segments. Text all in capitals is given its case back first,
    /// which moves no offset. A range that is not within the text, cuts a
    /// character or begins before the last one ended is left out. With [`Options::raw`] segments are ignored.
    ///
    /// Time and memory are linear in the length of the text. Texts of more than a million bytes are parsed in parts.
    pub fn parse(&mut self, text: &str, segments: &[Range<u32>], options: &Options) -> Parse {
        let whole = 0..u32::try_from(text.len()).unwrap_or(u32::MAX);
        let segments = if options.raw {
            std::slice::from_ref(&whole)
        } else {
            segments
        };
        let stretches = segments
            .iter()
            .filter_map(|r| text.get(r.start as usize..r.end as usize));
        let cased = (!options.raw && capitals::in_capitals(stretches))
            .then(|| capitals::recased(text, &self.model.lemmatizer, self.model.bytes.get()));
        let text = cased.as_deref().unwrap_or(text);
        let mut parse = Builder::default();
        let mut end = 0;
        let mut size = 0;
        for range in segments {
            let (a, b) = (range.start as usize, range.end as usize);
            let Some(segment) = text.get(a..b).filter(|_| a >= end) else {
                continue;
            };
            end = b;
            let mut at = a;
            for piece in pieces(segment) {
                if size > 0 && size + piece.len() > PART {
                    self.finish_part(&mut parse, options);
                    size = 0;
                }
                size += piece.len();
                self.tokenize(piece, at as u32, options.raw);
                at += piece.len();
            }
        }
        self.finish_part(&mut parse, options);
        if self.lexemes.len() > KNOWN_WORDS {
            self.tokenizer.clear();
            self.lexemes.clear();
            self.lemmas.clear();
            self.vectors.clear();
        }
        parse.finish()
    }

    /// Tokens of one segment, the first of which must open a sentence.
    fn tokenize(&mut self, segment: &str, base: u32, raw: bool) {
        let model = self.model;
        let Scratch {
            tokens,
            starts,
            straight,
            shifts,
            ..
        } = &mut self.scratch;
        let first = tokens.len();
        if raw || !segment.contains(['’', '‘']) {
            self.tokenizer
                .tokenize(model, &mut self.lexemes, segment, base, tokens);
        } else {
            straight.clear();
            shifts.clear();
            for c in segment.chars() {
                if matches!(c, '’' | '‘') {
                    shifts.push(straight.len() as u32);
                    straight.push('\'');
                } else {
                    straight.push(c);
                }
            }
            self.tokenizer
                .tokenize(model, &mut self.lexemes, straight, 0, tokens);
            // Each of the two signs has three bytes and its replacement one.
            let mut shifted = shifts.iter().peekable();
            let mut extra = 0;
            for token in &mut tokens[first..] {
                let end = token.start + token.len;
                while shifted.next_if(|&&at| at < token.start).is_some() {
                    extra += 2;
                }
                let start = token.start + extra;
                while shifted.next_if(|&&at| at < end).is_some() {
                    extra += 2;
                }
                token.start = base + start;
                token.len = end + extra - start;
            }
        }
        starts.resize(first, false);
        if tokens.len() > first {
            starts.push(!raw);
        }
        starts.resize(tokens.len(), false);
    }

    /// Parses the tokens gathered and appends them to the output.
    fn finish_part(&mut self, parse: &mut Builder, options: &Options) {
        if self.scratch.tokens.is_empty() {
            return;
        }
        let model = self.model;
        self.tag_and_attach(model);
        self.rule(model);
        let entities = if options.without_entities {
            Vec::new()
        } else {
            self.entities(model)
        };
        self.emit(model, &entities, parse);
        self.scratch.tokens.clear();
        self.scratch.starts.clear();
    }

    /// Encodes all tokens with one network; `each` gets the vectors block by block.
    fn encode(
        &mut self,
        model: &Inner,
        net: Net,
        mut each: impl FnMut(&mut Results<'_>, Range<usize>, &[f32]),
    ) {
        let tokens = std::mem::take(&mut self.scratch.tokens);
        let mut encode = std::mem::take(&mut self.scratch.encode);
        let network = match net {
            Net::Shared => &model.shared,
            Net::Entities => &model.ner_vectors,
        };
        let Scratch {
            embeddings,
            mixed,
            tmp,
            logits,
            inputs,
            tags,
            ..
        } = &mut self.scratch;
        let mut words = Words {
            model,
            net,
            network,
            lexemes: &mut self.lexemes,
            vectors: &mut self.vectors,
            embeddings,
            mixed,
            tmp,
        };
        let mut out = Results {
            logits,
            inputs,
            tags,
        };
        network.encode(
            tokens.len(),
            &mut encode,
            |range, rows| words.fill(&tokens[range], rows),
            |range, vectors| each(&mut out, range, vectors),
        );
        self.scratch.tokens = tokens;
        self.scratch.encode = encode;
    }

    fn tag_and_attach(&mut self, model: &Inner) {
        let n = self.scratch.tokens.len();
        self.scratch.inputs.clear();
        self.scratch.inputs.resize(n * HIDDEN, 0.0);
        self.scratch.tags.clear();
        self.encode(model, Net::Shared, |out, range, vectors| {
            let width = model.tagger.outputs;
            out.logits.resize(range.len() * width, 0.0);
            model
                .tagger
                .run_affine(vectors, WIDTH, range.len(), out.logits);
            for logits in out.logits.chunks_exact(width) {
                let classes = 0..model.tags.len();
                let class = best(logits, std::slice::from_ref(&classes)).unwrap_or(0);
                out.tags.push(model.tags[class]);
            }
            let rows = &mut out.inputs[range.start * HIDDEN..range.end * HIDDEN];
            model.parser.lower(vectors, rows);
        });
        let s = &mut self.scratch;
        let mut steps = Steps::new(&model.parser, &s.inputs, &mut s.steps);
        s.state.parse(&model.transitions, &s.starts, &mut steps);
        let (tokens, lexemes) = (&s.tokens, &self.lexemes);
        let is_space = |t: u32| lexemes.get(tokens[t as usize].lexeme).is_space;
        s.tree.build(&s.state.heads, &s.state.labels, &is_space);
    }

    /// Attribute rules.
    fn rule(&mut self, model: &Inner) {
        let s = &mut self.scratch;
        s.views.clear();
        for ((token, &tag), &dep) in s.tokens.iter().zip(&s.tags).zip(&s.tree.deps) {
            let lexeme = self.lexemes.get(token.lexeme);
            s.views.push(View {
                tag,
                dep,
                word: lexeme.word,
                space: lexeme.is_space,
            });
        }
        s.deps.clear();
        s.deps.extend_from_slice(&s.tree.deps);
        s.marks.clear();
        s.marks.resize(s.tokens.len(), (Pos::None, 0, None));
        let (marks, tags, deps) = (&mut s.marks, &mut s.tags, &mut s.deps);
        model.rules.changes(&s.views, &mut s.hits, |token, change| {
            let i = token as usize;
            let mark = &mut marks[i];
            mark.0 = change.pos.unwrap_or(mark.0);
            mark.1 = change.morph.unwrap_or(mark.1);
            mark.2 = change.lemma.or(mark.2);
            tags[i] = change.tag.unwrap_or(tags[i]);
            deps[i] = change.dep.unwrap_or(deps[i]);
        });
    }

    fn entities(&mut self, model: &Inner) -> Vec<(Range<u32>, EntityType)> {
        self.encode(model, Net::Entities, |out, range, vectors| {
            let rows = &mut out.inputs[range.start * HIDDEN..range.end * HIDDEN];
            model.ner.lower(vectors, rows);
        });
        let s = &mut self.scratch;
        let mut steps = Steps::new(&model.ner, &s.inputs, &mut s.steps);
        let (tokens, lexemes) = (&s.tokens, &self.lexemes);
        let is_space = |t: u32| lexemes.get(tokens[t as usize].lexeme).is_space;
        let mut out = Vec::new();
        model
            .entities
            .entities(&s.tree.starts, &is_space, &mut steps, |range, label| {
                out.push((range, label));
            });
        out
    }

    /// Lemmas, and everything into the output.
    fn emit(&mut self, model: &Inner, entities: &[(Range<u32>, EntityType)], parse: &mut Builder) {
        let s = &self.scratch;
        parse.begin_part(self.lexemes.len(), model.rules.morphs.len());
        for (i, token) in s.tokens.iter().enumerate() {
            let (pos, morph, set) = s.marks[i];
            let morph_text = model
                .rules
                .morphs
                .get(usize::from(morph))
                .map_or("", String::as_str);
            let (word, lower) = (
                self.lexemes.text(token.lexeme),
                self.lexemes.lower(token.lexeme),
            );
            let lemma = match set.and_then(|l| model.rules.lemmas.get(usize::from(l))) {
                Some(lemma) => lemma.as_str(),
                None => self
                    .lemmas
                    .entry((token.lexeme, pos, morph))
                    .or_insert_with(|| {
                        model
                            .lemmatizer
                            .lemma(model.bytes.get(), word, lower, pos, morph_text)
                    }),
            };
            parse.token(crate::output::Token {
                start: token.start,
                end: token.start + token.len,
                space_after: token.space,
                tag: s.tags[i],
                pos,
                dep: s.deps[i],
                head: s.tree.heads[i],
                entity: None,
                entity_start: false,
                sentence_start: s.tree.starts[i],
            });
            parse.strings(token.lexeme, word, lower, lemma, morph, morph_text);
        }
        parse.end_part(entities);
    }
}

/// What the encoder's results go to.
struct Results<'a> {
    logits: &'a mut Vec<f32>,
    inputs: &'a mut Vec<f32>,
    tags: &'a mut Vec<Tag>,
}

/// Mixed vectors of words, computed once for each word.
struct Words<'a> {
    model: &'a Inner,
    net: Net,
    network: &'a Tok2Vec,
    lexemes: &'a mut Lexemes,
    vectors: &'a mut Vec<f32>,
    embeddings: &'a mut Vec<f32>,
    mixed: &'a mut Vec<f32>,
    tmp: &'a mut Vec<f32>,
}

impl Words<'_> {
    /// Fills in the rows of these tokens.
    fn fill(&mut self, tokens: &[Token], rows: &mut [f32]) {
        let kind = |t: &Token| match self.net {
            Net::Shared => usize::from(t.space),
            Net::Entities => 2,
        };
        // Words without a vector are mixed together.
        let width = self.network.embedding_width();
        self.embeddings.clear();
        let mut missing: Vec<(usize, usize)> = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            let lexeme = &self.lexemes.all[token.lexeme as usize];
            if lexeme.vectors[kind(token)] != NO_VECTOR {
                continue;
            }
            let from = self.embeddings.len();
            self.embeddings.resize(from + width, 0.0);
            let bytes = self.model.bytes.get();
            let parts = self.embeddings[from..].chunks_exact_mut(WIDTH);
            for (t, part) in parts.enumerate() {
                let rows = match t {
                    0..4 => lexeme.rows[t],
                    _ => {
                        let flag = if t == 4 { token.space } else { lexeme.is_space };
                        let table = &self.network.tables[t];
                        crate::hash::embedding_rows(u64::from(flag), table.seed, table.rows)
                    }
                };
                self.network.embed(bytes, t, rows, part);
            }
            missing.push((i, self.vectors.len() / WIDTH + missing.len()));
            // Marked at once, so that the word's next token in this block does not ask again.
            let slot = self.vectors.len() / WIDTH + missing.len() - 1;
            self.lexemes.all[token.lexeme as usize].vectors[kind(token)] = slot as u32;
        }
        if !missing.is_empty() {
            self.mixed.resize(missing.len() * WIDTH, 0.0);
            self.network.mix(self.embeddings, self.tmp, self.mixed);
            self.vectors.extend_from_slice(self.mixed);
        }
        for (token, row) in tokens.iter().zip(rows.chunks_exact_mut(WIDTH)) {
            let slot = self.lexemes.all[token.lexeme as usize].vectors[kind(token)] as usize;
            row.copy_from_slice(&self.vectors[slot * WIDTH..(slot + 1) * WIDTH]);
        }
        if self.vectors.len() / WIDTH > KEPT_VECTORS {
            // Too many words: forget all vectors. They come back as they are needed.
            self.vectors.clear();
            for lexeme in &mut self.lexemes.all {
                lexeme.vectors = [NO_VECTOR; 3];
            }
        }
    }
}

/// A segment in pieces of at most [`PART`] bytes, cut at white space where there is some.
fn pieces(segment: &str) -> impl Iterator<Item = &str> {
    let mut rest = segment;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut cut = rest.len();
        if cut > PART {
            cut = rest.floor_char_boundary(PART);
            let space = rest[..cut].rfind(char::is_whitespace);
            cut = space.filter(|at| *at > 0).unwrap_or(cut);
        }
        let (piece, tail) = rest.split_at(cut);
        rest = tail;
        Some(piece)
    })
}
