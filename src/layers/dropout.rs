use super::{Backward, Forward, Mode};
use crate::rng::{Purpose, Rng};

/// While training, sets each number to 0 with probability `rate` and scales the others by
/// 1 / (1 − rate), so that the expected sum stays the same; otherwise lets everything through.
///
/// out = mask · x, dx = mask · dout. Source: Srivastava et al., 2014 (in the "inverted" form).
///
/// Which numbers are dropped depends on the seed, the step and the image's place in the batch alone,
/// not on which worker computes the image.
#[derive(Clone, Debug)]
pub struct Dropout {
    index: usize,
    len: usize,
    rate: f32,
}

impl Dropout {
    /// The layer at `index` of the network, for images of `len` numbers.
    pub fn new(index: usize, len: usize, rate: f32) -> Self {
        Self { index, len, rate }
    }

    /// Its mask.
    pub(super) fn memory_len(&self) -> usize {
        self.len
    }

    pub(super) fn forward(&mut self, pass: Forward) {
        let masks = pass.memory.chunks_exact_mut(self.len).take(pass.images);
        for (image, mask) in masks.enumerate() {
            match pass.mode {
                Mode::Inference => mask.fill(1.0),
                Mode::Training { seed, step, first_image } => {
                    self.draw(mask, seed, step, (first_image + image) as u64);
                }
            }
        }
        for ((out, &x), &mask) in pass.out.iter_mut().zip(pass.x).zip(&*pass.memory) {
            *out = mask * x;
        }
    }

    fn draw(&self, mask: &mut [f32], seed: u64, step: u64, image: u64) {
        let key = (self.index as u64) << 32 | image;
        let mut rng = Rng::keyed(seed, Purpose::Dropout, [step, key]);
        let scale = 1.0 / (1.0 - self.rate);
        mask.fill_with(|| if rng.uniform() < self.rate { 0.0 } else { scale });
    }

    pub(super) fn backward(&mut self, pass: Backward) {
        let Some(dx) = pass.dx else { return };
        for ((dx, &dout), &mask) in dx.iter_mut().zip(pass.dout).zip(pass.memory) {
            *dx = mask * dout;
        }
    }
}
