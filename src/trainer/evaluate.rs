use super::step::label_learnt;
use super::{Shard, Trainer};
use crate::data::{Dataset, Split};
use crate::error::{Error, ErrorCode, Result};
use crate::layers::Mode;
use crate::metrics::{Evaluation, Evaluator, predicted_class};
use crate::network::{BLOCK, Gradients, Network, Trace};
use crate::stamp::Stamp;

/// An evaluation that has been begun. All its images meet the same weights.
#[derive(Clone, Debug)]
pub(super) struct EvaluationUnderWay {
    split: Split,
    /// Images evaluated.
    done: usize,
    evaluator: Evaluator,
    weights: Stamp,
}

impl EvaluationUnderWay {
    fn new(split: Split, network: &Network) -> Self {
        Self { split, done: 0, evaluator: Evaluator::new(network.classes()), weights: network.stamp() }
    }
}

impl Trainer {
    /// Starts to evaluate all images of `split`; of the training images, those that the run learns from, with
    /// the labels that it learns.
    pub fn begin_evaluation(&mut self, split: Split) {
        self.evaluating = Some(EvaluationUnderWay::new(split, self.network()));
    }

    /// Evaluates up to `max_images` more and returns whether all have been. If the weights have changed
    /// since the last call, it starts again from the first image.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if no evaluation was begun, or an image has not been loaded.
    pub fn continue_evaluation(&mut self, dataset: &Dataset, max_images: usize) -> Result<bool> {
        let Self {
            shard: Shard { network, pass, normalizer, .. }, evaluating, spec, training_images, ..
        } = self;
        let evaluating = evaluating.as_mut().ok_or_else(not_begun)?;
        if evaluating.weights != network.stamp() {
            *evaluating = EvaluationUnderWay::new(evaluating.split, network);
        }
        let EvaluationUnderWay { split, done, evaluator, .. } = evaluating;
        let form = network.form();
        let mut labels = [0; BLOCK];
        let learns = *split == Split::Training;
        let images = if learns { *training_images } else { dataset.len(*split) };
        let end = done.saturating_add(max_images).min(images);
        while *done < end {
            let block = *done..(*done + BLOCK).min(end);
            let labels = &mut labels[..block.len()];
            let input = pass.input_mut(block.len()).chunks_exact_mut(form.pixels());
            for ((out, label), index) in input.zip(&mut *labels).zip(block.clone()) {
                let (pixels, own) = dataset.example(form, *split, index)?;
                normalizer.apply(out, pixels);
                *label = if learns { label_learnt(spec, form.classes, index as u32, own) } else { own };
            }
            pass.interleave_input();
            network.forward(pass, Mode::Inference);
            let probabilities = pass.probabilities().chunks_exact(network.classes());
            for ((probabilities, &label), loss) in probabilities.zip(&*labels).zip(pass.losses(labels)) {
                let predicted = predicted_class(probabilities);
                evaluator.add(usize::from(label), predicted, probabilities[predicted], loss);
            }
            *done = block.end;
        }
        Ok(*done == images)
    }

    /// The result of the images evaluated so far.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if no evaluation was begun.
    pub fn evaluation(&self) -> Result<Evaluation> {
        Ok(self.evaluating.as_ref().ok_or_else(not_begun)?.evaluator.evaluation())
    }

    /// Evaluates all images of `split` at once.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if an image has not been loaded.
    pub fn evaluate(&mut self, dataset: &Dataset, split: Split) -> Result<Evaluation> {
        self.begin_evaluation(split);
        self.continue_evaluation(dataset, dataset.len(split))?;
        self.evaluation()
    }

    /// The probability of each class for one image.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] if it is not of that size.
    pub fn predict(&mut self, pixels: &[u8]) -> Result<&[f32]> {
        self.check_size(pixels)?;
        let Shard { network, pass, normalizer, .. } = &mut self.shard;
        normalizer.apply(pass.input_mut(1), pixels);
        pass.interleave_input();
        network.forward(pass, Mode::Inference);
        Ok(pass.probabilities())
    }

    /// The forward pass of one image, to be viewed.
    ///
    /// # Errors
    ///
    /// As [`Trainer::predict`].
    pub fn trace(&mut self, pixels: &[u8]) -> Result<Trace> {
        self.check_size(pixels)?;
        let Shard { network, normalizer, .. } = &mut self.shard;
        let mut image = vec![0.0; pixels.len()];
        normalizer.apply(&mut image, pixels);
        network.trace(&image, Mode::Inference)
    }

    /// The forward pass of `count` test images, the first one `first`, and their labels.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if one has not been loaded; those of [`Network::trace`].
    pub fn trace_test(&mut self, dataset: &Dataset, first: usize, count: usize) -> Result<(Trace, Vec<u8>)> {
        let Shard { network, normalizer, .. } = &mut self.shard;
        let count = count.min(BLOCK + 1);
        let form = network.form();
        let mut images = vec![0.0; count * form.pixels()];
        let mut labels = Vec::with_capacity(count);
        for (out, index) in images.chunks_exact_mut(form.pixels()).zip(first..) {
            let (pixels, label) = dataset.example(form, Split::Test, index)?;
            normalizer.apply(out, pixels);
            labels.push(label);
        }
        Ok((network.trace(&images, Mode::Inference)?, labels))
    }

    /// The gradients of the mean loss of the images of `trace`, given their `labels`.
    ///
    /// # Errors
    ///
    /// Those of [`Network::backward_of`].
    pub fn backward(&mut self, trace: &Trace, labels: &[u8]) -> Result<Gradients> {
        self.shard.network.backward_of(trace, labels, 1.0 / trace.images() as f32)
    }

    /// The gradients of the score of class `first` less that of class `second`, of the images of `trace`.
    ///
    /// # Errors
    ///
    /// Those of [`Network::contrast_of`].
    pub fn contrast(&mut self, trace: &Trace, first: usize, second: usize) -> Result<Gradients> {
        self.shard.network.contrast_of(trace, first, second)
    }

    fn check_size(&self, pixels: &[u8]) -> Result<()> {
        let expected = self.network().form().pixels();
        if pixels.len() == expected {
            return Ok(());
        }
        let message = format!("An image for this network has {expected} bytes; got {}.", pixels.len());
        Err(Error::new(ErrorCode::ImpossibleShape, message))
    }
}

fn not_begun() -> Error {
    Error::new(ErrorCode::NotReady, "No evaluation is under way; begin one first.")
}
