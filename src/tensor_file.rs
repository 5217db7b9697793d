//! A file of tensors (safetensors) from outside: its size, its header and every shape are checked before anything
//! in it is used.

use std::collections::HashMap;

use safetensors::{Dtype, SafeTensors};

use crate::error::{Error, ErrorCode, Result};

/// Bytes of a whole file.
const MAX_BYTES: usize = 64 << 20;
/// Bytes of the JSON header: it names tensors and holds a spec, which takes a few thousand.
const MAX_HEADER_BYTES: u64 = 256 << 10;
/// Tensors in a file.
const MAX_TENSORS: usize = 256;
/// A file whose header has been checked.
pub(crate) struct File<'data> {
    tensors: SafeTensors<'data>,
    pub(crate) metadata: HashMap<String, String>,
}

impl<'data> File<'data> {
    pub(crate) fn open(bytes: &'data [u8]) -> Result<Self> {
        if bytes.len() > MAX_BYTES {
            return Err(too_large(&format!("it has {} bytes, and {MAX_BYTES} is the limit", bytes.len())));
        }
        let header = bytes.first_chunk().map_or(0, |length| u64::from_le_bytes(*length));
        if header > MAX_HEADER_BYTES {
            return Err(too_large(&format!(
                "its header has {header} bytes, and {MAX_HEADER_BYTES} is the limit"
            )));
        }
        let wrong = |error| bad(&format!("its header is wrong: {error}"));
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(wrong)?;
        let tensors = SafeTensors::deserialize(bytes).map_err(wrong)?;
        if tensors.len() > MAX_TENSORS {
            return Err(too_large(&format!(
                "it has {} tensors, and {MAX_TENSORS} is the limit",
                tensors.len()
            )));
        }
        let metadata = header.metadata().iter().flatten().map(|(key, value)| (key.clone(), value.clone()));
        Ok(Self { tensors, metadata: metadata.collect() })
    }

    #[cfg(feature = "formats")]
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.names().into_iter()
    }

    pub(crate) fn dims(&self, name: &str) -> Result<Vec<usize>> {
        Ok(self.view(name)?.shape().to_vec())
    }

    /// The numbers of the tensor `name`, which must have these `dims` and be finite.
    pub(crate) fn tensor(&self, name: &str, dims: &[usize]) -> Result<Vec<f32>> {
        let values: Vec<f32> = self.words(name, Dtype::F32, dims)?.map(f32::from_le_bytes).collect();
        if values.iter().all(|value| value.is_finite()) {
            return Ok(values);
        }
        Err(bad(&format!("{name} contains a number that is not finite")))
    }

    pub(crate) fn words(
        &self,
        name: &str,
        dtype: Dtype,
        dims: &[usize],
    ) -> Result<impl Iterator<Item = [u8; 4]> + use<'data>> {
        let view = self.view(name)?;
        if view.dtype() != dtype || view.shape() != dims {
            let (got, shape) = (view.dtype(), view.shape());
            return Err(bad(&format!("{name} should be {dtype} {dims:?}, but is {got} {shape:?}")));
        }
        Ok(view.data().as_chunks().0.iter().copied())
    }

    pub(crate) fn view(&self, name: &str) -> Result<safetensors::tensor::TensorView<'data>> {
        self.tensors.tensor(name).map_err(|_| bad(&format!("it has no tensor {name:?}")))
    }
}

pub(crate) fn bad(why: &str) -> Error {
    Error::new(ErrorCode::BadFile, format!("This file of tensors cannot be read: {why}."))
}

fn too_large(why: &str) -> Error {
    Error::new(ErrorCode::TooLarge, format!("This file of tensors is too large: {why}."))
}
