//! A run: steps, epochs, evaluation, and the way back when something breaks.

mod checkpoint;
mod evaluate;
mod gradient_tree;
mod images;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::data::{self, Dataset, Split};
use crate::error::{Error, ErrorCode, Result};
use crate::layers::Mode;
use crate::metrics::{Evaluator, predicted_class};
use crate::network::{BLOCK, Network};
use crate::optimizer::OptimizerState;
use crate::schedule::Moment;
use crate::spec::{Spec, Training};
use gradient_tree::GradientTree;
use images::Normalizer;

/// Steps between two copies of the weights that one can go back to.
const STEPS_BETWEEN_COPIES: u64 = 100;

/// What one step came to, before its update.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Mean loss of the batch.
    pub loss: f32,
    /// Share of the batch that was read rightly.
    pub accuracy: f32,
    /// The learning rate of the update, schedule included.
    pub learning_rate: f32,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Position {
    /// Updates made.
    pub step: u64,
    /// Epochs finished.
    pub epoch: u64,
    /// Images of the current epoch that have passed.
    pub images: usize,
}

/// All that training changes: what it takes to go on from here.
#[derive(Clone, Debug)]
struct State {
    position: Position,
    weights: Vec<f32>,
    optimizer: OptimizerState,
}

/// A run of a spec on a data set.
#[derive(Clone, Debug)]
pub struct Trainer {
    spec: Spec,
    network: Network,
    optimizer: OptimizerState,
    position: Position,
    /// Images of the training split.
    training_images: usize,
    /// The order of the epoch `order_of`.
    order: Vec<u32>,
    order_of: Option<u64>,
    normalizer: Normalizer,
    gradients: GradientTree,
    labels: Vec<u8>,
    /// The last two copies known to be good, the older one first.
    copies: Vec<State>,
    evaluating: Option<(Split, usize, Evaluator)>,
}

impl Trainer {
    /// A run of `spec` on `dataset`, before its first step. The images may still be on their way.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the spec; [`ErrorCode::ImpossibleShape`] if it does not fit the images.
    pub fn new(spec: Spec, dataset: &Dataset) -> Result<Self> {
        let network = Network::new(&spec)?;
        let (expected, classes) = ([1, data::ROWS, data::COLUMNS], data::LABELS);
        if spec.input != expected || network.classes() != classes {
            // Not `{:?}`, whose code for lists would come to 1 % of the engine in wasm.
            let list = |[channels, height, width]: [usize; 3]| format!("[{channels}, {height}, {width}]");
            let message = format!(
                "The images are {} (channels, height, width) in {classes} classes, but the network takes {} and gives {}.",
                list(expected),
                list(spec.input),
                network.classes()
            );
            return Err(Error::new(ErrorCode::ImpossibleShape, message));
        }
        let parameters = network.weights().len();
        let mut trainer = Self {
            optimizer: OptimizerState::new(parameters),
            position: Position::default(),
            training_images: dataset.len(Split::Training),
            order: Vec::new(),
            order_of: None,
            normalizer: Normalizer::new(spec.normalization),
            gradients: GradientTree::new(spec.training.batch_size.div_ceil(BLOCK), parameters),
            labels: Vec::with_capacity(BLOCK),
            copies: Vec::with_capacity(2),
            evaluating: None,
            network,
            spec,
        };
        trainer.keep_copy();
        Ok(trainer)
    }

    /// What is being run.
    pub fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The network as it is now.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Where the run stands.
    pub fn position(&self) -> Position {
        self.position
    }

    /// Steps in one epoch. The last one takes the images that are left.
    pub fn steps_per_epoch(&self) -> u64 {
        self.training_images.div_ceil(self.spec.training.batch_size) as u64
    }

    /// Steps of the whole run: those made, and those to come at the present batch size.
    pub fn total_steps(&self) -> u64 {
        let epochs_left = (self.spec.training.epochs as u64).saturating_sub(self.position.epoch);
        if epochs_left == 0 {
            return self.position.step;
        }
        let images_left = self.training_images - self.position.images;
        let in_this_epoch = images_left.div_ceil(self.spec.training.batch_size) as u64;
        self.position.step + in_this_epoch + (epochs_left - 1) * self.steps_per_epoch()
    }

    /// Whether all epochs have been run.
    pub fn is_finished(&self) -> bool {
        self.position.epoch >= self.spec.training.epochs as u64
    }

    /// Changes the settings from the next step on.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::OutOfRange`], and nothing changes.
    pub fn configure(&mut self, training: Training) -> Result<()> {
        training.validate()?;
        if !training.optimizer.remembers_like(&self.spec.training.optimizer) {
            self.optimizer.clear();
        }
        if training.batch_size != self.spec.training.batch_size {
            let blocks = training.batch_size.div_ceil(BLOCK);
            self.gradients = GradientTree::new(blocks, self.network.weights().len());
        }
        self.spec.training = training;
        Ok(())
    }

    /// Takes one step: a batch forward and back, and one update. Going on past the last epoch is
    /// allowed; [`Trainer::is_finished`] says when it was reached.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] while an image of the batch has not been loaded;
    /// [`ErrorCode::NotFinite`] if the loss is not a number, with the first layer that is to blame.
    /// Either way nothing has changed.
    pub fn step(&mut self, dataset: &Dataset) -> Result<Step> {
        self.prepare_order();
        let first = self.position.images;
        let last = (first + self.spec.training.batch_size).min(self.training_images);
        self.check_loaded(dataset, first..last)?;
        let (loss, correct) = self.batch_gradient(dataset, first..last)?;
        let factor = self.spec.training.schedule.factor(self.moment());
        let rule = &self.spec.training.optimizer;
        let gradient = self.gradients.total();
        self.network.update_weights(|weights| self.optimizer.update(rule, factor, weights, gradient));
        let step = Step {
            loss: (loss / (last - first) as f64) as f32,
            accuracy: correct as f32 / (last - first) as f32,
            learning_rate: rule.learning_rate() * factor,
        };
        self.advance(last);
        Ok(step)
    }

    /// Goes back to the older of the last two good copies, 100 to 200 steps ago, and says which step
    /// that was.
    pub fn go_back(&mut self) -> u64 {
        let state = self.copies[0].clone();
        self.copies.truncate(1);
        self.enter(state);
        self.position.step
    }

    /// The step that [`Trainer::go_back`] would lead to.
    pub fn can_go_back_to(&self) -> u64 {
        self.copies[0].position.step
    }

    fn moment(&self) -> Moment {
        let Position { step, epoch, .. } = self.position;
        Moment { step, total_steps: self.total_steps(), epoch }
    }

    fn prepare_order(&mut self) {
        if self.order_of != Some(self.position.epoch) {
            data::shuffle_into(&mut self.order, self.spec.seed, self.position.epoch, self.training_images);
            self.order_of = Some(self.position.epoch);
        }
    }

    fn check_loaded(&self, dataset: &Dataset, batch: std::ops::Range<usize>) -> Result<()> {
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

    /// Computes the gradient of the mean loss of a batch, block by block; gives the sum of the losses
    /// and the number of images read rightly.
    fn batch_gradient(&mut self, dataset: &Dataset, batch: std::ops::Range<usize>) -> Result<(f64, usize)> {
        let scale = 1.0 / batch.len() as f32;
        let (mut loss, mut correct) = (0.0, 0);
        self.gradients.clear();
        for start in batch.clone().step_by(BLOCK) {
            let block = start..(start + BLOCK).min(batch.end);
            self.load_block(dataset, block.clone())?;
            let Self { network, labels, gradients, .. } = self;
            let (seed, step) = (self.spec.seed, self.position.step);
            let mode = Mode::Training { seed, step, first_image: start - batch.start };
            network.forward(block.len(), mode);
            let block_loss: f64 = network.judge(labels).iter().map(|&loss| f64::from(loss)).sum();
            if !block_loss.is_finite() {
                return Err(self.not_finite(block.len(), mode));
            }
            loss += block_loss;
            let probabilities = network.probabilities().chunks_exact(network.classes());
            correct +=
                probabilities.zip(&*labels).filter(|(p, l)| predicted_class(p) == usize::from(**l)).count();
            gradients.add(|gradient| network.backward(labels, scale, gradient));
        }
        Ok((loss, correct))
    }

    /// Puts the images at `block` of the epoch's order into the network, warped if asked for.
    fn load_block(&mut self, dataset: &Dataset, block: std::ops::Range<usize>) -> Result<()> {
        self.labels.clear();
        let augmentation = &self.spec.training.augmentation;
        let input = self.network.input_mut(block.len());
        for (out, &index) in input.chunks_exact_mut(data::PIXELS).zip(&self.order[block]) {
            let pixels = dataset.image(Split::Training, index as usize)?;
            self.labels.push(dataset.label(Split::Training, index as usize)?);
            if augmentation.is_none() {
                self.normalizer.apply(out, pixels);
            } else {
                let key = [self.position.epoch, u64::from(index)];
                self.normalizer.apply_warped(out, pixels, augmentation, self.spec.seed, key);
            }
        }
        Ok(())
    }

    fn not_finite(&mut self, images: usize, mode: Mode) -> Error {
        let step = self.position.step + 1;
        self.network.forward_layer_by_layer(images, mode);
        match self.network.first_not_finite(images) {
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

    fn advance(&mut self, images: usize) {
        self.position.step += 1;
        self.position.images = images;
        if images == self.training_images {
            self.position.epoch += 1;
            self.position.images = 0;
        }
        if self.position.step.is_multiple_of(STEPS_BETWEEN_COPIES) {
            self.keep_copy();
        }
    }

    /// Keeps the present state to go back to, unless it is broken already.
    fn keep_copy(&mut self) {
        if self.network.weights().iter().all(|weight| weight.is_finite()) {
            if self.copies.len() == 2 {
                self.copies.remove(0);
            }
            self.copies.push(self.state());
        }
    }

    fn state(&self) -> State {
        State {
            position: self.position,
            weights: self.network.weights().to_vec(),
            optimizer: self.optimizer.clone(),
        }
    }

    fn enter(&mut self, state: State) {
        self.network.update_weights(|weights| weights.copy_from_slice(&state.weights));
        self.optimizer = state.optimizer;
        self.position = state.position;
        self.evaluating = None;
    }
}
