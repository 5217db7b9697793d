//! What is worth knowing about a set that has been made.

use std::collections::HashMap;

use serde::Serialize;

use super::manifest::Manifest;
use super::pool::Pool;
use super::split::Drawn;

/// Images of each class, in the order of the classes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// To train on.
    pub training: Vec<usize>,
    /// To validate on.
    pub validation: Vec<usize>,
    /// To test on.
    pub test: Vec<usize>,
}

/// How many images are the same as another one, pixel by pixel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Duplicates {
    /// Validation images that are among the training images.
    pub validation: usize,
    /// Test images that are among the training or validation images.
    pub test: usize,
    /// Training images that are there more than once.
    pub training: usize,
    /// Images that are also there under another label.
    pub other_label: usize,
}

/// What is worth knowing about a set.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The name of the set.
    pub set: String,
    /// Channels, rows and columns.
    pub form: [usize; 3],
    /// The names of the classes.
    pub classes: Vec<String>,
    /// Images to train, validate and test on.
    pub sizes: [usize; 3],
    /// Mean and deviation of the training pixels.
    pub normalization: [f64; 2],
    /// Images of each class.
    pub balance: Balance,
    /// Images that are the same.
    pub duplicates: Duplicates,
    /// Images of one shade only.
    pub constant: usize,
    /// Pictures that were left out, in sentences.
    pub broken: Vec<String>,
    /// What is worth a thought, in sentences.
    pub warnings: Vec<String>,
    /// Of each class up to ten training images, by their numbers.
    pub samples: Vec<Vec<usize>>,
    /// Bytes of the four files without their headers.
    pub bytes: usize,
}

const SAMPLES: usize = 10;
/// Training images of a class below which little can be learnt.
const FEW: usize = 20;
/// Brightest pixel below which images are very dark.
const DIM: u8 = 100;

impl Report {
    pub(super) fn new(name: &str, manifest: &Manifest, drawn: &Drawn, pool: &Pool, classes: &[u8]) -> Self {
        let image = |at: usize| &pool.pixels[at * manifest.form.pixels()..][..manifest.form.pixels()];
        let count = |split: &Vec<usize>| {
            let mut counts = vec![0; manifest.classes.len()];
            split.iter().for_each(|&at| counts[usize::from(classes[at])] += 1);
            counts
        };
        let [training, validation, test] = drawn.each_ref().map(count);
        let is_constant = |at: &usize| image(*at).iter().all(|pixel| *pixel == image(*at)[0]);
        let mut samples = vec![vec![]; manifest.classes.len()];
        for (index, &at) in drawn[0].iter().enumerate() {
            let of_class: &mut Vec<usize> = &mut samples[usize::from(classes[at])];
            if of_class.len() < SAMPLES {
                of_class.push(index);
            }
        }
        let sizes = drawn.each_ref().map(Vec::len);
        let images = sizes.iter().sum::<usize>();
        let mut report = Self {
            set: name.to_owned(),
            form: manifest.form.dims(),
            classes: manifest.classes.clone(),
            sizes,
            normalization: manifest.normalization.each_ref().map(|text| text.parse().unwrap_or_default()),
            balance: Balance { training, validation, test },
            duplicates: duplicates(drawn, &image, classes),
            constant: drawn.iter().flatten().filter(|at| is_constant(at)).count(),
            broken: pool.broken.clone(),
            warnings: vec![],
            samples,
            bytes: images * (manifest.form.pixels() + 1),
        };
        report.warnings = report.remarks(pool.pixels.iter().copied().max().unwrap_or_default());
        report
    }

    fn remarks(&self, brightest: u8) -> Vec<String> {
        let mut remarks = vec![];
        let named = |classes: Vec<&str>| match classes.len() {
            0..=5 => classes.join(", "),
            more => format!("{} and {} others", classes[..4].join(", "), more - 4),
        };
        let few: Vec<&str> = (self.classes.iter().zip(&self.balance.training))
            .filter_map(|(name, &count)| (count < FEW).then_some(&**name))
            .collect();
        if !few.is_empty() {
            remarks.push(format!("Fewer than {FEW} images to train on: {}.", named(few)));
        }
        let (least, most) = (self.balance.training.iter().min(), self.balance.training.iter().max());
        if let (Some(&least), Some(&most)) = (least, most)
            && most >= 10 * least.max(1)
        {
            remarks.push(format!(
                "The classes are out of balance: from {least} to {most} images to train on. Accuracy alone can mislead; look at each class."
            ));
        }
        let Duplicates { validation, test, training, other_label } = self.duplicates;
        if validation + test > 0 {
            remarks.push(format!(
                "{test} test images and {validation} validation images are also among those trained on, so the accuracy will look better than it is."
            ));
        }
        if training > 0 {
            remarks.push(format!("{training} training images are there more than once."));
        }
        if other_label > 0 {
            remarks.push(format!("{other_label} images are there again under another label."));
        }
        if self.constant > 0 {
            remarks.push(format!("{} images have one shade only.", self.constant));
        }
        if brightest < DIM {
            remarks.push(format!("The images are dark: the brightest pixel is {brightest} of 255."));
        }
        remarks
    }
}

fn duplicates<'a>(drawn: &Drawn, image: &impl Fn(usize) -> &'a [u8], classes: &[u8]) -> Duplicates {
    let mut found = Duplicates::default();
    // The split and the class of the first image with these pixels.
    let mut known: HashMap<&[u8], (usize, u8)> = HashMap::new();
    for (split, images) in drawn.iter().enumerate() {
        for &at in images {
            let Some(&(earlier, class)) = known.get(image(at)) else {
                known.insert(image(at), (split, classes[at]));
                continue;
            };
            found.other_label += usize::from(class != classes[at]);
            match split {
                0 => found.training += 1,
                1 => found.validation += usize::from(earlier < 1),
                _ => found.test += usize::from(earlier < 2),
            }
        }
    }
    found
}
