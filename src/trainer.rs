//! A run: steps, epochs, evaluation, and going back when something breaks.

mod batch;
mod checkpoint;
mod evaluate;
mod gradient_norms;
pub(crate) mod images;
pub mod parallel;
mod step;
mod teach;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

use crate::data::{Dataset, Split};
use crate::error::Result;
use crate::network::Network;
use crate::optimizer::OptimizerState;
use crate::spec::{Spec, Training};
use crate::timing::{Clock, Timing};
use batch::Batch;
pub use checkpoint::{
    checkpoint_filters, checkpoint_network, checkpoint_weights, new_checkpoint, new_checkpoint_of,
};
use evaluate::EvaluationUnderWay;
use gradient_norms::NormMeter;
pub use gradient_norms::{GradientNorms, LayerNorms};
pub use parallel::Shard;
use step::BegunStep;
use teach::Teaching;
pub use teach::TeachingSettings;

/// Steps between two copies of the weights that the run can go back to.
const STEPS_BETWEEN_COPIES: u64 = 100;

/// The result of one step, before its update.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Mean loss of the batch.
    pub loss: f32,
    /// Share of the batch that was classified correctly.
    pub accuracy: f32,
    /// The learning rate of the update, schedule included.
    pub learning_rate: f32,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Position {
    /// Updates made.
    pub step: u64,
    /// Epochs finished.
    pub epoch: u64,
    /// Images of the current epoch that have passed.
    pub images: usize,
}

/// All that training changes: what it takes to continue from here.
#[derive(Clone, Debug)]
struct State {
    position: Position,
    weights: Vec<f32>,
    optimizer: OptimizerState,
}

/// A run of a spec on a data set.
#[derive(Clone, Debug)]
pub struct Trainer {
    pub(crate) spec: Spec,
    pub(crate) shard: Shard,
    pub(crate) optimizer: OptimizerState,
    pub(crate) position: Position,
    /// Images of the training split.
    training_images: usize,
    /// The order of the epoch `order_of`.
    order: Vec<u32>,
    order_of: Option<u64>,
    /// The images of the step that was begun.
    pub(crate) batch: Batch,
    begun: Option<BegunStep>,
    /// The last two copies known to be good, the older one first.
    copies: Vec<State>,
    evaluating: Option<EvaluationUnderWay>,
    norms: Option<NormMeter>,
    /// The last teaching, until the run goes on.
    teaching: Option<Teaching>,
    clock: Option<Clock>,
    /// Updates that were timed, and how many milliseconds they took together.
    timed_updates: (u64, f64),
}

impl Trainer {
    /// A run of `spec` on `dataset`, before its first step. The images may still be loading.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the spec; [`ErrorCode::ImpossibleShape`](crate::error::ErrorCode::ImpossibleShape) if it does not fit the images.
    pub fn new(spec: Spec, dataset: &Dataset) -> Result<Self> {
        let shard = Shard::new(&spec)?;
        dataset.check_form(shard.network.form())?;
        let parameters = shard.network.weights().len();
        let mut trainer = Self {
            optimizer: OptimizerState::new(spec.training.optimizer, parameters),
            position: Position::default(),
            training_images: dataset.len(Split::Training).min(spec.data.training_images),
            order: Vec::new(),
            order_of: None,
            batch: Batch::default(),
            begun: None,
            copies: Vec::with_capacity(2),
            evaluating: None,
            norms: None,
            teaching: None,
            clock: None,
            timed_updates: (0, 0.0),
            shard,
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
        &self.shard.network
    }

    /// Sets the parameter called `name` to `values`, in PyTorch's order. A step that was begun is dropped.
    ///
    /// # Errors
    ///
    /// Those of [`Network::set_parameter`].
    pub fn set_parameter(&mut self, name: &str, values: &[f32]) -> Result<()> {
        self.shard.network.set_parameter(name, values)?;
        self.drop_step();
        self.teaching = None;
        Ok(())
    }

    /// How far the run has come.
    pub fn position(&self) -> Position {
        self.position
    }

    /// Steps in one epoch. The last one takes the images that are left.
    pub fn steps_per_epoch(&self) -> u64 {
        self.training_images.div_ceil(self.spec.training.batch_size) as u64
    }

    /// Steps of the whole run: those made, and those left at the present batch size.
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

    /// Changes the settings from the next step on. A step that was begun is dropped.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::OutOfRange`](crate::error::ErrorCode::OutOfRange), and nothing changes.
    pub fn configure(&mut self, training: Training) -> Result<()> {
        training.validate()?;
        self.drop_step();
        self.optimizer.set_rule(training.optimizer);
        self.shard.configure(&training);
        self.spec.training = training;
        Ok(())
    }

    /// Goes on with the training images of `dataset`, in place of those there were. The place in the epoch
    /// stays if there are as many; else the epoch begins anew. A step that was begun is dropped.
    pub fn use_images(&mut self, dataset: &Dataset) {
        self.drop_step();
        self.evaluating = None;
        self.teaching = None;
        self.order_of = None;
        self.training_images = dataset.len(Split::Training).min(self.spec.data.training_images);
        let kept = self.copies.iter_mut().map(|copy| &mut copy.position);
        for position in kept.chain([&mut self.position]) {
            if position.images >= self.training_images {
                position.images = 0;
            }
        }
    }

    /// Goes back to the older of the last two good copies, 100 to 200 steps ago, and returns its step. The
    /// settings stay as they are now; what the optimizer remembered then is kept if it suits its rule now.
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

    /// Takes the time of training from now on.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = Some(clock);
        self.shard.network.timer_mut().set_clock(clock);
    }

    /// What training has cost so far, as far as it was computed here.
    pub fn timing(&self) -> Timing {
        let (updates, milliseconds) = self.timed_updates;
        let update = milliseconds / updates.max(1) as f64;
        Timing { updates, update, ..self.network().timer().timing() }
    }

    fn advance(&mut self, images: usize) {
        self.teaching = None;
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
        if self.network().weights().iter().all(|weight| weight.is_finite()) {
            if self.copies.len() == 2 {
                self.copies.remove(0);
            }
            self.copies.push(self.state());
        }
    }

    fn state(&self) -> State {
        State {
            position: self.position,
            weights: self.network().weights().to_vec(),
            optimizer: self.optimizer.clone(),
        }
    }

    /// Continues from `state`. Nothing of the steps that it undoes is left.
    fn enter(&mut self, state: State) {
        let rule = *self.optimizer.rule();
        self.drop_step();
        self.shard.network.update_weights(|weights| weights.copy_from_slice(&state.weights));
        self.optimizer = state.optimizer;
        self.optimizer.set_rule(rule);
        self.position = state.position;
        self.evaluating = None;
        self.teaching = None;
        if let Some(norms) = &mut self.norms {
            norms.forget_after(state.position.step);
        }
    }
}
