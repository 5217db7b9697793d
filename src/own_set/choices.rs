//! What can be chosen before images are made into a set.

use serde::{Deserialize, Serialize};

use super::SIDES;
use super::block::shortened_to;
use super::raster::Target;
use crate::error::{Error, ErrorCode, Result};

/// How images are to be made into a set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Choices {
    /// Rows of pixels, 8 to 64.
    pub rows: usize,
    /// Columns of pixels, 8 to 64.
    pub columns: usize,
    /// 1: shades of grey; 3: red, green and blue.
    pub channels: usize,
    /// Whether light becomes dark.
    #[serde(default)]
    pub invert: bool,
    /// Where a table has its labels; found by itself if nothing is said.
    #[serde(default)]
    pub label_column: Option<LabelColumn>,
    /// How images without a split are shared out.
    #[serde(default)]
    pub shares: Shares,
    /// Decides the split and the order of the images.
    #[serde(default = "default_seed")]
    pub seed: u64,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum LabelColumn {
    /// The first one.
    First,
    /// The last one.
    Last,
    /// By its number, from 0.
    Number(usize),
}

/// How much of the images each split has; only their proportions count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// Of the images to train on.
    pub training: u32,
    /// Of those that show how training goes.
    pub validation: u32,
    /// Of those held out until the end.
    pub test: u32,
}

impl Default for Shares {
    fn default() -> Self {
        Self { training: 80, validation: 10, test: 10 }
    }
}

pub(super) const DEFAULT_SEED: u64 = 1;

fn default_seed() -> u64 {
    DEFAULT_SEED
}

/// Beyond it a share is a mistake.
const LARGEST_SHARE: u32 = 1_000_000;

impl Choices {
    /// Reads them from JSON.
    ///
    /// # Errors
    /// `malformed_spec` if it is not of this form.
    pub fn read(json: &str) -> Result<Self> {
        serde_json::from_str(json).map_err(|error| {
            let reason = shortened_to(&error.to_string(), 120);
            Error::new(ErrorCode::MalformedSpec, format!("The choices are malformed: {reason}."))
        })
    }

    /// What every image is made into.
    pub fn target(&self) -> Target {
        let Self { channels, rows, columns, invert, .. } = *self;
        Target { channels, rows, columns, invert }
    }

    pub(super) fn check(&self) -> Result<()> {
        let Self { channels, rows, columns, shares, .. } = self;
        if !SIDES.contains(rows) || !SIDES.contains(columns) {
            let (least, most) = (SIDES.start(), SIDES.end());
            return Err(out_of_range(format!(
                "Expected images of {least} to {most} rows and columns; got {rows}×{columns}. Choose another size."
            )));
        }
        if ![1, 3].contains(channels) {
            return Err(out_of_range(format!(
                "Expected 1 channel or 3; got {channels}. Choose grey or colour."
            )));
        }
        let Shares { training, validation, test } = *shares;
        if [training, validation, test].iter().any(|share| !(1..=LARGEST_SHARE).contains(share)) {
            return Err(out_of_range(format!(
                "Expected a share of at least 1 for each split; got {training}/{validation}/{test}. Choose other shares, such as 80/10/10."
            )));
        }
        Ok(())
    }
}

pub(super) fn out_of_range(message: String) -> Error {
    Error::new(ErrorCode::OutOfRange, message)
}
