//! The networks' parameters, in the order in which the runtime reads them.

use super::msgpack::{self, Value};
use super::unreadable;
use crate::error::ConvertError;
use crate::format::Writer;

/// One array of a layer.
struct Array<'a> {
    shape: Vec<usize>,
    data: &'a [u8],
}

/// A layer that has parameters, in forward order of its file.
struct Layer<'a> {
    kind: &'a str,
    seed: u32,
    arrays: Vec<(&'a str, Array<'a>)>,
}

fn layers<'a>(file: &str, bytes: &'a [u8]) -> Result<Vec<Layer<'a>>, ConvertError> {
    let wrong = |why: &str| unreadable(file, why);
    let model = msgpack::read(bytes).ok_or_else(|| wrong("it is not MessagePack"))?;
    let list = |key: &str| {
        model
            .get(key)
            .and_then(Value::array)
            .ok_or_else(|| wrong("it has no layers"))
    };
    let (nodes, attrs, params) = (list("nodes")?, list("attrs")?, list("params")?);
    let mut out = Vec::new();
    for ((node, attrs), params) in nodes.iter().zip(attrs).zip(params) {
        let kind = node
            .get("name")
            .and_then(Value::str)
            .ok_or_else(|| wrong("a layer has no name"))?;
        let Some(params) = params.map().filter(|p| !p.is_empty()) else {
            continue;
        };
        if kind.contains([' ', '>', '|']) {
            continue;
        }
        // Attributes are MessagePack within MessagePack.
        let seed = attrs
            .get("seed")
            .and_then(|v| v.uint().or_else(|| msgpack::read(v.bytes()?)?.uint()))
            .unwrap_or(0);
        let mut arrays = Vec::new();
        for (name, value) in params {
            let bad = || wrong("a layer's array is malformed");
            let name = name.str().ok_or_else(bad)?;
            if matches!(value, Value::Nil) {
                continue;
            }
            if value.get("type").and_then(Value::str) != Some("<f4") {
                return Err(wrong("an array is not of 32-bit floats"));
            }
            let shape: Vec<usize> = value
                .get("shape")
                .and_then(Value::array)
                .ok_or_else(bad)?
                .iter()
                .map(|v| v.uint().and_then(|n| usize::try_from(n).ok()))
                .collect::<Option<_>>()
                .ok_or_else(bad)?;
            let data = value.get("data").and_then(Value::bytes).ok_or_else(bad)?;
            let size = shape.iter().try_fold(4usize, |n, &d| n.checked_mul(d));
            if size != Some(data.len()) {
                return Err(bad());
            }
            arrays.push((name, Array { shape, data }));
        }
        out.push(Layer {
            kind,
            seed: u32::try_from(seed).map_err(|_| wrong("a seed is too large"))?,
            arrays,
        });
    }
    Ok(out)
}

struct Source<'a> {
    file: &'static str,
    layers: Vec<Layer<'a>>,
}

impl<'a> Source<'a> {
    fn new(file: &'static str, bytes: &'a [u8]) -> Result<Self, ConvertError> {
        Ok(Source {
            file,
            layers: layers(file, bytes)?,
        })
    }

    fn of(&self, kind: &str) -> Vec<&Layer<'a>> {
        self.layers.iter().filter(|l| l.kind == kind).collect()
    }

    fn one(&self, kind: &str) -> Result<&Layer<'a>, ConvertError> {
        match self.of(kind)[..] {
            [layer] => Ok(layer),
            _ => Err(ConvertError::Unknown(format!(
                "the network of {}: one layer {kind} is expected",
                self.file
            ))),
        }
    }

    /// Writes arrays of a layer: for each its number of dimensions, the dimensions, the numbers.
    fn put(&self, layer: &Layer<'_>, names: &[&str], out: &mut Writer) -> Result<(), ConvertError> {
        for name in names {
            let (_, array) = layer
                .arrays
                .iter()
                .find(|(n, _)| n == name)
                .ok_or_else(|| unreadable(self.file, &format!("{} has no {name}", layer.kind)))?;
            // A leading dimension of one carries nothing.
            let shape = match array.shape.as_slice() {
                [1, rest @ ..] if rest.len() > 1 => rest,
                all => all,
            };
            out.u32(shape.len() as u32);
            shape.iter().for_each(|&d| out.u32(d as u32));
            out.0.extend_from_slice(array.data);
        }
        Ok(())
    }

    fn tok2vec(&self, out: &mut Writer) -> Result<(), ConvertError> {
        let tables = self.of("hashembed");
        out.u32(tables.len() as u32);
        for table in tables {
            out.u32(table.seed);
            self.put(table, &["E"], out)?;
        }
        let maxouts = self.of("maxout");
        let norms = self.of("layernorm");
        if maxouts.len() != norms.len() {
            return Err(ConvertError::Unknown(format!(
                "the network of {}: every maxout layer is expected to be normalised",
                self.file
            )));
        }
        out.u32(maxouts.len() as u32);
        for (maxout, norm) in maxouts.iter().zip(norms) {
            self.put(maxout, &["W", "b"], out)?;
            self.put(norm, &["G", "b"], out)?;
        }
        Ok(())
    }

    /// A transition scorer's layers. Of two linear layers the one that feeds the hidden layer has its inputs from
    /// the token vectors, and stands later in the file.
    fn scorer(&self, out: &mut Writer) -> Result<(), ConvertError> {
        let [upper, lower] = self.of("linear")[..] else {
            return Err(ConvertError::Unknown(format!(
                "the network of {}: two linear layers are expected",
                self.file
            )));
        };
        self.put(lower, &["W", "b"], out)?;
        self.put(self.one("precomputable_affine")?, &["W", "b", "pad"], out)?;
        self.put(upper, &["W", "b"], out)
    }
}

pub(super) fn weights(
    tok2vec: &[u8],
    tagger: &[u8],
    parser: &[u8],
    ner: &[u8],
) -> Result<Vec<u8>, ConvertError> {
    let mut out = Writer::default();
    Source::new("tok2vec/model", tok2vec)?.tok2vec(&mut out)?;
    let tagger = Source::new("tagger/model", tagger)?;
    tagger.put(tagger.one("softmax")?, &["W", "b"], &mut out)?;
    Source::new("parser/model", parser)?.scorer(&mut out)?;
    let ner = Source::new("ner/model", ner)?;
    ner.tok2vec(&mut out)?;
    ner.scorer(&mut out)?;
    Ok(out.0)
}
