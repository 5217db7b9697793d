use super::{Shard, Trainer};
use crate::data::{self, Dataset, Split};
use crate::error::{Error, ErrorCode, Result};
use crate::layers::Mode;
use crate::metrics::{Evaluation, Evaluator, predicted_class};
use crate::network::{BLOCK, LookBack};

impl Trainer {
    /// Starts to judge all images of `split`. Between the slices of an evaluation nothing may change
    /// the weights, or its result would belong to no one network.
    pub fn begin_evaluation(&mut self, split: Split) {
        self.evaluating = Some((split, 0, Evaluator::new(self.network().classes())));
    }

    /// Judges up to `max_images` more; says whether all have been.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if no evaluation was begun, or an image has not been loaded.
    pub fn continue_evaluation(&mut self, dataset: &Dataset, max_images: usize) -> Result<bool> {
        let Self { shard: Shard { network, normalizer, .. }, evaluating, .. } = self;
        let mut labels = [0; BLOCK];
        let (split, done, evaluator) = evaluating.as_mut().ok_or_else(not_begun)?;
        let end = (*done + max_images).min(dataset.len(*split));
        while *done < end {
            let block = *done..(*done + BLOCK).min(end);
            let labels = &mut labels[..block.len()];
            let input = network.input_mut(block.len()).chunks_exact_mut(data::PIXELS);
            for ((out, label), index) in input.zip(&mut *labels).zip(block.clone()) {
                normalizer.apply(out, dataset.image(*split, index)?);
                *label = dataset.label(*split, index)?;
            }
            network.forward(block.len(), Mode::Inference);
            network.judge(labels);
            let probabilities = network.probabilities().chunks_exact(network.classes());
            for ((probabilities, &label), &loss) in probabilities.zip(&*labels).zip(network.losses()) {
                let predicted = predicted_class(probabilities);
                evaluator.add(usize::from(label), predicted, probabilities[predicted], loss);
            }
            *done = block.end;
        }
        Ok(*done == dataset.len(*split))
    }

    /// The result of the images judged so far.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if no evaluation was begun.
    pub fn evaluation(&self) -> Result<Evaluation> {
        let (_, _, evaluator) = self.evaluating.as_ref().ok_or_else(not_begun)?;
        Ok(evaluator.evaluation())
    }

    /// Judges all images of `split` at once.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if an image has not been loaded.
    pub fn evaluate(&mut self, dataset: &Dataset, split: Split) -> Result<Evaluation> {
        self.begin_evaluation(split);
        self.continue_evaluation(dataset, dataset.len(split))?;
        self.evaluation()
    }

    /// What the network makes of one image of 784 pixels.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] if it is not of that size.
    pub fn predict(&mut self, pixels: &[u8]) -> Result<&[f32]> {
        let image = self.normalized(pixels)?;
        Ok(self.shard.network.predict(&image))
    }

    /// As [`Trainer::predict`], and the network keeps what each layer put out.
    ///
    /// # Errors
    ///
    /// As [`Trainer::predict`].
    pub fn look_at(&mut self, pixels: &[u8]) -> Result<&[f32]> {
        let image = self.normalized(pixels)?;
        Ok(self.shard.network.look_at(&image))
    }

    /// Passes `count` test images, the first one `first`, through the network, which keeps what each
    /// layer puts out; gives their labels.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if one has not been loaded; [`ErrorCode::OutOfRange`] if they are more
    /// than a block.
    pub fn look_at_test(&mut self, dataset: &Dataset, first: usize, count: usize) -> Result<Vec<u8>> {
        if count > BLOCK {
            let message =
                format!("Up to {BLOCK} images can be looked at together, but {count} were asked for.");
            return Err(Error::new(ErrorCode::OutOfRange, message));
        }
        let Shard { network, normalizer, .. } = &mut self.shard;
        let mut labels = Vec::with_capacity(count);
        let input = network.input_mut(count).chunks_exact_mut(data::PIXELS);
        for (out, index) in input.zip(first..) {
            normalizer.apply(out, dataset.image(Split::Test, index)?);
            labels.push(dataset.label(Split::Test, index)?);
        }
        network.forward_layer_by_layer(count, Mode::Inference);
        Ok(labels)
    }

    /// The gradients of the mean loss of the images that were looked at last, for these `labels`.
    ///
    /// # Errors
    ///
    /// Those of [`look_back`](crate::network::Network::look_back).
    pub fn look_back(&mut self, labels: &[u8]) -> Result<LookBack> {
        self.shard.network.look_back(labels, 1.0 / labels.len().max(1) as f32)
    }

    fn normalized(&self, pixels: &[u8]) -> Result<[f32; data::PIXELS]> {
        if pixels.len() != data::PIXELS {
            let message = format!("An image has {} pixels, but {} came.", data::PIXELS, pixels.len());
            return Err(Error::new(ErrorCode::ImpossibleShape, message));
        }
        let mut image = [0.0; data::PIXELS];
        self.shard.normalizer.apply(&mut image, pixels);
        Ok(image)
    }
}

fn not_begun() -> Error {
    Error::new(ErrorCode::NotReady, "No evaluation is under way; begin one first.")
}
