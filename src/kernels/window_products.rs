//! The forward pass of convolutions and dense layers, together with the ReLU and the max pooling
//! that follow them.
#![allow(unsafe_code)]

use std::array::from_fn;

use super::vector::F32x4;

/// Outputs computed together: two vectors, so that each input number that is loaded meets both.
const PANEL: usize = 8;

/// Windows computed together. 4 windows × 2 vectors are 8 running sums; with the weights and the
/// input numbers they still fit the 16 vector registers of x86.
const TILE: usize = 4;

/// The running sums of a tile: for each window, one panel of filters.
type Sums<const W: usize> = [[F32x4; 2]; W];

/// How one window is laid out in the input: `rows` runs of `run` neighbouring numbers, `row_stride` apart.
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
///
/// # Panics
///
/// If the buffers do not fit each other, or a window reaches beyond `x`.
pub fn window_products(
    out: &mut [f32],
    x: &[f32],
    starts: &[u32],
    windows: &Windows,
    filters: &PackedFilters,
) {
    assert_eq!(out.len(), starts.len() * filters.count);
    for_each_panel(x, starts, windows, filters, |panel| {
        let mut rows = out.chunks_exact_mut(filters.count);
        let mut put = |sums: &[F32x4; 2]| panel.put(rows.next().expect("a row for each window"), sums);
        let mut tiles = starts.chunks_exact(TILE);
        for tile in tiles.by_ref() {
            panel.products::<TILE>(tile).iter().for_each(&mut put);
        }
        for start in tiles.remainder() {
            panel.products::<1>(std::slice::from_ref(start)).iter().for_each(&mut put);
        }
    });
}

/// What pooling does to the products of [`pooled_products`].
#[derive(Clone, Copy, Debug)]
pub struct Pooling {
    /// Windows in one cell, of which the largest product stays.
    pub area: usize,
    /// Whether what stays is put through ReLU.
    pub relu: bool,
}

/// As [`window_products`], but of each cell of `pooling.area` windows only the largest product is
/// kept: a convolution, a max pool and a ReLU in one, and the maps between them are never written.
///
/// - `out`: `[cell][filter]`
/// - `argmax`: `[cell][filter]`, which window of its cell the largest product came from, counted
///   from 0. The first one wins a tie. If one is NaN, so is the result, and no window has won.
/// - `starts`: `[cell][window]`
///
/// # Panics
///
/// As [`window_products`].
pub fn pooled_products(
    out: &mut [f32],
    argmax: &mut [f32],
    x: &[f32],
    starts: &[u32],
    windows: &Windows,
    filters: &PackedFilters,
    pooling: Pooling,
) {
    let cells = starts.len() / pooling.area;
    assert!(out.len() == cells * filters.count && argmax.len() == out.len());
    for_each_panel(x, starts, windows, filters, |panel| {
        let rows = out.chunks_exact_mut(filters.count).zip(argmax.chunks_exact_mut(filters.count));
        for ((out, argmax), cell) in rows.zip(starts.chunks_exact(pooling.area)) {
            let mut largest = panel.largest(cell);
            if pooling.relu {
                largest.value = largest.value.map(|value| value.max(F32x4::splat(0.0)));
            }
            panel.put(out, &largest.value);
            panel.put(argmax, &largest.window);
        }
    });
}

/// The largest products of several windows, and which windows they came from.
struct Largest {
    value: [F32x4; 2],
    window: [F32x4; 2],
}

impl Largest {
    /// Of four windows: the largest of two pairs meet. The first wins a tie.
    #[inline(always)]
    fn of_four([a, b, c, d]: &Sums<4>) -> Self {
        let (one, two) = (F32x4::splat(1.0), F32x4::splat(2.0));
        let of = |v: usize| {
            let (first, last) = (a[v].max(b[v]), c[v].max(d[v]));
            let later = last.exceeds(first);
            let odd = later.select(d[v].exceeds(c[v]).keep(one), b[v].exceeds(a[v]).keep(one));
            // A sum is NaN if one of its terms is: NaN must not lose.
            let sum = a[v].plus(b[v]).plus(c[v].plus(d[v]));
            (sum.is_nan().select(sum, first.max(last)), later.keep(two).plus(odd))
        };
        let ((low, low_window), (high, high_window)) = (of(0), of(1));
        Self { value: [low, high], window: [low_window, high_window] }
    }

    /// Of one window.
    #[inline(always)]
    fn of_one([sums]: &Sums<1>) -> Self {
        Self { value: *sums, window: [F32x4::splat(0.0); 2] }
    }

    /// Of these windows and `others` after them, whose first is number `first`.
    #[inline(always)]
    fn or(self, others: Self, first: usize) -> Self {
        let mut largest = self;
        for v in 0..2 {
            let (value, other) = (largest.value[v], others.value[v]);
            let larger = other.exceeds(value).or(other.is_nan());
            largest.value[v] = larger.select(other, value);
            let window = others.window[v].plus(F32x4::splat(first as f32));
            largest.window[v] = larger.select(window, largest.window[v]);
        }
        largest
    }
}

/// Eight filters, and the windows they meet.
struct Panel<'a> {
    x: &'a [f32],
    windows: &'a Windows,
    weights: &'a [f32],
    bias: [F32x4; 2],
    /// The first filter, and how many there are without the filling.
    first: usize,
    count: usize,
}

/// Calls `work` for one panel of filters after the other.
#[inline(always)]
fn for_each_panel(
    x: &[f32],
    starts: &[u32],
    windows: &Windows,
    filters: &PackedFilters,
    mut work: impl FnMut(&Panel),
) {
    assert_eq!(filters.taps, windows.rows * windows.run);
    let reach = windows.rows.saturating_sub(1) * windows.row_stride + windows.run;
    let last = starts.iter().fold(0, |last, &start| last.max(start)) as usize;
    assert!(starts.is_empty() || last + reach <= x.len(), "a window reaches beyond the input");
    let panels = filters.weights.chunks_exact(filters.taps * PANEL).zip(filters.bias.chunks_exact(PANEL));
    for (panel, (weights, bias)) in panels.enumerate() {
        // SAFETY: a panel's biases are eight numbers.
        let bias = from_fn(|v| unsafe { F32x4::load(bias.as_ptr().add(4 * v)) });
        let first = panel * PANEL;
        work(&Panel { x, windows, weights, bias, first, count: PANEL.min(filters.count - first) });
    }
}

impl Panel<'_> {
    /// The products of `W` windows with this panel's filters. The windows must be among those that
    /// [`for_each_panel`] has checked.
    #[inline(always)]
    fn products<const W: usize>(&self, starts: &[u32]) -> Sums<W> {
        let Windows { rows, run, row_stride } = *self.windows;
        let mut sums = [self.bias; W];
        // SAFETY: `for_each_panel` has found each window inside `x`, and the weights are eight for
        // each tap. Each tap is visited once, row by row.
        unsafe {
            let windows: [*const f32; W] = from_fn(|w| self.x.as_ptr().add(starts[w] as usize));
            let mut weights = self.weights.as_ptr();
            for row in 0..rows {
                // One tap at a time: unrolled, the compiler loads several taps before it uses the
                // first, and the running sums no longer fit the registers.
                for tap in row * row_stride..row * row_stride + run {
                    let panel = [0, 4].map(|v| F32x4::load(weights.add(v)));
                    for (sums, window) in sums.iter_mut().zip(windows) {
                        let number = F32x4::load_splat(window.add(tap));
                        *sums = from_fn(|v| sums[v].plus_product(number, panel[v]));
                    }
                    weights = weights.add(PANEL);
                }
            }
        }
        sums
    }

    /// The largest products of the windows of one cell.
    #[inline(always)]
    fn largest(&self, cell: &[u32]) -> Largest {
        let mut tiles = cell.chunks_exact(TILE);
        let mut first = 0;
        let mut largest = None;
        let mut meet = |others: Largest, windows: usize| {
            let all = match largest.take() {
                Some(before) => Largest::or(before, others, first),
                None => others,
            };
            largest = Some(all);
            first += windows;
        };
        for tile in tiles.by_ref() {
            meet(Largest::of_four(&self.products(tile)), TILE);
        }
        for start in tiles.remainder() {
            meet(Largest::of_one(&self.products(std::slice::from_ref(start))), 1);
        }
        largest.expect("a cell has at least one window")
    }

    /// Writes the sums of one window to its row of `[filter]`, without the panel's filling.
    #[inline(always)]
    fn put(&self, row: &mut [f32], sums: &[F32x4; 2]) {
        let row = &mut row[self.first..][..self.count];
        let mut filled = [0.0; PANEL];
        let whole = row.len() == PANEL;
        let to = if whole { row.as_mut_ptr() } else { filled.as_mut_ptr() };
        // SAFETY: both have room for eight numbers.
        unsafe {
            sums[0].store(to);
            sums[1].store(to.add(4));
        }
        if !whole {
            row.copy_from_slice(&filled[..self.count]);
        }
    }
}

#[cfg(test)]
mod tests;
