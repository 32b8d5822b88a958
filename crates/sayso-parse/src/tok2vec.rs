//! Token vectors: hash embeddings mixed by one layer, then four layers that each look one token to either side
//! (spaCy's `MultiHashEmbed` and `MaxoutWindowEncoder`).

use std::ops::Range;

use crate::error::ModelError;
use crate::format::Cursor;
use crate::kernels::{Level, Norm, Panels, WIDTH};

/// Layers of the encoder; also the zero rows on each side of a document, and how far a token's vector sees.
pub(crate) const DEPTH: usize = 4;
/// Tokens encoded in one go. Keeps the rows in cache; the price is eight rows computed twice for each block.
const BLOCK: usize = 256;

/// An embedding table, left in the model's bytes.
pub(crate) struct Table {
    pub(crate) seed: u32,
    pub(crate) rows: u32,
    /// Where the floats are in the model's bytes.
    data: Range<usize>,
}

/// One of the pipeline's two embedding and encoding networks.
pub(crate) struct Tok2Vec {
    pub(crate) tables: Vec<Table>,
    mixer: (Panels, Norm),
    layers: Vec<(Panels, Norm)>,
}

/// Reads the floats of an array from the model's bytes, checking its shape.
pub(crate) struct Arrays<'a> {
    /// Bytes of the section.
    pub(crate) cursor: Cursor<'a>,
    /// Where the section begins in the file.
    pub(crate) base: usize,
}

impl<'a> Arrays<'a> {
    fn shape(&mut self, dims: &[usize]) -> Result<(), ModelError> {
        let n = self.cursor.u32()? as usize;
        let mut found = Vec::new();
        for _ in 0..n.min(8) {
            found.push(self.cursor.u32()? as usize);
        }
        // A zero stands for any size.
        let fits = found.len() == dims.len()
            && found
                .iter()
                .zip(dims)
                .all(|(f, d)| f == d || *d == 0 && *f > 0 && *f < 1 << 20);
        if fits {
            Ok(())
        } else {
            Err(ModelError::Shape(format!("{found:?} for {dims:?}")))
        }
    }

    /// An array of exactly this shape.
    pub(crate) fn floats(&mut self, dims: &[usize]) -> Result<Vec<f32>, ModelError> {
        self.shape(dims)?;
        let n: usize = dims.iter().product();
        Ok(to_floats(self.cursor.take(n * 4)?).collect())
    }

    fn table(&mut self) -> Result<Table, ModelError> {
        let seed = self.cursor.u32()?;
        let mut look = self.cursor.clone();
        look.u32()?;
        let rows = look.u32()?;
        self.shape(&[0, WIDTH])?;
        let start = self.base + self.cursor.at();
        let len = rows as usize * WIDTH * 4;
        self.cursor.take(len)?;
        Ok(Table {
            seed,
            rows,
            data: start..start + len,
        })
    }

    fn maxout(&mut self, level: Level, inputs: usize) -> Result<(Panels, Norm), ModelError> {
        let w = self.floats(&[WIDTH, 3, inputs])?;
        let b = self.floats(&[WIDTH, 3])?;
        let panels = Panels::maxout(
            level,
            WIDTH,
            inputs,
            |o, p, k| w[(o * 3 + p) * inputs + k],
            |o, p| b[o * 3 + p],
        );
        let mut norm = Norm {
            gain: [0.0; WIDTH],
            bias: [0.0; WIDTH],
        };
        norm.gain.copy_from_slice(&self.floats(&[WIDTH])?);
        norm.bias.copy_from_slice(&self.floats(&[WIDTH])?);
        Ok((panels, norm))
    }
}

fn to_floats(bytes: &[u8]) -> impl Iterator<Item = f32> + '_ {
    bytes
        .as_chunks::<4>()
        .0
        .iter()
        .map(|b| f32::from_le_bytes(*b))
}

impl Tok2Vec {
    pub(crate) fn read(
        arrays: &mut Arrays<'_>,
        level: Level,
        tables: usize,
    ) -> Result<Tok2Vec, ModelError> {
        if arrays.cursor.u32()? as usize != tables {
            return Err(ModelError::Shape("embedding tables".to_owned()));
        }
        let tables: Vec<Table> = (0..tables)
            .map(|_| arrays.table())
            .collect::<Result<_, _>>()?;
        if arrays.cursor.u32()? as usize != 1 + DEPTH {
            return Err(ModelError::Shape("layers of the encoder".to_owned()));
        }
        let mixer = arrays.maxout(level, tables.len() * WIDTH)?;
        let layers = (0..DEPTH)
            .map(|_| arrays.maxout(level, 3 * WIDTH))
            .collect::<Result<_, _>>()?;
        Ok(Tok2Vec {
            tables,
            mixer,
            layers,
        })
    }

    /// Width of a row of embeddings before mixing.
    pub(crate) fn embedding_width(&self) -> usize {
        self.tables.len() * WIDTH
    }

    /// Sums a key's four rows of table `t` into `out`.
    pub(crate) fn embed(&self, model: &[u8], t: usize, rows: [u32; 4], out: &mut [f32]) {
        let Some(table) = self.tables.get(t) else {
            return;
        };
        out.fill(0.0);
        let data = model.get(table.data.clone()).unwrap_or(&[]);
        for row in rows {
            let at = row as usize * WIDTH * 4;
            let row = data.get(at..at + WIDTH * 4).unwrap_or(&[]);
            for (o, v) in out.iter_mut().zip(to_floats(row)) {
                *o += v;
            }
        }
    }

    /// Mixes rows of embeddings to rows of token vectors, both one after another.
    pub(crate) fn mix(&self, embeddings: &[f32], scratch: &mut Vec<f32>, out: &mut [f32]) {
        let width = self.embedding_width();
        let rows = embeddings.len() / width;
        scratch.resize(rows * WIDTH, 0.0);
        self.mixer.0.run_maxout(embeddings, width, rows, scratch);
        self.mixer.1.run(scratch, out, false);
    }

    /// Encodes a document of `tokens` tokens block by block. `vectors(tokens, rows)` fills in mixed vectors;
    /// `encoded(tokens, rows)` takes the result. The document stands between four rows of zeros on either side,
    /// which the layers compute too; beyond them everything stays zero.
    pub(crate) fn encode(
        &self,
        tokens: usize,
        scratch: &mut EncodeScratch,
        mut vectors: impl FnMut(Range<usize>, &mut [f32]),
        mut encoded: impl FnMut(Range<usize>, &[f32]),
    ) {
        let all = tokens + 2 * DEPTH;
        let mut start = 0;
        while start < tokens {
            let end = (start + BLOCK).min(tokens);
            // Rows count from the first row of padding. `lo..hi` are the rows that a layer's output still needs.
            let (first, last) = (start + DEPTH, end + DEPTH);
            let (mut lo, mut hi) = (first.saturating_sub(DEPTH), (last + DEPTH).min(all));
            let EncodeScratch { rows, next, tmp } = scratch;
            // One row more on either side: beyond the padding it is zero, elsewhere it is never an input that counts.
            rows.clear();
            rows.resize((hi - lo + 2) * WIDTH, 0.0);
            let from = lo.max(DEPTH);
            let to = hi.min(tokens + DEPTH);
            vectors(
                from - DEPTH..to - DEPTH,
                &mut rows[(from - lo + 1) * WIDTH..(to - lo + 1) * WIDTH],
            );
            for (layer, (panels, norm)) in self.layers.iter().enumerate() {
                let reach = DEPTH - 1 - layer;
                let out_lo = first.saturating_sub(reach);
                let out_hi = (last + reach).min(all);
                let n = out_hi - out_lo;
                tmp.resize(n * WIDTH, 0.0);
                let windows = &rows[(out_lo - lo) * WIDTH..(out_lo - lo + n + 2) * WIDTH];
                panels.run_maxout(windows, WIDTH, n, tmp);
                next.clear();
                next.resize((n + 2) * WIDTH, 0.0);
                next[WIDTH..(n + 1) * WIDTH].copy_from_slice(&windows[WIDTH..(n + 1) * WIDTH]);
                norm.run(tmp, &mut next[WIDTH..(n + 1) * WIDTH], true);
                std::mem::swap(rows, next);
                (lo, hi) = (out_lo, out_hi);
            }
            debug_assert!(lo == first && hi == last);
            encoded(start..end, &rows[WIDTH..(end - start + 1) * WIDTH]);
            start = end;
        }
    }
}

/// Room for the rows of one block.
#[derive(Default)]
pub(crate) struct EncodeScratch {
    rows: Vec<f32>,
    next: Vec<f32>,
    tmp: Vec<f32>,
}
