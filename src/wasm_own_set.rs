//! The collector of images as JavaScript sees it. The page fetches this module when files are chosen, and runs it in a
//! worker. What it says is JSON.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::data::DataFile;
use crate::error::{Error, ErrorCode, Result};
use crate::own_set::{self, Choices};

impl From<Error> for JsValue {
    /// A JavaScript `Error` with the message, and with `code` beside it.
    fn from(error: Error) -> Self {
        let thrown = js_sys::Error::new(&error.message).into();
        let code = json(&error.code);
        // Setting a property of an ordinary, fresh object cannot fail.
        let _ = js_sys::Reflect::set(&thrown, &"code".into(), &code.trim_matches('"').into());
        thrown
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data")
}

/// Collects files, and makes a set of them: add all, survey, prepare, advance to the end, finish.
#[wasm_bindgen]
#[derive(Default)]
pub struct Collector(own_set::Collector);

#[wasm_bindgen]
impl Collector {
    /// With nothing in it.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a whole file; `path` is its name with its folders. ZIP and gzip are opened.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) -> Result<()> {
        self.0.add(path, bytes)
    }

    /// What was found in the files: a `Survey` as JSON.
    pub fn survey(&self) -> Result<String> {
        Ok(json(&self.0.survey()?))
    }

    /// Begins to make the set; `choices` is JSON, such as the survey's `proposal`. Returns `{ done, of }`.
    pub fn prepare(&mut self, choices: &str) -> Result<String> {
        Ok(json(&self.0.prepare(&Choices::read(choices)?)?))
    }

    /// Makes the next `images`; returns `{ done, of }`.
    pub fn advance(&mut self, images: usize) -> Result<String> {
        Ok(json(&self.0.advance(images)?))
    }

    /// The set.
    pub fn finish(&mut self) -> Result<Collected> {
        Ok(Collected(self.0.finish()?))
    }
}

/// A set in its canonical form.
#[wasm_bindgen]
pub struct Collected(own_set::Collected);

#[wasm_bindgen]
impl Collected {
    /// `own-` and the hash of the contents.
    pub fn name(&self) -> String {
        self.0.name().to_owned()
    }

    /// The text of the manifest.
    pub fn manifest(&self) -> String {
        self.0.manifest().to_owned()
    }

    /// An IDX file: `trainImages`, `trainLabels`, `testImages` or `testLabels`.
    pub fn file(&self, kind: &str) -> Result<Vec<u8>> {
        let found = DataFile::ALL.into_iter().find(|file| json(file).trim_matches('"') == kind);
        let file =
            found.ok_or_else(|| Error::new(ErrorCode::NotFound, format!("A set has no file “{kind}”.")))?;
        Ok(self.0.file(file).to_vec())
    }

    /// A `Report` as JSON.
    pub fn report(&self) -> String {
        json(self.0.report())
    }

    /// The set as a ZIP.
    pub fn zip(&self) -> Result<Vec<u8>> {
        self.0.zip()
    }
}
