use super::gradient_tree::GradientTree;
use crate::error::Result;
use crate::layers::Mode;
use crate::metrics::predicted_class;
use crate::network::{BLOCK, Network, Pass, Trace};
use crate::spec::{Spec, Training};
use crate::trainer::batch::Part;
use crate::trainer::images::Normalizer;

/// What it takes to compute gradients for some of a batch's blocks: a network, and no data set, no
/// optimizer, no place in a run. One is part of every trainer; others can work beside it elsewhere.
#[derive(Clone, Debug)]
pub struct Shard {
    pub(crate) network: Network,
    /// The buffers of every pass.
    pub(crate) pass: Pass,
    pub(crate) normalizer: Normalizer,
    pub(crate) gradients: GradientTree,
    /// Of the blocks computed since [`Shard::begin`], in their order.
    pub(crate) results: Vec<BlockResult>,
    /// Room for the indices of a request, so that answering allocates nothing.
    pub(crate) indices: Vec<u32>,
    pub(crate) seed: u64,
}

/// The result of one block.
#[derive(Clone, Copy, Debug)]
pub struct BlockResult {
    /// The number of the block.
    pub block: usize,
    /// The loss of each image, negative where it was misclassified; a block that is not full ends in −0.
    pub losses: [f32; BLOCK],
}

// Neither is worth its size where it is used.
impl BlockResult {
    /// The sum of its losses.
    #[inline(never)]
    pub fn loss(&self) -> f64 {
        self.losses.iter().map(|loss| f64::from(loss.abs())).sum()
    }

    /// Images that were classified correctly.
    #[inline(never)]
    pub fn correct(&self) -> usize {
        self.losses.iter().filter(|loss| loss.is_sign_positive()).count()
    }
}

/// The step that the blocks belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepContext {
    /// Updates made before it.
    pub step: u64,
    /// Epochs finished before it.
    pub epoch: u64,
    /// Images of the whole batch.
    pub images: usize,
}

impl StepContext {
    /// How block number `block` passes.
    pub(crate) fn mode(self, seed: u64, block: usize) -> Mode {
        Mode::Training { seed, step: self.step, first_image: block * BLOCK }
    }
}

impl Shard {
    /// For the network of `spec`.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the spec.
    pub fn new(spec: &Spec) -> Result<Self> {
        let network = Network::new(spec)?;
        Ok(Self {
            pass: network.new_pass(),
            normalizer: Normalizer::new(spec),
            gradients: GradientTree::new(network.weights().len()),
            results: Vec::new(),
            indices: Vec::new(),
            seed: spec.seed,
            network,
        })
    }

    /// Changes how images are warped, and which mistakes are made, from the next block on.
    pub fn configure(&mut self, training: &Training) {
        self.normalizer.set_warps(training.augmentation);
        self.network.set_faults(training.faults);
    }

    /// Forgets the blocks of the step before.
    pub fn begin(&mut self) {
        self.gradients.clear();
        self.results.clear();
    }

    /// Computes the gradient of each block of `part`.
    pub fn compute(&mut self, part: Part, context: StepContext) {
        let scale = 1.0 / context.images as f32;
        for (block, pixels, labels, indices) in part.blocks() {
            self.load(pixels, indices, context.epoch);
            let Self { network, pass, gradients, .. } = self;
            network.timer_mut().next_block(labels.len());
            network.train_forward(pass, context.mode(self.seed, block));
            let mut losses = [-0.0; BLOCK];
            let probabilities = pass.probabilities().chunks_exact(network.classes());
            for (out, ((loss, p), &label)) in
                losses.iter_mut().zip(pass.losses(labels).zip(probabilities).zip(labels))
            {
                *out = if predicted_class(p) == usize::from(label) { loss } else { -loss };
            }
            gradients.add(block, |gradient| network.backward(pass, labels, scale, gradient));
            network.timer_mut().stop();
            self.note(BlockResult { block, losses });
        }
    }

    /// Takes in the result of a block, wherever it was computed.
    pub(crate) fn note(&mut self, result: BlockResult) {
        let place = self.results.partition_point(|other| other.block < result.block);
        self.results.insert(place, result);
    }

    /// The sum of the losses of all images of `part`.
    pub fn loss(&mut self, part: Part, context: StepContext) -> f64 {
        let mut sum = 0.0;
        for (block, pixels, labels, indices) in part.blocks() {
            self.load(pixels, indices, context.epoch);
            self.network.forward(&mut self.pass, context.mode(self.seed, block));
            sum += self.pass.losses(labels).map(f64::from).sum::<f64>();
        }
        sum
    }

    /// Lets `use_it` change the weights; afterwards they are as before.
    pub(crate) fn with_other_weights<T>(&mut self, use_it: impl FnOnce(&mut Self) -> T) -> T {
        let weights = self.network.keep_weights();
        let result = use_it(self);
        self.network.restore_weights(weights);
        result
    }

    /// The trace of block number `block`, which `part` begins with.
    pub(crate) fn trace(&mut self, part: Part, context: StepContext) -> Result<Trace> {
        let mut images = vec![0.0; part.pixels.len()];
        self.normalizer.prepare(&mut images, part.pixels, part.indices, context.epoch);
        self.network.trace(&images, context.mode(self.seed, part.first_block))
    }

    /// Puts a block's images into the pass, warped if asked for.
    fn load(&mut self, pixels: &[u8], indices: &[u32], epoch: u64) {
        let input = self.pass.input_mut(indices.len());
        self.normalizer.prepare(input, pixels, indices, epoch);
        self.pass.interleave_input();
    }
}
