use super::{Network, channels_first};
use crate::error::{Error, ErrorCode, Result};

/// The gradient of a loss everywhere in the network: where each number that led to it pulls.
#[derive(Clone, Debug)]
pub struct LookBack {
    /// The loss: `scale` · the sum over the images.
    pub loss: f32,
    /// Its gradient with respect to the input, then to what each layer put out, `[image][...]` in
    /// PyTorch's order.
    pub activations: Vec<Vec<f32>>,
    /// Its gradient with respect to all weights and biases, which lies like [`Network::weights`].
    pub weights: Vec<f32>,
}

impl Network {
    /// Passes the gradient of `scale` · (sum of losses) of the images that passed last back to where
    /// they came from, and keeps it all. To be called after [`Network::forward_layer_by_layer`], with
    /// a label for each of its images.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::OutOfRange`] if there are not as many labels as images that were looked at with
    /// the weights there are, or a label that is no class.
    pub fn look_back(&mut self, labels: &[u8], scale: f32) -> Result<LookBack> {
        let (classes, looked) = (self.classes(), self.looked);
        if labels.len() != looked || labels.iter().any(|&label| usize::from(label) >= classes) {
            let message = format!("{looked} labels below {classes} were expected.");
            return Err(Error::new(ErrorCode::OutOfRange, message));
        }
        let loss: f64 = self.judge(labels).iter().map(|&loss| f64::from(loss)).sum();
        let mut weights = vec![0.0; self.weights.len()];
        let mut activations = vec![Vec::new(); self.shapes.len()];
        let (shapes, interleaved) = (self.shapes.clone(), self.interleaved.clone());
        let mut see = |layer: Option<usize>, gradient: &[f32]| {
            let place = layer.map_or(0, |layer| layer + 1);
            let images = gradient.chunks_exact(shapes[place].len());
            activations[place] = images.flat_map(|x| channels_first(x, interleaved[place])).collect();
        };
        self.backward_layer_by_layer(labels, scale, &mut weights, &mut see);
        Ok(LookBack { loss: (loss * f64::from(scale)) as f32, activations, weights })
    }

    /// The part of `all`, which lies like [`Network::weights`], that belongs to the parameter called
    /// `name`, in PyTorch's order.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is none of that name.
    pub fn part_of(&self, all: &[f32], name: &str) -> Result<Vec<f32>> {
        Ok(self.find(name)?.export(all))
    }
}
