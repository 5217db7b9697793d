//! The backward pass of convolutions and dense layers.
#![allow(unsafe_code)]

use std::array::from_fn;

use super::vector::F32x4;

/// One row, or window of rows, of a weighted sum: where it begins in the source, and what it is
/// multiplied with.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// Where it begins.
    pub start: u32,
    /// Its factor, never 0: such terms are left out.
    pub factor: f32,
}

/// How windows are laid out in the two buffers of a [`weighted_windows`]: each is `rows` runs of
/// 4 · `vectors` numbers.
#[derive(Clone, Copy, Debug)]
pub struct WindowRows {
    /// Runs in one window.
    pub rows: usize,
    /// Vectors of four numbers in one run.
    pub vectors: usize,
    /// From one run of the sum to the next.
    pub out_stride: usize,
    /// From one run of the source to the next.
    pub source_stride: usize,
}

/// Vectors whose running sums stay in registers while all terms pass: with a factor and a product
/// they fill the 16 vector registers of x86.
const MOST_VECTORS: usize = 12;

/// Adds to `out` a sum of rows of `source`, as long as `out`, in the order of `terms`:
///
/// out\[k\] += Σₜ factorₜ · source\[startₜ + k\]
pub fn weighted_sum(out: &mut [f32], terms: &[Term], source: &[f32]) {
    let whole = out.len() / 4;
    let rows = WindowRows { rows: 1, vectors: whole, out_stride: 0, source_stride: 0 };
    weighted_windows(out, terms, source, &rows);
    for (k, out) in out.iter_mut().enumerate().skip(4 * whole) {
        *out = terms.iter().fold(*out, |sum, term| sum + term.factor * source[term.start as usize + k]);
    }
}

/// Adds to the window at the start of `out` a sum of windows of `source`, in the order of `terms`:
///
/// out\[r · out_stride + k\] += Σₜ factorₜ · source\[startₜ + r · source_stride + k\], for each of
/// the `rows` rows r and the 4 · `vectors` places k
///
/// # Panics
///
/// If a window is not inside its buffer.
pub fn weighted_windows(out: &mut [f32], terms: &[Term], source: &[f32], window: &WindowRows) {
    let WindowRows { rows, vectors, out_stride, source_stride } = *window;
    if rows == 0 || vectors == 0 {
        return;
    }
    let reach = |stride: usize| (rows - 1) * stride + 4 * vectors;
    let last = terms.iter().fold(0, |last, term| last.max(term.start)) as usize;
    let inside = reach(out_stride) <= out.len() && last + reach(source_stride) <= source.len();
    assert!(inside, "a window reaches beyond its buffer");
    let (out, source) = (out.as_mut_ptr(), source.as_ptr());
    // SAFETY: the assertion has found every window inside its buffer, and each tile is a part of one.
    unsafe {
        match (rows, vectors) {
            // Small kernels on one channel: the whole window at once.
            (3, 1) => tile::<3, 1>(out, terms, source, window),
            (5, 1) => tile::<5, 1>(out, terms, source, window),
            (5, 2) => tile::<5, 2>(out, terms, source, window),
            _ => {
                for row in 0..rows {
                    let (out, source) = (out.add(row * out_stride), source.add(row * source_stride));
                    long_row(out, terms, source, window);
                }
            }
        }
    }
}

/// One row of all windows, as many vectors at a time as the registers hold.
///
/// # Safety
///
/// As [`tile`], with one row of 4 · `window.vectors` numbers.
#[inline(always)]
unsafe fn long_row(out: *mut f32, terms: &[Term], source: *const f32, window: &WindowRows) {
    let mut done = 0;
    while done < window.vectors {
        let vectors = MOST_VECTORS.min(window.vectors - done);
        // SAFETY: `done + vectors` is at most the vectors of the row.
        unsafe {
            let (out, source) = (out.add(4 * done), source.add(4 * done));
            match vectors {
                1 => tile::<1, 1>(out, terms, source, window),
                2 => tile::<1, 2>(out, terms, source, window),
                3 => tile::<1, 3>(out, terms, source, window),
                4 => tile::<1, 4>(out, terms, source, window),
                5 => tile::<1, 5>(out, terms, source, window),
                6 => tile::<1, 6>(out, terms, source, window),
                7 => tile::<1, 7>(out, terms, source, window),
                8 => tile::<1, 8>(out, terms, source, window),
                9 => tile::<1, 9>(out, terms, source, window),
                10 => tile::<1, 10>(out, terms, source, window),
                11 => tile::<1, 11>(out, terms, source, window),
                _ => tile::<1, MOST_VECTORS>(out, terms, source, window),
            }
        }
        done += vectors;
    }
}

/// `R` rows of `V` vectors: the running sums stay in registers while all terms pass.
///
/// # Safety
///
/// `out`, and `source` after the start of each term, must have `R` rows of 4 · `V` numbers at the
/// strides of `window`.
#[inline(always)]
unsafe fn tile<const R: usize, const V: usize>(
    out: *mut f32,
    terms: &[Term],
    source: *const f32,
    window: &WindowRows,
) {
    // SAFETY: what the caller vouches for.
    unsafe {
        let place = |r: usize, v: usize| out.add(r * window.out_stride + 4 * v);
        let mut sums: [[F32x4; V]; R] = from_fn(|r| from_fn(|v| F32x4::load(place(r, v))));
        for term in terms {
            let start = source.add(term.start as usize);
            let factor = F32x4::splat(term.factor);
            for (r, sums) in sums.iter_mut().enumerate() {
                for (v, sum) in sums.iter_mut().enumerate() {
                    let numbers = F32x4::load(start.add(r * window.source_stride + 4 * v));
                    *sum = sum.plus_product(factor, numbers);
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            for (v, sum) in sums.iter().enumerate() {
                sum.store(place(r, v));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn numbers(rng: &mut Rng, count: usize) -> Vec<f32> {
        (0..count).map(|_| rng.uniform_in(-1.0, 1.0)).collect()
    }

    fn terms(rng: &mut Rng, count: usize) -> Vec<Term> {
        (0..count).map(|_| Term { start: rng.below(31), factor: rng.uniform_in(-1.0, 1.0) }).collect()
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn weighted_sum_has_the_bits_of_the_plain_loop_for_rows_of_any_length() {
        let mut rng = Rng::new(2);
        for length in 0..=120 {
            for term_count in [0, 1, 2, 7] {
                let source = numbers(&mut rng, length + 30);
                let mut out = numbers(&mut rng, length);
                let terms = terms(&mut rng, term_count);
                let mut expected = out.clone();
                for term in &terms {
                    for k in 0..length {
                        expected[k] += term.factor * source[term.start as usize + k];
                    }
                }
                weighted_sum(&mut out, &terms, &source);
                assert_eq!(out, expected, "{term_count} rows of {length}");
            }
        }
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn weighted_windows_has_the_bits_of_the_plain_loop_and_leaves_what_is_between_the_rows() {
        let mut rng = Rng::new(3);
        for rows in 0..=7 {
            for vectors in 0..=26 {
                let run = 4 * vectors;
                let window = WindowRows { rows, vectors, out_stride: run + 3, source_stride: run + 1 };
                let source = numbers(&mut rng, rows * window.source_stride + 30);
                let mut out = numbers(&mut rng, rows * window.out_stride);
                let terms = terms(&mut rng, 3);
                let mut expected = out.clone();
                for term in &terms {
                    for row in 0..rows {
                        for k in 0..run {
                            expected[row * window.out_stride + k] +=
                                term.factor * source[term.start as usize + row * window.source_stride + k];
                        }
                    }
                }
                weighted_windows(&mut out, &terms, &source, &window);
                assert_eq!(out, expected, "{rows} rows of {vectors} vectors");
            }
        }
    }

    #[test]
    #[should_panic(expected = "a window reaches beyond its buffer")]
    fn a_window_that_reaches_beyond_the_source_is_refused() {
        let window = WindowRows { rows: 2, vectors: 1, out_stride: 4, source_stride: 4 };
        weighted_windows(&mut [0.0; 8], &[Term { start: 1, factor: 1.0 }], &[0.0; 8], &window);
    }
}
