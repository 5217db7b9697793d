//! The questions as JavaScript sees them. The page fetches this module when it asks the first one, and runs it in a
//! worker of its own. Networks come as checkpoints. Nothing is computed here.

mod convert;
mod jobs;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::error::{Error, ErrorCode, Result};
use crate::inquiry::{self, Against, Baseline, DreamSettings, Goal, RobustnessSettings};
use convert::{bytes, channels_off, floats, frozen, object, out_of_range, progress, reading};
use jobs::{Accuracy, Attack, ChannelCosts, Dream, Integrated, Occlusion, Robustness};

/// A network that is asked, and the images that it is tried on. Images are bytes, `[image][channel][row][column]`.
/// Channels that are off are three numbers each: layer, channel, and 0 (zero) or 1 (its mean).
#[wasm_bindgen]
pub struct Inquiry(inquiry::Inquiry);

#[wasm_bindgen]
impl Inquiry {
    /// The network of a checkpoint, with no images kept.
    #[wasm_bindgen(constructor)]
    pub fn new(checkpoint: &[u8]) -> Result<Inquiry> {
        Ok(Self(inquiry::Inquiry::new(checkpoint)?))
    }

    /// Asks another network from now on. The kept images stay if they fit it.
    #[wasm_bindgen(js_name = useNetwork)]
    pub fn use_network(&mut self, checkpoint: &[u8]) -> Result<()> {
        self.0.use_network(checkpoint)
    }

    /// Keeps images and their labels.
    #[wasm_bindgen(js_name = useImages)]
    pub fn use_images(&mut self, pixels: Vec<u8>, labels: Vec<u8>) -> Result<()> {
        self.0.use_images(pixels, labels)
    }

    /// How many images are kept.
    pub fn images(&self) -> usize {
        self.0.images()
    }

    /// Measures the channels' means on more of the kept images: needed before any is off at its mean.
    #[wasm_bindgen(js_name = measureMeans, unchecked_return_type = "Progress")]
    pub fn measure_means(&mut self, passes: usize) -> Result<JsValue> {
        self.0.measure_means(passes).map(progress)
    }

    /// Reads images with channels off.
    #[wasm_bindgen(unchecked_return_type = "Reading")]
    pub fn read(&mut self, pixels: &[u8], off: &[u32]) -> Result<JsValue> {
        Ok(reading(&self.0.read(pixels, &channels_off(off)?)?))
    }

    /// The output of a layer for one image, `[channel][row][column]` or `[unit]`, with channels off.
    pub fn maps(&mut self, pixels: &[u8], layer: usize, off: &[u32]) -> Result<Vec<f32>> {
        self.0.maps(pixels, layer, &channels_off(off)?)
    }

    /// Reads pictures on the straight line from one image to another, both included.
    #[wasm_bindgen(unchecked_return_type = "Reading")]
    pub fn morph(&mut self, from: &[u8], to: &[u8], points: usize) -> Result<JsValue> {
        Ok(reading(&self.0.morph(from, to, points)?))
    }

    /// Begins to dream of channels of a layer. `rate` is in grey levels, `jitter` and `blur` in pixels, `decay` a
    /// share, `variation` a weight.
    #[expect(
        clippy::too_many_arguments,
        reason = "plain numbers take less code than an object that is checked"
    )]
    pub fn dream(
        &self,
        layer: usize,
        channels: &[u32],
        seed: f64,
        steps: usize,
        rate: f32,
        jitter: usize,
        blur: f32,
        decay: f32,
        variation: f32,
    ) -> Result<Dream> {
        let channels: Vec<usize> = channels.iter().map(|&channel| channel as usize).collect();
        let settings =
            DreamSettings { seed: convert::seed(seed)?, steps, rate, jitter, blur, decay, variation };
        Ok(Dream(self.0.dream(layer, &channels, settings)?))
    }

    /// Begins to change an image so that the answer is not `label`; with the method `targeted`, so that it is
    /// `target`. Without a strength, the smallest from 0 to `most` is searched.
    #[expect(clippy::too_many_arguments, reason = "as for `dream`")]
    pub fn fool(
        &self,
        pixels: &[u8],
        label: usize,
        #[wasm_bindgen(unchecked_param_type = "'sign' | 'iterated' | 'targeted'")] method: &str,
        target: usize,
        strength: Option<usize>,
        most: usize,
        steps: usize,
    ) -> Result<Attack> {
        let (goal, steps) = match method {
            "sign" => (Goal::AwayFrom(label), 1),
            "iterated" => (Goal::AwayFrom(label), steps),
            "targeted" => (Goal::Towards(target), steps),
            _ => {
                let message = format!("Expected one of sign, iterated and targeted; got “{method}”.");
                return Err(Error::new(ErrorCode::NotFound, message));
            }
        };
        Ok(Attack(self.0.fool(pixels, goal, strength, most, steps)?))
    }

    /// An attacked image beside other changes of the same Euclidean size.
    #[wasm_bindgen(unchecked_return_type = "Compared[]")]
    pub fn compare(&mut self, pixels: &[u8], attacked: &[u8], seed: f64) -> Result<JsValue> {
        let rows = self.0.compare(pixels, attacked, convert::seed(seed)?)?;
        let row = |row: inquiry::Compared| {
            object([
                ("kind", row.kind.map_or("attack", inquiry::Kind::name).into()),
                ("pixels", bytes(&row.pixels)),
                ("probabilities", floats(&row.probabilities)),
                ("size", row.size.into()),
            ])
        };
        Ok(rows.into_iter().map(row).collect::<Array>().into())
    }

    /// Begins to measure the accuracy on the first `images` kept images at these strengths. The kinds are `sign`,
    /// `iterated`, and, of the Euclidean size of `sign`, `noise`, `blur`, `rotation` and `occlusion`.
    pub fn robustness(
        &self,
        strengths: &[u32],
        kinds: Vec<String>,
        images: usize,
        steps: usize,
        seed: f64,
    ) -> Result<Robustness> {
        let strength = |&strength: &u32| {
            let message = || out_of_range(&format!("A strength must be from 0 to 255; got {strength}."));
            u8::try_from(strength).map_err(|_| message())
        };
        let settings = RobustnessSettings {
            strengths: strengths.iter().map(strength).collect::<Result<_>>()?,
            against: kinds.iter().map(|kind| Against::of_name(kind)).collect::<Result<_>>()?,
            images,
            steps,
            seed: convert::seed(seed)?,
        };
        Ok(Robustness(self.0.robustness(settings)?))
    }

    /// Begins to count the correct answers on the kept images with channels off.
    pub fn accuracy(&self, off: &[u32]) -> Result<Accuracy> {
        Ok(Accuracy(self.0.accuracy(&channels_off(off)?)?))
    }

    /// Begins to count the correct answers without each channel of a layer; the channels `off` are off besides.
    #[wasm_bindgen(js_name = channelCosts)]
    pub fn channel_costs(&self, layer: usize, to: u32, off: &[u32]) -> Result<ChannelCosts> {
        Ok(ChannelCosts(self.0.channel_costs(layer, frozen(to)?, &channels_off(off)?)?))
    }

    /// Begins to slide a square over an image.
    pub fn occlusion(
        &mut self,
        pixels: &[u8],
        label: usize,
        size: usize,
        stride: usize,
        fill: f32,
    ) -> Result<Occlusion> {
        Ok(Occlusion(self.0.occlusion(pixels, label, size, stride, fill)?))
    }

    /// Class activation by gradients at a layer that has maps.
    #[wasm_bindgen(js_name = classActivation, unchecked_return_type = "ClassActivation")]
    pub fn class_activation(&mut self, pixels: &[u8], label: usize, layer: usize) -> Result<JsValue> {
        let activation = self.0.class_activation(pixels, label, layer)?;
        Ok(object([
            ("map", floats(&activation.map)),
            ("rows", activation.size[0].into()),
            ("columns", activation.size[1].into()),
            ("weights", floats(&activation.weights)),
        ]))
    }

    /// Begins to integrate gradients.
    pub fn integrated(
        &mut self,
        pixels: &[u8],
        label: usize,
        #[wasm_bindgen(unchecked_param_type = "'black' | 'mean'")] baseline: &str,
        points: usize,
    ) -> Result<Integrated> {
        let baseline = match baseline {
            "black" => Baseline::Black,
            "mean" => Baseline::Mean,
            _ => {
                let message = format!("A baseline is black or mean; got “{baseline}”.");
                return Err(Error::new(ErrorCode::NotFound, message));
            }
        };
        Ok(Integrated(self.0.integrated(pixels, label, baseline, points)?))
    }

    /// The gradient of a class's logit, per grey level, `[channel][row][column]`.
    #[wasm_bindgen(js_name = inputGradient)]
    pub fn input_gradient(&mut self, pixels: &[u8], label: usize) -> Result<Vec<f32>> {
        self.0.input_gradient(pixels, label)
    }
}
