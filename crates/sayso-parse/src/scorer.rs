//! The scorer of transitions (spaCy's `TransitionBasedParser.v2`): what each token adds to a state in each slot is
//! computed for many tokens at once; a step then adds a few vectors and multiplies by one small matrix.

use crate::error::ModelError;
use crate::kernels::{HIDDEN, Level, Panels, Upper, WIDTH};
use crate::tok2vec::Arrays;

const STATE: usize = 2 * HIDDEN;
/// Tokens whose contributions are kept; a power of two.
const RING: usize = 512;
/// Tokens whose contributions are computed together.
const BATCH: usize = 64;

/// The layers of a scorer with a number of slots.
pub(crate) struct Scorer {
    pub(crate) slots: usize,
    pub(crate) classes: usize,
    lower: Panels,
    slot_weights: Panels,
    bias: [f32; STATE],
    /// Contribution of an empty slot, per slot.
    empty: Vec<f32>,
    upper: Upper,
}

impl Scorer {
    pub(crate) fn read(
        arrays: &mut Arrays<'_>,
        level: Level,
        slots: usize,
        classes: usize,
    ) -> Result<Scorer, ModelError> {
        let w = arrays.floats(&[HIDDEN, WIDTH])?;
        let b = arrays.floats(&[HIDDEN])?;
        let lower = Panels::affine(level, HIDDEN, WIDTH, |o, k| w[o * WIDTH + k], |o| b[o]);
        // Two pieces of which the larger counts: each becomes a run of its own, so that the maximum is of two runs.
        let piece_first = |o: usize| (o % HIDDEN) * 2 + o / HIDDEN;
        let w = arrays.floats(&[slots, HIDDEN, 2, HIDDEN])?;
        let b = arrays.floats(&[HIDDEN, 2])?;
        let pad = arrays.floats(&[slots, HIDDEN, 2])?;
        let slot_weights = Panels::affine(
            level,
            slots * STATE,
            HIDDEN,
            |o, k| w[(o / STATE * STATE + piece_first(o % STATE)) * HIDDEN + k],
            |_| 0.0,
        );
        let bias = std::array::from_fn(|o| b[piece_first(o)]);
        let empty = (0..slots * STATE)
            .map(|o| pad[o / STATE * STATE + piece_first(o % STATE)])
            .collect();
        let w = arrays.floats(&[classes, HIDDEN])?;
        let b = arrays.floats(&[classes])?;
        let upper = Upper::new(level, classes, |c, k| w[c * HIDDEN + k], |c| b[c]);
        Ok(Scorer {
            slots,
            classes,
            lower,
            slot_weights,
            bias,
            empty,
            upper,
        })
    }

    /// Token vectors to the hidden layer's inputs, one row of [`HIDDEN`] each.
    pub(crate) fn lower(&self, vectors: &[f32], out: &mut [f32]) {
        self.lower
            .run_affine(vectors, WIDTH, vectors.len() / WIDTH, out);
    }
}

/// A scorer at work on one document.
pub(crate) struct Steps<'a> {
    scorer: &'a Scorer,
    /// [`Scorer::lower`] of every token.
    inputs: &'a [f32],
    scratch: &'a mut StepScratch,
}

/// Contributions of the tokens seen last, and a step's scores.
#[derive(Default)]
pub(crate) struct StepScratch {
    ring: Vec<f32>,
    held: Vec<u32>,
    scores: Vec<f32>,
}

const NONE: u32 = u32::MAX;

impl<'a> Steps<'a> {
    pub(crate) fn new(scorer: &'a Scorer, inputs: &'a [f32], scratch: &'a mut StepScratch) -> Self {
        scratch.ring.resize(RING * scorer.slots * STATE, 0.0);
        scratch.held.clear();
        scratch.held.resize(RING, NONE);
        scratch.scores.clear();
        scratch.scores.resize(scorer.upper.padded, 0.0);
        Steps {
            scorer,
            inputs,
            scratch,
        }
    }

    /// Index of the token's contributions in the ring, computing them, and those of the tokens behind it, if they
    /// are not there.
    fn hold(&mut self, token: u32) -> usize {
        let at = token as usize % RING;
        if self.scratch.held[at] == token {
            return at;
        }
        let tokens = self.inputs.len() / HIDDEN;
        let first = token as usize;
        // A token met again after it fell out of the ring comes alone; new ones come in batches.
        let is_new = self.scratch.held[at] == NONE || self.scratch.held[at] < token;
        let n = if is_new && first.is_multiple_of(BATCH) {
            BATCH.min(tokens - first)
        } else {
            1
        };
        let width = self.scorer.slots * STATE;
        self.scorer.slot_weights.run_affine(
            &self.inputs[first * HIDDEN..(first + n) * HIDDEN],
            HIDDEN,
            n,
            &mut self.scratch.ring[at * width..(at + n) * width],
        );
        for i in 0..n {
            self.scratch.held[at + i] = (first + i) as u32;
        }
        at
    }

    /// Scores of all classes for a state whose slots hold these tokens.
    pub(crate) fn scores(&mut self, slots: &[Option<u32>]) -> &[f32] {
        let mut state = self.scorer.bias;
        let width = self.scorer.slots * STATE;
        for (slot, token) in slots.iter().enumerate().take(self.scorer.slots) {
            let part = match *token {
                Some(token) => {
                    let at = self.hold(token) * width + slot * STATE;
                    &self.scratch.ring[at..at + STATE]
                }
                None => &self.scorer.empty[slot * STATE..(slot + 1) * STATE],
            };
            for (s, p) in state.iter_mut().zip(part) {
                *s += p;
            }
        }
        self.scorer.upper.run(&state, &mut self.scratch.scores);
        &self.scratch.scores[..self.scorer.classes]
    }
}

/// The best of the classes in the ranges; of equals the first. `None` if the ranges are empty.
pub(crate) fn best(scores: &[f32], ranges: &[std::ops::Range<usize>]) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for range in ranges {
        for (i, &score) in scores.iter().enumerate().take(range.end).skip(range.start) {
            if best.is_none_or(|(_, b)| score > b) {
                best = Some((i, score));
            }
        }
    }
    best.map(|(i, _)| i)
}
