use wasm_bindgen::prelude::*;

use super::convert::read;
use super::session::Session;
use crate::data::{DataFile, Dataset, Sizes, Split};
use crate::error::Result;
use crate::shape::ImageForm;

/// The files of the data set, and the images in them.
#[wasm_bindgen]
impl Session {
    /// Makes the data set a new one of this form and of so many images, with nothing in it. A run that takes others
    /// refuses to go on until another is started.
    #[wasm_bindgen(js_name = beginSet)]
    #[expect(clippy::too_many_arguments, reason = "JavaScript hands over numbers without an object")]
    pub fn begin_set(
        &mut self,
        channels: usize,
        rows: usize,
        columns: usize,
        classes: usize,
        training: usize,
        validation: usize,
        test: usize,
    ) -> Result<()> {
        let form = ImageForm { channels, rows, columns, classes };
        self.dataset = Dataset::within_limits(form, Sizes { training, validation, test })?;
        Ok(())
    }

    /// Starts `file` from its beginning: `trainImages`, `trainLabels`, `testImages` or `testLabels`.
    #[wasm_bindgen(js_name = beginFile)]
    pub fn begin_file(&mut self, file: JsValue) -> Result<()> {
        self.dataset.file_mut(read(file)?).begin();
        Ok(())
    }

    /// Takes the next bytes of `file`, an IDX file that is no longer compressed.
    #[wasm_bindgen(js_name = appendFile)]
    pub fn append_file(&mut self, file: JsValue, bytes: &[u8]) -> Result<()> {
        self.dataset.file_mut(read(file)?).append(bytes)
    }

    /// Ends `file`; refused if items are missing.
    #[wasm_bindgen(js_name = finishFile)]
    pub fn finish_file(&mut self, file: JsValue) -> Result<()> {
        self.dataset.file_mut(read::<DataFile>(file)?).finish()
    }

    /// Takes images from elsewhere in place of those of the data set, to learn from: their pixels, of the form that the
    /// data set has, and a label each. A run goes on with them.
    #[wasm_bindgen(js_name = useImages)]
    pub fn use_images(&mut self, pixels: &[u8], labels: &[u8]) -> Result<()> {
        let sizes = Sizes { training: labels.len(), validation: 0, test: 0 };
        self.dataset = Dataset::from_parts(self.dataset.form(), sizes, [pixels, labels, &[], &[]])?;
        if let Some(trainer) = &mut self.trainer {
            trainer.use_images(&self.dataset);
        }
        Ok(())
    }

    /// How many images of the training files (validation included) and of the test files can be used.
    #[wasm_bindgen(js_name = imagesReady)]
    pub fn images_ready(&self) -> Vec<u32> {
        let training = self.dataset.ready(Split::Training) + self.dataset.ready(Split::Validation);
        vec![training as u32, self.dataset.ready(Split::Test) as u32]
    }

    /// The pixels of an image of `training`, `validation` or `test`.
    pub fn image(&self, split: JsValue, index: usize) -> Result<Vec<u8>> {
        self.dataset.image(read(split)?, index).map(<[u8]>::to_vec)
    }

    /// The label of an image.
    pub fn label(&self, split: JsValue, index: usize) -> Result<u8> {
        self.dataset.label(read(split)?, index)
    }
}
