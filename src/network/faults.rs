use super::{Network, Pass};
use crate::layers::{Activation, Backward, Layer, Mode};
use crate::spec::Faults;

/// Training with deliberate mistakes. Such a network is computed layer by layer: a mistake belongs to one
/// layer, which layers that are computed as one cannot make.
impl Network {
    /// Makes these mistakes from now on.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
    }

    /// [`Network::forward`], in the form that lets the backward pass make all mistakes asked for.
    pub fn train_forward(&mut self, pass: &mut Pass, mode: Mode) {
        if self.faults.any() {
            self.forward_layer_by_layer(pass, mode);
        } else {
            self.forward(pass, mode);
        }
    }
}

impl Faults {
    /// The backward pass of one layer. `first`: it is the first that has weights.
    pub(super) fn pass_back(self, layer: &mut Layer, pass: Backward, first: bool) {
        match layer {
            Layer::Activation(Activation::Relu) if self.forgotten_relu_mask => {
                if let Some(dx) = pass.dx {
                    dx[..pass.dout.len()].copy_from_slice(pass.dout);
                }
            }
            Layer::MaxPool2d(pool) if self.gradient_to_ties => pool.backward_to_ties(pass),
            _ if self.wrong_sign && first => pass_back_with_the_wrong_sign(layer, pass),
            _ => layer.backward(pass),
        }
    }
}

/// What was there already did not come from this layer, and keeps its sign.
fn pass_back_with_the_wrong_sign(layer: &mut Layer, pass: Backward) {
    let Backward { gradient, .. } = pass;
    gradient.iter_mut().for_each(|d| *d = -*d);
    layer.backward(Backward { gradient: &mut *gradient, ..pass });
    gradient.iter_mut().for_each(|d| *d = -*d);
}
