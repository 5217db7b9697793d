use super::{Backward, Forward};
use crate::layout::{to_channels_first, to_channels_last};

/// Maps to a row of numbers, in the order `[channel][row][column]`, so that the weights of a dense
/// layer after it mean the same here as in PyTorch.
#[derive(Clone, Copy, Debug)]
pub struct Flatten {
    channels: usize,
    len: usize,
}

impl Flatten {
    /// For images of `len` numbers in `channels` channels.
    pub fn new(channels: usize, len: usize) -> Self {
        Self { channels, len }
    }

    pub(super) fn forward(self, pass: Forward) {
        for (out, x) in pass.out.chunks_exact_mut(self.len).zip(pass.x.chunks_exact(self.len)) {
            to_channels_first(out, x, self.channels);
        }
    }

    pub(super) fn backward(self, pass: Backward) {
        let Some(dx) = pass.dx else { return };
        for (dx, dout) in dx.chunks_exact_mut(self.len).zip(pass.dout.chunks_exact(self.len)) {
            to_channels_last(dx, dout, self.channels);
        }
    }
}
