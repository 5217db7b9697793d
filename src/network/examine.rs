use super::{BLOCK, Network};
use crate::error::{Error, ErrorCode, Result};
use crate::layers::Mode;
use crate::layout::to_channels_last;

/// Everything there is to know about one batch: the answer to "what did each layer do, and where did
/// each gradient come from?". All in PyTorch's layouts, images first.
#[derive(Clone, Debug)]
pub struct Examination {
    /// Mean loss.
    pub loss: f32,
    /// `[image][class]`.
    pub logits: Vec<f32>,
    /// What each layer put out, `[image][...]`.
    pub activations: Vec<Vec<f32>>,
    /// Gradient of the mean loss with respect to the images.
    pub input_gradient: Vec<f32>,
    /// Gradients of the mean loss with respect to each parameter, by name.
    pub gradients: Vec<(String, Vec<f32>)>,
}

impl Network {
    /// Passes `images` `[image][channel][row][column]` forward and back, keeping everything. The
    /// weights stay as they are.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] if images and labels do not match the network or each other.
    pub fn examine(&mut self, images: &[f32], labels: &[u8]) -> Result<Examination> {
        self.check_batch(images, labels)?;
        let mut gradient = vec![0.0; self.weights.len()];
        let mut activations = vec![Vec::new(); self.layers.len()];
        let (mut input_gradient, mut loss) = (Vec::new(), 0.0_f64);
        let input = self.shapes[0];
        let scale = 1.0 / labels.len() as f32;
        for (images, labels) in images.chunks(BLOCK * input.len()).zip(labels.chunks(BLOCK)) {
            self.set_input(images);
            self.forward_layer_by_layer(labels.len(), Mode::Inference);
            for (index, all) in activations.iter_mut().enumerate() {
                for image in 0..labels.len() {
                    all.extend(self.activation(index, image)?);
                }
            }
            let back = self.look_back(labels, scale)?;
            loss += f64::from(back.loss);
            input_gradient.extend_from_slice(&back.activations[0]);
            gradient.iter_mut().zip(&back.weights).for_each(|(sum, x)| *sum += x);
        }
        Ok(Examination {
            loss: loss as f32,
            logits: activations.last().cloned().unwrap_or_default(),
            activations,
            input_gradient,
            gradients: self.by_parameter(&gradient),
        })
    }

    /// Fills the input with up to a block of images in PyTorch's order.
    fn set_input(&mut self, images: &[f32]) {
        let (len, channels) = (self.shapes[0].len(), self.interleaved[0]);
        let input = self.input_mut(images.len() / len);
        for (input, image) in input.chunks_exact_mut(len).zip(images.chunks_exact(len)) {
            to_channels_last(input, image, channels);
        }
    }

    fn check_batch(&self, images: &[f32], labels: &[u8]) -> Result<()> {
        let expected = labels.len() * self.shapes[0].len();
        if images.len() != expected || labels.is_empty() {
            let message = format!(
                "{} labels go with {expected} numbers of images, but {} came.",
                labels.len(),
                images.len()
            );
            return Err(Error::new(ErrorCode::ImpossibleShape, message));
        }
        if let Some(label) = labels.iter().find(|&&label| usize::from(label) >= self.classes()) {
            let message = format!(
                "A label must be below {} (the number of classes), but {label} came.",
                self.classes()
            );
            return Err(Error::new(ErrorCode::ImpossibleShape, message));
        }
        Ok(())
    }
}
