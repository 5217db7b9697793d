use super::{BLOCK, Network};
use crate::error::{Error, ErrorCode, Result};
use crate::layers::Mode;

/// A batch of any size, forward and backward: what every layer did, and where every gradient came from.
/// All in PyTorch's layouts, images first.
#[derive(Clone, Debug)]
pub struct BatchTrace {
    /// Mean loss.
    pub loss: f32,
    /// `[image][class]`.
    pub logits: Vec<f32>,
    /// Each layer's output, `[image][...]`.
    pub activations: Vec<Vec<f32>>,
    /// Gradient of the mean loss with respect to the images.
    pub input_gradient: Vec<f32>,
    /// Gradient of the mean loss with respect to all weights and biases, in the order of [`Network::weights`].
    pub gradient: Vec<f32>,
}

impl Network {
    /// Traces `images` `[image][channel][row][column]` and runs their backward pass, block by block.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] if images and labels do not match the network or each other;
    /// those of [`Network::backward_of`].
    pub fn trace_batch(&mut self, images: &[f32], labels: &[u8]) -> Result<BatchTrace> {
        let len = self.formats[0].shape.len();
        if images.len() != labels.len() * len || labels.is_empty() {
            let (expected, count) = (labels.len() * len, labels.len());
            let message =
                format!("{count} labels go with {expected} numbers of images; got {}.", images.len());
            return Err(Error::new(ErrorCode::ImpossibleShape, message));
        }
        let mut gradient = vec![0.0; self.weights.len()];
        let mut activations = vec![Vec::new(); self.layers.len()];
        let (mut input_gradient, mut loss) = (Vec::new(), 0.0_f64);
        let scale = 1.0 / labels.len() as f32;
        for (images, labels) in images.chunks(BLOCK * len).zip(labels.chunks(BLOCK)) {
            let trace = self.trace(images, Mode::Inference)?;
            for (layer, all) in activations.iter_mut().enumerate() {
                for image in 0..labels.len() {
                    all.extend(trace.activation(layer, image)?);
                }
            }
            let gradients = self.backward_of(&trace, labels, scale)?;
            loss += f64::from(gradients.loss);
            input_gradient.extend_from_slice(&gradients.activations[0]);
            gradient.iter_mut().zip(&gradients.weights).for_each(|(sum, x)| *sum += x);
        }
        Ok(BatchTrace {
            loss: loss as f32,
            logits: activations.last().cloned().unwrap_or_default(),
            activations,
            input_gradient,
            gradient,
        })
    }
}
