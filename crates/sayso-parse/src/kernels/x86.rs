//! The kernels with AVX2 and AVX-512. The only unsafe code of the crate, for two reasons: loads and stores through
//! pointers, whose bounds each function checks once before its loops, and calls of functions compiled for
//! instructions that the machine must have, which `Panels` and `Upper` make certain when they are built.
#![expect(
    unsafe_code,
    reason = "vector loads and stores, calls behind run-time detection"
)]

use std::arch::x86_64::*;

use super::HIDDEN;

macro_rules! kernels {
    ($features:literal, $lanes:literal, $vec:ty, $load:ident, $store:ident, $splat:ident, $fma:ident, $max:ident,
     $maxout:ident, $maxout_tile:ident, $maxout_rows:literal, $affine:ident, $affine_tile:ident, $affine_rows:literal,
     $maxout_inner:ident, $affine_inner:ident) => {
        /// One panel of a maxout layer over all rows.
        #[expect(clippy::too_many_arguments, reason = "a kernel over raw rows")]
        pub(super) fn $maxout(
            x: &[f32],
            stride: usize,
            inputs: usize,
            rows: usize,
            w: &[f32],
            b: &[f32],
            out: &mut [f32],
            out_stride: usize,
        ) {
            assert!(rows == 0 || x.len() >= (rows - 1) * stride + inputs);
            assert!(rows == 0 || out.len() >= (rows - 1) * out_stride + $lanes);
            assert!(w.len() >= inputs * 3 * $lanes && b.len() >= 3 * $lanes);
            // SAFETY: the level's instructions are there (see the module's head); the pointers stay within the
            // slices by the assertions above.
            unsafe {
                $maxout_inner(
                    x.as_ptr(),
                    stride,
                    inputs,
                    rows,
                    w.as_ptr(),
                    b.as_ptr(),
                    out.as_mut_ptr(),
                    out_stride,
                )
            }
        }

        #[expect(clippy::too_many_arguments, reason = "a kernel over raw rows")]
        #[target_feature(enable = $features)]
        unsafe fn $maxout_inner(
            x: *const f32,
            stride: usize,
            inputs: usize,
            rows: usize,
            w: *const f32,
            b: *const f32,
            out: *mut f32,
            out_stride: usize,
        ) {
            let mut r = 0;
            // SAFETY: rows r.. are within x and out, by the caller's contract.
            unsafe {
                while r + $maxout_rows <= rows {
                    $maxout_tile::<$maxout_rows>(
                        x.add(r * stride),
                        stride,
                        inputs,
                        w,
                        b,
                        out.add(r * out_stride),
                        out_stride,
                    );
                    r += $maxout_rows;
                }
                while r < rows {
                    $maxout_tile::<1>(
                        x.add(r * stride),
                        stride,
                        inputs,
                        w,
                        b,
                        out.add(r * out_stride),
                        out_stride,
                    );
                    r += 1;
                }
            }
        }

        /// R rows times three pieces in registers.
        #[inline]
        #[target_feature(enable = $features)]
        unsafe fn $maxout_tile<const R: usize>(
            x: *const f32,
            stride: usize,
            inputs: usize,
            w: *const f32,
            b: *const f32,
            out: *mut f32,
            out_stride: usize,
        ) {
            // SAFETY: the caller gives R rows of x and out and a whole panel of w and b.
            unsafe {
                let bias = [$load(b), $load(b.add($lanes)), $load(b.add(2 * $lanes))];
                let mut acc: [[$vec; 3]; R] = [bias; R];
                for k in 0..inputs {
                    let wk = w.add(k * 3 * $lanes);
                    let (w0, w1, w2) =
                        ($load(wk), $load(wk.add($lanes)), $load(wk.add(2 * $lanes)));
                    for r in 0..R {
                        let v = $splat(*x.add(r * stride + k));
                        acc[r][0] = $fma(w0, v, acc[r][0]);
                        acc[r][1] = $fma(w1, v, acc[r][1]);
                        acc[r][2] = $fma(w2, v, acc[r][2]);
                    }
                }
                for (r, a) in acc.iter().enumerate() {
                    $store(out.add(r * out_stride), $max($max(a[0], a[1]), a[2]));
                }
            }
        }

        /// One panel of a plain layer over all rows.
        #[expect(clippy::too_many_arguments, reason = "a kernel over raw rows")]
        pub(super) fn $affine(
            x: &[f32],
            stride: usize,
            inputs: usize,
            rows: usize,
            w: &[f32],
            b: &[f32],
            out: &mut [f32],
            out_stride: usize,
        ) {
            assert!(rows == 0 || x.len() >= (rows - 1) * stride + inputs);
            assert!(rows == 0 || out.len() >= (rows - 1) * out_stride + 2 * $lanes);
            assert!(w.len() >= inputs * 2 * $lanes && b.len() >= 2 * $lanes);
            // SAFETY: as for the maxout kernel.
            unsafe {
                $affine_inner(
                    x.as_ptr(),
                    stride,
                    inputs,
                    rows,
                    w.as_ptr(),
                    b.as_ptr(),
                    out.as_mut_ptr(),
                    out_stride,
                )
            }
        }

        #[expect(clippy::too_many_arguments, reason = "a kernel over raw rows")]
        #[target_feature(enable = $features)]
        unsafe fn $affine_inner(
            x: *const f32,
            stride: usize,
            inputs: usize,
            rows: usize,
            w: *const f32,
            b: *const f32,
            out: *mut f32,
            out_stride: usize,
        ) {
            let mut r = 0;
            // SAFETY: rows r.. are within x and out, by the caller's contract.
            unsafe {
                while r + $affine_rows <= rows {
                    $affine_tile::<$affine_rows>(
                        x.add(r * stride),
                        stride,
                        inputs,
                        w,
                        b,
                        out.add(r * out_stride),
                        out_stride,
                    );
                    r += $affine_rows;
                }
                while r < rows {
                    $affine_tile::<1>(
                        x.add(r * stride),
                        stride,
                        inputs,
                        w,
                        b,
                        out.add(r * out_stride),
                        out_stride,
                    );
                    r += 1;
                }
            }
        }

        /// R rows times two vectors of outputs in registers.
        #[inline]
        #[target_feature(enable = $features)]
        unsafe fn $affine_tile<const R: usize>(
            x: *const f32,
            stride: usize,
            inputs: usize,
            w: *const f32,
            b: *const f32,
            out: *mut f32,
            out_stride: usize,
        ) {
            // SAFETY: the caller gives R rows of x and out and a whole panel of w and b.
            unsafe {
                let mut acc: [[$vec; 2]; R] = [[$load(b), $load(b.add($lanes))]; R];
                for k in 0..inputs {
                    let wk = w.add(k * 2 * $lanes);
                    let (w0, w1) = ($load(wk), $load(wk.add($lanes)));
                    for r in 0..R {
                        let v = $splat(*x.add(r * stride + k));
                        acc[r][0] = $fma(w0, v, acc[r][0]);
                        acc[r][1] = $fma(w1, v, acc[r][1]);
                    }
                }
                for (r, a) in acc.iter().enumerate() {
                    $store(out.add(r * out_stride), a[0]);
                    $store(out.add(r * out_stride + $lanes), a[1]);
                }
            }
        }
    };
}

kernels!(
    "avx2,fma",
    8,
    __m256,
    _mm256_loadu_ps,
    _mm256_storeu_ps,
    _mm256_set1_ps,
    _mm256_fmadd_ps,
    _mm256_max_ps,
    maxout_avx2,
    maxout_tile_avx2,
    3,
    affine_avx2,
    affine_tile_avx2,
    6,
    maxout_inner_avx2,
    affine_inner_avx2
);
kernels!(
    "avx512f,avx2,fma",
    16,
    __m512,
    _mm512_loadu_ps,
    _mm512_storeu_ps,
    _mm512_set1_ps,
    _mm512_fmadd_ps,
    _mm512_max_ps,
    maxout_avx512,
    maxout_tile_avx512,
    8,
    affine_avx512,
    affine_tile_avx512,
    8,
    maxout_inner_avx512,
    affine_inner_avx512
);

/// Scores of a state. AVX2 for both levels: a step is too small to gain from wider vectors.
pub(super) fn upper(state: &[f32; 2 * HIDDEN], weights: &[f32], bias: &[f32], scores: &mut [f32]) {
    assert!(scores.len().is_multiple_of(16) && bias.len() == scores.len());
    assert!(weights.len() == scores.len() * HIDDEN);
    // SAFETY: AVX2 and FMA are there for every level but the portable one; lengths are checked above.
    unsafe {
        upper_inner(
            state,
            weights.as_ptr(),
            bias.as_ptr(),
            scores.as_mut_ptr(),
            scores.len(),
        )
    }
}

#[target_feature(enable = "avx2,fma")]
unsafe fn upper_inner(
    state: &[f32; 2 * HIDDEN],
    w: *const f32,
    b: *const f32,
    scores: *mut f32,
    classes: usize,
) {
    let mut hidden = [0.0f32; HIDDEN];
    let (lo, hi) = state.split_at(HIDDEN);
    for (h, (&a, &b)) in hidden.iter_mut().zip(lo.iter().zip(hi)) {
        *h = if b > a { b } else { a };
    }
    // SAFETY: `classes` is a multiple of 16 and all three arrays have that many columns, by the caller's checks.
    unsafe {
        let mut c = 0;
        while c < classes {
            let step = (classes - c).min(64);
            if step == 64 {
                columns::<8>(&hidden, w.add(c), b.add(c), scores.add(c), classes);
            } else if step == 48 {
                columns::<6>(&hidden, w.add(c), b.add(c), scores.add(c), classes);
            } else if step == 32 {
                columns::<4>(&hidden, w.add(c), b.add(c), scores.add(c), classes);
            } else {
                columns::<2>(&hidden, w.add(c), b.add(c), scores.add(c), classes);
            }
            c += step;
        }
    }
}

/// N vectors of scores in registers over all hidden units.
#[inline]
#[target_feature(enable = "avx2,fma")]
unsafe fn columns<const N: usize>(
    hidden: &[f32; HIDDEN],
    w: *const f32,
    b: *const f32,
    scores: *mut f32,
    classes: usize,
) {
    // SAFETY: the caller gives N whole vectors in every row of `classes` columns.
    unsafe {
        let mut acc = [_mm256_setzero_ps(); N];
        for (i, a) in acc.iter_mut().enumerate() {
            *a = _mm256_loadu_ps(b.add(i * 8));
        }
        for (k, &h) in hidden.iter().enumerate() {
            let h = _mm256_set1_ps(h);
            for (i, a) in acc.iter_mut().enumerate() {
                *a = _mm256_fmadd_ps(_mm256_loadu_ps(w.add(k * classes + i * 8)), h, *a);
            }
        }
        for (i, a) in acc.iter().enumerate() {
            _mm256_storeu_ps(scores.add(i * 8), *a);
        }
    }
}
