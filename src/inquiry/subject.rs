use std::ops::Range;

use crate::error::{Error, ErrorCode, Result};
use crate::layers::Mode;
use crate::network::{Network, Trace};
use crate::shape::{ImageForm, Shape};
use crate::spec::{Normalization, Spec};
use crate::trainer::images::normalize;

/// A network that is asked about pictures, and what the last ones did in it. It normalises them as its spec says.
#[derive(Clone, Debug)]
pub struct Subject {
    network: Network,
    trace: Trace,
    normalization: Normalization,
    layers: usize,
    input: Vec<f32>,
}

/// A channel whose numbers are all replaced by one.
#[derive(Clone, Copy, Debug)]
pub struct Replaced {
    pub layer: usize,
    pub channel: usize,
    pub value: f32,
}

impl Subject {
    pub fn new(spec: &Spec, network: Network) -> Self {
        Self {
            trace: network.empty_trace(),
            network,
            normalization: spec.normalization,
            layers: spec.layers.len(),
            input: Vec::new(),
        }
    }

    pub fn form(&self) -> ImageForm {
        self.network.form()
    }

    pub fn layers(&self) -> usize {
        self.layers
    }

    /// The shape of what `layer` outputs.
    pub fn shape(&self, layer: usize) -> Result<Shape> {
        if layer < self.layers {
            return Ok(self.network.shape(layer + 1));
        }
        let message = format!("There is no layer {layer}: the network has {}, counted from 0.", self.layers);
        Err(Error::new(ErrorCode::NotFound, message))
    }

    /// What the last pictures did.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// The grey level that is 0 to the network.
    pub fn mean_level(&self) -> f32 {
        255.0 * self.normalization.mean
    }

    /// Passes up to a block of pictures.
    pub fn pass(&mut self, pictures: &[f32]) -> Result<()> {
        self.input.clear();
        self.input.extend(pictures.iter().map(|&level| normalize(self.normalization, level)));
        self.network.trace_into(&mut self.trace, &self.input, Mode::Inference)
    }

    /// Passes up to a block of pictures with channels replaced, in the order of their layers.
    pub fn pass_with(&mut self, pictures: &[f32], replaced: &[Replaced]) -> Result<()> {
        self.pass(pictures)?;
        match replaced.first() {
            Some(first) => self.network_on(first.layer, replaced),
            None => Ok(()),
        }
    }

    /// Passes a changed trace on from the output of `layer`, with channels of it and of later layers replaced.
    fn network_on(&mut self, layer: usize, replaced: &[Replaced]) -> Result<()> {
        let mut layer = layer;
        for (index, channel) in replaced.iter().enumerate() {
            self.trace.replace(channel.layer, channel.channel, channel.value)?;
            let next = replaced.get(index + 1).map_or(self.layers - 1, |next| next.layer);
            if index + 1 == replaced.len() || next > layer {
                self.network.pass_on(&mut self.trace, layer + 1..next + 1)?;
                layer = next;
            }
        }
        Ok(())
    }

    /// Passes the pictures of `trace`, with one channel replaced besides, and `later` those that are replaced after
    /// its layer.
    pub fn pass_without(&mut self, trace: &Trace, channel: Replaced, later: &[Replaced]) -> Result<()> {
        self.trace.copy_output(trace, channel.layer);
        let replaced: Vec<Replaced> = std::iter::once(channel).chain(later.iter().copied()).collect();
        self.network_on(channel.layer, &replaced)
    }

    /// Passes a gradient back from one place to another, as [`Network::gradient_between`] does.
    pub fn gradient_between(&mut self, places: Range<usize>, dout: &[f32]) -> Result<Vec<f32>> {
        self.network.gradient_between(&self.trace, places, dout)
    }

    /// The gradient, per grey level, of what has the gradient `dout` at `place`.
    pub fn gradient_of_pictures(&mut self, place: usize, dout: &[f32]) -> Result<Vec<f32>> {
        let mut gradient = self.gradient_between(0..place, dout)?;
        let factor = 1.0 / (255.0 * self.normalization.deviation);
        gradient.iter_mut().for_each(|d| *d *= factor);
        Ok(gradient)
    }

    /// The gradient, per grey level, of the logit of `class` of each picture.
    pub fn gradient_of_logit(&mut self, class: usize) -> Result<Vec<f32>> {
        let dlogits = self.only_class(class);
        self.gradient_of_pictures(self.layers, &dlogits)
    }

    /// The gradient of the logit of `class` with respect to the logits of each picture.
    pub fn only_class(&self, class: usize) -> Vec<f32> {
        let mut dlogits = vec![0.0; self.trace.logits().len()];
        dlogits.iter_mut().skip(class).step_by(self.form().classes).for_each(|d| *d = 1.0);
        dlogits
    }

    /// The probabilities of `class`.
    pub fn probabilities_of(&self, class: usize) -> impl Iterator<Item = f32> {
        self.trace.probabilities().iter().skip(class).step_by(self.form().classes).copied()
    }

    /// How many whole images these are.
    pub fn count_images(&self, pixels: &[u8]) -> Result<usize> {
        let len = self.form().pixels();
        if pixels.len().is_multiple_of(len) {
            return Ok(pixels.len() / len);
        }
        let message = format!("An image of this network has {len} bytes; got {}.", pixels.len());
        Err(Error::new(ErrorCode::ImpossibleShape, message))
    }

    pub fn check_one(&self, pixels: &[u8]) -> Result<()> {
        match self.count_images(pixels)? {
            1 => Ok(()),
            images => {
                Err(Error::new(ErrorCode::ImpossibleShape, format!("Expected one image; got {images}.")))
            }
        }
    }

    pub fn check_class(&self, class: usize) -> Result<()> {
        super::within("A class", class, 0..=self.form().classes - 1)
    }
}
