use std::ops::Range;

use super::Network;
use crate::error::{Error, ErrorCode, Result};
use crate::layout::{to_channels_first, to_channels_last};

/// One weight or bias of the network: its name, its shape, and where it is among all of them.
#[derive(Clone, Debug)]
pub struct Parameter {
    layer: usize,
    name: String,
    dims: Vec<usize>,
    /// Channels that are interleaved in each row of it, as they do in the input the row meets.
    channels: usize,
    start: usize,
}

impl Parameter {
    pub(super) fn new(layer: usize, kind: &str, dims: Vec<usize>, channels: usize, start: usize) -> Self {
        Self { layer, name: format!("{layer}.{kind}"), dims, channels, start }
    }

    /// The position of its layer, then `weight` or `bias`: `0.weight`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its shape in PyTorch's order: `[out, in, height, width]` of a convolution, `[out, in]` of a
    /// dense layer, `[out]` of a bias.
    pub fn dims(&self) -> &[usize] {
        &self.dims
    }

    /// How many numbers it has.
    pub fn len(&self) -> usize {
        self.dims.iter().product()
    }

    /// Whether it has no numbers, which no parameter of a valid network has.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where it is in [`Network::weights`].
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.len()
    }

    /// The position of its layer.
    pub fn layer(&self) -> usize {
        self.layer
    }

    /// Whether it is added rather than multiplied.
    pub fn is_bias(&self) -> bool {
        self.dims.len() == 1
    }

    /// Its part of `all`, which has the order of [`Network::weights`], in PyTorch's order.
    pub fn export(&self, all: &[f32]) -> Vec<f32> {
        let inside = &all[self.range()];
        let mut outside = inside.to_vec();
        for (out, x) in outside.chunks_exact_mut(self.row_len()).zip(inside.chunks_exact(self.row_len())) {
            to_channels_first(out, x, self.channels);
        }
        outside
    }

    /// Writes `outside`, in PyTorch's order, to its part of `all`, which has the order of [`Network::weights`].
    pub fn import(&self, all: &mut [f32], outside: &[f32]) {
        let inside = &mut all[self.range()];
        for (out, x) in inside.chunks_exact_mut(self.row_len()).zip(outside.chunks_exact(self.row_len())) {
            to_channels_last(out, x, self.channels);
        }
    }

    /// The place in [`Network::weights`] of the number that is at `index` in PyTorch's order.
    pub fn place_of(&self, index: usize) -> usize {
        let row_len = self.row_len();
        let (row, within) = (index / row_len, index % row_len);
        let places = row_len / self.channels;
        self.start + row * row_len + (within % places) * self.channels + within / places
    }

    /// Numbers that belong to one filter or unit.
    fn row_len(&self) -> usize {
        self.dims[1..].iter().product()
    }
}

impl Network {
    /// All weights and biases, in order.
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The values of the parameter called `name`, in PyTorch's order.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is none of that name.
    pub fn parameter(&self, name: &str) -> Result<Vec<f32>> {
        Ok(find(&self.parameters, name)?.export(&self.weights))
    }

    /// Cuts `all`, which has the order of [`Network::weights`], into parameters: name, and values in
    /// PyTorch's order.
    pub fn by_parameter(&self, all: &[f32]) -> Vec<(String, Vec<f32>)> {
        self.parameters.iter().map(|parameter| (parameter.name().to_owned(), parameter.export(all))).collect()
    }

    /// Sets the parameter called `name` to `values`, in PyTorch's order.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is none of that name, [`ErrorCode::ImpossibleShape`] if
    /// `values` are too many or too few.
    pub fn set_parameter(&mut self, name: &str, values: &[f32]) -> Result<()> {
        let parameter = self.find(name)?.clone();
        if values.len() != parameter.len() {
            let message = format!("{name} expects {} numbers; got {}.", parameter.len(), values.len());
            return Err(Error::new(ErrorCode::ImpossibleShape, message));
        }
        self.update_weights(|all| parameter.import(all, values));
        Ok(())
    }

    /// A 64-bit fingerprint of all weights and biases: equal if every bit is (FNV-1a over the bytes
    /// of each `f32`, little-endian, in PyTorch's order).
    pub fn fingerprint(&self) -> u64 {
        let values = self.parameters.iter().flat_map(|parameter| parameter.export(&self.weights));
        values
            .flat_map(f32::to_le_bytes)
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    /// The parameter called `name`.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is none of that name.
    pub fn find(&self, name: &str) -> Result<&Parameter> {
        find(&self.parameters, name)
    }
}

/// The one of `parameters` called `name`.
pub(super) fn find<'a>(parameters: &'a [Parameter], name: &str) -> Result<&'a Parameter> {
    parameters.iter().find(|parameter| parameter.name() == name).ok_or_else(|| {
        let names: Vec<&str> = parameters.iter().map(Parameter::name).collect();
        let message = format!("There is no parameter {name:?}: the network has {}.", names.join(", "));
        Error::new(ErrorCode::NotFound, message)
    })
}
