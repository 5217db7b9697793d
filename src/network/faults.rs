use super::{Network, Pass};
use crate::layers::{Activation, Backward, Layer, Mode};
use crate::spec::Faults;

/// Training with mistakes made on purpose. Such a network passes layer by layer: a mistake belongs to one
/// layer, and layers that pass as one have none of their own.
impl Network {
    /// Makes these mistakes from now on.
    pub fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
    }

    /// [`Network::forward`], in the way that lets the backward pass make all mistakes that are to be made.
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

/// What is there already is not the layer's doing, and keeps its sign.
fn pass_back_with_the_wrong_sign(layer: &mut Layer, pass: Backward) {
    let Backward { gradient, .. } = pass;
    gradient.iter_mut().for_each(|d| *d = -*d);
    layer.backward(Backward { gradient: &mut *gradient, ..pass });
    gradient.iter_mut().for_each(|d| *d = -*d);
}
