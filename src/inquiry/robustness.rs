//! Accuracy against strength, on many images.

use std::sync::Arc;

use super::attack::{Ascent, Goal};
use super::change::{Kind, change};
use super::kept::Kept;
use super::picture::{grey_levels, size_of_change};
use super::subject::Subject;
use super::{Inquiry, Progress, within};
use crate::error::{Error, ErrorCode, Result};
use crate::metrics::predicted_class;
use crate::network::BLOCK;

/// What the images are put through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// The gradient's sign.
    Sign,
    /// Its iterated form.
    Iterated,
    /// A change of the Euclidean size that the gradient's sign has at the same strength.
    Change(Kind),
}

/// What is measured.
#[derive(Clone, Debug, PartialEq)]
pub struct RobustnessSettings {
    /// In grey levels.
    pub strengths: Vec<u8>,
    /// One curve each.
    pub against: Vec<Against>,
    /// How many of the kept images, from the first on.
    pub images: usize,
    /// Steps of the iterated form.
    pub steps: usize,
    /// Where the changes' randomness starts.
    pub seed: u64,
}

/// Accuracy at each strength of each kind, counted block by block, so that all curves grow together.
#[derive(Clone, Debug)]
pub struct Robustness {
    subject: Subject,
    kept: Arc<Kept>,
    settings: RobustnessSettings,
    /// The present block, strength, and kind.
    place: [usize; 3],
    /// The present block after the gradient's sign at the present strength.
    signed: Option<Vec<u8>>,
    /// The iterated form under way.
    ascent: Option<Ascent>,
    done: usize,
    correct: Vec<u32>,
    /// The counts of the present block.
    pending: Vec<u32>,
}

impl Inquiry {
    /// Begins to measure how accurate the network stays. Attacks want any answer but the label.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if no images are kept;
    /// [`ErrorCode::OutOfRange`] unless there are 1 to 32 strengths, 1 to 6 kinds, 1 to 100 steps, and as many
    /// images as kept at most.
    pub fn robustness(&self, settings: RobustnessSettings) -> Result<Robustness> {
        self.check_kept()?;
        within("The number of strengths", settings.strengths.len(), 1..=32)?;
        within("The number of kinds", settings.against.len(), 1..=6)?;
        within("The number of images", settings.images, 1..=self.kept.len())?;
        within("The number of steps", settings.steps, 1..=100)?;
        let counts = vec![0; settings.strengths.len() * settings.against.len()];
        Ok(Robustness {
            subject: self.subject.clone(),
            kept: Arc::clone(&self.kept),
            settings,
            place: [0; 3],
            signed: None,
            ascent: None,
            done: 0,
            correct: counts.clone(),
            pending: counts,
        })
    }
}

impl Robustness {
    /// Does up to so many more passes of a block.
    ///
    /// # Errors
    ///
    /// None that a network can cause that was built.
    pub fn advance(&mut self, passes: usize) -> Result<Progress> {
        let RobustnessSettings { strengths, against, steps, .. } = &self.settings;
        let iterated = against.iter().filter(|&&kind| kind == Against::Iterated).count();
        let per_strength = 1 + against.len() + iterated * steps;
        let of = self.blocks() * strengths.len() * per_strength;
        for _ in 0..passes.min(of - self.done) {
            self.one_pass()?;
            self.done += 1;
        }
        Ok(Progress { done: self.done, of })
    }

    fn blocks(&self) -> usize {
        self.settings.images.div_ceil(BLOCK)
    }

    /// Pixels and labels of the present block.
    fn block(&self) -> (&[u8], &[u8]) {
        let (pixels, labels) = self.kept.block(self.place[0]);
        let images = labels.len().min(self.settings.images - self.place[0] * BLOCK);
        (&pixels[..images * self.subject.form().pixels()], &labels[..images])
    }

    fn ascent(&self, steps: usize) -> Ascent {
        let (pixels, labels) = self.block();
        let goals = labels.iter().map(|&label| Goal::AwayFrom(usize::from(label))).collect();
        let strength = f32::from(self.settings.strengths[self.place[1]]);
        Ascent::new(grey_levels(pixels), goals, vec![strength; labels.len()], steps)
    }

    fn one_pass(&mut self) -> Result<()> {
        let Some(signed) = &self.signed else {
            let mut ascent = self.ascent(1);
            ascent.step(&mut self.subject)?;
            self.signed = Some(ascent.pixels());
            return Ok(());
        };
        let pixels = match self.settings.against[self.place[2]] {
            Against::Sign => signed.clone(),
            Against::Change(kind) => self.changed(kind, signed),
            Against::Iterated => {
                let mut ascent = self.ascent.take().unwrap_or_else(|| self.ascent(self.settings.steps));
                if !ascent.is_finished() {
                    ascent.step(&mut self.subject)?;
                    self.ascent = Some(ascent);
                    return Ok(());
                }
                ascent.pixels()
            }
        };
        self.count(&pixels)
    }

    /// The present block, each image changed by as much as the gradient's sign changed it.
    fn changed(&self, kind: Kind, signed: &[u8]) -> Vec<u8> {
        let (form, first) = (self.subject.form(), self.place[0] * BLOCK);
        let images = self.block().0.chunks_exact(form.pixels()).zip(signed.chunks_exact(form.pixels()));
        let change = |(index, (image, signed)): (usize, (&[u8], &[u8]))| {
            let size = size_of_change(image, signed);
            change(kind, image, form.dims(), size, self.settings.seed, (first + index) as u64)
        };
        images.enumerate().flat_map(change).collect()
    }

    /// Counts the correct answers, and goes on to the next kind, strength, or block.
    fn count(&mut self, pixels: &[u8]) -> Result<()> {
        self.subject.pass(&grey_levels(pixels))?;
        let [block, strength, kind] = self.place;
        let answers = self.subject.trace().logits().chunks_exact(self.subject.form().classes);
        let right =
            answers.zip(self.block().1).filter(|&(z, &label)| predicted_class(z) == usize::from(label));
        let (strengths, kinds) = (self.settings.strengths.len(), self.settings.against.len());
        self.pending[kind * strengths + strength] = right.count() as u32;
        if kind + 1 < kinds {
            self.place[2] += 1;
            return Ok(());
        }
        self.signed = None;
        self.place = [block, strength + 1, 0];
        if strength + 1 == strengths {
            self.place = [block + 1, 0, 0];
            self.correct.iter_mut().zip(&self.pending).for_each(|(sum, count)| *sum += count);
        }
        Ok(())
    }

    /// How many of the images so far are classified correctly, `[kind][strength]`.
    pub fn correct(&self) -> &[u32] {
        &self.correct
    }

    /// How many images there were so far.
    pub fn images(&self) -> usize {
        (self.place[0] * BLOCK).min(self.settings.images)
    }
}

impl Against {
    /// The kind of this name.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is none.
    pub fn of_name(name: &str) -> Result<Self> {
        match name {
            "sign" => Ok(Self::Sign),
            "iterated" => Ok(Self::Iterated),
            _ => Kind::ALL.into_iter().find(|kind| kind.name() == name).map(Self::Change).ok_or_else(|| {
                let message = format!(
                    "Expected one of sign, iterated, noise, blur, rotation and occlusion; got “{name}”."
                );
                Error::new(ErrorCode::NotFound, message)
            }),
        }
    }
}
