//! Where the time of training goes.
//!
//! The engine has no clock: whoever wants to know hands one in. Only one block in
//! [`BLOCKS_BETWEEN_LOOKS`] is timed, so that looking costs nothing that could be seen, and a coarse
//! clock does no harm: what it rounds up at one look it rounds down at another.

use serde::Serialize;

/// Milliseconds since any fixed moment.
pub type Clock = fn() -> f64;

/// Blocks, or updates, of which one is timed.
pub const BLOCKS_BETWEEN_LOOKS: u64 = 8;

/// A kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// From what comes in to what goes out.
    Forward,
    /// The gradient with respect to weights and biases.
    WeightGradient,
    /// The gradient with respect to what came in.
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
    /// The gradient with respect to what came in.
    pub input_gradient: f64,
}

/// What training costs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Ledger {
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
pub struct Stopwatch {
    clock: Option<Clock>,
    running: bool,
    last: f64,
    stage: usize,
    blocks: u64,
    images: u64,
    /// Milliseconds so far.
    stages: Vec<StageTime>,
}

impl Stopwatch {
    /// One for stages of these layers, first and last.
    pub fn new(stages: impl Iterator<Item = [usize; 2]>) -> Self {
        let stage = |[first_layer, last_layer]: [usize; 2]| StageTime {
            first_layer,
            last_layer,
            ..StageTime::default()
        };
        Self { stages: stages.map(stage).collect(), ..Self::default() }
    }

    /// Takes the time from now on.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = Some(clock);
    }

    /// Says that a block of `images` images is about to pass, which is timed if it is its turn.
    pub fn next_block(&mut self, images: usize) {
        self.running = self.clock.is_some() && self.blocks.is_multiple_of(BLOCKS_BETWEEN_LOOKS);
        self.blocks += 1;
        if self.running {
            self.images += images as u64;
        }
    }

    /// Says that what follows is of this stage.
    pub fn enter(&mut self, stage: usize) {
        self.stage = stage;
        if let (true, Some(clock)) = (self.running, self.clock) {
            self.last = clock();
        }
    }

    /// Says that since the last call this kind of work was done.
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

    /// Takes no more time until the next block of training.
    pub fn stop(&mut self) {
        self.running = false;
    }

    /// What has been timed, per image.
    pub fn ledger(&self) -> Ledger {
        let images = self.images.max(1) as f64;
        let per_image = |stage: &StageTime| StageTime {
            forward: stage.forward / images,
            weight_gradient: stage.weight_gradient / images,
            input_gradient: stage.input_gradient / images,
            ..*stage
        };
        let stages = self.stages.iter().map(per_image).collect();
        Ledger { images: self.images, stages, ..Ledger::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local!(static TIME: Cell<f64> = const { Cell::new(0.0) });

    /// Each look at this clock takes a millisecond.
    fn ticking() -> f64 {
        TIME.set(TIME.get() + 1.0);
        TIME.get()
    }

    #[test]
    fn one_block_in_eight_is_timed_and_the_time_divided_by_its_images() {
        let mut watch = Stopwatch::new([[0, 2], [3, 3]].into_iter());
        watch.set_clock(ticking);
        for _ in 0..16 {
            watch.next_block(10);
            watch.enter(0);
            watch.lap(Work::Forward);
            watch.enter(1);
            watch.lap(Work::WeightGradient);
            watch.lap(Work::InputGradient);
        }
        let ledger = watch.ledger();
        assert_eq!(ledger.images, 20);
        let first = StageTime { first_layer: 0, last_layer: 2, forward: 0.1, ..StageTime::default() };
        let second = StageTime {
            first_layer: 3,
            last_layer: 3,
            weight_gradient: 0.1,
            input_gradient: 0.1,
            ..StageTime::default()
        };
        assert_eq!(ledger.stages, [first, second]);
        assert_eq!(TIME.get(), 2.0 * 5.0);
    }

    #[test]
    fn without_a_clock_nothing_is_timed() {
        let mut watch = Stopwatch::new([[0, 0]].into_iter());
        watch.next_block(10);
        watch.enter(0);
        watch.lap(Work::Forward);
        assert_eq!(watch.ledger().images, 0);
    }
}
