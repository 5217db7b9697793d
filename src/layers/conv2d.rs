use super::{Backward, Forward, Place};
use crate::kernels::{PackedFilters, Term, Windows, weighted_sum, window_products};
use crate::shape::Window;

/// A convolution: each filter is slid over all input channels and gives one feature map.
///
/// With p a position of the window, k a place within it and p ⊕ k the input under that place:
///
/// - out\[p\]\[o\] = bias\[o\] + Σₖ Σᵢ x\[p ⊕ k\]\[i\] · weight\[o\]\[k\]\[i\]
/// - dbias\[o\] = Σₚ dout\[p\]\[o\]
/// - dweight\[o\]\[k\]\[i\] = Σₚ dout\[p\]\[o\] · x\[p ⊕ k\]\[i\]: a sum of input windows, one for each
///   position whose gradient is not 0
/// - dx\[p ⊕ k\]\[i\] += Σₒ dout\[p\]\[o\] · weight\[o\]\[k\]\[i\]: at each position, a sum of filters laid
///   down on the window they were read from. (Read from the side of x, this is the full convolution
///   of dout with the filters turned by 180°.)
///
/// x is `[row][column][c_in]`, out `[row][column][c_out]`, weight `[c_out][row][column][c_in]`.
/// Source: Goodfellow, Bengio and Courville, "Deep Learning", 2016, section 9.5.
#[derive(Clone, Debug)]
pub struct Conv2d {
    pub(super) place: Place,
    c_in: usize,
    c_out: usize,
    size_in: [usize; 2],
    padding: [usize; 2],
    windows: Windows,
    /// Where each position's window begins in a padded image.
    starts: Vec<u32>,
    filters: PackedFilters,
    /// One image with its border of zeros, and the same for its gradient. Empty without padding.
    padded: Vec<f32>,
    dpadded: Vec<f32>,
    /// For each filter, the positions whose gradient is not 0.
    terms_of_filter: Vec<Term>,
    counts: Vec<usize>,
    /// For one position, the filters whose gradient is not 0.
    terms_of_position: Vec<Term>,
}

impl Conv2d {
    /// A convolution of maps of `c_in` channels and `size_in` `[height, width]`, which must have
    /// room for `window`.
    pub fn new(place: Place, c_in: usize, size_in: [usize; 2], c_out: usize, window: &Window) -> Self {
        let [height, width] = window.positions(size_in).expect("a validated window");
        let Window { kernel_size: [kernel_height, kernel_width], stride, padding } = *window;
        let row_stride = (size_in[1] + 2 * padding[1]) * c_in;
        let start = |p: usize| p / width * stride[0] * row_stride + p % width * stride[1] * c_in;
        let positions = height * width;
        let padded = if padding == [0, 0] { 0 } else { (size_in[0] + 2 * padding[0]) * row_stride };
        let nothing = Term { start: 0, factor: 0.0 };
        Self {
            place,
            c_in,
            c_out,
            size_in,
            padding,
            windows: Windows { rows: kernel_height, run: kernel_width * c_in, row_stride },
            starts: (0..positions).map(|p| start(p) as u32).collect(),
            filters: PackedFilters::new(c_out, kernel_height * kernel_width * c_in),
            padded: vec![0.0; padded],
            dpadded: vec![0.0; padded],
            terms_of_filter: vec![nothing; c_out * positions],
            counts: vec![0; c_out],
            terms_of_position: vec![nothing; c_out],
        }
    }

    pub(super) fn load(&mut self, weights: &[f32]) {
        self.filters.pack(&weights[self.place.weight.clone()], &weights[self.place.bias.clone()]);
    }

    pub(super) fn forward(&mut self, pass: Forward) {
        let (len_in, len_out) = self.lengths();
        let images = pass.x.chunks_exact(len_in).zip(pass.out.chunks_exact_mut(len_out)).take(pass.images);
        for (x, out) in images {
            let x = pad(&mut self.padded, x, self.c_in, self.size_in, self.padding);
            window_products(out, x, &self.starts, &self.windows, &self.filters);
        }
    }

    pub(super) fn backward(&mut self, mut pass: Backward) {
        let (len_in, len_out) = self.lengths();
        for image in 0..pass.images {
            let x = &pass.x[image * len_in..][..len_in];
            let dout = &pass.dout[image * len_out..][..len_out];
            self.add_parameter_gradients(pass.gradient, x, dout);
            if let Some(dx) = pass.dx.as_deref_mut() {
                let weight = &pass.weights[self.place.weight.clone()];
                self.input_gradient(&mut dx[image * len_in..][..len_in], dout, weight);
            }
        }
    }

    /// Adds one image's dweight and dbias.
    fn add_parameter_gradients(&mut self, gradient: &mut [f32], x: &[f32], dout: &[f32]) {
        self.sort_by_filter(dout);
        let Windows { rows, run, row_stride } = self.windows;
        let positions = self.starts.len();
        let x = pad(&mut self.padded, x, self.c_in, self.size_in, self.padding);
        for filter in 0..self.c_out {
            let terms = &self.terms_of_filter[filter * positions..][..self.counts[filter]];
            let dbias = &mut gradient[self.place.bias.start + filter];
            *dbias = terms.iter().fold(*dbias, |sum, term| sum + term.factor);
            let dweight = &mut gradient[self.place.weight.start + filter * rows * run..][..rows * run];
            for (row, dweight) in dweight.chunks_exact_mut(run).enumerate() {
                weighted_sum(dweight, terms, &x[row * row_stride..]);
            }
        }
    }

    /// Lists, for each filter, the positions whose gradient is not 0.
    fn sort_by_filter(&mut self, dout: &[f32]) {
        let positions = self.starts.len();
        self.counts.fill(0);
        for (&start, dout) in self.starts.iter().zip(dout.chunks_exact(self.c_out)) {
            for (filter, (&factor, count)) in dout.iter().zip(&mut self.counts).enumerate() {
                // Written always and kept only if it counts: no branch to mispredict.
                self.terms_of_filter[filter * positions + *count] = Term { start, factor };
                *count += usize::from(factor != 0.0);
            }
        }
    }

    /// Computes one image's dx.
    fn input_gradient(&mut self, dx: &mut [f32], dout: &[f32], weight: &[f32]) {
        let Windows { rows, run, row_stride } = self.windows;
        let dpadded = if self.dpadded.is_empty() { &mut *dx } else { &mut self.dpadded };
        dpadded.fill(0.0);
        for (&start, dout) in self.starts.iter().zip(dout.chunks_exact(self.c_out)) {
            let mut count = 0;
            for (filter, &factor) in dout.iter().enumerate() {
                self.terms_of_position[count] = Term { start: (filter * rows * run) as u32, factor };
                count += usize::from(factor != 0.0);
            }
            let terms = &self.terms_of_position[..count];
            for row in 0..rows {
                let window = &mut dpadded[start as usize + row * row_stride..][..run];
                weighted_sum(window, terms, &weight[row * run..]);
            }
        }
        if !self.dpadded.is_empty() {
            unpad(dx, &self.dpadded, self.c_in, self.size_in, self.padding);
        }
    }

    /// Numbers of one image that come in and go out.
    fn lengths(&self) -> (usize, usize) {
        (self.size_in[0] * self.size_in[1] * self.c_in, self.starts.len() * self.c_out)
    }
}

/// The image `x` inside its border. The border of `padded` is 0 and stays so; without padding `x`
/// itself will do.
fn pad<'a>(
    padded: &'a mut [f32],
    x: &'a [f32],
    channels: usize,
    size: [usize; 2],
    padding: [usize; 2],
) -> &'a [f32] {
    if padded.is_empty() {
        return x;
    }
    let width = size[1] * channels;
    let row_stride = width + 2 * padding[1] * channels;
    for (row, x) in x.chunks_exact(width).enumerate() {
        padded[(row + padding[0]) * row_stride + padding[1] * channels..][..width].copy_from_slice(x);
    }
    padded
}

/// Takes `x` out of its border again.
fn unpad(x: &mut [f32], padded: &[f32], channels: usize, size: [usize; 2], padding: [usize; 2]) {
    let width = size[1] * channels;
    let row_stride = width + 2 * padding[1] * channels;
    for (row, x) in x.chunks_exact_mut(width).enumerate() {
        x.copy_from_slice(&padded[(row + padding[0]) * row_stride + padding[1] * channels..][..width]);
    }
}
