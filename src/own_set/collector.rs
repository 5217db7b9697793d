//! The steps from files to a set.

use serde::Serialize;

use super::assemble::{Found, assemble};
use super::choices::Choices;
use super::collected::Collected;
use super::manifest::check_sizes;
use super::material::Material;
use super::pool::Pool;
use super::survey::{Survey, survey};
use crate::data::Sizes;
use crate::error::{Error, ErrorCode, Result};

/// Collects files, and makes a set of them: add all, look at the survey, prepare, advance to the end, finish.
#[derive(Default)]
pub struct Collector {
    material: Material,
    work: Option<Work>,
}

/// A set that is being made.
struct Work {
    found: Found,
    choices: Choices,
    pool: Pool,
}

/// How far the work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Images that have been dealt with.
    pub done: usize,
    /// All images.
    pub of: usize,
}

impl Collector {
    /// Takes a whole file; `path` is its name with its folders. ZIP and gzip are opened.
    ///
    /// # Errors
    /// `bad_file` if it is not what it should be; `too_large` beyond the limits.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) -> Result<()> {
        self.work = None;
        self.material.add(path, bytes)
    }

    /// What was found in the files.
    ///
    /// # Errors
    /// `bad_file` or `too_large` if no set can be made of them.
    pub fn survey(&self) -> Result<Survey> {
        let found = assemble(&self.material, None, None)?;
        survey(&found, &self.material)
    }

    /// Begins to make the set.
    ///
    /// # Errors
    /// `out_of_range` if the choices are; `too_large` if the set would be; else as [`Collector::survey`].
    pub fn prepare(&mut self, choices: &Choices) -> Result<Progress> {
        choices.check()?;
        let found = assemble(&self.material, choices.label_column, Some([choices.rows, choices.columns]))?;
        let mut choices = choices.clone();
        if let Some(saved) = &found.saved {
            (choices.channels, choices.rows, choices.columns) = saved.form.dims().into();
            choices.invert = false;
        }
        let images = found.items.len();
        if images < 3 {
            return Err(super::bad(format!("Expected at least 3 images; got {images}. Add some.")));
        }
        // How they are shared out does not matter here.
        let sizes = Sizes { training: images - 2, validation: 1, test: 1 };
        check_sizes(choices.target().form(found.classes.len()), sizes)?;
        let pool = Pool::new(choices.target(), images)?;
        self.work = Some(Work { found, choices, pool });
        Ok(Progress { done: 0, of: images })
    }

    /// Makes the next `images`.
    ///
    /// # Errors
    /// `bad_file` if too many pictures are broken; `not_ready` before [`Collector::prepare`].
    pub fn advance(&mut self, images: usize) -> Result<Progress> {
        let Work { found, pool, .. } = self.work.as_mut().ok_or_else(not_prepared)?;
        pool.advance(found, &self.material, images)?;
        Ok(Progress { done: pool.done(), of: found.items.len() })
    }

    /// The set.
    ///
    /// # Errors
    /// `not_ready` before the last image is made; `bad_file` if a split would be empty.
    pub fn finish(&mut self) -> Result<Collected> {
        let Work { found, choices, pool } = self.work.as_ref().ok_or_else(not_prepared)?;
        if pool.done() < found.items.len() {
            let message =
                format!("{} of {} images are made; go on until all are.", pool.done(), found.items.len());
            return Err(Error::new(ErrorCode::NotReady, message));
        }
        Collected::new(found, pool, choices)
    }

    /// All of it at once.
    ///
    /// # Errors
    /// Those of the steps.
    pub fn collect(&mut self, choices: &Choices) -> Result<Collected> {
        self.prepare(choices)?;
        self.advance(usize::MAX)?;
        self.finish()
    }
}

fn not_prepared() -> Error {
    Error::new(ErrorCode::NotReady, "Nothing has been chosen yet; prepare the set first.")
}
