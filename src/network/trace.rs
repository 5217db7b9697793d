use std::sync::Arc;

use super::{BLOCK, Network, Parameter, Pass, parameter};
use crate::error::{Error, ErrorCode, Result};
use crate::layers::Mode;
use crate::shape::Shape;
use crate::spec::Faults;

/// A forward pass to be viewed: the output of every layer, and all that the backward pass needs. What
/// happens to the network later does not change it.
#[derive(Clone, Debug)]
pub struct Trace {
    pub(super) pass: Pass,
}

/// The gradient of a loss everywhere in the network.
#[derive(Clone, Debug)]
pub struct Gradients {
    /// The loss, `scale` · the sum over the images; or the difference of scores in its place.
    pub loss: f32,
    /// Its gradient with respect to the images, then to each layer's output, `[image][...]` in PyTorch's
    /// order.
    pub activations: Vec<Vec<f32>>,
    /// Its gradient with respect to all weights and biases, in the order of [`Network::weights`].
    pub weights: Vec<f32>,
    parameters: Arc<[Parameter]>,
}

impl Trace {
    /// How many images there are.
    pub fn images(&self) -> usize {
        self.pass.images()
    }

    /// The logits of all images, `[image][class]`.
    pub fn logits(&self) -> &[f32] {
        self.pass.logits()
    }

    /// The probabilities of all images, `[image][class]`.
    pub fn probabilities(&self) -> &[f32] {
        self.pass.probabilities()
    }

    /// The output of `layer` for image `image`, in PyTorch's order `[channel][row][column]`.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is no such layer or image.
    pub fn activation(&self, layer: usize, image: usize) -> Result<Vec<f32>> {
        let layers = self.pass.formats.len() - 1;
        if layer >= layers {
            let message = format!("There is no layer {layer}: the network has {layers}, counted from 0.");
            return Err(Error::new(ErrorCode::NotFound, message));
        }
        self.values(layer + 1, image)
    }

    /// The input of `layer` for image `image`, in PyTorch's order.
    ///
    /// # Errors
    ///
    /// As for [`Trace::activation`].
    pub fn input_of(&self, layer: usize, image: usize) -> Result<Vec<f32>> {
        if layer == 0 { self.values(0, image) } else { self.activation(layer - 1, image) }
    }

    /// The shape of one image before `layer`; before a layer too many, that of the logits.
    pub fn shape(&self, layer: usize) -> Shape {
        self.pass.formats[layer].shape
    }

    fn values(&self, place: usize, image: usize) -> Result<Vec<f32>> {
        if image >= self.images() {
            let message = format!("There is no image {image}: {} passed, counted from 0.", self.images());
            return Err(Error::new(ErrorCode::NotFound, message));
        }
        let format = &self.pass.formats[place];
        let len = format.shape.len();
        Ok(format.channels_first(&self.pass.activations[place][image * len..][..len]))
    }
}

impl Gradients {
    /// The gradient with respect to the images (`place` 0), or to the output of layer `place` − 1.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is no such layer.
    pub fn at(&self, place: usize) -> Result<&[f32]> {
        self.activations.get(place).map(Vec::as_slice).ok_or_else(|| {
            let layers = self.activations.len() - 1;
            let message = format!("There are gradients at the places 0 to {layers}, but not at {place}.");
            Error::new(ErrorCode::NotFound, message)
        })
    }

    /// The gradient with respect to the parameter called `name`, in PyTorch's order.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is none of that name.
    pub fn parameter(&self, name: &str) -> Result<Vec<f32>> {
        Ok(parameter::find(&self.parameters, name)?.export(&self.weights))
    }
}

impl Network {
    /// Passes up to a block of `images` `[image][channel][row][column]` through one layer after the other.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`] if they are not whole images of the network's size,
    /// [`ErrorCode::OutOfRange`] if they are more than a block.
    pub fn trace(&mut self, images: &[f32], mode: Mode) -> Result<Trace> {
        let count = self.count_images(images)?;
        let mut trace = Trace { pass: self.pass_of(count) };
        self.trace_into(&mut trace, images, mode)?;
        Ok(trace)
    }

    /// A trace of no images, with room for a block of them, for [`Network::trace_into`].
    pub(crate) fn empty_trace(&self) -> Trace {
        Trace { pass: self.new_pass() }
    }

    /// As [`Network::trace`], but reuses a trace that has room for as many images.
    pub(crate) fn trace_into(&mut self, trace: &mut Trace, images: &[f32], mode: Mode) -> Result<()> {
        let count = self.count_images(images)?;
        trace.pass.input_mut(count).copy_from_slice(images);
        trace.pass.interleave_input();
        self.forward_layer_by_layer(&mut trace.pass, mode);
        Ok(())
    }

    /// Passes the gradient of `scale` · (sum of losses) of a trace back to its images.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Stale`] if the trace is of another network, or the weights have changed since it was
    /// taken; [`ErrorCode::OutOfRange`] if there is not one label, below the number of classes, for each
    /// image.
    pub fn backward_of(&mut self, trace: &Trace, labels: &[u8], scale: f32) -> Result<Gradients> {
        self.check_current(trace)?;
        let (classes, pass) = (self.classes(), &trace.pass);
        let images = pass.images();
        if labels.len() != images {
            let message = format!("Expected {images} labels, one for each image; got {}.", labels.len());
            return Err(Error::new(ErrorCode::OutOfRange, message));
        }
        if let Some(label) = labels.iter().find(|&&label| usize::from(label) >= classes) {
            let message = format!("A label must be from 0 to {}; got {label}.", classes - 1);
            return Err(Error::new(ErrorCode::OutOfRange, message));
        }
        let loss: f64 = pass.losses(labels).map(f64::from).sum();
        self.gradient_of_logits(pass, labels, scale);
        Ok(self.gradients_of((loss * f64::from(scale)) as f32, pass, self.faults))
    }

    /// Passes the gradient of a difference of two scores back to the images of a trace: of the logit of class
    /// `first` less that of class `second`, summed over the images. That difference takes the place of the
    /// loss. It explains what the network outputs, so it makes no deliberate mistakes.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Stale`] as for [`Network::backward_of`]; [`ErrorCode::OutOfRange`] if there is no such
    /// class.
    pub fn contrast_of(&mut self, trace: &Trace, first: usize, second: usize) -> Result<Gradients> {
        self.check_current(trace)?;
        let (classes, pass) = (self.classes(), &trace.pass);
        if let Some(class) = [first, second].into_iter().find(|&class| class >= classes) {
            let message = format!("A class must be from 0 to {}; got {class}.", classes - 1);
            return Err(Error::new(ErrorCode::OutOfRange, message));
        }
        let images = pass.logits().chunks_exact(classes);
        let difference: f64 = images.map(|z| f64::from(z[first]) - f64::from(z[second])).sum();
        self.gradient_of_difference(pass, first, second);
        Ok(self.gradients_of(difference as f32, pass, Faults::default()))
    }

    pub(super) fn check_current(&self, trace: &Trace) -> Result<()> {
        if trace.pass.belongs_to(self.stamp) {
            return Ok(());
        }
        let message = "The weights have changed since these images passed; trace them again.";
        Err(Error::new(ErrorCode::Stale, message))
    }

    /// Everywhere in the network, once the gradient of the logits is known. `loss` is what they are of.
    fn gradients_of(&mut self, loss: f32, pass: &Pass, faults: Faults) -> Gradients {
        let mut weights = vec![0.0; self.weights.len()];
        let mut activations = vec![Vec::new(); pass.formats.len()];
        let mut receive = |layer: Option<usize>, gradient: &[f32]| {
            let place = layer.map_or(0, |layer| layer + 1);
            let format = &pass.formats[place];
            let images = gradient.chunks_exact(format.shape.len());
            activations[place] = images.flat_map(|x| format.channels_first(x)).collect();
        };
        self.pass_back(pass, faults, &mut weights, &mut receive);
        Gradients { loss, activations, weights, parameters: Arc::clone(&self.parameters) }
    }

    /// The first layer whose weights, or whose output in `trace`, hold a number that is not finite.
    pub fn first_not_finite(&self, trace: &Trace) -> Option<usize> {
        let broken = |values: &[f32]| values.iter().any(|value| !value.is_finite());
        (0..self.layers.len()).find(|&index| {
            let weights = self.layers[index].parameters().is_some_and(|range| {
                broken(&self.weights[range.weight.clone()]) || broken(&self.weights[range.bias.clone()])
            });
            let len = trace.images() * trace.shape(index + 1).len();
            weights || broken(&trace.pass.activations[index + 1][..len])
        })
    }

    fn count_images(&self, images: &[f32]) -> Result<usize> {
        let len = self.formats[0].shape.len();
        let count = images.len() / len;
        if count == 0 || !images.len().is_multiple_of(len) {
            let message = format!("An image has {len} numbers; got {}.", images.len());
            return Err(Error::new(ErrorCode::ImpossibleShape, message));
        }
        if count > BLOCK {
            let message = format!("At most {BLOCK} images can be traced together; got {count}.");
            return Err(Error::new(ErrorCode::OutOfRange, message));
        }
        Ok(count)
    }
}
