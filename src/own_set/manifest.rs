//! The canonical form of a set: a manifest, then four IDX files. Its SHA-256 is the set's name.

use sha2::{Digest, Sha256};

use super::block::{check_name, shortened};
use super::{CLASSES, MOST_IMAGES, MOST_PIXELS, SIDES, bad};
use crate::data::Sizes;
use crate::error::Result;
use crate::shape::ImageForm;

/// The first line, with the version of the form.
pub(super) const FIRST_LINE: &str = "convscope set 1";

/// What there is to say of a set beside its four files.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Manifest {
    pub form: ImageForm,
    pub sizes: Sizes,
    /// Mean and deviation, as they are written.
    pub normalization: [String; 2],
    pub classes: Vec<String>,
}

impl Manifest {
    pub fn write(&self) -> String {
        let ImageForm { channels, rows, columns, .. } = self.form;
        let Sizes { training, validation, test } = self.sizes;
        let [mean, deviation] = &self.normalization;
        let mut text = format!(
            "{FIRST_LINE}\nimages {channels} {rows} {columns}\nsplits {training} {validation} {test}\nnormalization {mean} {deviation}\n"
        );
        for class in &self.classes {
            text += &format!("class {class}\n");
        }
        text
    }

    /// Reads what [`Manifest::write`] writes, and nothing else.
    pub fn read(path: &str, text: &str) -> Result<Self> {
        let mut lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
        let mut fields = |name: &str, count: usize| -> Result<Vec<String>> {
            let (number, line) = lines.next().unwrap_or((0, ""));
            let mut words = line.split(' ');
            let found = words.next().unwrap_or_default();
            let fields: Vec<String> = words.map(str::to_owned).collect();
            if found == name && fields.len() == count {
                return Ok(fields);
            }
            Err(bad(format!(
                "{path}, line {number}: expected “{name}” and {count} values; got “{}”. Save the set again.",
                shortened(line)
            )))
        };
        fields("convscope", 2)?;
        let [channels, rows, columns] = numbers(path, &fields("images", 3)?)?;
        let [training, validation, test] = numbers(path, &fields("splits", 3)?)?;
        let normalization: [String; 2] = fields("normalization", 2)?.try_into().expect("there are two");
        let mut classes = vec![];
        for (number, line) in lines {
            let place = format!("{path}, line {number}");
            let Some(name) = line.strip_prefix("class ") else {
                return Err(bad(format!(
                    "{place}: expected “class” and a name; got “{}”. Save the set again.",
                    shortened(line)
                )));
            };
            check_name(&place, name)?;
            classes.push(name.to_owned());
        }
        let form = ImageForm { channels, rows, columns, classes: classes.len() };
        let manifest = Self { form, sizes: Sizes { training, validation, test }, normalization, classes };
        manifest.check(path)?;
        if manifest.write() != text {
            return Err(bad(format!("{path} is not written as Convscope writes it; save the set again.")));
        }
        Ok(manifest)
    }

    fn check(&self, path: &str) -> Result<()> {
        let ImageForm { channels, rows, columns, classes } = self.form;
        if ![1, 3].contains(&channels) || !SIDES.contains(&rows) || !SIDES.contains(&columns) {
            return Err(bad(format!(
                "{path}: expected images of 1 or 3 channels and {} to {} rows and columns; got {channels}, {rows} and {columns}. Save the set again.",
                SIDES.start(),
                SIDES.end()
            )));
        }
        let is_double = self.classes.iter().enumerate().any(|(at, name)| self.classes[..at].contains(name));
        if !CLASSES.contains(&classes) || is_double {
            return Err(bad(format!(
                "{path}: expected {} to {} classes with different names; got {classes}. Save the set again.",
                CLASSES.start(),
                CLASSES.end()
            )));
        }
        check_sizes(self.form, self.sizes)
    }
}

/// Checks that every split has images, and that there are not too many.
pub(super) fn check_sizes(form: ImageForm, sizes: Sizes) -> Result<()> {
    let Sizes { training, validation, test } = sizes;
    if [training, validation, test].contains(&0) {
        return Err(bad(format!(
            "Each split needs an image; there would be {training} to train, {validation} to validate and {test} to test. Add images, or change the shares."
        )));
    }
    let images = training.saturating_add(validation).saturating_add(test);
    let bytes = images.saturating_mul(form.pixels());
    if images <= MOST_IMAGES && bytes <= MOST_PIXELS {
        return Ok(());
    }
    Err(super::too_large(format!(
        "{images} images of {}×{} with {} channels are {} MiB; at most {MOST_IMAGES} images and {} MiB are taken. Choose a smaller size, or leave images out.",
        form.rows,
        form.columns,
        form.channels,
        bytes.div_ceil(1 << 20),
        MOST_PIXELS >> 20
    )))
}

fn numbers(path: &str, fields: &[String]) -> Result<[usize; 3]> {
    let read = |text: &String| {
        // So short a number fits; a sign or a zero in front is refused when the text is compared.
        text.parse().ok().filter(|_| text.len() < 9).ok_or_else(|| {
            bad(format!("{path}: expected a whole number; got “{}”. Save the set again.", shortened(text)))
        })
    };
    Ok([read(&fields[0])?, read(&fields[1])?, read(&fields[2])?])
}

/// The header of an IDX file of images, and that of its labels.
pub(super) fn idx_headers(form: ImageForm, count: usize) -> [Vec<u8>; 2] {
    let ImageForm { channels, rows, columns, .. } = form;
    let images: &[usize] =
        if channels == 1 { &[2051, count, rows, columns] } else { &[2052, count, channels, rows, columns] };
    let write =
        |numbers: &[usize]| numbers.iter().flat_map(|&number| (number as u32).to_be_bytes()).collect();
    [write(images), write(&[2049, count])]
}

/// Mean and deviation of pixels from 0 to 1, with four digits. The sums are whole numbers, so their order is nothing.
pub(super) fn normalization(pixels: &[u8]) -> [String; 2] {
    let (sum, squares) = pixels.iter().fold((0u64, 0u64), |(sum, squares), &pixel| {
        (sum + u64::from(pixel), squares + u64::from(pixel) * u64::from(pixel))
    });
    let count = pixels.len().max(1) as f64;
    let mean = sum as f64 / count / 255.0;
    let variance = squares as f64 / count / (255.0 * 255.0) - mean * mean;
    let deviation = variance.max(0.0).sqrt().max(SMALLEST_DEVIATION);
    [format!("{mean:.4}"), format!("{deviation:.4}")]
}

/// Pixels are divided by it.
const SMALLEST_DEVIATION: f64 = 0.0001;

/// The name of a set: the SHA-256 of its canonical form.
pub(super) fn name_of(manifest: &str, files: [&[u8]; 4]) -> String {
    let start = Sha256::new().chain_update(manifest);
    let digest = files.into_iter().fold(start, Sha256::chain_update).finalize();
    format!("own-{}", digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            form: ImageForm { channels: 3, rows: 8, columns: 9, classes: 2 },
            sizes: Sizes { training: 4, validation: 2, test: 1 },
            normalization: normalization(&[0, 255]),
            classes: vec!["a cat".into(), "hund".into()],
        }
    }

    const TEXT: &str =
        "convscope set 1\nimages 3 8 9\nsplits 4 2 1\nnormalization 0.5000 0.5000\nclass a cat\nclass hund\n";

    #[test]
    fn a_manifest_is_written_as_the_form_says_and_read_again() {
        assert_eq!(manifest().write(), TEXT);
        assert_eq!(Manifest::read("manifest", TEXT).unwrap(), manifest());
    }

    #[test]
    fn read_refuses_whatever_would_not_be_written_so() {
        for (from, to) in [
            ("3 8 9", "2 8 9"),
            ("3 8 9", "3 8 65"),
            ("4 2 1", "4 02 1"),
            ("4 2 1", "4 0 1"),
            ("4 2 1", "99999999 2 1"),
            ("4 2 1", "99999999999999999999999 2 1"),
            ("hund\n", "hund"),
            ("hund\n", "hund\r\n"),
            ("hund", "a cat"),
            ("class hund\n", ""),
            ("class hund", "hund"),
            ("set 1", "set"),
        ] {
            let text = TEXT.replace(from, to);
            let error = Manifest::read("manifest", &text).expect_err(&text);
            assert!(error.message.ends_with('.'), "{}", error.message);
        }
    }

    #[test]
    fn the_deviation_is_never_zero() {
        assert_eq!(normalization(&[51; 10]), ["0.2000", "0.0001"]);
    }
}
