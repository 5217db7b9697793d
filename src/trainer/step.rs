use std::ops::Range;

use super::shard::{BlockResult, Place, Shard};
use super::{Position, Step, Trainer};
use crate::data::{self, Dataset, Split};
use crate::error::{Error, ErrorCode, Result};
use crate::ledger::BLOCKS_BETWEEN_LOOKS;
use crate::schedule::Moment;
use crate::spec::Limits;

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
        self.compute(0..blocks);
        self.finish_step()
    }

    /// Gathers the images of the next step; gives the number of blocks whose gradients are wanted,
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
        for &index in &self.order[first..last] {
            let pixels = dataset.image(Split::Training, index as usize)?;
            self.batch.push(pixels, dataset.label(Split::Training, index as usize)?, index);
        }
        self.batch_end = last;
        self.shard.begin();
        Ok(self.batch.blocks())
    }

    /// As [`Trainer::begin_step`], but with images that somebody brings along, 784 `pixels` and one of
    /// `labels` each. The place in the epoch stays where it is.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] if pixels and labels do not go together, or are more than a batch
    /// may hold.
    pub fn begin_step_on(&mut self, pixels: &[u8], labels: &[u8]) -> Result<usize> {
        let fits = pixels.len() == labels.len() * data::PIXELS && !labels.is_empty();
        let known = labels.iter().all(|&label| usize::from(label) < data::LABELS);
        if !fits || !known || labels.len() > Limits::BATCH_SIZE {
            let message = format!(
                "A batch has 1 to {} labels from 0 to {} and {} pixels for each, but {} labels and {} pixels came.",
                Limits::BATCH_SIZE,
                data::LABELS - 1,
                data::PIXELS,
                labels.len(),
                pixels.len()
            );
            return Err(Error::new(ErrorCode::ImpossibleShape, message));
        }
        self.batch.clear();
        for (index, (pixels, &label)) in pixels.chunks_exact(data::PIXELS).zip(labels).enumerate() {
            self.batch.push(pixels, label, index as u32);
        }
        self.batch_end = self.position.images;
        self.shard.begin();
        Ok(self.batch.blocks())
    }

    /// Passes the first `images` test images forward and back as a step would, to see how long that
    /// takes. Nothing is changed, but a step that was begun must be begun anew.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] while one of the images has not been loaded, [`ErrorCode::NotFound`] if
    /// there are not so many.
    pub fn rehearse(&mut self, dataset: &Dataset, images: usize) -> Result<()> {
        self.batch.clear();
        for index in 0..images {
            let pixels = dataset.image(Split::Test, index)?;
            self.batch.push(pixels, dataset.label(Split::Test, index)?, index as u32);
        }
        self.shard.begin();
        self.compute(0..self.batch.blocks());
        self.batch.clear();
        Ok(())
    }

    /// Computes the gradients of these blocks of the step that was begun.
    pub fn compute(&mut self, blocks: Range<usize>) {
        self.shard.compute(self.batch.part(blocks), self.place());
    }

    /// Makes the update, once the gradients of all blocks have come.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if some are missing; [`ErrorCode::NotFinite`] if the loss is not a
    /// number, with the first layer that is to blame. Either way nothing has changed.
    pub fn finish_step(&mut self) -> Result<Step> {
        let (loss, correct) = self.results()?;
        let factor = self.spec.training.schedule.factor(self.moment());
        let rule = &self.spec.training.optimizer;
        let clock = self.clock.filter(|_| self.position.step.is_multiple_of(BLOCKS_BETWEEN_LOOKS));
        let start = clock.map_or(0.0, |clock| clock());
        let Shard { network, gradients, .. } = &mut self.shard;
        let gradient = gradients.total();
        let number = self.position.step + 1;
        let flow = self.flow.as_mut().and_then(|flow| flow.begin(number, network.weights()));
        network.update_weights(|weights| self.optimizer.update(rule, factor, weights, gradient));
        if let Some(flow) = flow {
            flow.finish(number, network, gradient);
        }
        if let Some(clock) = clock {
            self.timed_updates.0 += 1;
            self.timed_updates.1 += clock() - start;
        }
        let images = self.batch.len();
        let step = Step {
            loss: (loss / images as f64) as f32,
            accuracy: correct as f32 / images as f32,
            learning_rate: rule.learning_rate() * factor,
        };
        self.batch.clear();
        self.advance(self.batch_end);
        Ok(step)
    }

    pub(super) fn moment(&self) -> Moment {
        let Position { step, epoch, .. } = self.position;
        Moment { step, total_steps: self.total_steps(), epoch }
    }

    fn prepare_order(&mut self) {
        if self.order_of != Some(self.position.epoch) {
            data::shuffle_into(&mut self.order, self.spec.seed, self.position.epoch, self.training_images);
            self.order_of = Some(self.position.epoch);
        }
    }

    fn check_loaded(&self, dataset: &Dataset, batch: Range<usize>) -> Result<()> {
        let ready = dataset.ready(Split::Training);
        let needed = self.order[batch].iter().max().map_or(0, |&image| image as usize + 1);
        if needed <= ready {
            return Ok(());
        }
        let message = format!(
            "The next step needs {needed} training images, but {ready} have been loaded; wait for them."
        );
        Err(Error::new(ErrorCode::NotReady, message))
    }

    /// Where the step that was begun belongs.
    pub(super) fn place(&self) -> Place {
        let Position { step, epoch, .. } = self.position;
        Place { step, epoch, images: self.batch.len() }
    }

    /// The sum of all losses of the batch, and the number of images read rightly. The losses are
    /// summed in the order of the blocks, whoever computed them.
    fn results(&mut self) -> Result<(f64, usize)> {
        let results = &mut self.shard.results;
        results.sort_unstable_by_key(|result| result.block);
        if self.batch.len() == 0 || !results.iter().map(|result| result.block).eq(0..self.batch.blocks()) {
            let message = "The gradients of some blocks of this step have not come; begin it anew.";
            return Err(Error::new(ErrorCode::NotReady, message));
        }
        if let Some(&BlockResult { block, .. }) = results.iter().find(|result| !result.loss.is_finite()) {
            return Err(self.not_finite(block));
        }
        Ok((
            results.iter().map(|result| result.loss).sum(),
            results.iter().map(|result| result.correct).sum(),
        ))
    }

    fn not_finite(&mut self, block: usize) -> Error {
        let step = self.position.step + 1;
        let place = self.place();
        match self.shard.first_not_finite(self.batch.part(block..block + 1), place) {
            Some(layer) => Error::in_layer(
                layer,
                ErrorCode::NotFinite,
                format!(
                    "At step {step} the loss is no longer a number. Layer {layer} ({}) is the first that holds one too large to compute with; a smaller learning rate usually helps.",
                    self.spec.layers[layer].kind()
                ),
            ),
            None => Error::new(
                ErrorCode::NotFinite,
                format!(
                    "At step {step} the loss is too large to compute with; a smaller learning rate usually helps."
                ),
            ),
        }
    }
}
