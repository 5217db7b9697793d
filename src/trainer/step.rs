use std::ops::Range;

use super::batch::Part;
use super::parallel::Shard;
use super::parallel::shard::{BlockResult, StepContext};
use super::{Position, Step, Trainer};
use crate::data::{self, Dataset, Split};
use crate::error::{Error, ErrorCode, Result};
use crate::rng::{Purpose, Rng};
use crate::schedule::SchedulePoint;
use crate::shape::ImageForm;
use crate::spec::{LIMITS, Spec};
use crate::stamp::Stamp;
use crate::timing::BLOCKS_BETWEEN_TIMINGS;

/// A step whose images have been gathered. Anything that it depends on drops it when it changes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BegunStep {
    /// The mark that an answer from another worker must carry.
    pub ticket: Stamp,
    context: StepContext,
    /// The place in the epoch after its images.
    end: usize,
}

/// Taking a step: all at once, or begun, computed in parts and finished.
impl Trainer {
    /// Takes one step: a batch forward and back, and one update. Going on past the last epoch is
    /// allowed; [`Trainer::is_finished`] says when it was reached.
    ///
    /// # Errors
    ///
    /// Those of [`Trainer::begin_step`] and [`Trainer::finish_step`]. Either way nothing has changed.
    pub fn step(&mut self, dataset: &Dataset) -> Result<Step> {
        let blocks = self.begin_step(dataset)?;
        self.compute(0..blocks)?;
        self.finish_step()
    }

    /// Gathers the images of the next step; returns the number of blocks whose gradients are wanted,
    /// from [`Trainer::compute`] or, computed elsewhere, by [`Trainer::accept`].
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] while an image of the batch has not been loaded.
    pub fn begin_step(&mut self, dataset: &Dataset) -> Result<usize> {
        self.prepare_order();
        let first = self.position.images;
        let last = (first + self.spec.training.batch_size).min(self.training_images);
        self.check_loaded(dataset, first..last)?;
        self.batch.clear();
        let form = self.network().form();
        for &index in &self.order[first..last] {
            let (pixels, label) = dataset.example(form, Split::Training, index as usize)?;
            self.batch.push(pixels, label_learnt(&self.spec, form.classes, index, label), index);
        }
        Ok(self.begin(last))
    }

    /// Begins the step on the images of the batch, up to place `end` of the epoch; returns its blocks.
    fn begin(&mut self, end: usize) -> usize {
        let Position { step, epoch, .. } = self.position;
        let context = StepContext { step, epoch, images: self.batch.len() };
        self.shard.begin();
        self.begun = Some(BegunStep { ticket: Stamp::fresh(), context, end });
        self.batch.blocks()
    }

    /// Forgets the step that was begun, if there is one.
    pub(crate) fn drop_step(&mut self) {
        self.begun = None;
        self.batch.clear();
        self.shard.begin();
    }

    /// The step that was begun.
    pub(crate) fn begun(&self) -> Result<BegunStep> {
        let message = "No step is under way; begin one first.";
        self.begun.ok_or_else(|| Error::new(ErrorCode::NotReady, message))
    }

    /// Where the step that was begun belongs.
    pub(crate) fn context(&self) -> Result<StepContext> {
        Ok(self.begun()?.context)
    }

    /// As [`Trainer::begin_step`], but with images from elsewhere, the `pixels` and one of `labels`
    /// for each. The place in the epoch stays where it is.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] if pixels and labels do not go together, or are more than a batch
    /// may hold.
    pub fn begin_step_on(&mut self, pixels: &[u8], labels: &[u8]) -> Result<usize> {
        let form = self.network().form();
        check_images(form, pixels, labels, LIMITS.batch_size)?;
        self.batch.clear();
        for (index, (pixels, &label)) in pixels.chunks_exact(form.pixels()).zip(labels).enumerate() {
            self.batch.push(pixels, label, index as u32);
        }
        Ok(self.begin(self.position.images))
    }

    /// Passes the first `images` test images forward and back as a step would, to see how long that
    /// takes. Nothing is changed, but a step that was begun is dropped.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] while one of the images has not been loaded, [`ErrorCode::NotFound`] if
    /// there are not so many.
    pub fn rehearse(&mut self, dataset: &Dataset, images: usize) -> Result<()> {
        self.drop_step();
        let result = self.rehearse_on(dataset, images);
        self.drop_step();
        result
    }

    fn rehearse_on(&mut self, dataset: &Dataset, images: usize) -> Result<()> {
        for index in 0..images {
            let (pixels, label) = dataset.example(self.network().form(), Split::Test, index)?;
            self.batch.push(pixels, label, index as u32);
        }
        let blocks = self.begin(self.position.images);
        self.compute(0..blocks)
    }

    /// Computes the gradients of these blocks of the step that was begun.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if none was.
    pub fn compute(&mut self, blocks: Range<usize>) -> Result<()> {
        let context = self.context()?;
        self.shard.compute(self.batch.part(blocks), context);
        Ok(())
    }

    /// The images of the step that was begun: their indices, the labels that they are learnt with and, as far as
    /// their blocks have been computed, their losses, negative where an image was misclassified.
    pub fn passed(&self) -> (&[u32], &[u8], Vec<f32>) {
        let Part { indices, labels, .. } = self.batch.part(0..self.batch.blocks());
        let mut losses = Vec::new();
        for result in &self.shard.results {
            losses.extend_from_slice(&result.losses);
        }
        losses.truncate(labels.len());
        (indices, labels, losses)
    }

    /// Makes the update, once there are gradients of all blocks.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if some are missing; [`ErrorCode::NotFinite`] if the loss is not a
    /// number, with the first layer responsible. Either way nothing has changed.
    pub fn finish_step(&mut self) -> Result<Step> {
        let BegunStep { context, end, .. } = self.begun()?;
        let (loss, correct) = self.results(context)?;
        let factor = self.schedule_factor();
        let clock = self.clock.filter(|_| self.position.step.is_multiple_of(BLOCKS_BETWEEN_TIMINGS));
        let start = clock.map_or(0.0, |clock| clock());
        self.update(factor);
        if let Some(clock) = clock {
            self.timed_updates.0 += 1;
            self.timed_updates.1 += clock() - start;
        }
        let step = Step {
            loss: (loss / context.images as f64) as f32,
            accuracy: correct as f32 / context.images as f32,
            learning_rate: self.optimizer.rule().learning_rate() * factor,
        };
        self.drop_step();
        self.advance(end);
        Ok(step)
    }

    /// Changes the weights by the sum of the gradients.
    fn update(&mut self, factor: f32) {
        let Self { shard: Shard { network, gradients, .. }, optimizer, norms, .. } = self;
        let gradient = gradients.total();
        let number = self.position.step + 1;
        let reading = norms.as_mut().and_then(|norms| norms.begin(number, network.weights()));
        network.update_weights(|weights| optimizer.update(factor, weights, gradient));
        if let Some(reading) = reading {
            reading.finish(network, gradient);
        }
    }

    /// What the schedule multiplies the learning rate of the next step by.
    pub(crate) fn schedule_factor(&self) -> f32 {
        let Position { step, epoch, .. } = self.position;
        let point = SchedulePoint { step, total_steps: self.total_steps(), epoch };
        self.spec.training.schedule.factor(point)
    }

    fn prepare_order(&mut self) {
        if self.order_of != Some(self.position.epoch) {
            data::shuffle_into(&mut self.order, self.spec.seed, self.position.epoch, self.training_images);
            self.order_of = Some(self.position.epoch);
        }
    }

    fn check_loaded(&self, dataset: &Dataset, batch: Range<usize>) -> Result<()> {
        let ready = dataset.ready(Split::Training);
        // A batch of no images waits too: the set has none to train on.
        let needed = self.order[batch].iter().max().map_or(1, |&image| image as usize + 1);
        if needed <= ready {
            return Ok(());
        }
        let message = format!(
            "The next step needs {needed} training images, but {ready} have been loaded; wait for them."
        );
        Err(Error::new(ErrorCode::NotReady, message))
    }

    /// The sum of all losses of the batch, and the number of images classified correctly. The losses are
    /// summed in the order of the blocks, whichever worker computed them.
    fn results(&mut self, context: StepContext) -> Result<(f64, usize)> {
        let results = &self.shard.results;
        if !results.iter().map(|result| result.block).eq(0..self.batch.blocks()) {
            let message = "The gradients of some blocks of this step are missing; begin it again.";
            return Err(Error::new(ErrorCode::NotReady, message));
        }
        if let Some(&BlockResult { block, .. }) = results.iter().find(|result| !result.loss().is_finite()) {
            return Err(self.not_finite(block, context));
        }
        Ok((results.iter().map(BlockResult::loss).sum(), results.iter().map(BlockResult::correct).sum()))
    }

    fn not_finite(&mut self, block: usize, context: StepContext) -> Error {
        let step = context.step + 1;
        let trace = self.shard.trace(self.batch.part(block..block + 1), context);
        let layer = trace.ok().and_then(|trace| self.network().first_not_finite(&trace));
        let what = match layer {
            Some(layer) => format!(
                "no longer a number. Layer {} ({}) is the first with a number too large to compute with",
                layer + 1,
                self.spec.layers[layer].kind()
            ),
            None => "too large to compute with".into(),
        };
        let message = format!("At step {step} the loss is {what}. Try a smaller learning rate.");
        Error { code: ErrorCode::NotFinite, layer, message }
    }
}

/// Checks images that are handed over together: 1 to `most`, each with a label.
pub(super) fn check_images(form: ImageForm, pixels: &[u8], labels: &[u8], most: usize) -> Result<()> {
    let known = labels.iter().all(|&label| usize::from(label) < form.classes);
    if known && (1..=most).contains(&labels.len()) && pixels.len() == labels.len() * form.pixels() {
        return Ok(());
    }
    let message = format!(
        "Expected 1 to {most} images of {} bytes, each with a label from 0 to {}; got {} labels and {} bytes.",
        form.pixels(),
        form.classes - 1,
        labels.len(),
        pixels.len()
    );
    Err(Error::new(ErrorCode::ImpossibleShape, message))
}

/// The label that the training image `index` is learnt with: its own, or one drawn at random.
pub(super) fn label_learnt(spec: &Spec, classes: usize, index: u32, label: u8) -> u8 {
    let share = spec.data.wrong_labels;
    if share == 0.0 {
        return label;
    }
    let mut rng = Rng::keyed(spec.seed, Purpose::WrongLabel, [u64::from(index), 0]);
    if rng.uniform() < share { rng.below(classes as u32) as u8 } else { label }
}
