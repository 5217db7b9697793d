//! The images: the files they come in, the splits, the order of an epoch, and random warps.

mod augment;
mod dataset;
mod idx;
mod order;

pub use augment::warp;
pub use dataset::{DataFile, Dataset, Sizes, Split};
pub use idx::{IdxKind, IdxReader};
pub use order::{FIRST_EPOCH_WINDOW, shuffle_into, shuffled};

/// Rows of pixels in an image.
pub const ROWS: usize = 28;
/// Columns of pixels in an image.
pub const COLUMNS: usize = 28;
/// Pixels in an image, row after row, one byte each: 0 is paper, 255 is ink.
pub const PIXELS: usize = ROWS * COLUMNS;
/// Labels go from 0 to 9.
pub const LABELS: usize = 10;

/// Images that MNIST trains on: the first of its 60,000 training images.
pub const TRAINING_IMAGES: usize = 55_000;
/// Images that MNIST is tuned on: the last of its 60,000 training images.
pub const VALIDATION_IMAGES: usize = 5_000;
/// Images that MNIST is tested on.
pub const TEST_IMAGES: usize = 10_000;
