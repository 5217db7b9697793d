//! The form of MNIST's images, and the sizes of its parts; Fashion-MNIST has the same.

use crate::shape::ImageForm;

/// Of MNIST's images, and those of Fashion-MNIST.
pub const FORM: ImageForm = ImageForm { channels: 1, rows: ROWS, columns: COLUMNS, classes: LABELS };

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
