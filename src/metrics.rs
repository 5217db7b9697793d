//! How accurate the predictions are: confusion matrix, accuracy, precision, recall and F1, by hand.
//!
//! For one class, with TP its images that were classified as it, FP the others that were classified as
//! it, and FN its images that were classified as another:
//!
//! ```text
//! precision = TP / (TP + FP)     the share of what was predicted as this class that is it
//! recall    = TP / (TP + FN)     the share of this class that was predicted as it
//! F1        = 2·TP / (2·TP + FP + FN)     the harmonic mean of the two
//! ```
//!
//! A quotient whose divisor is 0 (a class that never occurs, or is never predicted) is not a number of
//! this class: `None`. In the macro averages, which weigh all classes alike, it counts as 0. That is
//! scikit-learn's `precision_recall_fscore_support(labels=range(classes), average="macro", zero_division=0)`.

use serde::Serialize;

/// Which class was taken for which, and how often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confusion {
    classes: usize,
    counts: Vec<u32>,
}

impl Confusion {
    /// An empty matrix for `classes` classes.
    pub fn new(classes: usize) -> Self {
        Self { classes, counts: vec![0; classes * classes] }
    }

    /// Records that an image of class `label` was classified as `predicted`.
    ///
    /// # Panics
    /// If either is not below the number of classes.
    pub fn add(&mut self, label: usize, predicted: usize) {
        assert!(
            label < self.classes && predicted < self.classes,
            "classes go from 0 to {}",
            self.classes - 1
        );
        self.counts[label * self.classes + predicted] += 1;
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// How often each `label` was read as each `predicted`, at `label * classes + predicted`.
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// Number of images recorded.
    pub fn images(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The share of images classified correctly; 0 if there are none.
    pub fn accuracy(&self) -> f64 {
        let right = (0..self.classes).map(|class| self.hits(class)).sum();
        quotient(right, self.images()).unwrap_or(0.0)
    }

    /// TP / (TP + FP), unless nothing was classified as this class.
    pub fn precision(&self, class: usize) -> Option<f64> {
        quotient(self.hits(class), self.predictions(class))
    }

    /// TP / (TP + FN), unless no image is of this class.
    pub fn recall(&self, class: usize) -> Option<f64> {
        quotient(self.hits(class), self.support(class))
    }

    /// 2·TP / (2·TP + FP + FN), unless no image is of this class and none was classified as it.
    pub fn f1(&self, class: usize) -> Option<f64> {
        quotient(2 * self.hits(class), self.support(class) + self.predictions(class))
    }

    /// Number of images of this class.
    pub fn support(&self, class: usize) -> u32 {
        self.counts[class * self.classes..][..self.classes].iter().sum()
    }

    /// The mean of the classes' precision, recall and F1, where a class without a value counts as 0.
    pub fn macro_average(&self) -> MacroAverage {
        let mean = |metric: fn(&Self, usize) -> Option<f64>| {
            let sum: f64 = (0..self.classes).filter_map(|class| metric(self, class)).sum();
            sum / self.classes.max(1) as f64
        };
        MacroAverage { precision: mean(Self::precision), recall: mean(Self::recall), f1: mean(Self::f1) }
    }

    fn hits(&self, class: usize) -> u32 {
        self.counts[class * self.classes + class]
    }

    fn predictions(&self, class: usize) -> u32 {
        self.counts.iter().skip(class).step_by(self.classes).sum()
    }
}

fn quotient(dividend: u32, divisor: u32) -> Option<f64> {
    (divisor > 0).then(|| f64::from(dividend) / f64::from(divisor))
}

/// The class with the largest of `scores` (logits or probabilities); of equal ones the first.
pub fn predicted_class(scores: &[f32]) -> usize {
    let mut best = 0;
    for (class, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = class;
        }
    }
    best
}

/// One class of an [`Evaluation`]. A value whose divisor is 0 is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ClassMetrics {
    /// Of what was classified as this class, the share that is it.
    pub precision: Option<f64>,
    /// Of the images of this class, the share that was classified as it.
    pub recall: Option<f64>,
    /// The harmonic mean of the two.
    pub f1: Option<f64>,
    /// Number of images of this class.
    pub support: u32,
}

/// Means over all classes, each with the same weight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MacroAverage {
    /// Mean precision.
    pub precision: f64,
    /// Mean recall.
    pub recall: f64,
    /// Mean F1.
    pub f1: f64,
}

/// All images of a split evaluated with the same weights, as the page gets it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Evaluation {
    /// Number of images evaluated.
    pub images: u32,
    /// Mean cross-entropy per image.
    pub loss: f64,
    /// The share of images classified correctly.
    pub accuracy: f64,
    /// Number of classes.
    pub classes: usize,
    /// How often each `label` was read as each `predicted`, at `label * classes + predicted`.
    #[serde(skip)]
    pub confusion: Vec<u32>,
    /// Each class by itself.
    pub per_class: Vec<ClassMetrics>,
    /// The means over the classes.
    #[serde(rename = "macro")]
    pub macro_average: MacroAverage,
    /// What each image was classified as, in the order in which they were evaluated.
    #[serde(skip)]
    pub predicted: Vec<u8>,
    /// And with what probability.
    #[serde(skip)]
    pub confidence: Vec<f32>,
}

/// Evaluates one image after another. The losses are added up in that order, in 64 bits, so the same
/// images in the same order have the same result everywhere.
#[derive(Clone, Debug)]
pub struct Evaluator {
    confusion: Confusion,
    loss: f64,
    predicted: Vec<u8>,
    confidence: Vec<f32>,
}

impl Evaluator {
    /// An evaluator that has seen no image, for `classes` classes.
    pub fn new(classes: usize) -> Self {
        Self { confusion: Confusion::new(classes), loss: 0.0, predicted: vec![], confidence: vec![] }
    }

    /// Records that an image of class `label` was classified as `predicted` with the probability
    /// `confidence`, at this `loss`.
    ///
    /// # Panics
    /// If a class is not below the number of classes.
    pub fn add(&mut self, label: usize, predicted: usize, confidence: f32, loss: f32) {
        self.confusion.add(label, predicted);
        self.predicted.push(predicted as u8);
        self.confidence.push(confidence);
        self.loss += f64::from(loss);
    }

    /// The result so far; of no images, loss and accuracy are 0.
    pub fn evaluation(&self) -> Evaluation {
        let confusion = &self.confusion;
        Evaluation {
            images: confusion.images(),
            loss: self.loss / f64::from(confusion.images().max(1)),
            accuracy: confusion.accuracy(),
            classes: confusion.classes(),
            confusion: confusion.counts().to_vec(),
            per_class: (0..confusion.classes())
                .map(|class| ClassMetrics {
                    precision: confusion.precision(class),
                    recall: confusion.recall(class),
                    f1: confusion.f1(class),
                    support: confusion.support(class),
                })
                .collect(),
            macro_average: confusion.macro_average(),
            predicted: self.predicted.clone(),
            confidence: self.confidence.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
