use super::{Backward, Forward, Mode};
use crate::rng::{Purpose, Rng};

/// While training, silences each number with probability `rate` and scales the others by
/// 1 / (1 − rate), so that the expected sum stays the same; otherwise lets everything through.
///
/// out = mask · x, dx = mask · dout. Source: Srivastava et al., 2014 (in the "inverted" form).
///
/// Which numbers fall silent depends on the seed, the step and the image's place in the batch alone,
/// not on which worker computes the image.
#[derive(Clone, Debug)]
pub struct Dropout {
    index: usize,
    len: usize,
    rate: f32,
    mask: Vec<f32>,
}

impl Dropout {
    /// The layer at `index` of the network, for blocks of up to `block` images of `len` numbers.
    pub fn new(index: usize, len: usize, rate: f32, block: usize) -> Self {
        Self { index, len, rate, mask: vec![1.0; block * len] }
    }

    pub(super) fn forward(&mut self, pass: Forward) {
        let Mode::Training { seed, step, first_image } = pass.mode else {
            pass.out[..pass.images * self.len].copy_from_slice(&pass.x[..pass.images * self.len]);
            return;
        };
        let scale = 1.0 / (1.0 - self.rate);
        for (image, mask) in self.mask.chunks_exact_mut(self.len).take(pass.images).enumerate() {
            let key = (self.index as u64) << 32 | (first_image + image) as u64;
            let mut rng = Rng::keyed(seed, Purpose::Dropout, [step, key]);
            mask.fill_with(|| if rng.uniform() < self.rate { 0.0 } else { scale });
        }
        for ((out, &x), &mask) in pass.out.iter_mut().zip(pass.x).zip(&self.mask) {
            *out = mask * x;
        }
    }

    /// Of a training pass only.
    pub(super) fn backward(&mut self, pass: Backward) {
        let Some(dx) = pass.dx else { return };
        for ((dx, &dout), &mask) in dx.iter_mut().zip(pass.dout).zip(&self.mask) {
            *dx = mask * dout;
        }
    }
}
