//! The kernels without vector instructions by hand. The compiler makes what it can of the loops over eight lanes.

use super::HIDDEN;

/// `a · b + c`, fused where the machine can: a fused operation without the instruction would be a slow call.
#[inline(always)]
fn mul_add(a: f32, b: f32, c: f32) -> f32 {
    if cfg!(any(target_arch = "aarch64", target_feature = "fma")) {
        a.mul_add(b, c)
    } else {
        a * b + c
    }
}

#[expect(clippy::too_many_arguments, reason = "a kernel over raw rows")]
pub(super) fn maxout(
    x: &[f32],
    stride: usize,
    inputs: usize,
    rows: usize,
    w: &[f32],
    b: &[f32],
    out: &mut [f32],
    out_stride: usize,
) {
    for r in 0..rows {
        let row = &x[r * stride..r * stride + inputs];
        let mut acc = [0.0f32; 24];
        acc.copy_from_slice(&b[..24]);
        for (w, &x) in w.chunks_exact(24).zip(row) {
            for (a, &w) in acc.iter_mut().zip(w) {
                *a = mul_add(w, x, *a);
            }
        }
        let out = &mut out[r * out_stride..r * out_stride + 8];
        for (i, o) in out.iter_mut().enumerate() {
            *o = acc[i].max(acc[8 + i]).max(acc[16 + i]);
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "a kernel over raw rows")]
pub(super) fn affine(
    x: &[f32],
    stride: usize,
    inputs: usize,
    rows: usize,
    w: &[f32],
    b: &[f32],
    out: &mut [f32],
    out_stride: usize,
) {
    for r in 0..rows {
        let row = &x[r * stride..r * stride + inputs];
        let mut acc = [0.0f32; 16];
        acc.copy_from_slice(&b[..16]);
        for (w, &x) in w.chunks_exact(16).zip(row) {
            for (a, &w) in acc.iter_mut().zip(w) {
                *a = mul_add(w, x, *a);
            }
        }
        out[r * out_stride..r * out_stride + 16].copy_from_slice(&acc);
    }
}

pub(super) fn upper(state: &[f32; 2 * HIDDEN], weights: &[f32], bias: &[f32], scores: &mut [f32]) {
    let (a, b) = state.split_at(HIDDEN);
    scores.copy_from_slice(bias);
    let rows = weights.chunks_exact(scores.len());
    for (row, (&a, &b)) in rows.zip(a.iter().zip(b)) {
        let h = a.max(b);
        for (s, &w) in scores.iter_mut().zip(row) {
            *s = mul_add(w, h, *s);
        }
    }
}
