//! Questions to a network that has learned: what it dreams of, what fools it, what it cannot do without, and where
//! it looks. Nothing here changes the network.
//!
//! [`Inquiry`] has the network and images to try it on. What takes long is a job with a copy of the network: call its
//! `advance` until all is done. Pictures come and go as bytes, `[image][channel][row][column]`, as in a data set.
//! What each tool computes, with its formula and source, is in `docs/asking.md`.

mod ablation;
mod attack;
mod change;
mod dream;
mod kept;
mod occlusion;
mod picture;
mod robustness;
mod saliency;
mod subject;

pub use ablation::{Accuracy, ChannelCosts, Frozen, Off};
pub use attack::{Attack, Attacked, Goal};
pub use change::{Compared, Kind};
pub use dream::{Dream, DreamSettings};
pub use occlusion::Occlusion;
pub use robustness::{Against, Robustness, RobustnessSettings};
pub use saliency::{Baseline, ClassActivation, Integrated};

use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::error::{Error, ErrorCode, Result};
use crate::network::BLOCK;
use crate::spec::Spec;
use crate::trainer::checkpoint_network;
use kept::{Kept, Means};
use picture::grey_levels;
use subject::Subject;

/// The most images that are read at once.
const MOST_READ: usize = 1000;

/// A network that is asked, and the images that it is tried on.
#[derive(Clone, Debug)]
pub struct Inquiry {
    spec: Spec,
    subject: Subject,
    kept: Arc<Kept>,
    means: Means,
}

/// How far a job is, in passes of a block of images.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Passes done.
    pub done: usize,
    /// All that there are.
    pub of: usize,
}

impl Progress {
    /// Whether all is done.
    pub fn is_finished(self) -> bool {
        self.done >= self.of
    }
}

/// What a network answers, `[image][class]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The logits.
    pub logits: Vec<f32>,
    /// The probabilities.
    pub probabilities: Vec<f32>,
}

impl Inquiry {
    /// The network of a checkpoint, with no images kept.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadFile`] if the bytes are not a checkpoint, or what is wrong with the spec in them.
    pub fn new(checkpoint: &[u8]) -> Result<Self> {
        let (spec, network) = checkpoint_network(checkpoint)?;
        let subject = Subject::new(&spec, network);
        Ok(Self { means: Means::new(&subject), spec, subject, kept: Arc::default() })
    }

    /// Asks another network from now on. The kept images stay if they are such as it takes.
    ///
    /// # Errors
    ///
    /// As [`Inquiry::new`]; the network of before stays then.
    pub fn use_network(&mut self, checkpoint: &[u8]) -> Result<()> {
        let mut next = Self::new(checkpoint)?;
        if next.subject.form() == self.subject.form() {
            next.kept = Arc::clone(&self.kept);
        }
        *self = next;
        Ok(())
    }

    /// Keeps images and their labels, in place of those of before.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] unless there is a whole image for each label;
    /// [`ErrorCode::OutOfRange`] if there are too many, or a label is no class.
    pub fn use_images(&mut self, pixels: Vec<u8>, labels: Vec<u8>) -> Result<()> {
        self.kept = Arc::new(Kept::new(self.subject.form(), pixels, labels)?);
        self.means = Means::new(&self.subject);
        Ok(())
    }

    /// How many images are kept.
    pub fn images(&self) -> usize {
        self.kept.len()
    }

    /// Reads images with channels off.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] unless they are whole images of the network's size;
    /// [`ErrorCode::OutOfRange`] if there are too many;
    /// [`ErrorCode::NotFound`] if there is no such channel;
    /// [`ErrorCode::NotReady`] if a channel's mean has not been measured ([`Inquiry::measure_means`]).
    pub fn read(&mut self, pixels: &[u8], off: &[Off]) -> Result<Reading> {
        let images = self.subject.count_images(pixels)?;
        within("The number of images", images, 1..=MOST_READ)?;
        let off = self.replaced(off)?;
        self.read_pictures(&grey_levels(pixels), |subject, block| subject.pass_with(block, &off))
    }

    /// The output of `layer` for one image, `[channel][row][column]` or `[unit]`, with channels off.
    ///
    /// # Errors
    ///
    /// As [`Inquiry::read`], and [`ErrorCode::NotFound`] if there is no such layer.
    pub fn maps(&mut self, pixels: &[u8], layer: usize, off: &[Off]) -> Result<Vec<f32>> {
        self.subject.check_one(pixels)?;
        let off = self.replaced(off)?;
        self.subject.pass_with(&grey_levels(pixels), &off)?;
        self.subject.trace().activation(layer, 0)
    }

    /// Reads `points` pictures on the straight line from one image to another, both included.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] if they are not of the network's size;
    /// [`ErrorCode::OutOfRange`] unless there are 2 to 256 points.
    pub fn morph(&mut self, from: &[u8], to: &[u8], points: usize) -> Result<Reading> {
        self.subject.check_one(from)?;
        self.subject.check_one(to)?;
        within("The number of points", points, 2..=256)?;
        let mut pictures = Vec::with_capacity(points * from.len());
        for point in 0..points {
            let share = point as f32 / (points - 1) as f32;
            let ends = from.iter().zip(to);
            pictures.extend(ends.map(|(&a, &b)| f32::from(a) * (1.0 - share) + f32::from(b) * share));
        }
        self.read_pictures(&pictures, Subject::pass)
    }

    fn read_pictures(
        &mut self,
        pictures: &[f32],
        mut pass: impl FnMut(&mut Subject, &[f32]) -> Result<()>,
    ) -> Result<Reading> {
        let mut reading = Reading::default();
        for block in pictures.chunks(BLOCK * self.subject.form().pixels()) {
            pass(&mut self.subject, block)?;
            reading.logits.extend(self.subject.trace().logits());
            reading.probabilities.extend(self.subject.trace().probabilities());
        }
        Ok(reading)
    }

    fn check_kept(&self) -> Result<()> {
        if self.kept.len() > 0 {
            return Ok(());
        }
        let message = "There are no images to try the network on yet; hand some in first.";
        Err(Error::new(ErrorCode::NotReady, message))
    }
}

/// Checks a whole number that comes from outside.
fn within(what: &str, value: usize, range: RangeInclusive<usize>) -> Result<()> {
    if range.contains(&value) {
        return Ok(());
    }
    let (low, high) = (range.start(), range.end());
    let message = format!("{what} must be from {low} to {high}; got {value}.");
    Err(Error::new(ErrorCode::OutOfRange, message))
}

/// Checks a number that comes from outside.
fn between(what: &str, value: f32, range: RangeInclusive<f32>) -> Result<()> {
    if range.contains(&value) {
        return Ok(());
    }
    let (low, high) = (range.start(), range.end());
    let message = format!("{what} must be from {low} to {high}; got {value}.");
    Err(Error::new(ErrorCode::OutOfRange, message))
}
