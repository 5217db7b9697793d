//! Where the time of training goes.
//!
//! The engine has no clock; one is handed in. Only one block in [`BLOCKS_BETWEEN_TIMINGS`] is timed, so
//! that timing costs nothing measurable, and a coarse clock does no harm: what it rounds up in one reading
//! it rounds down in another.

use serde::Serialize;

/// Milliseconds since any fixed moment.
pub type Clock = fn() -> f64;

/// Blocks, or updates, of which one is timed.
pub const BLOCKS_BETWEEN_TIMINGS: u64 = 8;

/// A kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// From the input to the output.
    Forward,
    /// The gradient with respect to weights and biases.
    WeightGradient,
    /// The gradient with respect to the input.
    InputGradient,
}

/// Milliseconds of each kind of work that an image takes in one stage of the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct StageTime {
    /// The first of the layers that pass as one.
    pub first_layer: usize,
    /// The last of them.
    pub last_layer: usize,
    /// Forward.
    pub forward: f64,
    /// The gradient with respect to weights and biases.
    pub weight_gradient: f64,
    /// The gradient with respect to the input.
    pub input_gradient: f64,
}

/// What training costs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Timing {
    /// Images that were timed.
    pub images: u64,
    /// Milliseconds for each of them, stage by stage.
    pub stages: Vec<StageTime>,
    /// Updates that were timed.
    pub updates: u64,
    /// Milliseconds of an update: summing the blocks' gradients, the optimizer, laying out the weights.
    pub update: f64,
}

/// Times the stages of a network, one after the other.
#[derive(Clone, Debug, Default)]
pub struct StageTimer {
    clock: Option<Clock>,
    running: bool,
    last: f64,
    stage: usize,
    blocks: u64,
    images: u64,
    /// Milliseconds so far.
    stages: Vec<StageTime>,
}

impl StageTimer {
    /// One for stages of these layers, first and last.
    pub fn new(stages: impl Iterator<Item = [usize; 2]>) -> Self {
        let stage = |[first_layer, last_layer]: [usize; 2]| StageTime {
            first_layer,
            last_layer,
            ..StageTime::default()
        };
        Self { stages: stages.map(stage).collect(), ..Self::default() }
    }

    /// Times the work from now on.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = Some(clock);
    }

    /// Starts a block of `images` images, which is timed if it is its turn.
    pub fn next_block(&mut self, images: usize) {
        self.running = self.clock.is_some() && self.blocks.is_multiple_of(BLOCKS_BETWEEN_TIMINGS);
        self.blocks += 1;
        if self.running {
            self.images += images as u64;
        }
    }

    /// Starts a stage.
    pub fn enter(&mut self, stage: usize) {
        self.stage = stage;
        if let (true, Some(clock)) = (self.running, self.clock) {
            self.last = clock();
        }
    }

    /// Adds the time since the last call to this kind of work.
    pub fn lap(&mut self, work: Work) {
        let (true, Some(clock)) = (self.running, self.clock) else { return };
        let now = clock();
        let stage = &mut self.stages[self.stage];
        let spent = match work {
            Work::Forward => &mut stage.forward,
            Work::WeightGradient => &mut stage.weight_gradient,
            Work::InputGradient => &mut stage.input_gradient,
        };
        *spent += now - self.last;
        self.last = now;
    }

    /// Times nothing more until the next block of training.
    pub fn stop(&mut self) {
        self.running = false;
    }

    /// What has been timed, per image.
    pub fn timing(&self) -> Timing {
        let images = self.images.max(1) as f64;
        let per_image = |stage: &StageTime| StageTime {
            forward: stage.forward / images,
            weight_gradient: stage.weight_gradient / images,
            input_gradient: stage.input_gradient / images,
            ..*stage
        };
        let stages = self.stages.iter().map(per_image).collect();
        Timing { images: self.images, stages, ..Timing::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local!(static TIME: Cell<f64> = const { Cell::new(0.0) });

    /// Each reading of this clock takes a millisecond.
    fn ticking() -> f64 {
        TIME.set(TIME.get() + 1.0);
        TIME.get()
    }

    #[test]
    fn one_block_in_eight_is_timed_and_the_time_divided_by_its_images() {
        let mut timer = StageTimer::new([[0, 2], [3, 3]].into_iter());
        timer.set_clock(ticking);
        for _ in 0..16 {
            timer.next_block(10);
            timer.enter(0);
            timer.lap(Work::Forward);
            timer.enter(1);
            timer.lap(Work::WeightGradient);
            timer.lap(Work::InputGradient);
        }
        let timing = timer.timing();
        assert_eq!(timing.images, 20);
        let first = StageTime { first_layer: 0, last_layer: 2, forward: 0.1, ..StageTime::default() };
        let second = StageTime {
            first_layer: 3,
            last_layer: 3,
            weight_gradient: 0.1,
            input_gradient: 0.1,
            ..StageTime::default()
        };
        assert_eq!(timing.stages, [first, second]);
        assert_eq!(TIME.get(), 2.0 * 5.0);
    }

    #[test]
    fn without_a_clock_nothing_is_timed() {
        let mut timer = StageTimer::new([[0, 0]].into_iter());
        timer.next_block(10);
        timer.enter(0);
        timer.lap(Work::Forward);
        assert_eq!(timer.timing().images, 0);
    }
}
