mod border;
mod gradients;

use super::{Backward, Forward, Place, SLACK};
use crate::kernels::{PackedFilters, Pooling, Windows, pooled_products, window_products};
use crate::ledger::Work;
use crate::shape::Window;
use border::Border;
use gradients::{Arrivals, Gradients};

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
///
/// A max pool without overlaps behind it, and a ReLU before or after that pool, can pass as one with
/// it ([`Conv2d::join_pool`]): of each cell of the pool only the largest product is kept, and on the
/// way back a gradient arrives only at the one position in each cell that it came from.
#[derive(Clone, Debug)]
pub struct Conv2d {
    pub(super) place: Place,
    border: Border,
    windows: Windows,
    filters: PackedFilters,
    c_out: usize,
    /// How the convolution passes by itself, and as one with the pool behind it.
    alone: Cells,
    pooled: Option<Cells>,
    gradients: Gradients,
    /// One image's gradients behind a ReLU.
    dout: Vec<f32>,
}

/// The positions of the window, cell by cell of the pool. Without a pool each is a cell of its own.
#[derive(Clone, Debug)]
struct Cells {
    pooling: Pooling,
    /// Where each position's window begins in an image with its border, `[cell][position]`.
    starts: Vec<u32>,
    /// For each number of the block that goes out, which position of its cell it came from.
    winners: Vec<f32>,
}

impl Conv2d {
    /// A convolution of maps of `c_in` channels and `size_in` `[height, width]`, which must have
    /// room for `window`.
    pub fn new(place: Place, c_in: usize, size_in: [usize; 2], c_out: usize, window: &Window) -> Self {
        let [height, width] = window.positions(size_in).expect("a validated window");
        let Window { kernel_size: [rows, columns], stride, padding } = *window;
        let border = Border::new(c_in, size_in, padding);
        let row_stride = border.row_stride();
        let start = |p: usize| p / width * stride[0] * row_stride + p % width * stride[1] * c_in;
        let starts: Vec<u32> = (0..height * width).map(|p| start(p) as u32).collect();
        let windows = Windows { rows, run: columns * c_in, row_stride };
        Self {
            place,
            border,
            windows,
            filters: PackedFilters::new(c_out, rows * columns * c_in),
            c_out,
            gradients: Gradients::new(c_out, starts.len(), 1, windows),
            dout: vec![],
            alone: Cells {
                pooling: Pooling { area: 1, relu: false },
                winners: vec![0.0; starts.len() * c_out],
                starts,
            },
            pooled: None,
        }
    }

    /// Lets it pass as one with the max pool behind it, whose windows must not overlap or reach
    /// beyond the maps, and with a ReLU if there is one, in blocks of up to `block` images.
    /// `size_out` is the `[height, width]` of the convolution's maps.
    pub fn join_pool(&mut self, size_out: [usize; 2], pool: &Window, relu: bool, block: usize) {
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
        self.pooled = Some(Cells { pooling, starts, winners: vec![0.0; block * out] });
    }

    pub(super) fn load(&mut self, weights: &[f32]) {
        let weight = &weights[self.place.weight.clone()];
        self.filters.pack(weight, &weights[self.place.bias.clone()]);
        self.gradients.load(weight);
    }

    pub(super) fn forward(&mut self, pass: Forward) {
        let len_out = self.alone.starts.len() * self.c_out;
        for (image, out) in pass.out.chunks_exact_mut(len_out).take(pass.images).enumerate() {
            let x = self.border.put_around(&pass.x[image * self.border.len()..]);
            window_products(out, x, &self.alone.starts, &self.windows, &self.filters);
        }
    }

    /// The convolution, its ReLU and its pool in one: `pass.out` is what goes out of the last of them.
    pub fn forward_pooled(&mut self, pass: Forward) {
        let Cells { pooling, starts, winners } = self.pooled.as_mut().expect("a pool was joined");
        let len_out = starts.len() / pooling.area * self.c_out;
        let images = pass.out.chunks_exact_mut(len_out).zip(winners.chunks_exact_mut(len_out));
        for (image, (out, winners)) in images.take(pass.images).enumerate() {
            let x = self.border.put_around(&pass.x[image * self.border.len()..]);
            pooled_products(out, winners, x, starts, &self.windows, &self.filters, *pooling);
        }
    }

    pub(super) fn backward(&mut self, mut pass: Backward) {
        let Cells { starts, winners, .. } = &self.alone;
        let len_out = winners.len();
        for image in 0..pass.images {
            let dout = &pass.dout[image * len_out..][..len_out];
            let arrivals = Arrivals { dout, winners, starts, area: 1 };
            backward_image(&mut self.gradients, &mut self.border, &self.place, &mut pass, image, arrivals);
        }
        self.gradients.finish(&mut pass.gradient[self.place.weight.clone()]);
    }

    /// The way back of [`Conv2d::forward_pooled`]: `pass.out` and `pass.dout` are those of the last of
    /// the layers that pass as one.
    pub fn backward_pooled(&mut self, mut pass: Backward) {
        let Cells { pooling, starts, winners } = self.pooled.as_ref().expect("a pool was joined");
        let len_out = self.dout.len();
        for image in 0..pass.images {
            let here = image * len_out..(image + 1) * len_out;
            self.dout.copy_from_slice(&pass.dout[here.clone()]);
            if pooling.relu {
                for (dout, &out) in self.dout.iter_mut().zip(&pass.out[here.clone()]) {
                    *dout = if out > 0.0 { *dout } else { 0.0 };
                }
            }
            let arrivals = Arrivals { dout: &self.dout, winners: &winners[here], starts, area: pooling.area };
            backward_image(&mut self.gradients, &mut self.border, &self.place, &mut pass, image, arrivals);
        }
        self.gradients.finish(&mut pass.gradient[self.place.weight.clone()]);
    }
}

/// Adds one image's dbias and dweight, and computes its dx where somebody needs it.
fn backward_image(
    gradients: &mut Gradients,
    border: &mut Border,
    place: &Place,
    pass: &mut Backward,
    image: usize,
    arrivals: Arrivals,
) {
    let first = image * border.len();
    let x = border.put_around(&pass.x[first..]);
    gradients.add_image(&mut pass.gradient[place.bias.clone()], x, arrivals);
    pass.watch.lap(Work::WeightGradient);
    if let Some(dx) = &mut pass.dx {
        let dx = &mut dx[first..][..border.len() + SLACK];
        border.fill_within(dx, |dx| gradients.spread(dx, arrivals));
        pass.watch.lap(Work::InputGradient);
    }
}
