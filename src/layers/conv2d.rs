mod border;
mod gradients;

use super::{Backward, Forward, ParamRange, SLACK};
use crate::kernels::{PackedFilters, Pooling, Windows, pooled_products, window_products};
use crate::shape::Window;
use crate::timing::Work;
use border::Border;
use gradients::{Gradients, SparseGradient};

/// A convolution: each filter is slid over all input channels and outputs one feature map.
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
///
/// A max pool without overlaps after it, and a ReLU before or after that pool, can pass as one with
/// it ([`Conv2d::join_pool`]): of each cell of the pool only the largest product is kept, and in
/// the backward pass a gradient arrives only at the one position in each cell that it came from.
#[derive(Clone, Debug)]
pub struct Conv2d {
    pub(super) parameters: ParamRange,
    border: Border,
    windows: Windows,
    filters: PackedFilters,
    c_out: usize,
    /// How the convolution passes by itself, and as one with the pool after it.
    alone: Cells,
    pooled: Option<Cells>,
    gradients: Gradients,
    /// Scratch space: one image's gradients before the ReLU.
    dout: Vec<f32>,
    /// Without a pool, the argmax of each cell is its one position.
    zeros: Vec<f32>,
}

/// The positions of the window, cell by cell of the pool. Without a pool each is a cell of its own.
#[derive(Clone, Debug)]
struct Cells {
    pooling: Pooling,
    /// Where each position's window begins in an image with its border, `[cell][position]`.
    starts: Vec<u32>,
}

impl Conv2d {
    /// A convolution of maps of `c_in` channels and `size_in` `[height, width]`, which must have
    /// room for `window`.
    pub fn new(
        parameters: ParamRange,
        c_in: usize,
        size_in: [usize; 2],
        c_out: usize,
        window: &Window,
    ) -> Self {
        let [height, width] = window.positions(size_in).expect("a validated window");
        let Window { kernel_size: [rows, columns], stride, padding } = *window;
        let border = Border::new(c_in, size_in, padding);
        let row_stride = border.row_stride();
        let start = |p: usize| p / width * stride[0] * row_stride + p % width * stride[1] * c_in;
        let starts: Vec<u32> = (0..height * width).map(|p| start(p) as u32).collect();
        let windows = Windows { rows, run: columns * c_in, row_stride };
        Self {
            parameters,
            border,
            windows,
            filters: PackedFilters::new(c_out, rows * columns * c_in),
            c_out,
            gradients: Gradients::new(c_out, starts.len(), 1, windows),
            dout: vec![],
            zeros: vec![0.0; starts.len() * c_out],
            alone: Cells { pooling: Pooling { area: 1, relu: false }, starts },
            pooled: None,
        }
    }

    /// Lets it pass as one with the max pool after it, whose windows must not overlap or reach
    /// beyond the maps, and with a ReLU if there is one.
    /// `size_out` is the `[height, width]` of the convolution's maps.
    pub fn join_pool(&mut self, size_out: [usize; 2], pool: &Window, relu: bool) {
        let [rows, columns] = pool.positions(size_out).expect("a validated window");
        let [height, width] = pool.kernel_size;
        let mut starts = Vec::with_capacity(rows * columns * height * width);
        for cell in 0..rows * columns {
            let (y, x) = (cell / columns * pool.stride[0], cell % columns * pool.stride[1]);
            for row in y..y + height {
                starts.extend_from_slice(&self.alone.starts[row * size_out[1] + x..][..width]);
            }
        }
        let pooling = Pooling { area: height * width, relu };
        let out = rows * columns * self.c_out;
        self.gradients = Gradients::new(self.c_out, self.alone.starts.len(), pooling.area, self.windows);
        self.dout = vec![0.0; out];
        self.pooled = Some(Cells { pooling, starts });
    }

    /// With a pool, its argmax: for each number of the output, the position in its cell.
    pub(super) fn memory_len(&self) -> usize {
        self.pooled.as_ref().map_or(0, |_| self.dout.len())
    }

    pub(super) fn load(&mut self, weights: &[f32]) {
        let weight = &weights[self.parameters.weight.clone()];
        self.filters.pack(weight, &weights[self.parameters.bias.clone()]);
        self.gradients.load(weight);
    }

    pub(super) fn forward(&mut self, pass: Forward) {
        let len_out = self.alone.starts.len() * self.c_out;
        for (image, out) in pass.out.chunks_exact_mut(len_out).take(pass.images).enumerate() {
            let x = self.border.pad(&pass.x[image * self.border.len()..]);
            window_products(out, x, &self.alone.starts, &self.windows, &self.filters);
        }
    }

    /// The convolution, its ReLU and its pool in one: `pass.out` is the output of the last of them.
    pub fn forward_pooled(&mut self, pass: Forward) {
        let Cells { pooling, starts } = self.pooled.as_ref().expect("a pool was joined");
        let len_out = starts.len() / pooling.area * self.c_out;
        let images = pass.out.chunks_exact_mut(len_out).zip(pass.memory.chunks_exact_mut(len_out));
        for (image, (out, argmax)) in images.take(pass.images).enumerate() {
            let x = self.border.pad(&pass.x[image * self.border.len()..]);
            pooled_products(out, argmax, x, starts, &self.windows, &self.filters, *pooling);
        }
    }

    pub(super) fn backward(&mut self, pass: Backward) {
        self.backward_cells(pass, false);
    }

    /// The backward pass of [`Conv2d::forward_pooled`]: `pass.out` and `pass.dout` are those of the last of
    /// the layers that pass as one.
    pub fn backward_pooled(&mut self, pass: Backward) {
        self.backward_cells(pass, true);
    }

    fn backward_cells(&mut self, mut pass: Backward, is_pooled: bool) {
        let Self { parameters, border, gradients, dout: before_relu, .. } = self;
        let cells = if is_pooled { self.pooled.as_ref().expect("a pool was joined") } else { &self.alone };
        let Cells { pooling: Pooling { area, relu }, ref starts } = *cells;
        let len_out = starts.len() / area * self.c_out;
        for image in 0..pass.images {
            let here = image * len_out..(image + 1) * len_out;
            let argmax = if is_pooled { &pass.memory[here.clone()] } else { &self.zeros };
            let mut dout = &pass.dout[here.clone()];
            if relu {
                for ((before, &dout), &out) in before_relu.iter_mut().zip(dout).zip(&pass.out[here]) {
                    *before = if out > 0.0 { dout } else { 0.0 };
                }
                dout = before_relu;
            }
            let sparse = SparseGradient { dout, argmax, starts, area };
            let first = image * border.len();
            let x = border.pad(&pass.x[first..]);
            gradients.add_image(&mut pass.gradient[parameters.bias.clone()], x, sparse);
            pass.timer.lap(Work::WeightGradient);
            if let Some(dx) = &mut pass.dx {
                let dx = &mut dx[first..][..border.len() + SLACK];
                border.unpad(dx, |dx| gradients.spread(dx, sparse));
                pass.timer.lap(Work::InputGradient);
            }
        }
        gradients.finish(&mut pass.gradient[parameters.weight.clone()]);
    }
}
