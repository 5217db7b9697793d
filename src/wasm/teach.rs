use wasm_bindgen::prelude::*;

use super::session::{Session, running};
use crate::error::Result;
use crate::trainer::TeachingSettings;

/// Examples of one's own, learnt in a moment.
#[wasm_bindgen]
impl Session {
    /// Begins to teach examples: their pixels, and a label each.
    #[wasm_bindgen(js_name = beginTeaching)]
    pub fn begin_teaching(&mut self, pixels: &[u8], labels: &[u8]) -> Result<()> {
        let settings = TeachingSettings::USUAL;
        running(&mut self.trainer)?.begin_teaching(&self.dataset, pixels, labels, settings)
    }

    /// Makes up to so many more updates; returns how many are left.
    #[wasm_bindgen(js_name = continueTeaching)]
    pub fn continue_teaching(&mut self, steps: usize) -> Result<usize> {
        running(&mut self.trainer)?.continue_teaching(&self.dataset, steps)
    }

    /// Takes the weights from before the last teaching; refused once the run has gone on.
    #[wasm_bindgen(js_name = undoTeaching)]
    pub fn undo_teaching(&mut self) -> Result<()> {
        self.trainer_mut()?.undo_teaching()
    }
}
