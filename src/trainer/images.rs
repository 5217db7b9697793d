use crate::data::{self, warp};
use crate::rng::{Purpose, Rng};
use crate::spec::{Augmentation, Normalization};

/// Turns pixels into the numbers that the first layer sees: (pixel / 255 − mean) / deviation.
#[derive(Clone, Debug)]
pub struct Normalizer {
    settings: Normalization,
    /// The number for each of the 256 pixel values.
    table: Vec<f32>,
}

impl Normalizer {
    pub fn new(settings: Normalization) -> Self {
        Self { settings, table: (0..=255u8).map(|pixel| normalize(settings, f32::from(pixel))).collect() }
    }

    /// One image as it is.
    pub fn apply(&self, out: &mut [f32], pixels: &[u8]) {
        for (out, &pixel) in out.iter_mut().zip(pixels) {
            *out = self.table[usize::from(pixel)];
        }
    }

    /// One image, warped as `key` (epoch and image) says.
    pub fn apply_warped(
        &self,
        out: &mut [f32],
        pixels: &[u8],
        warps: &Augmentation,
        seed: u64,
        key: [u64; 2],
    ) {
        let mut rng = Rng::keyed(seed, Purpose::Augmentation, key);
        warp(warps, &mut rng, pixels, data::ROWS, data::COLUMNS, out);
        for out in out {
            *out = normalize(self.settings, *out);
        }
    }
}

/// The pixel values, 0 to 255, that were turned into `numbers`, rounded where an image was warped.
pub fn pixels_of(settings: Normalization, numbers: &[f32]) -> impl Iterator<Item = u8> {
    numbers.iter().map(move |x| (255.0 * (x * settings.deviation + settings.mean) + 0.5) as u8)
}

fn normalize(settings: Normalization, pixel: f32) -> f32 {
    (pixel / 255.0 - settings.mean) / settings.deviation
}
