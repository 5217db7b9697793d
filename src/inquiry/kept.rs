use super::picture::grey_levels;
use super::subject::Subject;
use super::{Inquiry, Progress, within};
use crate::error::{Error, ErrorCode, Result};
use crate::network::BLOCK;
use crate::shape::ImageForm;

/// The most images that are kept.
const MOST_KEPT: usize = 10_000;

/// Images and their labels.
#[derive(Debug, Default)]
pub struct Kept {
    /// Bytes of an image.
    len: usize,
    pixels: Vec<u8>,
    labels: Vec<u8>,
}

impl Kept {
    pub fn new(form: ImageForm, pixels: Vec<u8>, labels: Vec<u8>) -> Result<Self> {
        within("The number of kept images", labels.len(), 1..=MOST_KEPT)?;
        let expected = labels.len() * form.pixels();
        if pixels.len() != expected {
            let message =
                format!("{} labels go with {expected} bytes of images; got {}.", labels.len(), pixels.len());
            return Err(Error::new(ErrorCode::ImpossibleShape, message));
        }
        for &label in &labels {
            within("A label", usize::from(label), 0..=form.classes - 1)?;
        }
        Ok(Self { len: form.pixels(), pixels, labels })
    }

    pub fn len(&self) -> usize {
        self.labels.len()
    }

    pub fn blocks(&self) -> usize {
        self.labels.len().div_ceil(BLOCK)
    }

    /// The images of a block, and their labels; of a block beyond the last, none.
    pub fn block(&self, block: usize) -> (&[u8], &[u8]) {
        let start = (block * BLOCK).min(self.len());
        let end = (start + BLOCK).min(self.len());
        (&self.pixels[start * self.len..end * self.len], &self.labels[start..end])
    }
}

/// The mean of each channel of each layer over the kept images and all places.
#[derive(Clone, Debug)]
pub struct Means {
    /// `[layer][channel]`.
    sums: Vec<Vec<f64>>,
    blocks: usize,
}

impl Means {
    pub fn new(subject: &Subject) -> Self {
        let channels = |layer| subject.shape(layer).map_or(0, |shape| shape.channels());
        Self { sums: (0..subject.layers()).map(|layer| vec![0.0; channels(layer)]).collect(), blocks: 0 }
    }

    fn add_block(&mut self, subject: &mut Subject, kept: &Kept) -> Result<()> {
        let (pixels, labels) = kept.block(self.blocks);
        subject.pass(&grey_levels(pixels))?;
        for (layer, sums) in self.sums.iter_mut().enumerate() {
            for image in 0..labels.len() {
                let maps = subject.trace().activation(layer, image)?;
                let len = maps.len() / sums.len();
                for (sum, map) in sums.iter_mut().zip(maps.chunks_exact(len)) {
                    *sum += map.iter().map(|&x| f64::from(x)).sum::<f64>() / len as f64;
                }
            }
        }
        self.blocks += 1;
        Ok(())
    }
}

impl Inquiry {
    /// Measures the mean of each channel on up to so many more blocks of the kept images.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if no images are kept.
    pub fn measure_means(&mut self, passes: usize) -> Result<Progress> {
        self.check_kept()?;
        let of = self.kept.blocks();
        for _ in 0..passes.min(of - self.means.blocks) {
            self.means.add_block(&mut self.subject, &self.kept)?;
        }
        Ok(Progress { done: self.means.blocks, of })
    }

    /// The mean of a channel over the kept images and all places.
    pub(super) fn mean_of(&self, layer: usize, channel: usize) -> Result<f32> {
        if self.kept.len() == 0 || self.means.blocks < self.kept.blocks() {
            let message = "The channels' means are not known yet; measure them on images first.";
            return Err(Error::new(ErrorCode::NotReady, message));
        }
        Ok((self.means.sums[layer][channel] / self.kept.len() as f64) as f32)
    }
}
