use js_sys::{Float32Array, Uint8Array, Uint32Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::clock;
use super::convert::{read, read_bytes, with_fields, write, write_bytes};
use crate::data::Dataset;
use crate::error::{Error, ErrorCode, Result};
use crate::probe::ActivationSurvey;
use crate::spec::Spec;
use crate::trainer::Trainer;
use crate::trainer::parallel::wire;

/// The data set, and the current run on it.
#[derive(Default)]
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

#[wasm_bindgen]
impl Session {
    /// A session without images and without a run.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Session {
        Self::default()
    }

    /// Builds a spec's network, ready for its first step; the images stay. On an error the run before
    /// it stays too.
    pub fn start(&mut self, spec: JsValue) -> Result<JsValue> {
        let trainer = self.enter(Trainer::new(read(spec)?, &self.dataset)?);
        Ok(write(trainer.network().summary()))
    }

    /// Changes the training settings from the next step on.
    pub fn configure(&mut self, training: JsValue) -> Result<()> {
        let training = read(training)?;
        self.trainer_mut()?.configure(training)
    }

    /// Gathers the images of one step, to be shared out; returns the number of blocks whose gradients are
    /// wanted, from `compute` or, computed by a `Helper`, by `request` and `accept`.
    #[wasm_bindgen(js_name = beginStep)]
    pub fn begin_step(&mut self) -> Result<usize> {
        running(&mut self.trainer)?.begin_step(&self.dataset)
    }

    /// As `beginStep`, but with images from elsewhere: their pixels, and a label each.
    #[wasm_bindgen(js_name = beginStepOn)]
    pub fn begin_step_on(&mut self, pixels: &[u8], labels: &[u8]) -> Result<usize> {
        self.trainer_mut()?.begin_step_on(pixels, labels)
    }

    /// Bytes that a buffer must have for a request for so many blocks, and for its answer.
    #[wasm_bindgen(js_name = maxMessageLen)]
    pub fn max_message_len(&self, blocks: usize) -> Result<usize> {
        Ok(wire::max_message_len(blocks, self.trainer()?.network()))
    }

    /// Writes to `buffer` what a `Helper` needs to compute the blocks from `first` to before `end`;
    /// returns the number of bytes.
    pub fn request(&mut self, first: usize, end: usize, buffer: &Uint8Array) -> Result<usize> {
        let trainer = self.trainer.as_ref().ok_or_else(no_run)?;
        trainer.request(first..end, &mut self.message)?;
        write_bytes(buffer, &self.message)
    }

    /// Computes the blocks from `first` to before `end` here.
    pub fn compute(&mut self, first: usize, end: usize) -> Result<()> {
        self.trainer_mut()?.compute(first..end)
    }

    /// Takes in the answer of a `Helper`: the first `length` bytes of `buffer`.
    pub fn accept(&mut self, buffer: &Uint8Array, length: usize) -> Result<()> {
        read_bytes(buffer, length, &mut self.message)?;
        running(&mut self.trainer)?.accept(&self.message)
    }

    /// Makes the update once there are all gradients; returns loss, accuracy and learning rate, and in `passed` the
    /// index, label and loss of each image, the loss negative where it was misclassified; or undefined if the loss
    /// is no longer a number.
    #[wasm_bindgen(js_name = finishStep)]
    pub fn finish_step(&mut self) -> Result<JsValue> {
        let trainer = running(&mut self.trainer)?;
        let (images, labels, losses) = trainer.passed();
        let mut passed = Vec::with_capacity(3 * labels.len());
        for ((&image, &label), loss) in images.iter().zip(labels).zip(losses) {
            passed.extend_from_slice(&[image as f32, f32::from(label), loss]);
        }
        match trainer.finish_step() {
            Err(Error { code: ErrorCode::NotFinite, layer, message }) => {
                self.divergence = Some(Divergence { step: trainer.position().step + 1, layer, message });
                Ok(JsValue::UNDEFINED)
            }
            // One list: a step of a small network takes hardly longer than handing over three.
            step => Ok(with_fields(write(&step?), [("passed", Float32Array::from(&passed[..]).into())])),
        }
    }

    /// Passes so many test images forward and back as a step would, and changes nothing: to see how
    /// long that takes.
    pub fn rehearse(&mut self, images: usize) -> Result<()> {
        running(&mut self.trainer)?.rehearse(&self.dataset, images)
    }

    /// What training has cost since the run was started or restored, as far as it was computed here:
    /// milliseconds by stage and kind of work.
    pub fn timing(&self) -> Result<JsValue> {
        Ok(write(&self.trainer()?.timing()))
    }

    /// How far the run has come.
    pub fn position(&self) -> Result<JsValue> {
        let trainer = self.trainer()?;
        let position = trainer.position();
        Ok(write(&Position {
            step: position.step,
            epoch: position.epoch,
            step_in_epoch: position.images.div_ceil(trainer.spec().training.batch_size) as u64,
            steps_per_epoch: trainer.steps_per_epoch(),
            total_steps: trainer.total_steps(),
            finished: trainer.is_finished(),
        }))
    }

    /// What went wrong, if the loss stopped being a number: step, layer and message.
    pub fn diverged(&self) -> JsValue {
        self.divergence.as_ref().map_or(JsValue::UNDEFINED, write)
    }

    /// Goes back to a good copy of the weights and returns its step.
    #[wasm_bindgen(js_name = goBack)]
    pub fn go_back(&mut self) -> Result<f64> {
        self.divergence = None;
        self.survey = None;
        Ok(self.trainer_mut()?.go_back() as f64)
    }

    /// The step that `goBack` would lead to.
    #[wasm_bindgen(js_name = canGoBackTo)]
    pub fn can_go_back_to(&self) -> Result<f64> {
        Ok(self.trainer()?.can_go_back_to() as f64)
    }

    /// Starts to evaluate all images of `training`, `validation` or `test`.
    #[wasm_bindgen(js_name = beginEvaluation)]
    pub fn begin_evaluation(&mut self, split: JsValue) -> Result<()> {
        let split = read(split)?;
        self.trainer_mut()?.begin_evaluation(split);
        Ok(())
    }

    /// Evaluates up to `max_images` more; returns whether all have been.
    #[wasm_bindgen(js_name = continueEvaluation)]
    pub fn continue_evaluation(&mut self, max_images: usize) -> Result<bool> {
        running(&mut self.trainer)?.continue_evaluation(&self.dataset, max_images)
    }

    /// The result of the images evaluated so far.
    pub fn evaluation(&self) -> Result<JsValue> {
        let evaluation = self.trainer()?.evaluation()?;
        let lists = [
            ("confusion", Uint32Array::from(&evaluation.confusion[..]).into()),
            ("predicted", Uint8Array::from(&evaluation.predicted[..]).into()),
            ("confidence", Float32Array::from(&evaluation.confidence[..]).into()),
        ];
        Ok(with_fields(write(&evaluation), lists))
    }

    /// The probability of each class for an image.
    pub fn predict(&mut self, pixels: &[u8]) -> Result<Vec<f32>> {
        self.trainer_mut()?.predict(pixels).map(<[f32]>::to_vec)
    }

    /// The parameter of this name, such as `0.weight`, in PyTorch's layout.
    pub fn parameter(&self, name: &str) -> Result<Vec<f32>> {
        self.trainer()?.network().parameter(name)
    }

    /// Sets the parameter of this name, in PyTorch's layout.
    #[wasm_bindgen(js_name = setParameter)]
    pub fn set_parameter(&mut self, name: &str, values: &[f32]) -> Result<()> {
        self.trainer_mut()?.set_parameter(name, values)
    }

    /// All that it takes to continue from here, as bytes.
    pub fn checkpoint(&self) -> Result<Vec<u8>> {
        Ok(self.trainer()?.checkpoint())
    }

    /// Continues from a checkpoint; returns the spec that now runs. On an error the run before it stays.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<JsValue> {
        let trainer = self.enter(Trainer::restore(bytes, &self.dataset)?);
        Ok(write(trainer.spec()))
    }

    /// The spec and the step of a checkpoint; the run stays as it is.
    #[wasm_bindgen(js_name = readCheckpoint)]
    pub fn read_checkpoint(&self, bytes: &[u8]) -> Result<JsValue> {
        let (spec, step) = Trainer::read_checkpoint(bytes)?;
        Ok(write(&JsCheckpoint { spec, step }))
    }

    /// A fingerprint of all weights, in 16 hexadecimal digits.
    pub fn fingerprint(&self) -> Result<String> {
        Ok(format!("{:016x}", self.trainer()?.network().fingerprint()))
    }

    /// Makes this the current run; what was measured of the previous one is dropped.
    fn enter(&mut self, mut trainer: Trainer) -> &Trainer {
        trainer.set_clock(clock::now);
        self.divergence = None;
        self.survey = None;
        self.trainer.insert(trainer)
    }

    pub(super) fn trainer(&self) -> Result<&Trainer> {
        self.trainer.as_ref().ok_or_else(no_run)
    }

    pub(super) fn trainer_mut(&mut self) -> Result<&mut Trainer> {
        running(&mut self.trainer)
    }
}

/// The run, apart from the rest of its session.
pub(super) fn running(trainer: &mut Option<Trainer>) -> Result<&mut Trainer> {
    trainer.as_mut().ok_or_else(no_run)
}

fn no_run() -> Error {
    Error::new(ErrorCode::NotReady, "There is no network yet; start one first.")
}
