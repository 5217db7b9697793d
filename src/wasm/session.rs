use js_sys::{Float32Array, Uint8Array, Uint32Array};
use serde::Serialize;
use serde_wasm_bindgen::preserve;
use wasm_bindgen::prelude::*;

use super::clock;
use super::convert::{into_js_error, read, read_bytes, write, write_bytes};
use crate::data::Dataset;
use crate::error::{Error, ErrorCode};
use crate::metrics::Evaluation;
use crate::probe::ActivationSurvey;
use crate::spec::Spec;
use crate::trainer::parallel::wire;
use crate::trainer::{Step, Trainer};

/// The data set, and the current run on it.
#[wasm_bindgen]
pub struct Session {
    pub(super) dataset: Dataset,
    pub(super) trainer: Option<Trainer>,
    divergence: Option<Divergence>,
    /// The last request to a helper, or answer from one.
    message: Vec<u8>,
    pub(super) survey: Option<ActivationSurvey>,
}

#[derive(Clone, Serialize)]
struct Divergence {
    step: u64,
    layer: Option<usize>,
    message: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Position {
    step: u64,
    epoch: u64,
    step_in_epoch: u64,
    steps_per_epoch: u64,
    total_steps: u64,
    finished: bool,
}

#[derive(Serialize)]
struct JsCheckpoint {
    spec: Spec,
    step: u64,
}

/// An evaluation whose lists are typed arrays.
#[derive(Serialize)]
struct JsEvaluation {
    #[serde(flatten)]
    rest: Evaluation,
    #[serde(with = "preserve")]
    confusion: Uint32Array,
    #[serde(with = "preserve")]
    predicted: Uint8Array,
    #[serde(with = "preserve")]
    confidence: Float32Array,
}

#[wasm_bindgen]
impl Session {
    /// A session without images and without a run.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Session, JsValue> {
        Ok(Self {
            dataset: Dataset::default(),
            trainer: None,
            divergence: None,
            message: vec![],
            survey: None,
        })
    }

    /// Builds a spec's network, ready for its first step; the images stay. On an error the run before
    /// it stays too.
    pub fn start(&mut self, spec: JsValue) -> Result<JsValue, JsValue> {
        let mut trainer = Trainer::new(read(spec)?, &self.dataset).map_err(into_js_error)?;
        trainer.set_clock(clock::now);
        let summary = write(trainer.network().summary());
        self.enter(trainer);
        summary
    }

    /// Changes the training settings from the next step on.
    pub fn configure(&mut self, training: JsValue) -> Result<(), JsValue> {
        let training = read(training)?;
        self.trainer_mut()?.configure(training).map_err(into_js_error)
    }

    /// Gathers the images of one step, to be shared out; returns the number of blocks whose gradients are
    /// wanted, from `compute` or, computed by a `Helper`, by `request` and `accept`.
    #[wasm_bindgen(js_name = beginStep)]
    pub fn begin_step(&mut self) -> Result<usize, JsValue> {
        let trainer = self.trainer.as_mut().ok_or_else(no_run)?;
        trainer.begin_step(&self.dataset).map_err(into_js_error)
    }

    /// As `beginStep`, but with images from elsewhere: 784 pixels and a label each.
    #[wasm_bindgen(js_name = beginStepOn)]
    pub fn begin_step_on(&mut self, pixels: &[u8], labels: &[u8]) -> Result<usize, JsValue> {
        self.trainer_mut()?.begin_step_on(pixels, labels).map_err(into_js_error)
    }

    /// Bytes that a buffer must have for a request for so many blocks, and for its answer.
    #[wasm_bindgen(js_name = maxMessageLen)]
    pub fn max_message_len(&self, blocks: usize) -> Result<usize, JsValue> {
        Ok(wire::max_message_len(blocks, self.trainer()?.network().weights().len()))
    }

    /// Writes to `buffer` what a `Helper` needs to compute the blocks from `first` to before `end`;
    /// returns the number of bytes.
    pub fn request(&mut self, first: usize, end: usize, buffer: &Uint8Array) -> Result<usize, JsValue> {
        let trainer = self.trainer.as_ref().ok_or_else(no_run)?;
        trainer.request(first..end, &mut self.message).map_err(into_js_error)?;
        write_bytes(buffer, &self.message)
    }

    /// Computes the blocks from `first` to before `end` here.
    pub fn compute(&mut self, first: usize, end: usize) -> Result<(), JsValue> {
        self.trainer_mut()?.compute(first..end).map_err(into_js_error)
    }

    /// Takes in the answer of a `Helper`: the first `length` bytes of `buffer`.
    pub fn accept(&mut self, buffer: &Uint8Array, length: usize) -> Result<(), JsValue> {
        read_bytes(buffer, length, &mut self.message)?;
        let trainer = self.trainer.as_mut().ok_or_else(no_run)?;
        trainer.accept(&self.message).map_err(into_js_error)
    }

    /// Makes the update once there are all gradients; returns loss, accuracy and learning rate, or
    /// undefined if the loss is no longer a number.
    #[wasm_bindgen(js_name = finishStep)]
    pub fn finish_step(&mut self) -> Result<JsValue, JsValue> {
        let trainer = self.trainer.as_mut().ok_or_else(no_run)?;
        let step = trainer.finish_step();
        let step = note_divergence(&mut self.divergence, trainer, step).map_err(into_js_error)?;
        step.map_or(Ok(JsValue::UNDEFINED), |step| write(&step))
    }

    /// Passes so many test images forward and back as a step would, and changes nothing: to see how
    /// long that takes.
    pub fn rehearse(&mut self, images: usize) -> Result<(), JsValue> {
        let trainer = self.trainer.as_mut().ok_or_else(no_run)?;
        trainer.rehearse(&self.dataset, images).map_err(into_js_error)
    }

    /// What training has cost since the run was started or restored, as far as it was computed here:
    /// milliseconds by stage and kind of work.
    pub fn timing(&self) -> Result<JsValue, JsValue> {
        write(&self.trainer()?.timing())
    }

    /// How far the run has come.
    pub fn position(&self) -> Result<JsValue, JsValue> {
        let trainer = self.trainer()?;
        let position = trainer.position();
        write(&Position {
            step: position.step,
            epoch: position.epoch,
            step_in_epoch: position.images.div_ceil(trainer.spec().training.batch_size) as u64,
            steps_per_epoch: trainer.steps_per_epoch(),
            total_steps: trainer.total_steps(),
            finished: trainer.is_finished(),
        })
    }

    /// What went wrong, if the loss stopped being a number: step, layer and message.
    pub fn diverged(&self) -> Result<JsValue, JsValue> {
        self.divergence.as_ref().map_or(Ok(JsValue::UNDEFINED), write)
    }

    /// Goes back to a good copy of the weights and returns its step.
    #[wasm_bindgen(js_name = goBack)]
    pub fn go_back(&mut self) -> Result<f64, JsValue> {
        self.divergence = None;
        self.survey = None;
        Ok(self.trainer_mut()?.go_back() as f64)
    }

    /// The step that `goBack` would lead to.
    #[wasm_bindgen(js_name = canGoBackTo)]
    pub fn can_go_back_to(&self) -> Result<f64, JsValue> {
        Ok(self.trainer()?.can_go_back_to() as f64)
    }

    /// Starts to evaluate all images of `training`, `validation` or `test`.
    #[wasm_bindgen(js_name = beginEvaluation)]
    pub fn begin_evaluation(&mut self, split: JsValue) -> Result<(), JsValue> {
        let split = read(split)?;
        self.trainer_mut()?.begin_evaluation(split);
        Ok(())
    }

    /// Evaluates up to `max_images` more; returns whether all have been.
    #[wasm_bindgen(js_name = continueEvaluation)]
    pub fn continue_evaluation(&mut self, max_images: usize) -> Result<bool, JsValue> {
        let trainer = self.trainer.as_mut().ok_or_else(no_run)?;
        trainer.continue_evaluation(&self.dataset, max_images).map_err(into_js_error)
    }

    /// The result of the images evaluated so far.
    pub fn evaluation(&self) -> Result<JsValue, JsValue> {
        let evaluation = self.trainer()?.evaluation().map_err(into_js_error)?;
        write(&JsEvaluation {
            confusion: evaluation.confusion[..].into(),
            predicted: evaluation.predicted[..].into(),
            confidence: evaluation.confidence[..].into(),
            rest: evaluation,
        })
    }

    /// The probability of each class for an image of 784 pixels.
    pub fn predict(&mut self, pixels: &[u8]) -> Result<Vec<f32>, JsValue> {
        self.trainer_mut()?.predict(pixels).map(<[f32]>::to_vec).map_err(into_js_error)
    }

    /// The parameter of this name, such as `0.weight`, in PyTorch's layout.
    pub fn parameter(&self, name: &str) -> Result<Vec<f32>, JsValue> {
        self.trainer()?.network().parameter(name).map_err(into_js_error)
    }

    /// Sets the parameter of this name, in PyTorch's layout.
    #[wasm_bindgen(js_name = setParameter)]
    pub fn set_parameter(&mut self, name: &str, values: &[f32]) -> Result<(), JsValue> {
        self.trainer_mut()?.set_parameter(name, values).map_err(into_js_error)
    }

    /// All that it takes to continue from here, as bytes.
    pub fn checkpoint(&self) -> Result<Vec<u8>, JsValue> {
        Ok(self.trainer()?.checkpoint())
    }

    /// Continues from a checkpoint; returns the spec that now runs. On an error the run before it stays.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<JsValue, JsValue> {
        let mut trainer = Trainer::restore(bytes, &self.dataset).map_err(into_js_error)?;
        trainer.set_clock(clock::now);
        let spec = write(trainer.spec());
        self.enter(trainer);
        spec
    }

    /// The spec and the step of a checkpoint; the run stays as it is.
    #[wasm_bindgen(js_name = readCheckpoint)]
    pub fn read_checkpoint(&self, bytes: &[u8]) -> Result<JsValue, JsValue> {
        let (spec, step) = Trainer::read_checkpoint(bytes).map_err(into_js_error)?;
        write(&JsCheckpoint { spec, step })
    }

    /// A fingerprint of all weights, in 16 hexadecimal digits.
    pub fn fingerprint(&self) -> Result<String, JsValue> {
        Ok(format!("{:016x}", self.trainer()?.network().fingerprint()))
    }

    /// Makes this the current run; what was measured of the previous one is dropped.
    fn enter(&mut self, trainer: Trainer) {
        self.trainer = Some(trainer);
        self.divergence = None;
        self.survey = None;
    }

    pub(super) fn trainer(&self) -> Result<&Trainer, JsValue> {
        self.trainer.as_ref().ok_or_else(no_run)
    }

    pub(super) fn trainer_mut(&mut self) -> Result<&mut Trainer, JsValue> {
        self.trainer.as_mut().ok_or_else(no_run)
    }
}

/// Records that a step ended in a loss that is not a number; `None` then.
fn note_divergence(
    divergence: &mut Option<Divergence>,
    trainer: &Trainer,
    step: Result<Step, Error>,
) -> Result<Option<Step>, Error> {
    match step {
        Err(Error { code: ErrorCode::NotFinite, layer, message }) => {
            *divergence = Some(Divergence { step: trainer.position().step + 1, layer, message });
            Ok(None)
        }
        step => step.map(Some),
    }
}

pub(super) fn no_run() -> JsValue {
    into_js_error(Error::new(ErrorCode::NotReady, "There is no network yet; start one first."))
}
