use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::convert::{read, read_bytes, write_bytes};
use crate::error::Result;
use crate::spec::Training;
use crate::trainer::Shard;

/// Computes gradients for a `Session` in another worker.
#[wasm_bindgen]
pub struct Helper {
    shard: Shard,
    request: Vec<u8>,
    answer: Vec<u8>,
}

#[wasm_bindgen]
impl Helper {
    /// A helper for the run of `spec`.
    #[wasm_bindgen(constructor)]
    pub fn new(spec: JsValue) -> Result<Helper> {
        let shard = Shard::new(&read(spec)?)?;
        Ok(Self { shard, request: vec![], answer: vec![] })
    }

    /// Takes over changed settings from the next request on.
    pub fn configure(&mut self, training: JsValue) -> Result<()> {
        let training: Training = read(training)?;
        training.validate()?;
        self.shard.configure(&training);
        Ok(())
    }

    /// Answers the request in the first `length` bytes of `buffer`. The answer takes its place;
    /// returns its length in bytes.
    pub fn answer(&mut self, buffer: &Uint8Array, length: usize) -> Result<usize> {
        read_bytes(buffer, length, &mut self.request)?;
        self.shard.answer(&self.request, &mut self.answer)?;
        write_bytes(buffer, &self.answer)
    }
}
