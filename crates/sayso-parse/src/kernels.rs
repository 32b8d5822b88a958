//! The arithmetic: products of rows with packed weights, layer normalisation, one step of a transition scorer.
//!
//! Every product sums over its inputs in one fixed order, from the bias on, one chain for each output. The two
//! paths with vector instructions and the portable path on machines with a fused multiply-add (aarch64) therefore
//! give the same scores to the last bit. Without a fused multiply-add (x86-64 of before 2013) the last bits differ;
//! labels have not been seen to.

mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;

/// Width of token vectors.
pub(crate) const WIDTH: usize = 96;
/// Width of the transition scorers' hidden layer.
pub(crate) const HIDDEN: usize = 64;

/// Which instructions are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// No vector instructions by hand: any machine.
    Portable,
    /// AVX2 with fused multiply-add (x86-64).
    Avx2,
    /// AVX-512 (x86-64).
    Avx512,
}

impl Level {
    /// The best this machine has.
    pub fn detect() -> Level {
        if Level::Avx512.available() {
            Level::Avx512
        } else if Level::Avx2.available() {
            Level::Avx2
        } else {
            Level::Portable
        }
    }

    /// Whether this machine has the instructions.
    pub fn available(self) -> bool {
        match self {
            Level::Portable => true,
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma"),
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("fma")
            }
            #[cfg(not(target_arch = "x86_64"))]
            _ => false,
        }
    }

    /// Floats in a vector.
    fn lanes(self) -> usize {
        if self == Level::Avx512 { 16 } else { 8 }
    }
}

/// Weights packed for one level: panels of `vectors` × lanes outputs, in a panel input by input.
pub(crate) struct Panels {
    level: Level,
    /// Inputs.
    pub(crate) inputs: usize,
    /// Floats of one panel for one input.
    panel: usize,
    /// Outputs with the padding of the last panel.
    pub(crate) outputs: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Panels {
    /// Packs a layer of `outputs` × 3 pieces of which the largest counts. `weight(output, piece, input)`.
    /// Outputs must be a multiple of 16.
    pub(crate) fn maxout(
        level: Level,
        outputs: usize,
        inputs: usize,
        weight: impl Fn(usize, usize, usize) -> f32,
        bias: impl Fn(usize, usize) -> f32,
    ) -> Panels {
        assert!(level.available());
        let lanes = level.lanes();
        let mut w = Vec::with_capacity(outputs * 3 * inputs);
        let mut b = Vec::with_capacity(outputs * 3);
        for first in (0..outputs).step_by(lanes) {
            for piece in 0..3 {
                b.extend((first..first + lanes).map(|o| bias(o, piece)));
            }
            for input in 0..inputs {
                for piece in 0..3 {
                    w.extend((first..first + lanes).map(|o| weight(o, piece, input)));
                }
            }
        }
        Panels {
            level,
            inputs,
            panel: lanes * 3,
            outputs,
            weights: w,
            bias: b,
        }
    }

    /// Packs a plain layer; outputs are padded with zeros to whole panels.
    pub(crate) fn affine(
        level: Level,
        outputs: usize,
        inputs: usize,
        weight: impl Fn(usize, usize) -> f32,
        bias: impl Fn(usize) -> f32,
    ) -> Panels {
        assert!(level.available());
        let panel = level.lanes() * 2;
        let padded = outputs.next_multiple_of(panel);
        let or_zero = |o: usize, f: &dyn Fn(usize) -> f32| if o < outputs { f(o) } else { 0.0 };
        let mut w = Vec::with_capacity(padded * inputs);
        for first in (0..padded).step_by(panel) {
            for input in 0..inputs {
                w.extend((first..first + panel).map(|o| or_zero(o, &|o| weight(o, input))));
            }
        }
        Panels {
            level,
            inputs,
            panel,
            outputs: padded,
            weights: w,
            bias: (0..padded).map(|o| or_zero(o, &bias)).collect(),
        }
    }

    /// Checks what the kernels rely on: that the rows lie in `x` and their outputs in `out`.
    fn check(&self, x: &[f32], stride: usize, rows: usize, out: &[f32]) {
        assert!(rows == 0 || x.len() >= (rows - 1) * stride + self.inputs);
        assert!(out.len() >= rows * self.outputs);
        assert!(self.outputs * self.weights.len() > 0);
    }

    /// `out[r][o] = max over pieces of (bias + weights · x[r])`; row r begins at `r * stride` and rows may overlap.
    pub(crate) fn run_maxout(&self, x: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        self.check(x, stride, rows, out);
        let panels = self
            .weights
            .chunks_exact(self.panel * self.inputs)
            .zip(self.bias.chunks_exact(self.panel));
        for (p, (w, b)) in panels.enumerate() {
            let at = p * self.level.lanes();
            match self.level {
                Level::Portable => {
                    portable::maxout(
                        x,
                        stride,
                        self.inputs,
                        rows,
                        w,
                        b,
                        &mut out[at..],
                        self.outputs,
                    );
                }
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 => x86::maxout_avx2(
                    x,
                    stride,
                    self.inputs,
                    rows,
                    w,
                    b,
                    &mut out[at..],
                    self.outputs,
                ),
                #[cfg(target_arch = "x86_64")]
                Level::Avx512 => x86::maxout_avx512(
                    x,
                    stride,
                    self.inputs,
                    rows,
                    w,
                    b,
                    &mut out[at..],
                    self.outputs,
                ),
                #[cfg(not(target_arch = "x86_64"))]
                _ => portable::maxout(
                    x,
                    stride,
                    self.inputs,
                    rows,
                    w,
                    b,
                    &mut out[at..],
                    self.outputs,
                ),
            }
        }
    }

    /// `out[r][o] = bias + weights · x[r]`.
    pub(crate) fn run_affine(&self, x: &[f32], stride: usize, rows: usize, out: &mut [f32]) {
        self.check(x, stride, rows, out);
        let panels = self
            .weights
            .chunks_exact(self.panel * self.inputs)
            .zip(self.bias.chunks_exact(self.panel));
        for (p, (w, b)) in panels.enumerate() {
            let at = p * self.panel;
            match self.level {
                Level::Portable => {
                    portable::affine(
                        x,
                        stride,
                        self.inputs,
                        rows,
                        w,
                        b,
                        &mut out[at..],
                        self.outputs,
                    );
                }
                #[cfg(target_arch = "x86_64")]
                Level::Avx2 => x86::affine_avx2(
                    x,
                    stride,
                    self.inputs,
                    rows,
                    w,
                    b,
                    &mut out[at..],
                    self.outputs,
                ),
                #[cfg(target_arch = "x86_64")]
                Level::Avx512 => x86::affine_avx512(
                    x,
                    stride,
                    self.inputs,
                    rows,
                    w,
                    b,
                    &mut out[at..],
                    self.outputs,
                ),
                #[cfg(not(target_arch = "x86_64"))]
                _ => portable::affine(
                    x,
                    stride,
                    self.inputs,
                    rows,
                    w,
                    b,
                    &mut out[at..],
                    self.outputs,
                ),
            }
        }
    }
}

/// Gain and bias of a layer normalisation.
pub(crate) struct Norm {
    pub(crate) gain: [f32; WIDTH],
    pub(crate) bias: [f32; WIDTH],
}

impl Norm {
    /// `out = (x − mean) / sqrt(variance + 1e-8) · gain + bias`, with the variance of the population (thinc's
    /// `LayerNorm`); added to what is in `out` if `add`.
    pub(crate) fn run(&self, x: &[f32], out: &mut [f32], add: bool) {
        for (x, out) in x.chunks_exact(WIDTH).zip(out.chunks_exact_mut(WIDTH)) {
            let mean = sum(x, |v| v) / WIDTH as f32;
            let var = sum(x, |v| (v - mean) * (v - mean)) / WIDTH as f32;
            let scale = 1.0 / (var + 1e-8).sqrt();
            let params = self.gain.iter().zip(&self.bias);
            for ((o, &v), (&g, &b)) in out.iter_mut().zip(x).zip(params) {
                let y = (v - mean) * scale * g + b;
                *o = if add { *o + y } else { y };
            }
        }
    }
}

/// A sum over eight lanes, then over the lanes: one order on every machine.
fn sum(x: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; 8];
    for chunk in x.chunks_exact(8) {
        for (lane, &v) in lanes.iter_mut().zip(chunk) {
            *lane += f(v);
        }
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

/// The last layer of a transition scorer: weights by input, classes padded to a multiple of 16.
pub(crate) struct Upper {
    level: Level,
    pub(crate) padded: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Upper {
    pub(crate) fn new(
        level: Level,
        classes: usize,
        weight: impl Fn(usize, usize) -> f32,
        bias: impl Fn(usize) -> f32,
    ) -> Upper {
        assert!(level.available());
        let padded = classes.next_multiple_of(16);
        let mut weights = vec![0.0; padded * HIDDEN];
        for (k, row) in weights.chunks_exact_mut(padded).enumerate() {
            for (c, w) in row.iter_mut().enumerate().take(classes) {
                *w = weight(c, k);
            }
        }
        Upper {
            level,
            padded,
            weights,
            bias: (0..padded)
                .map(|c| if c < classes { bias(c) } else { 0.0 })
                .collect(),
        }
    }

    /// Scores of all classes from a state's sum: the larger of the two halves of `state`, times the weights.
    pub(crate) fn run(&self, state: &[f32; 2 * HIDDEN], scores: &mut [f32]) {
        assert!(scores.len() == self.padded);
        match self.level {
            Level::Portable => portable::upper(state, &self.weights, &self.bias, scores),
            #[cfg(target_arch = "x86_64")]
            _ => x86::upper(state, &self.weights, &self.bias, scores),
            #[cfg(not(target_arch = "x86_64"))]
            _ => portable::upper(state, &self.weights, &self.bias, scores),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers with many bits, always the same.
    fn noise(n: usize, seed: u64) -> Vec<f32> {
        let mut s = seed;
        (0..n)
            .map(|_| {
                s = s
                    .wrapping_mul(6364136223846793005)
                    .wrapping_add(1442695040888963407);
                ((s >> 40) as f32 / (1u64 << 23) as f32 - 1.0) * 0.7
            })
            .collect()
    }

    fn levels() -> Vec<Level> {
        [Level::Portable, Level::Avx2, Level::Avx512]
            .into_iter()
            .filter(|l| l.available())
            .collect()
    }

    /// The products in plain loops and double precision.
    fn slow(x: &[f32], w: &[f32], b: f32) -> f64 {
        x.iter()
            .zip(w)
            .fold(f64::from(b), |s, (x, w)| s + f64::from(*x) * f64::from(*w))
    }

    #[test]
    fn kernels_agree_with_plain_loops_and_with_each_other() {
        let (outs, ins, stride) = (WIDTH, 288, 96);
        let w = noise(outs * 3 * ins, 1);
        let b = noise(outs * 3, 2);
        for rows in [1, 2, 3, 4, 7, 11, 25] {
            let x = noise((rows + 2) * 96, 3);
            let mut fused: Option<Vec<f32>> = None;
            for level in levels() {
                let panels = Panels::maxout(
                    level,
                    outs,
                    ins,
                    |o, p, k| w[(o * 3 + p) * ins + k],
                    |o, p| b[o * 3 + p],
                );
                let mut out = vec![0.0; rows * outs];
                panels.run_maxout(&x, stride, rows, &mut out);
                for r in 0..rows {
                    for o in 0..outs {
                        let row = &x[r * stride..r * stride + ins];
                        let best = (0..3)
                            .map(|p| slow(row, &w[(o * 3 + p) * ins..][..ins], b[o * 3 + p]))
                            .fold(f64::MIN, f64::max);
                        assert!((best - f64::from(out[r * outs + o])).abs() < 1e-4);
                    }
                }
                if level != Level::Portable || cfg!(target_arch = "aarch64") {
                    assert_eq!(*fused.get_or_insert(out.clone()), out, "{level:?}");
                }
            }
        }
    }

    #[test]
    fn affine_and_upper_agree_too() {
        let (outs, ins) = (50, 96);
        let w = noise(106 * ins, 4);
        let b = noise(106, 5);
        for rows in [1, 5, 6, 13] {
            let x = noise(rows * ins, 6);
            for level in levels() {
                let panels = Panels::affine(level, outs, ins, |o, k| w[o * ins + k], |o| b[o]);
                let mut out = vec![0.0; rows * panels.outputs];
                panels.run_affine(&x, ins, rows, &mut out);
                for r in 0..rows {
                    for o in 0..outs {
                        let exact = slow(&x[r * ins..][..ins], &w[o * ins..][..ins], b[o]);
                        assert!((exact - f64::from(out[r * panels.outputs + o])).abs() < 1e-4);
                    }
                }
            }
        }
        let state: [f32; 128] = noise(128, 7).try_into().unwrap();
        let hidden: Vec<f32> = (0..64).map(|i| state[i].max(state[64 + i])).collect();
        for level in levels() {
            let upper = Upper::new(level, 106, |c, k| w[c * 64 + k], |c| b[c]);
            let mut scores = vec![0.0; upper.padded];
            upper.run(&state, &mut scores);
            for c in 0..106 {
                assert!(
                    (slow(&hidden, &w[c * 64..][..64], b[c]) - f64::from(scores[c])).abs() < 1e-4
                );
            }
        }
    }
}
