//! Receipts of runs, as the page writes them (www/link/receipt.js): the result of a run, and all that is
//! needed to reproduce it.
//!
//! ```text
//! Convscope receipt 1
//! experiment: net=c8k5,r,m2,f,d10&opt=adam:0.001
//! steps: 1719
//! weights: 9584a0e14177fa3d
//! engine: 0.1.0
//! sum: sha256-…
//! accuracy: 0.9781
//! ```

use convscope::spec::Spec;
use convscope::trainer::Trainer;
use serde_json::{Value, json};

use super::link::{Fields, link_fields, read_spec};
use super::spec_text::{spec_of, write_spec};

/// A run's spec, and its result after so many steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Receipt {
    pub spec: Spec,
    pub steps: u64,
    /// The fingerprint of the weights.
    pub weights: String,
    /// The version of the engine.
    pub engine: String,
    /// Of the data, with the name of the algorithm before it.
    pub sum: String,
    /// Share of the test images classified correctly, as it was written.
    pub accuracy: Option<String>,
}

impl Receipt {
    /// Of a run as far as it has come, on data with this sum; `accuracy` on the test images, if it is known.
    pub fn of(trainer: &Trainer, sum: String, accuracy: Option<f64>) -> Self {
        Self {
            spec: trainer.spec().clone(),
            steps: trainer.position().step,
            weights: format!("{:016x}", trainer.network().fingerprint()),
            engine: env!("CARGO_PKG_VERSION").into(),
            sum,
            accuracy: accuracy.map(|accuracy| accuracy.to_string()),
        }
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let Self { spec, steps, weights, engine, sum, accuracy } = self;
        let accuracy = accuracy.as_ref().and_then(|accuracy| accuracy.parse::<f64>().ok());
        json!({
            "experiment": write_spec(spec),
            "steps": steps,
            "weights": weights,
            "engine": engine,
            "sum": sum,
            "accuracy": accuracy,
        })
    }

    /// Reads a receipt's text, however it is indented, or a link that carries one; a reason in one sentence if it is
    /// neither.
    pub fn read(text: &str) -> Result<Self, String> {
        if let Some((_, link)) = text.split_once("#v=") {
            let link = link.split(char::is_whitespace).next().unwrap_or_default();
            return Self::of_fields(&link_fields(&format!("v={link}"))?);
        }
        let mut lines =
            text.lines().map(|line| line.trim_start_matches([' ', '\t', '>', '*', '|']).trim_end());
        let version = lines
            .find_map(|line| line.strip_prefix("Convscope receipt "))
            .ok_or("The receipt does not begin with “Convscope receipt”.")?;
        if version != "1" {
            return Err(format!("The receipt is of version {version}, and this program reads version 1."));
        }
        let mut fields = Fields::new();
        for line in lines.take_while(|line| !line.is_empty()) {
            let (key, value) = line.split_once(": ").unwrap_or((line, ""));
            let known = ["experiment", "steps", "weights", "engine", "sum", "accuracy"].contains(&key);
            if !known || fields.insert(key.into(), value.trim().into()).is_some() {
                return Err(format!("The line “{line}” does not belong to a receipt."));
            }
        }
        let experiment = fields.remove("experiment").ok_or("The receipt's “experiment” is missing.")?;
        fields.extend(link_fields(&write_spec(&read_spec(&experiment)?))?);
        Self::of_fields(&fields)
    }

    fn of_fields(fields: &Fields) -> Result<Self, String> {
        let field = |key: &str| fields.get(key).ok_or(format!("The receipt's “{key}” is missing."));
        Ok(Self {
            spec: spec_of(fields)?,
            steps: field("steps")?.parse().map_err(|_| "The receipt's steps are not a whole number.")?,
            weights: hexadecimal(field("weights")?, 16)?,
            engine: field("engine")?.to_owned(),
            sum: check_sum(field("sum")?)?,
            accuracy: fields.get("accuracy").map(|text| check_accuracy(text)).transpose()?,
        })
    }

    /// The text that the page would write.
    pub fn write(&self) -> String {
        let Self { spec, steps, weights, engine, sum, accuracy } = self;
        let experiment = write_spec(spec);
        let text = format!(
            "Convscope receipt 1\nexperiment: {experiment}\nsteps: {steps}\nweights: {weights}\nengine: {engine}\nsum: {sum}"
        );
        accuracy.as_ref().map_or(text.clone(), |accuracy| format!("{text}\naccuracy: {accuracy}"))
    }

    /// Compares the receipt of a reproduced run with this one: whether this one is confirmed, and sentences.
    pub fn compare(&self, found: &Self) -> (bool, Vec<String>) {
        let same_weights = (&self.weights, self.steps) == (&found.weights, found.steps);
        let (same_accuracy, about_accuracy) = self.compare_accuracy(found);
        let same = same_weights && same_accuracy;
        let mut differences = vec![];
        if algorithm(&self.sum) != algorithm(&found.sum) {
            differences.push("Whether the data are the same is unknown: the sums are of two kinds.".into());
        } else if self.sum != found.sum {
            differences.push("The data differ.".into());
        }
        if self.engine != found.engine {
            differences
                .push(format!("The version differs: {} here, {} in the receipt.", found.engine, self.engine));
        }
        if !same_weights && differences.is_empty() {
            differences.push(
                "Data and version are the same, so the receipt is of another run, or was changed.".into(),
            );
        }
        if same_weights {
            differences.insert(0, about_accuracy);
        }
        let verdict = if same {
            "Confirmed: the weights are the same, bit for bit.".into()
        } else if same_weights {
            "Not confirmed: the weights are the same, but the test accuracy is not.".into()
        } else if self.steps == found.steps {
            format!(
                "Not confirmed: the weights are {} here and {} in the receipt.",
                found.weights, self.weights
            )
        } else {
            format!(
                "Not confirmed: this run ends after {} steps, and the receipt is of {}.",
                found.steps, self.steps
            )
        };
        differences.insert(0, verdict);
        (same, differences)
    }

    /// Whether the accuracies do not contradict each other, and a sentence.
    fn compare_accuracy(&self, found: &Self) -> (bool, String) {
        let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
        match (number(&self.accuracy), number(&found.accuracy)) {
            (None, _) => (true, "The receipt states no test accuracy.".into()),
            (_, None) => (true, "The test accuracy was not compared: there are no test images here.".into()),
            (Some(stated), Some(found)) if (stated - found).abs() < ROUNDING => {
                (true, "The test accuracy is the same.".into())
            }
            (Some(stated), Some(found)) => {
                (false, format!("The test accuracy is {found} here and {stated} in the receipt."))
            }
        }
    }
}

/// Accuracies that differ by less are the same, one of them rounded: no set has so many images.
const ROUNDING: f64 = 1e-6;

fn algorithm(sum: &str) -> &str {
    sum.split_once('-').map_or("", |(algorithm, _)| algorithm)
}

fn check_accuracy(text: &str) -> Result<String, String> {
    let share = text.parse().ok().filter(|share: &f64| (0.0..=1.0).contains(share));
    share
        .map(|_| text.to_owned())
        .ok_or_else(|| format!("The receipt's accuracy should be from 0 to 1; got “{text}”."))
}

fn check_sum(sum: &str) -> Result<String, String> {
    match sum.split_once('-') {
        Some(("sha256", digits)) => hexadecimal(digits, 64).map(|_| sum.to_owned()),
        Some(("fnv1a64", digits)) => hexadecimal(digits, 16).map(|_| sum.to_owned()),
        _ => Err("The receipt's sum is of an unknown kind.".into()),
    }
}

fn hexadecimal(text: &str, digits: usize) -> Result<String, String> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() == digits && text.bytes().all(is_digit) {
        return Ok(text.to_owned());
    }
    Err(format!("“{text}” in the receipt is not {digits} hexadecimal digits."))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page's tests read the same file.
    const RECEIPTS: &str = include_str!("../../../../www/link/testing/receipts.txt");

    #[test]
    fn the_receipts_of_the_page_are_read_and_written_letter_for_letter() {
        let receipts: Vec<&str> = RECEIPTS.trim().split("\n\n").collect();
        assert!(receipts.len() > 2);
        for text in receipts {
            let receipt = Receipt::read(text).expect(text);
            convscope::spec::validate(&receipt.spec).expect(text);
            assert_eq!(receipt.write(), text);
            let quoted: Vec<String> = text.lines().map(|line| format!("> {line} ")).collect();
            assert_eq!(Receipt::read(&format!("Hello\n{}\n>\n", quoted.join("\n"))), Ok(receipt));
        }
    }

    #[test]
    fn read_finds_a_receipt_in_a_link() {
        let text = RECEIPTS.trim().split("\n\n").next().expect("a receipt");
        let fields: Vec<String> = text.lines().skip(1).map(|line| line.replacen(": ", "=", 1)).collect();
        let link = fields.join("&").replace("experiment=", "look: https://host/page/#v=1&");
        assert_eq!(Receipt::read(&format!("{link} bye")), Receipt::read(text));
        assert!(Receipt::read("https://host/#v=1&net=f,d10").is_err());
    }

    #[test]
    fn read_refuses_what_is_not_a_receipt() {
        let text = RECEIPTS.trim().split("\n\n").next().expect("a receipt");
        for (part, other) in [
            ("receipt 1", "receipt 2"),
            ("steps: ", "steps: -"),
            ("weights: ", "weights: x"),
            ("sum: sha256", "sum: md5"),
            ("engine: ", "motor: "),
            ("net=", "tent="),
            ("net=", "net=z,"),
        ] {
            assert!(text.contains(part), "{part}");
            assert!(Receipt::read(&text.replace(part, other)).is_err(), "{other}");
        }
        assert!(Receipt::read("").is_err());
        for end in
            (0..text.find("accuracy").expect("an accuracy") - 1).filter(|end| text.is_char_boundary(*end))
        {
            assert!(Receipt::read(&text[..end]).is_err(), "{}", &text[..end]);
        }
    }

    #[test]
    fn compare_says_what_differs() {
        let text = RECEIPTS.trim().split("\n\n").next().expect("a receipt");
        let receipt = Receipt::read(text).expect("a receipt");
        assert!(receipt.compare(&receipt).0);
        let other = Receipt { weights: "0".repeat(16), engine: "9.9.9".into(), ..receipt.clone() };
        let (same, sentences) = receipt.compare(&other);
        assert!(!same && sentences.len() == 2 && sentences[1].contains("9.9.9 here"), "{sentences:?}");
        let praised = Receipt { accuracy: Some("0.99".into()), ..receipt.clone() };
        let (same, sentences) = praised.compare(&receipt);
        assert!(!same && sentences[1].contains("0.9781 here and 0.99"), "{sentences:?}");
        let ended = Receipt { steps: 3, ..receipt.clone() };
        assert!(receipt.compare(&ended).1[0].contains("ends after 3 steps"));
    }
}
