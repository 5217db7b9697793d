//! The run file of the page (www/runs/file.js), so that what was trained here can be looked into there.
//!
//! ```text
//! "CVSR", version: u32, length of the header: u32, header (JSON), then of each series its steps (u32), losses and
//! accuracies (f32); of each evaluation its confusion matrix (u32), its predictions (u8) and their probabilities
//! (f32); the checkpoints. Little-endian.
//! ```

use convscope::data::Split;
use convscope::metrics::Evaluation;
use convscope::spec::Spec;
use convscope::trainer::{Position, Step};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::report::short;

const MAGIC: [u8; 4] = *b"CVSR";
const VERSION: u32 = 2;
const LARGEST_HEADER: usize = 4_000_000;
/// Points of a curve, and evaluations: as many as the page takes.
const MOST_POINTS: usize = 16_384;
const MOST_EVALUATIONS: usize = 600;
/// Of a checkpoint that is kept besides the last.
const LARGEST_KEPT: usize = 1 << 20;

/// What is remembered of a run while it goes on.
pub struct RunFile {
    name: String,
    spec: Spec,
    /// The step that it continues another run from. Nobody knows what its weights went through before.
    continues: Option<u64>,
    training: Vec<Point>,
    evaluations: Vec<Evaluated>,
    checkpoints: Vec<Checkpoint>,
}

/// Of a curve.
#[derive(Clone, Copy)]
struct Point {
    step: u64,
    loss: f32,
    accuracy: f32,
}

struct Evaluated {
    split: Split,
    at: Position,
    evaluation: Evaluation,
}

struct Checkpoint {
    step: u64,
    elapsed: f64,
    bytes: Vec<u8>,
}

impl RunFile {
    /// A run from its start, or one that continues another.
    pub fn new(name: String, spec: Spec, continues: Option<u64>) -> Self {
        Self { name, spec, continues, training: vec![], evaluations: vec![], checkpoints: vec![] }
    }

    /// Whether it began with weights from elsewhere, so that its spec alone does not reproduce it.
    pub fn is_continued(&self) -> bool {
        self.continues.is_some()
    }

    pub fn add_step(&mut self, step: u64, Step { loss, accuracy, .. }: Step) {
        self.training.push(Point { step, loss, accuracy });
    }

    pub fn add_evaluation(&mut self, split: Split, at: Position, evaluation: Evaluation) {
        // The predictions of single images are kept of the last evaluation of a split only.
        for older in self.evaluations.iter_mut().filter(|older| older.split == split) {
            older.evaluation.predicted.clear();
            older.evaluation.confidence.clear();
        }
        self.evaluations.push(Evaluated { split, at, evaluation });
        let extra = self.evaluations.len().saturating_sub(MOST_EVALUATIONS);
        self.evaluations.drain(..extra);
    }

    /// Keeps a checkpoint, after `elapsed` seconds; the one before it goes if it is a large one.
    pub fn add_checkpoint(&mut self, step: u64, elapsed: f64, bytes: Vec<u8>) {
        self.checkpoints.retain(|older| older.step != step && older.bytes.len() <= LARGEST_KEPT);
        self.checkpoints.push(Checkpoint { step, elapsed, bytes });
    }

    pub fn bytes(&self) -> Vec<u8> {
        let curves =
            [self.training.clone(), self.curve(Split::Validation), self.curve(Split::Test)].map(thinned);
        let header = self.header(&curves).to_string();
        let mut bytes = vec![];
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend((header.len() as u32).to_le_bytes());
        bytes.extend(header.as_bytes());
        for (points, _) in &curves {
            points.iter().for_each(|point| bytes.extend((point.step as u32).to_le_bytes()));
            points.iter().for_each(|point| bytes.extend(point.loss.to_le_bytes()));
            points.iter().for_each(|point| bytes.extend(point.accuracy.to_le_bytes()));
        }
        for Evaluated { evaluation, .. } in &self.evaluations {
            evaluation.confusion.iter().for_each(|count| bytes.extend(count.to_le_bytes()));
            bytes.extend(&evaluation.predicted);
            evaluation.confidence.iter().for_each(|share| bytes.extend(share.to_le_bytes()));
        }
        self.checkpoints.iter().for_each(|checkpoint| bytes.extend(&checkpoint.bytes));
        bytes
    }

    fn header(&self, curves: &[(Vec<Point>, usize); 3]) -> Value {
        let spec = short(&self.spec);
        let first_step = self.continues.unwrap_or(0);
        // Then the page claims no receipt for it.
        let touched: &[&str] = if self.continues.is_some() { &["file"] } else { &[] };
        let last = self.checkpoints.last();
        let evaluations = self.evaluations.iter().map(|Evaluated { split, at, evaluation }| {
            let mut json = short(evaluation);
            json["split"] = short(split);
            json["step"] = at.step.into();
            json["epoch"] = at.epoch.into();
            json["readings"] = evaluation.predicted.len().into();
            json
        });
        let checkpoints = self.checkpoints.iter().map(|Checkpoint { step, elapsed, bytes }| {
            json!({ "step": step, "elapsed": elapsed, "size": bytes.len(), "touched": touched, "madeWith": null })
        });
        json!({
            "name": self.name,
            "spec": spec,
            "lastSpec": spec,
            "stretches": [{ "after": first_step, "training": spec["training"] }],
            "fork": null,
            "firstStep": first_step,
            "lastStep": last.map_or(0, |last| last.step),
            "elapsed": last.map_or(0.0, |last| last.elapsed),
            "changes": [],
            "fromFile": self.continues.is_some(),
            "marks": [],
            "series": curves.iter().map(|(points, stride)| json!({ "length": points.len(), "stride": stride })).collect::<Vec<_>>(),
            "evaluations": evaluations.collect::<Vec<_>>(),
            "checkpoints": checkpoints.collect::<Vec<_>>(),
        })
    }

    fn curve(&self, split: Split) -> Vec<Point> {
        let of_split = self.evaluations.iter().filter(|one| one.split == split);
        let point = |Evaluated { at, evaluation, .. }: &Evaluated| Point {
            step: at.step,
            loss: evaluation.loss as f32,
            accuracy: evaluation.accuracy as f32,
        };
        of_split.map(point).collect()
    }
}

/// At most as many points as the page takes, each the mean of so many neighbours, and how many those are.
fn thinned(points: Vec<Point>) -> (Vec<Point>, usize) {
    let stride = points.len().div_ceil(MOST_POINTS).max(1).next_power_of_two();
    let mean = |points: &[Point]| {
        let mean = |of: fn(&Point) -> f32| points.iter().map(of).sum::<f32>() / points.len() as f32;
        let step = points.last().map_or(0, |point| point.step);
        Point { step, loss: mean(|point| point.loss), accuracy: mean(|point| point.accuracy) }
    };
    (points.chunks(stride).map(mean).collect(), stride)
}

/// The steps whose weights are kept besides the last: 0, 10, 20, 50, 100, 200, and so on.
pub fn is_kept(step: u64) -> bool {
    let mut leading = step;
    while leading >= 10 && leading.is_multiple_of(10) {
        leading /= 10;
    }
    step == 0 || (step >= 10 && [1, 2, 5].contains(&leading))
}

pub fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// The last checkpoint of a run file. What it holds is checked when it is read.
pub fn last_checkpoint(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let word = |at: usize| bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes) as usize);
    let length =
        word(8).filter(|&length| length <= LARGEST_HEADER).ok_or_else(|| bad("its header is too long"))?;
    let header = bytes.get(12..12 + length).ok_or_else(|| bad("it was cut off"))?;
    let header: Value = serde_json::from_slice(header).map_err(|_| bad("its header is not JSON"))?;
    let last = header["checkpoints"].as_array().and_then(|all| all.last());
    let size = last.and_then(|last| last["size"].as_u64()).ok_or_else(|| bad("it has no checkpoint"))?;
    let start = bytes.len().checked_sub(size as usize).filter(|&start| start >= 12 + length);
    Ok(bytes[start.ok_or_else(|| bad("it was cut off"))?..].to_vec())
}

fn bad(why: &str) -> Failure {
    Failure::new("bad_file", format!("This is not a Convscope run: {why}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::link::read_spec;
    use convscope::data::{Dataset, Sizes};
    use convscope::mnist::FORM;
    use convscope::trainer::Trainer;

    #[test]
    fn is_kept_holds_for_the_steps_at_which_most_happens() {
        let kept: Vec<u64> = (0..=2000).filter(|&step| is_kept(step)).collect();
        assert_eq!(kept, [0, 10, 20, 50, 100, 200, 500, 1000, 2000]);
    }

    #[test]
    fn thinned_keeps_the_mean_and_the_last_step() {
        let points =
            |count: u64| (1..=count).map(|step| Point { step, loss: step as f32, accuracy: 0.5 }).collect();
        let (kept, stride) = thinned(points(100));
        assert_eq!((kept.len(), stride), (100, 1));
        let (kept, stride) = thinned(points(40_000));
        assert_eq!((kept.len(), stride), (10_000, 4));
        assert_eq!((kept[0].step, kept[0].loss, kept[9_999].step), (4, 2.5, 40_000));
    }

    /// The page's tests read the same file (www/runs/file.test.js).
    const NATIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/www/runs/testing/native.cvsr");

    /// Run with `UPDATE=1` after a change of the form.
    #[test]
    fn bytes_are_the_file_that_the_page_reads() {
        let pixels: Vec<u8> = (0..40 * 784).map(|at| (at * 7 % 251) as u8).collect();
        let labels: Vec<u8> = (0..40).map(|image| image % 10).collect();
        let sizes = Sizes { training: 30, validation: 10, test: 40 };
        let dataset = Dataset::from_parts(FORM, sizes, [&pixels, &labels, &pixels, &labels]).unwrap();
        let spec = read_spec("net=m28,f,d10&batch=10&epochs=2").unwrap();
        let mut trainer = Trainer::new(spec.clone(), &dataset).unwrap();
        let mut file = RunFile::new("native".into(), spec, None);
        file.add_checkpoint(0, 0.0, trainer.checkpoint());
        while !trainer.is_finished() {
            let step = trainer.step(&dataset).unwrap();
            let position = trainer.position();
            file.add_step(position.step, step);
            if position.images == 0 {
                let evaluation = trainer.evaluate(&dataset, Split::Validation).unwrap();
                file.add_evaluation(Split::Validation, position, evaluation);
            }
        }
        let evaluation = trainer.evaluate(&dataset, Split::Test).unwrap();
        file.add_evaluation(Split::Test, trainer.position(), evaluation);
        file.add_checkpoint(6, 1.5, trainer.checkpoint());
        let bytes = file.bytes();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(NATIVE, &bytes).unwrap();
        }
        assert!(bytes == std::fs::read(NATIVE).unwrap(), "{NATIVE} is another file");
        assert_eq!(last_checkpoint(&bytes).unwrap(), trainer.checkpoint());
    }

    #[test]
    fn last_checkpoint_refuses_what_is_not_a_run() {
        let file = |header: &str, rest: &[u8]| {
            [
                &MAGIC[..],
                &VERSION.to_le_bytes(),
                &(header.len() as u32).to_le_bytes(),
                header.as_bytes(),
                rest,
            ]
            .concat()
        };
        let header = r#"{"checkpoints":[{"size":1},{"size":2}]}"#;
        assert_eq!(last_checkpoint(&file(header, &[1, 2, 3])).unwrap(), [2, 3]);
        for wrong in [
            MAGIC.to_vec(),
            file(header, &[1]),
            file("{}", &[1, 2, 3]),
            file("[", &[]),
            file(r#"{"checkpoints":[{"size":18446744073709551615}]}"#, &[1]),
            [&MAGIC[..], &[0; 4], &[255; 4]].concat(),
        ] {
            assert_eq!(last_checkpoint(&wrong).unwrap_err().code, "bad_file");
        }
    }
}
