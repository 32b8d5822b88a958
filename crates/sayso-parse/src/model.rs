//! A converted model, ready to use: read-only, shared by all workers.

use std::sync::Arc;

use crate::arc_eager;
use crate::convert::hex;
use crate::error::ModelError;
use crate::format::{Cursor, File, Section};
use crate::kernels::{Level, Panels, WIDTH};
use crate::labels::Tag;
use crate::lemmatizer::{Lemmatizer, find_sorted};
use crate::ner;
use crate::ruler::Rules;
use crate::scorer::Scorer;
use crate::tok2vec::{Arrays, Tok2Vec};
use crate::tokenizer::Exceptions;

/// The bytes of a converted model: owned, or of anything that can lend them, such as a mapped file. Embedding tables
/// and word lists are read where they lie.
pub struct ModelBytes(Box<dyn AsRef<[u8]> + Send + Sync>);

impl ModelBytes {
    /// From anything that lends bytes, such as a memory map. The bytes must not change while the model lives; should
    /// they change nevertheless, results are wrong but nothing worse happens here.
    pub fn new(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> ModelBytes {
        ModelBytes(Box::new(bytes))
    }

    /// The bytes.
    pub fn get(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

impl From<Vec<u8>> for ModelBytes {
    fn from(bytes: Vec<u8>) -> Self {
        ModelBytes::new(bytes)
    }
}

impl From<&'static [u8]> for ModelBytes {
    fn from(bytes: &'static [u8]) -> Self {
        ModelBytes::new(bytes)
    }
}

/// A language model. Cheap to clone; all clones share one copy.
#[derive(Clone)]
pub struct Model(pub(crate) Arc<Inner>);

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Model({} {})",
            self.notice("name"),
            self.notice("version")
        )
    }
}

pub(crate) struct Inner {
    pub(crate) bytes: ModelBytes,
    content: [u8; 32],
    notices: Vec<(String, String)>,
    pub(crate) level: Level,
    pub(crate) tags: Vec<Tag>,
    pub(crate) transitions: arc_eager::Transitions,
    pub(crate) entities: ner::Transitions,
    pub(crate) exceptions: Exceptions,
    norm_keys: std::ops::Range<usize>,
    norms: Vec<String>,
    pub(crate) rules: Rules,
    pub(crate) lemmatizer: Lemmatizer,
    /// The network that tagger and parser share.
    pub(crate) shared: Tok2Vec,
    pub(crate) tagger: Panels,
    pub(crate) parser: Scorer,
    /// The entity recogniser's own network.
    pub(crate) ner_vectors: Tok2Vec,
    pub(crate) ner: Scorer,
}

impl Inner {
    /// The norm that the model lists for a word's hash.
    pub(crate) fn norm(&self, id: u64) -> Option<&str> {
        let keys = self.bytes.get().get(self.norm_keys.clone())?;
        find_sorted(keys, id)
            .and_then(|i| self.norms.get(i))
            .map(String::as_str)
    }
}

impl Model {
    /// Reads a converted model. Checks length, version and a checksum of all bytes, which takes a few milliseconds;
    /// [`crate::convert::content_hash`] checks the SHA-256 too.
    ///
    /// # Errors
    /// The bytes are not a whole, undamaged model of this format, or it uses what this program does not know.
    pub fn from_bytes(bytes: impl Into<ModelBytes>) -> Result<Model, ModelError> {
        Self::with_level(bytes, Level::detect())
    }

    /// As [`Model::from_bytes`], computing with the instructions named, or with none by hand if the machine lacks
    /// them.
    ///
    /// # Errors
    /// As [`Model::from_bytes`].
    pub fn with_level(bytes: impl Into<ModelBytes>, level: Level) -> Result<Model, ModelError> {
        let bytes: ModelBytes = bytes.into();
        let level = if level.available() {
            level
        } else {
            Level::Portable
        };
        let all = bytes.get();
        let file = File::open(all)?;
        let section = |kind| -> Result<(&[u8], usize), ModelError> {
            let range = file.section(kind)?;
            let start = range.start;
            Ok((all.get(range).ok_or(ModelError::Damaged)?, start))
        };
        let notices = read_notices(section(Section::Notices)?.0)?;
        let (tags, parser_moves, ner_moves) = read_labels(section(Section::Labels)?.0)?;
        let transitions = arc_eager::Transitions::new(&parser_moves)?;
        let entities = ner::Transitions::new(&ner_moves)?;
        let (norm_bytes, norm_base) = section(Section::Norms)?;
        let mut c = Cursor::new(norm_bytes);
        let n = c.count()?;
        let norm_start = norm_base + c.at();
        c.take(n.checked_mul(8).ok_or(ModelError::Damaged)?)?;
        let norms = (0..n)
            .map(|_| c.str().map(str::to_owned))
            .collect::<Result<_, _>>()?;
        let (lemmas, lemma_base) = section(Section::Lemmas)?;
        let (weights, weights_base) = section(Section::Weights)?;
        let mut arrays = Arrays {
            cursor: Cursor::new(weights),
            base: weights_base,
        };
        let shared = Tok2Vec::read(&mut arrays, level, 6)?;
        let w = arrays.floats(&[tags.len(), WIDTH])?;
        let b = arrays.floats(&[tags.len()])?;
        let tagger = Panels::affine(level, tags.len(), WIDTH, |o, k| w[o * WIDTH + k], |o| b[o]);
        let parser = Scorer::read(&mut arrays, level, 8, transitions.classes())?;
        let ner_vectors = Tok2Vec::read(&mut arrays, level, 4)?;
        let ner = Scorer::read(&mut arrays, level, 3, entities.classes())?;
        // Words keep one set of rows for both networks.
        let same = shared
            .tables
            .iter()
            .zip(&ner_vectors.tables)
            .all(|(a, b)| (a.seed, a.rows) == (b.seed, b.rows));
        if !same {
            return Err(ModelError::Shape(
                "embedding tables that differ between the networks".to_owned(),
            ));
        }
        let inner = Inner {
            content: file.content,
            notices,
            level,
            tags,
            transitions,
            entities,
            exceptions: Exceptions::read(section(Section::Exceptions)?.0)?,
            norm_keys: norm_start..norm_start + n * 8,
            norms,
            rules: Rules::read(section(Section::Rules)?.0)?,
            lemmatizer: Lemmatizer::read(lemmas, lemma_base)?,
            shared,
            tagger,
            parser,
            ner_vectors,
            ner,
            bytes,
        };
        Ok(Model(Arc::new(inner)))
    }

    /// The SHA-256 of the content, in hexadecimal, as the file states it. [`crate::convert::content_hash`] computes it.
    pub fn content_hash(&self) -> String {
        hex(&self.0.content)
    }

    /// The pipeline's name.
    pub fn name(&self) -> &str {
        self.notice("name")
    }

    /// The pipeline's version.
    pub fn version(&self) -> &str {
        self.notice("version")
    }

    /// Origin and licences in full, which must travel with the model.
    pub fn notices(&self) -> &str {
        self.notice("notices")
    }

    fn notice(&self, name: &str) -> &str {
        let found = self.0.notices.iter().find(|(n, _)| n == name);
        found.map_or("", |(_, text)| text)
    }

    /// The instructions used.
    pub fn level(&self) -> Level {
        self.0.level
    }
}

fn read_notices(bytes: &[u8]) -> Result<Vec<(String, String)>, ModelError> {
    let mut c = Cursor::new(bytes);
    let mut out = Vec::new();
    while c.at() < bytes.len() {
        out.push((c.str()?.to_owned(), c.str()?.to_owned()));
    }
    Ok(out)
}

type Moves = Vec<(u8, String)>;

fn read_labels(bytes: &[u8]) -> Result<(Vec<Tag>, Moves, Moves), ModelError> {
    let mut c = Cursor::new(bytes);
    let mut tags = Vec::new();
    for _ in 0..c.count()? {
        let text = c.str()?;
        tags.push(Tag::from_text(text).ok_or_else(|| ModelError::Label(text.to_owned()))?);
    }
    if tags.is_empty() {
        return Err(ModelError::Damaged);
    }
    let mut moves = || -> Result<Moves, ModelError> {
        (0..c.count()?)
            .map(|_| Ok((c.u8()?, c.str()?.to_owned())))
            .collect()
    };
    Ok((tags, moves()?, moves()?))
}
