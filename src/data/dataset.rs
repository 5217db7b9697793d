//! A data set in memory, one byte a pixel, and its three splits.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{IdxKind, IdxReader};
use crate::error::{Error, ErrorCode, Result};
use crate::mnist::{self, TEST_IMAGES, TRAINING_IMAGES, VALIDATION_IMAGES};
use crate::shape::{ImageForm, sizes_in_words};
use crate::spec::LIMITS;

/// Rows or columns of the images of a set from outside.
const SIDE: RangeInclusive<usize> = 8..=64;
/// Classes of a set from outside.
const CLASSES: RangeInclusive<usize> = 2..=100;
/// The most bytes of pixels.
const LARGEST_SET: usize = 256 << 20;

/// A part of the images, used for one purpose only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Images that the network learns from: the first of the training files.
    Training,
    /// Images that show, while training, how it does on what it has not seen: the last of the training files.
    Validation,
    /// Images that show how accurate it is in the end: the test files.
    Test,
}

/// One of the four files of a data set, which have the names of MNIST's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DataFile {
    /// `train-images-idx3-ubyte`.
    TrainImages,
    /// `train-labels-idx1-ubyte`.
    TrainLabels,
    /// `t10k-images-idx3-ubyte`.
    TestImages,
    /// `t10k-labels-idx1-ubyte`.
    TestLabels,
}

impl DataFile {
    /// The four files, in the order of their declaration.
    pub const ALL: [Self; 4] = [Self::TrainImages, Self::TrainLabels, Self::TestImages, Self::TestLabels];
}

/// How many images each split has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Images of [`Split::Training`].
    pub training: usize,
    /// Images of [`Split::Validation`].
    pub validation: usize,
    /// Images of [`Split::Test`].
    pub test: usize,
}

impl Sizes {
    /// The splits of MNIST.
    pub const MNIST: Self =
        Self { training: TRAINING_IMAGES, validation: VALIDATION_IMAGES, test: TEST_IMAGES };
}

/// Images and labels as they are loaded from files that are read piece by piece.
#[derive(Clone, Debug)]
pub struct Dataset {
    form: ImageForm,
    sizes: Sizes,
    files: [IdxReader; 4],
}

impl Default for Dataset {
    /// MNIST, with nothing read yet.
    fn default() -> Self {
        Self::new(mnist::FORM, Sizes::MNIST)
    }
}

impl Dataset {
    /// A data set of images of this `form` and of these `sizes`, with nothing read yet.
    pub fn new(form: ImageForm, sizes: Sizes) -> Self {
        let train = sizes.training + sizes.validation;
        let reader = |name, kind, count| IdxReader::new(name, kind, form, count);
        let files = [
            reader("training images", IdxKind::Images, train),
            reader("training labels", IdxKind::Labels, train),
            reader("test images", IdxKind::Images, sizes.test),
            reader("test labels", IdxKind::Labels, sizes.test),
        ];
        Self { form, sizes, files }
    }

    /// As [`Dataset::new`], of a form and sizes that come from outside. No memory is taken yet.
    ///
    /// # Errors
    /// `out_of_range` unless images have 1 or 3 channels, 8 to 64 rows and columns and 2 to 100 classes;
    /// `too_large` if there are more than 100,000 images or 256 MiB of pixels.
    pub fn within_limits(form: ImageForm, sizes: Sizes) -> Result<Self> {
        let ImageForm { channels, rows, columns, classes } = form;
        let Sizes { training, validation, test } = sizes;
        let images = training.saturating_add(validation).saturating_add(test);
        let fits = matches!(channels, 1 | 3) && SIDE.contains(&rows) && SIDE.contains(&columns);
        let code = match fits && CLASSES.contains(&classes) {
            false => ErrorCode::OutOfRange,
            true if images > LIMITS.images.min(LARGEST_SET / form.pixels()) => ErrorCode::TooLarge,
            true => return Ok(Self::new(form, sizes)),
        };
        let message = format!(
            "A data set has images of 1 or 3 channels and 8 to 64 rows and columns, in 2 to 100 classes, at most {} and {} MiB of them; got {images} of {} in {classes}.",
            LIMITS.images,
            LARGEST_SET >> 20,
            sizes_in_words(&form.dims())
        );
        Err(Error::new(code, message))
    }

    /// A data set read from whole IDX files (not compressed), in the order of [`DataFile::ALL`].
    ///
    /// # Errors
    /// Those of [`IdxReader::append`] and [`IdxReader::finish`].
    pub fn from_files(form: ImageForm, sizes: Sizes, files: [&[u8]; 4]) -> Result<Self> {
        let mut dataset = Self::new(form, sizes);
        for (file, bytes) in dataset.files.iter_mut().zip(files) {
            file.append(bytes)?;
            file.finish()?;
        }
        Ok(dataset)
    }

    /// A data set of bare bytes without headers: the pixels of the training images, one byte a label, and the
    /// same for the test images. Of the training images the last `sizes.validation` are for validation.
    ///
    /// # Errors
    /// `bad_file` when there are not as many as `sizes` says, or a label is no class.
    pub fn from_parts(form: ImageForm, sizes: Sizes, parts: [&[u8]; 4]) -> Result<Self> {
        let mut dataset = Self::new(form, sizes);
        for (file, bytes) in dataset.files.iter_mut().zip(parts) {
            file.append(&file.expected_header())?;
            file.append(bytes)?;
            file.finish()?;
        }
        Ok(dataset)
    }

    /// What its images have in common.
    pub fn form(&self) -> ImageForm {
        self.form
    }

    /// The reader of `file`, to begin it, append to it and finish it.
    pub fn file_mut(&mut self, file: DataFile) -> &mut IdxReader {
        &mut self.files[file as usize]
    }

    /// How many images `split` has when everything is there.
    pub fn len(&self, split: Split) -> usize {
        match split {
            Split::Training => self.sizes.training,
            Split::Validation => self.sizes.validation,
            Split::Test => self.sizes.test,
        }
    }

    /// How many images at the start of `split` can be used already: pixels and label are both there.
    pub fn ready(&self, split: Split) -> usize {
        let ready = |images: DataFile, labels: DataFile| {
            self.files[images as usize].items().min(self.files[labels as usize].items())
        };
        let train = ready(DataFile::TrainImages, DataFile::TrainLabels);
        match split {
            Split::Training => train.min(self.sizes.training),
            Split::Validation => train.saturating_sub(self.sizes.training),
            Split::Test => ready(DataFile::TestImages, DataFile::TestLabels),
        }
    }

    /// The pixels of image `index` of `split`.
    ///
    /// # Errors
    /// `not_found` beyond the end of the split; `not_ready` before the image has been loaded.
    pub fn image(&self, split: Split, index: usize) -> Result<&[u8]> {
        self.item(split, index, [DataFile::TrainImages, DataFile::TestImages])
    }

    /// The label of image `index` of `split`.
    ///
    /// # Errors
    /// As for [`Dataset::image`].
    pub fn label(&self, split: Split, index: usize) -> Result<u8> {
        Ok(self.item(split, index, [DataFile::TrainLabels, DataFile::TestLabels])?[0])
    }

    /// The pixels and the label of image `index` of `split`, for a network that takes images of this `form`.
    ///
    /// # Errors
    /// `impossible_shape` if the data set has others; else as for [`Dataset::image`].
    pub fn example(&self, form: ImageForm, split: Split, index: usize) -> Result<(&[u8], u8)> {
        self.check_form(form)?;
        Ok((self.image(split, index)?, self.label(split, index)?))
    }

    /// Checks that its images are such as a network takes.
    ///
    /// # Errors
    /// `impossible_shape` if they are not.
    pub fn check_form(&self, network: ImageForm) -> Result<()> {
        let set = self.form;
        if set == network {
            return Ok(());
        }
        let [network_dims, set_dims] =
            [network, set].map(|form| form.dims().map(|n| n.to_string()).join("×"));
        let message = format!(
            "The network takes images of {network_dims} (channels, rows, columns) in {} classes, but the data set has images of {set_dims} in {}. Change the network's input and the units of its last layer to match, or choose another data set.",
            network.classes, set.classes
        );
        Err(Error::new(ErrorCode::ImpossibleShape, message))
    }

    fn item(&self, split: Split, index: usize, [train, test]: [DataFile; 2]) -> Result<&[u8]> {
        if index >= self.len(split) {
            let message =
                format!("There is no {} image {index}: there are {}.", split.adjective(), self.len(split));
            return Err(Error::new(ErrorCode::NotFound, message));
        }
        let (file, position) = match split {
            Split::Training => (train, index),
            Split::Validation => (train, self.sizes.training + index),
            Split::Test => (test, index),
        };
        self.files[file as usize].item(position).ok_or_else(|| {
            let message =
                format!("The {} image {index} has not been loaded yet; wait for it.", split.adjective());
            Error::new(ErrorCode::NotReady, message)
        })
    }
}

impl Split {
    fn adjective(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Validation => "validation",
            Self::Test => "test",
        }
    }
}
