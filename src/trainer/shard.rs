use super::batch::Part;
use super::gradient_tree::GradientTree;
use super::images::Normalizer;
use crate::data;
use crate::error::Result;
use crate::layers::Mode;
use crate::metrics::predicted_class;
use crate::network::{BLOCK, Network};
use crate::spec::{Augmentation, Spec};

/// What it takes to compute gradients for some of a batch's blocks: a network, and no data set, no
/// optimizer, no place in a run. One is part of every trainer; others can work beside it elsewhere.
#[derive(Clone, Debug)]
pub struct Shard {
    pub(super) network: Network,
    pub(super) normalizer: Normalizer,
    pub(super) gradients: GradientTree,
    /// Of the blocks computed since [`Shard::begin`].
    pub(super) results: Vec<BlockResult>,
    /// Room for the indices of a request, so that answering allocates nothing.
    pub(super) indices: Vec<u32>,
    augmentation: Augmentation,
    pub(super) seed: u64,
}

/// What one block came to.
#[derive(Clone, Copy, Debug)]
pub struct BlockResult {
    /// The number of the block.
    pub block: usize,
    /// The sum of its losses.
    pub loss: f64,
    /// Images that were read rightly.
    pub correct: usize,
}

/// The step that blocks belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Updates made before it.
    pub step: u64,
    /// Epochs finished before it.
    pub epoch: u64,
    /// Images of the whole batch.
    pub images: usize,
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
            normalizer: Normalizer::new(spec.normalization),
            gradients: GradientTree::new(network.weights().len()),
            results: Vec::new(),
            indices: Vec::new(),
            augmentation: spec.training.augmentation,
            seed: spec.seed,
            network,
        })
    }

    /// Changes how images are warped from the next block on.
    pub fn set_augmentation(&mut self, augmentation: Augmentation) {
        self.augmentation = augmentation;
    }

    /// Forgets the blocks of the step before.
    pub fn begin(&mut self) {
        self.gradients.clear();
        self.results.clear();
    }

    /// Computes the gradient of each block of `part`.
    pub fn compute(&mut self, part: Part, place: Place) {
        let scale = 1.0 / place.images as f32;
        for (block, pixels, labels, indices) in part.blocks() {
            self.load(pixels, indices, place.epoch);
            let Self { network, gradients, .. } = self;
            network.watch_mut().next_block(labels.len());
            network.forward(labels.len(), mode(self.seed, block, place));
            let loss = network.judge(labels).iter().map(|&loss| f64::from(loss)).sum();
            let probabilities = network.probabilities().chunks_exact(network.classes());
            let right = |(p, label): &(&[f32], &u8)| predicted_class(p) == usize::from(**label);
            let correct = probabilities.zip(labels).filter(right).count();
            gradients.add(block, |gradient| network.backward(labels, scale, gradient));
            network.watch_mut().stop();
            self.results.push(BlockResult { block, loss, correct });
        }
    }

    /// The first layer of the network with a number that is not finite when the block in `part`
    /// passes, if there is one.
    pub fn first_not_finite(&mut self, part: Part, place: Place) -> Option<usize> {
        let (block, pixels, labels, indices) = part.blocks().next()?;
        self.load(pixels, indices, place.epoch);
        self.network.forward_layer_by_layer(labels.len(), mode(self.seed, block, place));
        self.network.first_not_finite(labels.len())
    }

    /// Puts a block's images into the network, warped if asked for.
    pub(super) fn load(&mut self, pixels: &[u8], indices: &[u32], epoch: u64) {
        let input = self.network.input_mut(indices.len()).chunks_exact_mut(data::PIXELS);
        for ((out, pixels), &index) in input.zip(pixels.chunks_exact(data::PIXELS)).zip(indices) {
            if self.augmentation.is_none() {
                self.normalizer.apply(out, pixels);
            } else {
                let key = [epoch, u64::from(index)];
                self.normalizer.apply_warped(out, pixels, &self.augmentation, self.seed, key);
            }
        }
    }
}

pub(super) fn mode(seed: u64, block: usize, place: Place) -> Mode {
    Mode::Training { seed, step: place.step, first_image: block * BLOCK }
}
