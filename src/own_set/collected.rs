//! A set in its canonical form.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::assemble::Found;
use super::choices::Choices;
use super::manifest::{Manifest, check_sizes, idx_headers, name_of, normalization};
use super::pool::{Pool, with_room};
use super::report::Report;
use super::split::{Drawn, draw};
use super::{Target, bad};
use crate::data::{DataFile, Sizes};
use crate::error::Result;
use crate::shape::ImageForm;

/// A set: its name, what is known about it, and its four files.
pub struct Collected {
    name: String,
    manifest: Manifest,
    text: String,
    files: [Vec<u8>; 4],
    report: Report,
}

/// In the order of [`DataFile::ALL`].
const FILE_NAMES: [&str; 4] = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
];

impl Collected {
    /// Shares the images of the pool out, and writes the files.
    pub(super) fn new(found: &Found, pool: &Pool, choices: &Choices) -> Result<Self> {
        let target = choices.target();
        let classes: Vec<u8> = pool.items.iter().map(|&item| found.items[item].class).collect();
        let drawn = match &found.saved {
            Some(saved) => as_saved(saved.sizes),
            None => {
                let split = |&item: &usize| (found.items[item].class, found.items[item].split);
                draw(&pool.items.iter().map(split).collect::<Vec<_>>(), choices.shares, choices.seed)
            }
        };
        let [training, validation, test] = drawn.each_ref().map(Vec::len);
        let sizes = Sizes { training, validation, test };
        let form = target.form(found.classes.len());
        check_sizes(form, sizes)?;
        let train: Vec<usize> = drawn[0].iter().chain(&drawn[1]).copied().collect();
        let [train_images, train_labels] = files(form, &train, pool, &classes, target)?;
        let [test_images, test_labels] = files(form, &drawn[2], pool, &classes, target)?;
        let header = train_images.len() - train.len() * target.pixels();
        let normalization = normalization(&train_images[header..][..training * target.pixels()]);
        let manifest = Manifest { form, sizes, normalization, classes: found.classes.clone() };
        if found.saved.as_ref().is_some_and(|saved| *saved != manifest) {
            return Err(bad(
                "The manifest states another mean or deviation than its training images have. Save the set again.",
            ));
        }
        let files = [train_images, train_labels, test_images, test_labels];
        let text = manifest.write();
        let name = name_of(&text, files.each_ref().map(Vec::as_slice));
        let report = Report::new(&name, &manifest, &drawn, pool, &classes);
        Ok(Self { name, manifest, text, files, report })
    }

    /// `own-` and the hash of the contents.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of the manifest.
    pub fn manifest(&self) -> &str {
        &self.text
    }

    /// What all images have in common.
    pub fn form(&self) -> ImageForm {
        self.manifest.form
    }

    /// How many images each split has.
    pub fn sizes(&self) -> Sizes {
        self.manifest.sizes
    }

    /// The names of the classes.
    pub fn classes(&self) -> &[String] {
        &self.manifest.classes
    }

    /// Mean and deviation of the training pixels, from 0 to 1, as the manifest states them.
    pub fn normalization(&self) -> [f32; 2] {
        self.manifest.normalization.each_ref().map(|text| text.parse().expect("it was written as a number"))
    }

    /// An IDX file.
    pub fn file(&self, file: DataFile) -> &[u8] {
        &self.files[file as usize]
    }

    /// Its balance, its duplicates and what else is worth knowing.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The set as a file: a ZIP of the manifest and the IDX files. The same set is the same bytes.
    ///
    /// # Errors
    /// `too_large` if it cannot be written.
    pub fn zip(&self) -> Result<Vec<u8>> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let mut zip = ZipWriter::new(Cursor::new(vec![]));
        let names = ["manifest"].into_iter().chain(FILE_NAMES);
        let files = [self.text.as_bytes()].into_iter().chain(self.files.iter().map(Vec::as_slice));
        let write = || {
            for (name, file) in names.zip(files) {
                zip.start_file(name, options)?;
                zip.write_all(file)?;
            }
            Ok::<_, zip::result::ZipError>(())
        };
        write()
            .and_then(|()| zip.finish())
            .map(Cursor::into_inner)
            .map_err(|error| super::too_large(format!("The set could not be written as a ZIP: {error}.")))
    }
}

/// The images of a saved set are in the order of its files.
fn as_saved(Sizes { training, validation, test }: Sizes) -> Drawn {
    let end = training + validation;
    [(0..training).collect(), (training..end).collect(), (end..end + test).collect()]
}

/// The two IDX files of these images.
fn files(
    form: ImageForm,
    images: &[usize],
    pool: &Pool,
    classes: &[u8],
    target: Target,
) -> Result<[Vec<u8>; 2]> {
    let [header, mut labels] = idx_headers(form, images.len());
    let mut pixels = with_room(header.len() + images.len() * target.pixels())?;
    pixels.extend(header);
    for &image in images {
        pixels.extend_from_slice(&pool.pixels[image * target.pixels()..][..target.pixels()]);
        labels.push(classes[image]);
    }
    Ok([pixels, labels])
}
