use crate::data::warp;
use crate::rng::{Purpose, Rng};
use crate::spec::{Augmentation, Normalization, Spec};

/// Turns pixels into the numbers that the first layer sees: (pixel / 255 − mean) / deviation.
#[derive(Clone, Debug)]
pub struct Normalizer {
    settings: Normalization,
    warps: Augmentation,
    seed: u64,
    /// Channels, rows and columns of an image.
    dims: [usize; 3],
    /// The number for each of the 256 pixel values.
    table: Vec<f32>,
}

impl Normalizer {
    pub fn new(spec: &Spec) -> Self {
        let settings = spec.normalization;
        let table = (0..=255u8).map(|pixel| normalize(settings, f32::from(pixel))).collect();
        Self { settings, warps: spec.training.augmentation, seed: spec.seed, dims: spec.input, table }
    }

    /// Changes how training images are warped.
    pub fn set_warps(&mut self, warps: Augmentation) {
        self.warps = warps;
    }

    /// One image as it is.
    pub fn apply(&self, out: &mut [f32], pixels: &[u8]) {
        for (out, &pixel) in out.iter_mut().zip(pixels) {
            *out = self.table[usize::from(pixel)];
        }
    }

    /// Training images of these `indices` in `epoch`, warped if asked for.
    pub fn prepare(&self, out: &mut [f32], pixels: &[u8], indices: &[u32], epoch: u64) {
        let len = self.dims.iter().product();
        let images = out.chunks_exact_mut(len).zip(pixels.chunks_exact(len));
        for ((out, pixels), &index) in images.zip(indices) {
            if self.warps.is_none() {
                self.apply(out, pixels);
            } else {
                let mut rng = Rng::keyed(self.seed, Purpose::Augmentation, [epoch, u64::from(index)]);
                warp(&self.warps, &mut rng, pixels, self.dims, out);
                out.iter_mut().for_each(|out| *out = normalize(self.settings, *out));
            }
        }
    }
}

/// The pixel values, 0 to 255, that were turned into `numbers`, rounded where an image was warped.
pub fn pixels_of(settings: Normalization, numbers: &[f32]) -> impl Iterator<Item = u8> {
    numbers.iter().map(move |x| (255.0 * (x * settings.deviation + settings.mean) + 0.5) as u8)
}

pub(crate) fn normalize(settings: Normalization, pixel: f32) -> f32 {
    (pixel / 255.0 - settings.mean) / settings.deviation
}
