use super::{Backward, Forward};
use crate::layout::{to_channels_first, to_channels_last};

/// Maps to a row of numbers. Where a dense layer follows, the numbers stay in their order, and the
/// dense layer's weights are in that order too; otherwise they are brought into PyTorch's,
/// `[channel][row][column]`.
#[derive(Clone, Copy, Debug)]
pub struct Flatten {
    channels: Option<usize>,
    len: usize,
}

impl Flatten {
    /// For images of `len` numbers, in `channels` channels if they are to be reordered.
    pub fn new(channels: Option<usize>, len: usize) -> Self {
        Self { channels, len }
    }

    pub(super) fn forward(self, pass: Forward) {
        let Some(channels) = self.channels else {
            return pass.out.copy_from_slice(&pass.x[..pass.out.len()]);
        };
        for (out, x) in pass.out.chunks_exact_mut(self.len).zip(pass.x.chunks_exact(self.len)) {
            to_channels_first(out, x, channels);
        }
    }

    pub(super) fn backward(self, pass: Backward) {
        let Some(dx) = pass.dx else { return };
        let Some(channels) = self.channels else {
            return dx[..pass.dout.len()].copy_from_slice(pass.dout);
        };
        for (dx, dout) in dx.chunks_exact_mut(self.len).zip(pass.dout.chunks_exact(self.len)) {
            to_channels_last(dx, dout, channels);
        }
    }
}
