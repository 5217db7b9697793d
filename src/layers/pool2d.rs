use super::{Backward, Forward};
use crate::shape::Window;

/// The largest number of each window, channel by channel. The gradient goes to that number alone:
///
/// out\[p\]\[c\] = maxₖ x\[p ⊕ k\]\[c\], dx\[q\]\[c\] = Σ dout\[p\]\[c\] over the positions p whose largest was q
///
/// Where several are equal the first one counts (the blank background of MNIST ties everywhere), so
/// its place is recorded. Padding is never the largest. NaN is larger than anything.
#[derive(Clone, Debug)]
pub struct MaxPool2d {
    sliding: Sliding,
}

/// The mean of each window, channel by channel; each number of the window gets an equal share of
/// the gradient.
#[derive(Clone, Debug)]
pub struct AvgPool2d {
    sliding: Sliding,
}

impl MaxPool2d {
    /// For images of `channels` maps of `size_in` `[height, width]`.
    pub fn new(channels: usize, size_in: [usize; 2], window: &Window) -> Self {
        Self { sliding: Sliding::new(channels, size_in, window) }
    }

    /// Its argmax: for each number of the output, its place in the input. An image has fewer than 2²⁴
    /// numbers, so that an `f32` holds each place exactly.
    pub(super) fn memory_len(&self) -> usize {
        self.sliding.len_out()
    }

    pub(super) fn forward(&mut self, pass: Forward) {
        let (len_in, len_out) = (self.sliding.len_in(), self.sliding.len_out());
        let images = pass.x.chunks_exact(len_in).zip(pass.out.chunks_exact_mut(len_out));
        for ((x, out), argmax) in images.zip(pass.memory.chunks_exact_mut(len_out)).take(pass.images) {
            self.sliding.for_each(|output, input, first| {
                let channels = self.sliding.channels;
                let x = &x[input..][..channels];
                let out = &mut out[output..][..channels];
                let argmax = &mut argmax[output..][..channels];
                for c in 0..channels {
                    if first || x[c] > out[c] || x[c].is_nan() {
                        out[c] = x[c];
                        argmax[c] = (input + c) as f32;
                    }
                }
            });
        }
    }

    pub(super) fn backward(&mut self, pass: Backward) {
        let Some(dx) = pass.dx else { return };
        let (len_in, len_out) = (self.sliding.len_in(), self.sliding.len_out());
        let images = dx.chunks_exact_mut(len_in).zip(pass.dout.chunks_exact(len_out));
        for ((dx, dout), argmax) in images.zip(pass.memory.chunks_exact(len_out)).take(pass.images) {
            dx.fill(0.0);
            for (&dout, &place) in dout.iter().zip(argmax) {
                dx[place as usize] += dout;
            }
        }
    }

    /// The gradient goes to every number that equals the largest of its window: a common mistake,
    /// which multiplies the gradient by the number of such numbers.
    pub fn backward_to_ties(&self, pass: Backward) {
        let Some(dx) = pass.dx else { return };
        let (len_in, len_out) = (self.sliding.len_in(), self.sliding.len_out());
        let given = pass.x.chunks_exact(len_in).zip(pass.out.chunks_exact(len_out));
        let gradients = dx.chunks_exact_mut(len_in).zip(pass.dout.chunks_exact(len_out));
        for ((x, out), (dx, dout)) in given.zip(gradients).take(pass.images) {
            dx.fill(0.0);
            self.sliding.for_each(|output, input, _| {
                for c in 0..self.sliding.channels {
                    if x[input + c] == out[output + c] {
                        dx[input + c] += dout[output + c];
                    }
                }
            });
        }
    }
}

impl AvgPool2d {
    /// For images of `channels` maps of `size_in` `[height, width]`.
    pub fn new(channels: usize, size_in: [usize; 2], window: &Window) -> Self {
        Self { sliding: Sliding::new(channels, size_in, window) }
    }

    pub(super) fn forward(&mut self, pass: Forward) {
        let (len_in, len_out) = (self.sliding.len_in(), self.sliding.len_out());
        let share = self.share();
        for (x, out) in pass.x.chunks_exact(len_in).zip(pass.out.chunks_exact_mut(len_out)).take(pass.images)
        {
            out.fill(0.0);
            self.sliding.for_each(|output, input, _| {
                for c in 0..self.sliding.channels {
                    out[output + c] += x[input + c];
                }
            });
            for out in out {
                *out *= share;
            }
        }
    }

    pub(super) fn backward(&mut self, pass: Backward) {
        let Some(dx) = pass.dx else { return };
        let (len_in, len_out) = (self.sliding.len_in(), self.sliding.len_out());
        let share = self.share();
        for (dx, dout) in dx.chunks_exact_mut(len_in).zip(pass.dout.chunks_exact(len_out)).take(pass.images) {
            dx.fill(0.0);
            self.sliding.for_each(|output, input, _| {
                for c in 0..self.sliding.channels {
                    dx[input + c] += share * dout[output + c];
                }
            });
        }
    }

    fn share(&self) -> f32 {
        1.0 / (self.sliding.window.kernel_size[0] * self.sliding.window.kernel_size[1]) as f32
    }
}

/// A window that slides over the maps of one image, all channels of a pixel at a time.
#[derive(Clone, Debug)]
struct Sliding {
    channels: usize,
    size_in: [usize; 2],
    size_out: [usize; 2],
    window: Window,
}

impl Sliding {
    fn new(channels: usize, size_in: [usize; 2], window: &Window) -> Self {
        let size_out = window.positions(size_in).expect("a validated window");
        Self { channels, size_in, size_out, window: *window }
    }

    /// For each position, and each place of the window there that is on the maps: calls
    /// `f(start of the output pixel, start of the input pixel, whether it is the first of its window)`.
    fn for_each(&self, mut f: impl FnMut(usize, usize, bool)) {
        for oy in 0..self.size_out[0] {
            let (y, rows) = self.on_map(0, oy);
            for ox in 0..self.size_out[1] {
                let (x, columns) = self.on_map(1, ox);
                let output = (oy * self.size_out[1] + ox) * self.channels;
                for row in y..y + rows {
                    for column in x..x + columns {
                        let input = (row * self.size_in[1] + column) * self.channels;
                        f(output, input, row == y && column == x);
                    }
                }
            }
        }
    }

    /// The part of the window at `position` that is not padding: where it begins and how long it is.
    fn on_map(&self, axis: usize, position: usize) -> (usize, usize) {
        let begin = position * self.window.stride[axis];
        let end = begin + self.window.kernel_size[axis];
        let padding = self.window.padding[axis];
        let first = begin.saturating_sub(padding);
        (first, end.saturating_sub(padding).min(self.size_in[axis]).saturating_sub(first))
    }

    fn len_in(&self) -> usize {
        self.size_in[0] * self.size_in[1] * self.channels
    }

    fn len_out(&self) -> usize {
        self.size_out[0] * self.size_out[1] * self.channels
    }
}
