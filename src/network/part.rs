use std::ops::Range;

use super::pass::Route;
use super::{Network, Trace};
use crate::error::{Error, ErrorCode, Result};
use crate::layers::Mode;

/// Parts of a pass, for questions about a network: on from a layer whose output was changed, and back from one
/// place to another.
impl Trace {
    /// Sets all numbers of a channel of `layer`'s output to `value`, in every image. The layers after it have to
    /// compute again: [`Network::pass_on`].
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is no such layer or channel.
    pub fn replace(&mut self, layer: usize, channel: usize, value: f32) -> Result<()> {
        let format = self.pass.formats.get(layer + 1).copied();
        let Some(format) = format.filter(|format| channel < format.shape.channels()) else {
            let message = format!("There is no channel {channel} in a layer {layer}, both counted from 0.");
            return Err(Error::new(ErrorCode::NotFound, message));
        };
        let (len, channels) = (format.shape.len(), format.interleaved);
        let places = len / channels;
        let run = len / format.shape.channels();
        let images = self.pass.images();
        for image in self.pass.activations[layer + 1].chunks_exact_mut(len).take(images) {
            for index in channel * run..(channel + 1) * run {
                image[index % places * channels + index / places] = value;
            }
        }
        Ok(())
    }

    /// Takes over the output of `layer` from another trace of as many images through the same network.
    ///
    /// # Panics
    ///
    /// If the other trace is not such a one.
    pub fn copy_output(&mut self, other: &Self, layer: usize) {
        self.pass.activations[layer + 1].copy_from_slice(&other.pass.activations[layer + 1]);
    }
}

impl Network {
    /// Passes the images of a trace once more through `layers`, as they come out of the layer before. After the
    /// last layer of the network the probabilities follow.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Stale`] if the trace is of another network, or the weights have changed since it was taken.
    pub fn pass_on(&mut self, trace: &mut Trace, layers: Range<usize>) -> Result<()> {
        self.check_current(trace)?;
        let last = layers.end == self.layers.len();
        for index in layers {
            self.layers[index].forward(trace.pass.forward_buffers(index, index + 1, Mode::Inference));
        }
        if last {
            trace.pass.finish(Route::Layers, self.stamp);
        }
        Ok(())
    }

    /// Passes a gradient back from one place to another: place 0 is the images, place n the output of layer
    /// n − 1. `dout` is the gradient of anything with respect to the place at the end of `places`, and what
    /// returns is its gradient with respect to the place at their start, both `[image][...]` in PyTorch's order.
    /// No deliberate mistakes are made.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Stale`] as for [`Network::pass_on`]; [`ErrorCode::ImpossibleShape`] if `dout` is not of the
    /// size of that place.
    pub fn gradient_between(
        &mut self,
        trace: &Trace,
        places: Range<usize>,
        dout: &[f32],
    ) -> Result<Vec<f32>> {
        self.check_current(trace)?;
        let pass = &trace.pass;
        let [first, last] = [places.start, places.end].map(|place| pass.formats[place]);
        let expected = pass.images() * last.shape.len();
        if dout.len() != expected {
            let message = format!("The gradient there has {expected} numbers; got {}.", dout.len());
            return Err(Error::new(ErrorCode::ImpossibleShape, message));
        }
        for (inside, image) in
            self.dout.chunks_exact_mut(last.shape.len()).zip(dout.chunks_exact(last.shape.len()))
        {
            inside.copy_from_slice(&last.in_memory(image));
        }
        let mut weights = vec![0.0; self.weights.len()];
        for index in places.rev() {
            let (layer, buffers) = self.backward_buffers(pass, index, index + 1, &mut weights, true);
            layer.backward(buffers);
            std::mem::swap(&mut self.dout, &mut self.dx);
        }
        let images = self.dout.chunks_exact(first.shape.len()).take(pass.images());
        Ok(images.flat_map(|image| first.channels_first(image)).collect())
    }
}
