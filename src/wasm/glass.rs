use js_sys::{Array, Float32Array, Float64Array, Object, Uint8Array, Uint32Array};
use wasm_bindgen::prelude::*;

use super::convert::{into_js_error, put, read};
use super::session::{Session, no_run};
use crate::error::{Error, ErrorCode};
use crate::network::LookBack;
use crate::trainer::{Excitement, FlowReading, PEAKS};

/// Looking closely: gradients of single images, one weight's step, and what excites each channel.
#[wasm_bindgen]
impl Session {
    /// Passes test images through the network, for `activationOf` and `lookBack`; gives their labels.
    #[wasm_bindgen(js_name = probeTest)]
    pub fn probe_test(&mut self, first: usize, count: usize) -> Result<Vec<u8>, JsValue> {
        let Self { dataset, trainer, .. } = self;
        let trainer = trainer.as_mut().ok_or_else(no_run)?;
        trainer.look_at_test(dataset, first, count).map_err(into_js_error)
    }

    /// What a layer put out for an image of `probeTest`, `[channel][row][column]`.
    #[wasm_bindgen(js_name = activationOf)]
    pub fn activation_of(&self, layer: usize, image: usize) -> Result<Vec<f32>, JsValue> {
        self.trainer()?.network().activation(layer, image).map_err(into_js_error)
    }

    /// Passes the gradient of the mean loss of the images that were looked at last back through the
    /// network; gives the loss.
    #[wasm_bindgen(js_name = lookBack)]
    pub fn look_back(&mut self, labels: &[u8]) -> Result<f32, JsValue> {
        let back = self.trainer_mut()?.look_back(labels).map_err(into_js_error)?;
        let loss = back.loss;
        self.look_back = Some(back);
        Ok(loss)
    }

    /// After `lookBack`: the gradient with respect to the images (0), or to what the layers put out
    /// (from 1 on), `[image][channel][row][column]`.
    #[wasm_bindgen(js_name = gradientAt)]
    pub fn gradient_at(&self, place: usize) -> Result<Vec<f32>, JsValue> {
        self.looked()?.activations.get(place).cloned().ok_or_else(|| not_ready("There is no such layer."))
    }

    /// After `lookBack`: the gradient with respect to the parameter of this name.
    #[wasm_bindgen(js_name = parameterGradient)]
    pub fn parameter_gradient(&self, name: &str) -> Result<Vec<f32>, JsValue> {
        let network = self.trainer()?.network();
        network.part_of(&self.looked()?.weights, name).map_err(into_js_error)
    }

    /// What the next step will do to one weight.
    pub fn weigh(&mut self, name: &str, index: usize) -> Result<JsValue, JsValue> {
        let Self { dataset, trainer, .. } = self;
        let trainer = trainer.as_mut().ok_or_else(no_run)?;
        let weighing = trainer.weigh(dataset, name, index).map_err(into_js_error)?;
        let object: JsValue = Object::new().into();
        put(&object, "step", weighing.step as f64)?;
        put(&object, "images", Uint32Array::from(&weighing.images[..]))?;
        put(&object, "labels", Uint8Array::from(&weighing.labels[..]))?;
        put(&object, "pixels", Uint8Array::from(&weighing.pixels[..]))?;
        put(&object, "inputs", Float32Array::from(&weighing.inputs[..]))?;
        put(&object, "gradients", Float32Array::from(&weighing.gradients[..]))?;
        put(&object, "gradient", weighing.gradient)?;
        put(&object, "learningRate", weighing.learning_rate)?;
        put(&object, "updates", weighing.updates as f64)?;
        put(&object, "before", memory(weighing.before)?)?;
        put(&object, "after", memory(weighing.after)?)?;
        Ok(object)
    }

    /// The loss of the next batch at `points` places from `from` to `to` times the next step.
    pub fn slice(&mut self, from: f32, to: f32, points: usize) -> Result<JsValue, JsValue> {
        let Self { dataset, trainer, .. } = self;
        let trainer = trainer.as_mut().ok_or_else(no_run)?;
        let slice = trainer.slice(dataset, from, to, points).map_err(into_js_error)?;
        let object: JsValue = Object::new().into();
        put(&object, "step", slice.step as f64)?;
        put(&object, "at", Float32Array::from(&slice.at[..]))?;
        put(&object, "losses", Float64Array::from(&slice.losses[..]))?;
        Ok(object)
    }

    /// Measures how large gradients and updates are, every few steps, or no more.
    #[wasm_bindgen(js_name = watchFlow)]
    pub fn watch_flow(&mut self, on: bool) -> Result<(), JsValue> {
        self.trainer_mut()?.watch_flow(on);
        Ok(())
    }

    /// What has been measured since it was fetched last.
    #[wasm_bindgen(js_name = takeFlow)]
    pub fn take_flow(&mut self) -> Result<JsValue, JsValue> {
        let readings = self.trainer_mut()?.take_flow();
        let all = Array::new();
        for reading in &readings {
            all.push(&flow_reading(reading)?);
        }
        Ok(all.into())
    }

    /// Begins a survey of the first `images` images of a split.
    #[wasm_bindgen(js_name = beginSurvey)]
    pub fn begin_survey(&mut self, split: JsValue, images: usize, features: bool) -> Result<(), JsValue> {
        let survey = self.trainer()?.survey(read(split)?, images, features).map_err(into_js_error)?;
        self.survey = Some(survey);
        Ok(())
    }

    /// Looks at up to `max_images` more; says whether all have been seen.
    #[wasm_bindgen(js_name = continueSurvey)]
    pub fn continue_survey(&mut self, max_images: usize) -> Result<bool, JsValue> {
        let Self { dataset, survey, .. } = self;
        let survey = survey.as_mut().ok_or_else(no_survey)?;
        survey.go_on(dataset, max_images).map_err(into_js_error)
    }

    /// Ends the survey and gives what it found.
    #[wasm_bindgen(js_name = finishSurvey)]
    pub fn finish_survey(&mut self) -> Result<JsValue, JsValue> {
        let survey = self.survey.take().ok_or_else(no_survey)?;
        let object: JsValue = Object::new().into();
        put(&object, "step", survey.step as f64)?;
        put(&object, "images", survey.images as f64)?;
        put(&object, "count", PEAKS as f64)?;
        put(&object, "lastHidden", survey.last_hidden.map_or(-1.0, |layer| layer as f64))?;
        put(&object, "features", Float32Array::from(&survey.features[..]))?;
        put(&object, "predicted", Uint8Array::from(&survey.predicted[..]))?;
        let layers = Array::new();
        for layer in &survey.layers {
            layers.push(&excitement(layer)?);
        }
        put(&object, "layers", layers)?;
        Ok(object)
    }

    fn looked(&self) -> Result<&LookBack, JsValue> {
        self.look_back.as_ref().ok_or_else(|| not_ready("Nothing has been passed back yet."))
    }
}

fn memory([value, first, second]: [f32; 3]) -> Result<JsValue, JsValue> {
    let object: JsValue = Object::new().into();
    put(&object, "value", value)?;
    put(&object, "first", first)?;
    put(&object, "second", second)?;
    Ok(object)
}

fn flow_reading(reading: &FlowReading) -> Result<JsValue, JsValue> {
    let layers = Array::new();
    for flow in &reading.layers {
        let layer: JsValue = Object::new().into();
        put(&layer, "layer", flow.layer as f64)?;
        put(&layer, "gradient", flow.gradient)?;
        put(&layer, "update", flow.update)?;
        put(&layer, "weight", flow.weight)?;
        layers.push(&layer);
    }
    let object: JsValue = Object::new().into();
    put(&object, "step", reading.step as f64)?;
    put(&object, "layers", layers)?;
    Ok(object)
}

fn excitement(layer: &Excitement) -> Result<JsValue, JsValue> {
    let column = |of: fn(&crate::trainer::Peak) -> u32| -> Vec<u32> { layer.peaks.iter().map(of).collect() };
    let values: Vec<f32> = layer.peaks.iter().map(|peak| peak.value).collect();
    let object: JsValue = Object::new().into();
    put(&object, "fired", Uint32Array::from(&layer.fired[..]))?;
    put(&object, "images", Uint32Array::from(&column(|peak| peak.image)[..]))?;
    put(&object, "values", Float32Array::from(&values[..]))?;
    put(&object, "positions", Uint32Array::from(&column(|peak| peak.position)[..]))?;
    Ok(object)
}

fn no_survey() -> JsValue {
    not_ready("No survey is under way; begin one first.")
}

fn not_ready(message: &str) -> JsValue {
    into_js_error(Error::new(ErrorCode::NotReady, message))
}
