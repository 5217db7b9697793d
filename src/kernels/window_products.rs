//! The forward pass of convolutions and dense layers.

use super::vector::F32x4;

/// Outputs computed together: two vectors, so that each input number that is loaded meets both.
const PANEL: usize = 8;

/// Windows computed together. 4 windows × 2 vectors are 8 running sums; with the weights and the
/// input numbers they still fit the 16 vector registers of x86.
const TILE: usize = 4;

/// How one window lies in the input: `rows` runs of `run` neighbouring numbers, `row_stride` apart.
#[derive(Clone, Copy, Debug)]
pub struct Windows {
    /// Runs in one window: the kernel's height, 1 for a dense layer.
    pub rows: usize,
    /// Numbers in one run: the kernel's width × channels, or all inputs of a dense layer.
    pub run: usize,
    /// From the start of one run to the start of the next.
    pub row_stride: usize,
}

/// Filters in the order in which [`window_products`] reads them: `[panel][tap][8]`, the last panel
/// filled up with zeros.
#[derive(Clone, Debug)]
pub struct PackedFilters {
    count: usize,
    taps: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl PackedFilters {
    /// Room for `count` filters of `taps` weights.
    pub fn new(count: usize, taps: usize) -> Self {
        let panels = count.div_ceil(PANEL);
        Self { count, taps, weights: vec![0.0; panels * taps * PANEL], bias: vec![0.0; panels * PANEL] }
    }

    /// Takes over `weights` `[filter][tap]` and `bias` `[filter]`.
    pub fn pack(&mut self, weights: &[f32], bias: &[f32]) {
        for (filter, row) in weights.chunks_exact(self.taps).enumerate() {
            let start = filter / PANEL * self.taps * PANEL + filter % PANEL;
            for (to, &weight) in self.weights[start..].iter_mut().step_by(PANEL).zip(row) {
                *to = weight;
            }
        }
        self.bias[..self.count].copy_from_slice(bias);
    }
}

/// Multiplies every window of `x` with every filter:
///
/// out\[w\]\[f\] = bias\[f\] + Σᵣ Σₖ x\[starts\[w\] + r · row_stride + k\] · filter\[f\]\[r · run + k\]
///
/// - `out`: `[window][filter]`
/// - `starts`: where each window's first run begins in `x`
pub fn window_products(
    out: &mut [f32],
    x: &[f32],
    starts: &[u32],
    windows: &Windows,
    filters: &PackedFilters,
) {
    assert_eq!(out.len(), starts.len() * filters.count);
    assert_eq!(filters.taps, windows.rows * windows.run);
    for (panel, weights) in filters.weights.chunks_exact(filters.taps * PANEL).enumerate() {
        let bias = &filters.bias[panel * PANEL..][..PANEL];
        let first = panel * PANEL;
        let mut tiles = starts.chunks_exact(TILE);
        let mut window = 0;
        for tile in tiles.by_ref() {
            let sums = products::<TILE>(x, tile, windows, weights, bias);
            put(&mut out[window * filters.count..], filters.count, first, &sums);
            window += TILE;
        }
        for start in tiles.remainder() {
            let sums = products::<1>(x, &[*start], windows, weights, bias);
            put(&mut out[window * filters.count..], filters.count, first, &sums);
            window += 1;
        }
    }
}

/// The products of `W` windows with one panel of filters.
#[inline(always)]
fn products<const W: usize>(
    x: &[f32],
    starts: &[u32],
    windows: &Windows,
    weights: &[f32],
    bias: &[f32],
) -> [[F32x4; 2]; W] {
    let mut sums = [[F32x4::load_at(bias, 0), F32x4::load_at(bias, 4)]; W];
    for (row, weights) in weights.chunks_exact(windows.run * PANEL).enumerate() {
        let runs: [&[f32]; W] =
            std::array::from_fn(|w| &x[starts[w] as usize + row * windows.row_stride..][..windows.run]);
        for (k, taps) in weights.chunks_exact(PANEL).enumerate() {
            let (low, high) = (F32x4::load_at(taps, 0), F32x4::load_at(taps, 4));
            for w in 0..W {
                let number = F32x4::splat(runs[w][k]);
                sums[w][0] = sums[w][0].plus_product(number, low);
                sums[w][1] = sums[w][1].plus_product(number, high);
            }
        }
    }
    sums
}

/// Writes a tile to `out` `[window][count]`, from filter `first` on, without the panel's filling.
#[inline(always)]
fn put<const W: usize>(out: &mut [f32], count: usize, first: usize, sums: &[[F32x4; 2]; W]) {
    let wanted = PANEL.min(count - first);
    for (window, [low, high]) in sums.iter().enumerate() {
        let row = &mut out[window * count + first..][..wanted];
        if wanted == PANEL {
            low.store_at(row, 0);
            high.store_at(row, 4);
        } else {
            let mut panel = [0.0; PANEL];
            low.store_at(&mut panel, 0);
            high.store_at(&mut panel, 4);
            row.copy_from_slice(&panel[..wanted]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn numbers(count: usize, rng: &mut Rng) -> Vec<f32> {
        (0..count).map(|_| rng.uniform_in(-1.0, 1.0)).collect()
    }

    /// The definition, word for word.
    fn plain(x: &[f32], starts: &[u32], windows: &Windows, weights: &[f32], bias: &[f32]) -> Vec<f32> {
        let taps = windows.rows * windows.run;
        let mut out = Vec::new();
        for &start in starts {
            for (filter, &bias) in weights.chunks_exact(taps).zip(bias) {
                let mut sum = bias;
                for row in 0..windows.rows {
                    for k in 0..windows.run {
                        sum +=
                            x[start as usize + row * windows.row_stride + k] * filter[row * windows.run + k];
                    }
                }
                out.push(sum);
            }
        }
        out
    }

    #[wasm_bindgen_test(unsupported = test)]
    fn any_number_of_windows_and_filters_gives_the_bits_of_the_plain_loop() {
        let mut rng = Rng::new(1);
        for window_count in 0..=9 {
            for filter_count in [1, 2, 3, 7, 8, 9, 15, 16, 17] {
                for (rows, run) in [(1, 1), (1, 13), (3, 3), (5, 5), (2, 24)] {
                    let windows = Windows { rows, run, row_stride: run + 7 };
                    let x = numbers(rows * windows.row_stride + 40, &mut rng);
                    let starts: Vec<u32> = (0..window_count).map(|_| rng.below(33)).collect();
                    let weights = numbers(filter_count * rows * run, &mut rng);
                    let bias = numbers(filter_count, &mut rng);
                    let mut filters = PackedFilters::new(filter_count, rows * run);
                    filters.pack(&weights, &bias);
                    let mut out = vec![f32::NAN; window_count * filter_count];
                    window_products(&mut out, &x, &starts, &windows, &filters);
                    assert_eq!(
                        out,
                        plain(&x, &starts, &windows, &weights, &bias),
                        "{window_count} windows of {rows}×{run}, {filter_count} filters"
                    );
                }
            }
        }
    }
}
