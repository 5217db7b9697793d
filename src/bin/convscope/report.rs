//! What a command has to say, as text and as JSON.

use convscope::metrics::Evaluation;
use serde::Serialize;
use serde_json::{Value, json};

use crate::failure::Failure;

pub type Outcome = Result<Report, Failure>;

pub struct Report {
    pub text: String,
    pub json: Value,
    /// False only of a receipt that was not confirmed.
    pub confirmed: bool,
}

impl Report {
    pub fn new(text: String, json: Value) -> Self {
        Self { text, json, confirmed: true }
    }
}

/// As JSON, where an `f32` is as short as a person would write it: 0.02, not 0.019999999552965164.
pub fn short(value: &impl Serialize) -> Value {
    let text = serde_json::to_string(value).expect("plain data");
    serde_json::from_str(&text).expect("JSON that was just written")
}

/// The evaluation as the page gets it, with the rows of its confusion matrix: one for each label.
pub fn evaluation_json(evaluation: &Evaluation) -> Value {
    let mut json = short(evaluation);
    let rows: Vec<_> = evaluation.confusion.chunks(evaluation.classes).collect();
    json["confusion"] = json!(rows);
    json
}

pub fn evaluation_text(what: &str, evaluation: &Evaluation, names: &[String]) -> String {
    let Evaluation { images, loss, accuracy, per_class, macro_average, confusion, classes, .. } = evaluation;
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).max("class".len());
    let percent = |value: Option<f64>| value.map_or("-".into(), |value| format!("{:.2}%", 100.0 * value));
    let row = |name: &str, values: [Option<f64>; 3], support: u32| {
        let [precision, recall, f1] = values.map(percent);
        format!("{name:>width$}  {precision:>9}  {recall:>7}  {f1:>7}  {support:>6}")
    };
    let mut lines = vec![
        format!("{what}: {images} images, loss {loss:.4}, accuracy {:.2}%", 100.0 * accuracy),
        String::new(),
        format!("{:>width$}  precision   recall       F1  images", "class"),
    ];
    for (name, class) in names.iter().zip(per_class) {
        lines.push(row(name, [class.precision, class.recall, class.f1], class.support));
    }
    let mean = macro_average;
    lines.push(row("mean", [mean.precision, mean.recall, mean.f1].map(Some), *images));
    let cells =
        |cells: &mut dyn Iterator<Item = String>| cells.map(|cell| format!("{cell:>6}")).collect::<String>();
    let columns = cells(&mut (0..*classes).map(|class| class.to_string()));
    lines.extend([String::new(), format!("{:>width$}{columns}  predicted", "label")]);
    for (name, counts) in names.iter().zip(confusion.chunks(*classes)) {
        lines.push(format!("{name:>width$}{}", cells(&mut counts.iter().map(u32::to_string))));
    }
    lines.join("\n")
}
