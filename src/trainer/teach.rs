//! Teaching: a few images of one's own, learnt at once, without forgetting the training set.
//!
//! Each step passes a batch of warped examples and of training images forward and back, and makes one update with an
//! optimizer of its own, whose learning rate falls to 0. The run's position and its optimizer stay as they are, so
//! that training goes on afterwards. Everything random depends on the spec's seed and the run's step alone.

use super::Trainer;
use super::parallel::shard::StepContext;
use super::step::{check_images, label_learnt};
use crate::data::{Dataset, Split, warp};
use crate::error::{Error, ErrorCode, Result};
use crate::optimizer::OptimizerState;
use crate::rng::{Purpose, Rng};
use crate::spec::{AdamSettings, Augmentation, Faults, LIMITS, Optimizer, Training, check_augmentation};

/// How the examples are learnt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TeachingSettings {
    /// Updates.
    pub steps: usize,
    /// Images of one step.
    pub batch_size: usize,
    /// How many of them are examples; the others are training images.
    pub examples: usize,
    /// Adam's learning rate at the first step.
    pub learning_rate: f32,
    /// How the examples are warped, differently each time.
    pub warps: Augmentation,
    /// How the training images are warped.
    pub training_warps: Augmentation,
}

impl TeachingSettings {
    /// What does best on hands that it was not chosen with: see `cargo xtask hand`.
    pub const USUAL: Self = Self {
        steps: 300,
        batch_size: 128,
        examples: 24,
        learning_rate: 2.5e-3,
        warps: Augmentation { rotation: 15.0, shift: 2.0, scale: 0.15, shear: 0.2 },
        training_warps: Augmentation { rotation: 0.0, shift: 0.0, scale: 0.0, shear: 0.0 },
    };
}

/// A teaching that has been begun, or is over and can still be undone.
#[derive(Clone, Debug)]
pub(super) struct Teaching {
    settings: TeachingSettings,
    pixels: Vec<u8>,
    labels: Vec<u8>,
    optimizer: OptimizerState,
    done: usize,
    before: Vec<f32>,
}

impl Trainer {
    /// Begins to teach these examples: the `pixels` and one of `labels` for each. A step that was begun is dropped.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] if pixels and labels do not go together, or are more than
    /// [`Limits::taught_examples`](crate::spec::Limits::taught_examples); [`ErrorCode::OutOfRange`] if the settings
    /// are impossible; [`ErrorCode::NotReady`] while training images are missing. Nothing has changed then.
    pub fn begin_teaching(
        &mut self,
        dataset: &Dataset,
        pixels: &[u8],
        labels: &[u8],
        settings: TeachingSettings,
    ) -> Result<()> {
        check_images(self.network().form(), pixels, labels, LIMITS.taught_examples)?;
        settings.validate()?;
        let (ready, needed) = (dataset.ready(Split::Training), self.training_images);
        if ready < needed || needed == 0 {
            let message = format!(
                "Teaching mixes your examples with {needed} training images, but {ready} have been loaded; wait for them."
            );
            return Err(Error::new(ErrorCode::NotReady, message));
        }
        self.drop_step();
        let adam = AdamSettings {
            learning_rate: settings.learning_rate,
            betas: [0.9, 0.999],
            epsilon: 1e-8,
            weight_decay: 0.0,
        };
        let before = self.network().weights().to_vec();
        self.teaching = Some(Teaching {
            settings,
            pixels: pixels.to_vec(),
            labels: labels.to_vec(),
            optimizer: OptimizerState::new(Optimizer::Adam(adam), before.len()),
            done: 0,
            before,
        });
        Ok(())
    }

    /// Makes up to `steps` more updates; returns how many are left.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if no teaching was begun, or the run has gone on since; [`ErrorCode::NotFinite`] if the
    /// loss is no longer a number: the weights are as before the teaching then.
    pub fn continue_teaching(&mut self, dataset: &Dataset, steps: usize) -> Result<usize> {
        let mut teaching = self.teaching.take().ok_or_else(not_begun)?;
        // The warps of a batch are made before it passes, and a mistake made on purpose would teach nothing.
        let plain = Training {
            augmentation: Augmentation::default(),
            faults: Faults::default(),
            ..self.spec.training
        };
        self.shard.configure(&plain);
        let steps = steps.min(teaching.settings.steps - teaching.done);
        let result = (0..steps).try_for_each(|_| self.teach_step(dataset, &mut teaching));
        self.shard.configure(&self.spec.training);
        self.drop_step();
        if let Err(error) = result {
            self.shard.network.update_weights(|weights| weights.copy_from_slice(&teaching.before));
            return Err(error);
        }
        let left = teaching.settings.steps - teaching.done;
        self.teaching = Some(teaching);
        Ok(left)
    }

    /// Takes the weights from before the last teaching, also in the middle of it.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if there was none, or the run has gone on since.
    pub fn undo_teaching(&mut self) -> Result<()> {
        let teaching = self.teaching.take().ok_or_else(not_begun)?;
        self.drop_step();
        self.shard.network.update_weights(|weights| weights.copy_from_slice(&teaching.before));
        Ok(())
    }

    fn teach_step(&mut self, dataset: &Dataset, teaching: &mut Teaching) -> Result<()> {
        let position = self.position;
        let key = [position.step, teaching.done as u64];
        self.gather(dataset, teaching, &mut Rng::keyed(self.spec.seed, Purpose::Teaching, key))?;
        self.shard.begin();
        let context = StepContext { step: position.step, epoch: position.epoch, images: self.batch.len() };
        self.shard.compute(self.batch.part(0..self.batch.blocks()), context);
        if self.shard.results.iter().any(|result| !result.loss().is_finite()) {
            let message =
                "The loss of what is taught is no longer a number, so the network is as it was before.";
            return Err(Error::new(ErrorCode::NotFinite, message));
        }
        let factor = 1.0 - teaching.done as f32 / teaching.settings.steps as f32;
        let gradient = self.shard.gradients.total();
        self.shard.network.update_weights(|weights| teaching.optimizer.update(factor, weights, gradient));
        teaching.done += 1;
        Ok(())
    }

    /// Fills the batch of one step of teaching.
    fn gather(&mut self, dataset: &Dataset, teaching: &Teaching, rng: &mut Rng) -> Result<()> {
        let Teaching { settings, pixels, labels, .. } = teaching;
        let form = self.network().form();
        let images: Vec<&[u8]> = pixels.chunks_exact(form.pixels()).collect();
        self.batch.clear();
        for place in 0..settings.batch_size as u32 {
            let (image, label, warps) = if (place as usize) < settings.examples {
                let example = rng.below(labels.len() as u32) as usize;
                (images[example], labels[example], &settings.warps)
            } else {
                let index = rng.below(self.training_images as u32);
                let (image, label) = dataset.example(form, Split::Training, index as usize)?;
                (image, label_learnt(&self.spec, form.classes, index, label), &settings.training_warps)
            };
            self.batch.push(&warped(image, form.dims(), warps, rng), label, place);
        }
        Ok(())
    }
}

impl TeachingSettings {
    fn validate(&self) -> Result<()> {
        let sizes = (1..=LIMITS.teaching_steps).contains(&self.steps)
            && (1..=LIMITS.batch_size).contains(&self.batch_size)
            && (1..=self.batch_size).contains(&self.examples);
        if sizes && self.learning_rate > 0.0 && self.learning_rate <= 1.0 {
            return [self.warps, self.training_warps].iter().try_for_each(check_augmentation);
        }
        let message = format!(
            "Teaching takes 1 to {} steps of 1 to {} images, and a learning rate above 0 and up to 1; got {} steps of {} images, of which {} are examples.",
            LIMITS.teaching_steps, LIMITS.batch_size, self.steps, self.batch_size, self.examples
        );
        Err(Error::new(ErrorCode::OutOfRange, message))
    }
}

fn warped(image: &[u8], dims: [usize; 3], warps: &Augmentation, rng: &mut Rng) -> Vec<u8> {
    if warps.is_none() {
        return image.to_vec();
    }
    let mut out = vec![0.0; image.len()];
    warp(warps, rng, image, dims, &mut out);
    out.iter().map(|&pixel| (pixel + 0.5) as u8).collect()
}

fn not_begun() -> Error {
    Error::new(ErrorCode::NotReady, "No teaching is under way, or the run has gone on since.")
}
