//! A spec made to fit a set.

use super::collected::Collected;
use crate::spec::{DataSet, LayerSpec, Normalization, Spec};

impl Collected {
    /// The spec with the input, the last layer, the images to train on and the normalization of this set; and what was
    /// changed, in sentences.
    pub fn fit(&self, spec: &Spec) -> (Spec, Vec<String>) {
        let mut fitted = spec.clone();
        let mut changes = vec![];
        let form = self.form();
        let times = |dims: [usize; 3]| dims.map(|side| side.to_string()).join("×");
        if fitted.input != form.dims() {
            changes.push(format!("The input is {} instead of {}.", times(form.dims()), times(fitted.input)));
            fitted.input = form.dims();
        }
        if let Some(LayerSpec::Dense { units, .. }) = fitted.layers.last_mut()
            && *units != form.classes
        {
            changes.push(format!(
                "The last layer has {} units instead of {units}, one for each class.",
                form.classes
            ));
            *units = form.classes;
        }
        fitted.data.set = DataSet::of_name(self.name()).expect("a set is called after its hash");
        fitted.data.training_images = self.sizes().training;
        let [mean, deviation] = self.normalization();
        fitted.normalization = Normalization { mean, deviation };
        (fitted, changes)
    }
}
