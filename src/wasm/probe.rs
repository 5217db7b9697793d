use js_sys::{Float32Array, Float64Array, Uint8Array, Uint32Array};
use serde::Serialize;
use serde_wasm_bindgen::preserve;
use wasm_bindgen::prelude::*;

use super::convert::{into_js_error, read, write};
use super::session::{Session, no_run};
use super::trace::{Gradients, Trace};
use crate::error::{Error, ErrorCode};
use crate::probe::{ActivationSurvey, ChannelStats, LossLine, TOP_ACTIVATIONS, TopActivation, WeightStep};

/// Close inspection: single images and their gradients, one weight's step, and what activates each channel.
#[wasm_bindgen]
impl Session {
    /// The forward pass of an image of 784 pixels.
    pub fn trace(&mut self, pixels: &[u8]) -> Result<Trace, JsValue> {
        let trace = self.trainer_mut()?.trace(pixels).map_err(into_js_error)?;
        Ok(Trace { trace, labels: vec![] })
    }

    /// The forward pass of `count` test images, the first one `first`.
    #[wasm_bindgen(js_name = traceTest)]
    pub fn trace_test(&mut self, first: usize, count: usize) -> Result<Trace, JsValue> {
        let Self { dataset, trainer, .. } = self;
        let trainer = trainer.as_mut().ok_or_else(no_run)?;
        let (trace, labels) = trainer.trace_test(dataset, first, count).map_err(into_js_error)?;
        Ok(Trace { trace, labels })
    }

    /// The gradients of the mean loss of the images of `trace`, given their `labels`.
    pub fn backward(&mut self, trace: &Trace, labels: &[u8]) -> Result<Gradients, JsValue> {
        let gradients = self.trainer_mut()?.backward(&trace.trace, labels).map_err(into_js_error)?;
        Ok(Gradients(gradients))
    }

    /// The gradients of the score of class `first` less that of class `second`, of the images of `trace`.
    pub fn contrast(&mut self, trace: &Trace, first: usize, second: usize) -> Result<Gradients, JsValue> {
        let gradients = self.trainer_mut()?.contrast(&trace.trace, first, second).map_err(into_js_error)?;
        Ok(Gradients(gradients))
    }

    /// What the next step will do to one weight.
    #[wasm_bindgen(js_name = traceWeight)]
    pub fn trace_weight(&mut self, name: &str, index: usize) -> Result<JsValue, JsValue> {
        let Self { dataset, trainer, .. } = self;
        let trainer = trainer.as_mut().ok_or_else(no_run)?;
        let step = trainer.trace_weight(dataset, name, index).map_err(into_js_error)?;
        write(&JsWeightStep::from(step))
    }

    /// The loss of the next batch at `points` places from `from` to `to` times the next step.
    #[wasm_bindgen(js_name = lossLine)]
    pub fn loss_line(&mut self, from: f32, to: f32, points: usize) -> Result<JsValue, JsValue> {
        let Self { dataset, trainer, .. } = self;
        let trainer = trainer.as_mut().ok_or_else(no_run)?;
        let LossLine { step, at, losses } =
            trainer.loss_line(dataset, from, to, points).map_err(into_js_error)?;
        write(&JsLossLine { step, at: at[..].into(), losses: losses[..].into() })
    }

    /// Starts or stops measuring, every few steps, how large gradients and updates are.
    #[wasm_bindgen(js_name = watchGradientNorms)]
    pub fn watch_gradient_norms(&mut self, on: bool) -> Result<(), JsValue> {
        self.trainer_mut()?.watch_gradient_norms(on);
        Ok(())
    }

    /// What has been measured since it was fetched last.
    #[wasm_bindgen(js_name = takeGradientNorms)]
    pub fn take_gradient_norms(&mut self) -> Result<JsValue, JsValue> {
        write(&self.trainer_mut()?.take_gradient_norms())
    }

    /// Begins a survey of the first `images` images of a split.
    #[wasm_bindgen(js_name = beginSurvey)]
    pub fn begin_survey(&mut self, split: JsValue, images: usize, features: bool) -> Result<(), JsValue> {
        let survey = self.trainer()?.survey(read(split)?, images, features).map_err(into_js_error)?;
        self.survey = Some(survey);
        Ok(())
    }

    /// Passes up to `max_images` more; returns whether all have passed.
    #[wasm_bindgen(js_name = continueSurvey)]
    pub fn continue_survey(&mut self, max_images: usize) -> Result<bool, JsValue> {
        let Self { dataset, survey, .. } = self;
        let survey = survey.as_mut().ok_or_else(no_survey)?;
        survey.go_on(dataset, max_images).map_err(into_js_error)
    }

    /// Ends the survey and returns what it found.
    #[wasm_bindgen(js_name = finishSurvey)]
    pub fn finish_survey(&mut self) -> Result<JsValue, JsValue> {
        write(&JsSurvey::from(self.survey.take().ok_or_else(no_survey)?))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsWeightStep {
    step: u64,
    #[serde(with = "preserve")]
    images: Uint32Array,
    #[serde(with = "preserve")]
    labels: Uint8Array,
    #[serde(with = "preserve")]
    pixels: Uint8Array,
    #[serde(with = "preserve")]
    inputs: Float32Array,
    #[serde(with = "preserve")]
    gradients: Float32Array,
    gradient: f32,
    learning_rate: f32,
    updates: u64,
    before: JsMemory,
    after: JsMemory,
}

/// A weight, and the optimizer's first and second memory of it.
#[derive(Serialize)]
struct JsMemory {
    value: f32,
    first: f32,
    second: f32,
}

#[derive(Serialize)]
struct JsLossLine {
    step: u64,
    #[serde(with = "preserve")]
    at: Float32Array,
    #[serde(with = "preserve")]
    losses: Float64Array,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsSurvey {
    step: u64,
    images: usize,
    /// Images that are kept of each channel.
    count: usize,
    /// −1 where the layer before the last one that learns is the input.
    last_hidden: f64,
    #[serde(with = "preserve")]
    features: Float32Array,
    #[serde(with = "preserve")]
    predicted: Uint8Array,
    layers: Vec<JsChannelStats>,
}

#[derive(Serialize)]
struct JsChannelStats {
    #[serde(with = "preserve")]
    fired: Uint32Array,
    #[serde(with = "preserve")]
    images: Uint32Array,
    #[serde(with = "preserve")]
    values: Float32Array,
    #[serde(with = "preserve")]
    positions: Uint32Array,
}

impl From<WeightStep> for JsWeightStep {
    fn from(step: WeightStep) -> Self {
        let memory = |[value, first, second]: [f32; 3]| JsMemory { value, first, second };
        Self {
            step: step.step,
            images: step.images[..].into(),
            labels: step.labels[..].into(),
            pixels: step.pixels[..].into(),
            inputs: step.inputs[..].into(),
            gradients: step.gradients[..].into(),
            gradient: step.gradient,
            learning_rate: step.learning_rate,
            updates: step.updates,
            before: memory(step.before),
            after: memory(step.after),
        }
    }
}

impl From<ActivationSurvey> for JsSurvey {
    fn from(survey: ActivationSurvey) -> Self {
        Self {
            step: survey.step,
            images: survey.images,
            count: TOP_ACTIVATIONS,
            last_hidden: survey.last_hidden.map_or(-1.0, |layer| layer as f64),
            features: survey.features[..].into(),
            predicted: survey.predicted[..].into(),
            layers: survey.layers.iter().map(JsChannelStats::from).collect(),
        }
    }
}

impl From<&ChannelStats> for JsChannelStats {
    fn from(stats: &ChannelStats) -> Self {
        let column = |of: fn(&TopActivation) -> u32| -> Vec<u32> { stats.top.iter().map(of).collect() };
        let values: Vec<f32> = stats.top.iter().map(|top| top.value).collect();
        Self {
            fired: stats.fired[..].into(),
            images: column(|top| top.image)[..].into(),
            values: values[..].into(),
            positions: column(|top| top.position)[..].into(),
        }
    }
}

fn no_survey() -> JsValue {
    into_js_error(Error::new(ErrorCode::NotReady, "No survey is under way; begin one first."))
}
