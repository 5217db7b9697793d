//! The backward pass of convolutions and dense layers.

use super::vector::F32x4;

/// One row of a [`weighted_sum`]: where it begins in the source, and what it is multiplied with.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// Where the row begins.
    pub start: u32,
    /// Its factor, never 0: such rows are left out.
    pub factor: f32,
}

/// Adds to `out` a sum of rows of `source`, as long as `out`, in the order of `terms`:
///
/// out\[k\] += Σₜ factorₜ · source\[startₜ + k\]
///
/// The running sums stay in registers while all terms pass; only then does the next stretch of `out`
/// follow. Twelve vectors are the most that fit beside the factor and the row.
pub fn weighted_sum(out: &mut [f32], terms: &[Term], source: &[f32]) {
    let length = out.len();
    let mut from = 0;
    while length - from >= 48 {
        stretch::<12>(out, from, terms, source);
        from += 48;
    }
    // What is left, 0 to 47 numbers, in at most three stretches.
    for_each_power_of_two(length - from, |vectors| {
        match vectors {
            8 => stretch::<8>(out, from, terms, source),
            4 => stretch::<4>(out, from, terms, source),
            2 => stretch::<2>(out, from, terms, source),
            _ => stretch::<1>(out, from, terms, source),
        }
        from += 4 * vectors;
    });
    match length - from {
        3 => tail::<3>(out, from, terms, source),
        2 => tail::<2>(out, from, terms, source),
        1 => tail::<1>(out, from, terms, source),
        _ => {}
    }
}

/// Splits the whole vectors in `numbers` into powers of two, largest first.
#[inline(always)]
fn for_each_power_of_two(numbers: usize, mut f: impl FnMut(usize)) {
    for power in [8, 4, 2, 1] {
        if (numbers / 4) & power != 0 {
            f(power);
        }
    }
}

/// `V` vectors of the sum, from `out[from]` on.
#[inline(always)]
fn stretch<const V: usize>(out: &mut [f32], from: usize, terms: &[Term], source: &[f32]) {
    let out = &mut out[from..from + 4 * V];
    let mut sums: [F32x4; V] = std::array::from_fn(|v| F32x4::load_at(out, 4 * v));
    for term in terms {
        let row = &source[term.start as usize + from..][..4 * V];
        let factor = F32x4::splat(term.factor);
        for v in 0..V {
            sums[v] = sums[v].plus_product(factor, F32x4::load_at(row, 4 * v));
        }
    }
    for (v, sum) in sums.into_iter().enumerate() {
        sum.store_at(out, 4 * v);
    }
}

/// The last `N` numbers, fewer than a vector.
#[inline(always)]
fn tail<const N: usize>(out: &mut [f32], from: usize, terms: &[Term], source: &[f32]) {
    let out = &mut out[from..from + N];
    let mut sums: [f32; N] = std::array::from_fn(|k| out[k]);
    for term in terms {
        let row = &source[term.start as usize + from..][..N];
        for k in 0..N {
            sums[k] += term.factor * row[k];
        }
    }
    out.copy_from_slice(&sums);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test(unsupported = test)]
    fn any_length_gives_the_bits_of_the_plain_loop() {
        let mut rng = Rng::new(2);
        for length in 0..=120 {
            for term_count in [0, 1, 2, 7] {
                let source: Vec<f32> = (0..length + 30).map(|_| rng.uniform_in(-1.0, 1.0)).collect();
                let start: Vec<f32> = (0..length).map(|_| rng.uniform()).collect();
                let terms: Vec<Term> = (0..term_count)
                    .map(|_| Term { start: rng.below(31), factor: rng.uniform_in(-1.0, 1.0) })
                    .collect();
                let mut expected = start.clone();
                for term in &terms {
                    for k in 0..length {
                        expected[k] += term.factor * source[term.start as usize + k];
                    }
                }
                let mut out = start;
                weighted_sum(&mut out, &terms, &source);
                assert_eq!(out, expected, "{term_count} rows of {length}");
            }
        }
    }
}
