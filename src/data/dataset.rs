//! MNIST in memory, one byte a pixel, and its three splits.

use serde::{Deserialize, Serialize};

use super::{IdxKind, IdxReader};
use crate::error::{Error, ErrorCode, Result};
use crate::mnist::{TEST_IMAGES, TRAINING_IMAGES, VALIDATION_IMAGES};

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

/// One of the four files of MNIST.
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
    sizes: Sizes,
    files: [IdxReader; 4],
}

impl Default for Dataset {
    /// MNIST, with nothing read yet.
    fn default() -> Self {
        Self::new(Sizes::MNIST)
    }
}

impl Dataset {
    /// A data set of these `sizes`, with nothing read yet.
    pub fn new(sizes: Sizes) -> Self {
        let train = sizes.training + sizes.validation;
        let files = [
            IdxReader::new("training images", IdxKind::Images, train),
            IdxReader::new("training labels", IdxKind::Labels, train),
            IdxReader::new("test images", IdxKind::Images, sizes.test),
            IdxReader::new("test labels", IdxKind::Labels, sizes.test),
        ];
        Self { sizes, files }
    }

    /// A data set read from whole IDX files (not compressed), in the order of [`DataFile::ALL`].
    ///
    /// # Errors
    /// Those of [`IdxReader::append`] and [`IdxReader::finish`].
    pub fn from_files(sizes: Sizes, files: [&[u8]; 4]) -> Result<Self> {
        let mut dataset = Self::new(sizes);
        for (file, bytes) in dataset.files.iter_mut().zip(files) {
            file.append(bytes)?;
            file.finish()?;
        }
        Ok(dataset)
    }

    /// A data set of bare bytes without headers: 784 a training image, 1 a label, and the same for the
    /// test images. Of the training images the last `sizes.validation` are for validation.
    ///
    /// # Errors
    /// `bad_file` when there are not as many as `sizes` says, or a label is above 9.
    pub fn from_parts(sizes: Sizes, parts: [&[u8]; 4]) -> Result<Self> {
        let mut dataset = Self::new(sizes);
        for (file, bytes) in dataset.files.iter_mut().zip(parts) {
            file.append(&file.expected_header())?;
            file.append(bytes)?;
            file.finish()?;
        }
        Ok(dataset)
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
        let [train_images, train_labels, test_images, test_labels] =
            self.files.each_ref().map(IdxReader::items);
        match split {
            Split::Training => train_images.min(train_labels).min(self.sizes.training),
            Split::Validation => train_images.min(train_labels).saturating_sub(self.sizes.training),
            Split::Test => test_images.min(test_labels),
        }
    }

    /// The 784 pixels of image `index` of `split`.
    ///
    /// # Errors
    /// `not_found` beyond the end of the split; `not_ready` before the image has been loaded.
    pub fn image(&self, split: Split, index: usize) -> Result<&[u8]> {
        self.item(split, index, [DataFile::TrainImages, DataFile::TestImages])
    }

    /// The label of image `index` of `split`, from 0 to 9.
    ///
    /// # Errors
    /// As for [`Dataset::image`].
    pub fn label(&self, split: Split, index: usize) -> Result<u8> {
        Ok(self.item(split, index, [DataFile::TrainLabels, DataFile::TestLabels])?[0])
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
