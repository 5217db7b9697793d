use js_sys::{Array, Float32Array, Float64Array, Object, Uint8Array, Uint32Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::convert::{read, with_fields, write};
use super::session::{Session, running};
use super::trace::{Gradients, Trace};
use crate::error::{Error, ErrorCode, Result};
use crate::probe::{ChannelStats, TOP_ACTIVATIONS, TopActivation};

/// Close inspection: single images and their gradients, one weight's step, and what activates each channel.
#[wasm_bindgen]
impl Session {
    /// The forward pass of an image.
    pub fn trace(&mut self, pixels: &[u8]) -> Result<Trace> {
        let trace = self.trainer_mut()?.trace(pixels)?;
        Ok(Trace { trace, labels: vec![] })
    }

    /// The forward pass of `count` test images, the first one `first`.
    #[wasm_bindgen(js_name = traceTest)]
    pub fn trace_test(&mut self, first: usize, count: usize) -> Result<Trace> {
        let (trace, labels) = running(&mut self.trainer)?.trace_test(&self.dataset, first, count)?;
        Ok(Trace { trace, labels })
    }

    /// The gradients of the mean loss of the images of `trace`, given their `labels`.
    pub fn backward(&mut self, trace: &Trace, labels: &[u8]) -> Result<Gradients> {
        self.trainer_mut()?.backward(&trace.trace, labels).map(Gradients)
    }

    /// The gradients of the score of class `first` less that of class `second`, of the images of `trace`.
    pub fn contrast(&mut self, trace: &Trace, first: usize, second: usize) -> Result<Gradients> {
        self.trainer_mut()?.contrast(&trace.trace, first, second).map(Gradients)
    }

    /// What the next step will do to one weight.
    #[wasm_bindgen(js_name = traceWeight)]
    pub fn trace_weight(&mut self, name: &str, index: usize) -> Result<JsValue> {
        let step = running(&mut self.trainer)?.trace_weight(&self.dataset, name, index)?;
        let lists = [
            ("images", Uint32Array::from(&step.images[..]).into()),
            ("labels", Uint8Array::from(&step.labels[..]).into()),
            ("pixels", Uint8Array::from(&step.pixels[..]).into()),
            ("inputs", Float32Array::from(&step.inputs[..]).into()),
            ("gradients", Float32Array::from(&step.gradients[..]).into()),
        ];
        Ok(with_fields(write(&step), lists))
    }

    /// The loss of the next batch at `points` places from `from` to `to` times the next step.
    #[wasm_bindgen(js_name = lossLine)]
    pub fn loss_line(&mut self, from: f32, to: f32, points: usize) -> Result<JsValue> {
        let line = running(&mut self.trainer)?.loss_line(&self.dataset, from, to, points)?;
        let lists = [
            ("at", Float32Array::from(&line.at[..]).into()),
            ("losses", Float64Array::from(&line.losses[..]).into()),
        ];
        Ok(with_fields(write(&line), lists))
    }

    /// Starts or stops measuring, every few steps, how large gradients and updates are.
    #[wasm_bindgen(js_name = watchGradientNorms)]
    pub fn watch_gradient_norms(&mut self, on: bool) -> Result<()> {
        self.trainer_mut()?.watch_gradient_norms(on);
        Ok(())
    }

    /// What has been measured since it was fetched last.
    #[wasm_bindgen(js_name = takeGradientNorms)]
    pub fn take_gradient_norms(&mut self) -> Result<JsValue> {
        Ok(write(&self.trainer_mut()?.take_gradient_norms()))
    }

    /// Begins a survey of the first `images` images of a split.
    #[wasm_bindgen(js_name = beginSurvey)]
    pub fn begin_survey(&mut self, split: JsValue, images: usize, features: bool) -> Result<()> {
        self.survey = Some(self.trainer()?.survey(read(split)?, images, features)?);
        Ok(())
    }

    /// Passes up to `max_images` more; returns whether all have passed.
    #[wasm_bindgen(js_name = continueSurvey)]
    pub fn continue_survey(&mut self, max_images: usize) -> Result<bool> {
        self.survey.as_mut().ok_or_else(no_survey)?.go_on(&self.dataset, max_images)
    }

    /// Ends the survey and returns what it found.
    #[wasm_bindgen(js_name = finishSurvey)]
    pub fn finish_survey(&mut self) -> Result<JsValue> {
        let survey = self.survey.take().ok_or_else(no_survey)?;
        let summary = JsSurvey {
            step: survey.step,
            images: survey.images,
            count: TOP_ACTIVATIONS,
            last_hidden: survey.last_hidden.map_or(-1.0, |layer| layer as f64),
        };
        let lists = [
            ("features", Float32Array::from(&survey.features[..]).into()),
            ("predicted", Uint8Array::from(&survey.predicted[..]).into()),
            ("layers", survey.layers.iter().map(write_stats).collect::<Array>().into()),
        ];
        Ok(with_fields(write(&summary), lists))
    }
}

/// What a survey found, without its lists.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsSurvey {
    step: u64,
    images: usize,
    /// Images that are kept of each channel.
    count: usize,
    /// −1 where the layer before the last one that learns is the input.
    last_hidden: f64,
}

/// What activates the channels of a layer, column by column.
fn write_stats(stats: &ChannelStats) -> JsValue {
    let column = |of: fn(&TopActivation) -> u32| -> Vec<u32> { stats.top.iter().map(of).collect() };
    let values: Vec<f32> = stats.top.iter().map(|top| top.value).collect();
    let lists = [
        ("fired", Uint32Array::from(&stats.fired[..]).into()),
        ("images", Uint32Array::from(&column(|top| top.image)[..]).into()),
        ("values", Float32Array::from(&values[..]).into()),
        ("positions", Uint32Array::from(&column(|top| top.position)[..]).into()),
    ];
    with_fields(Object::new().into(), lists)
}

fn no_survey() -> Error {
    Error::new(ErrorCode::NotReady, "No survey is under way; begin one first.")
}
