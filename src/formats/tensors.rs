//! safetensors: names, shapes and numbers, with text beside them, and no code that a reader would have to trust.
//!
//! The tensors bear the names of PyTorch's `nn.Sequential`: `0.weight`, `0.bias`, `3.weight`, …

use safetensors::tensor::{Dtype, TensorView, serialize};

use super::import::{Contents, Tensor};
use super::{Imported, Model, SAID, Said};
use crate::error::{Error, ErrorCode, Result};
use crate::spec::Spec;
use crate::tensor_file::File;

/// The file.
///
/// # Errors
///
/// None that can be reached with a network that was built.
pub fn export(model: &Model) -> Result<Vec<u8>> {
    let tensors: Vec<_> = model
        .tensors()
        .map(|(name, dims, numbers)| {
            let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            (name, dims, bytes)
        })
        .collect();
    let views = tensors
        .iter()
        .map(|(name, dims, bytes)| Ok((*name, TensorView::new(Dtype::F32, dims.to_vec(), bytes)?)))
        .collect::<std::result::Result<Vec<_>, safetensors::SafeTensorError>>();
    // One entry: of several, the order would be another each time.
    let metadata = [(SAID.to_owned(), model.said().to_owned())].into_iter().collect();
    let file = views.and_then(|views| serialize(views, Some(metadata)));
    file.map_err(|error| Error::new(ErrorCode::BadFile, format!("This network cannot be written: {error}.")))
}

/// The network of a file of ours, which says what it is; or any tensors that fit the network `on_screen`.
///
/// # Errors
///
/// [`ErrorCode::BadFile`] or [`ErrorCode::TooLarge`] if it cannot be read, what is wrong with the spec in it,
/// [`ErrorCode::ImpossibleShape`] if its tensors do not fit.
pub fn import(bytes: &[u8], on_screen: &Spec) -> Result<Imported> {
    let own = said(bytes)?.map(|said| Said::read(&said)).transpose()?.map(|said| said.spec);
    read(bytes, own, on_screen).map(Imported::from)
}

pub(super) fn said(bytes: &[u8]) -> Result<Option<String>> {
    Ok(File::open(bytes)?.metadata.remove(SAID))
}

pub(super) fn read(bytes: &[u8], own: Option<Spec>, on_screen: &Spec) -> Result<Contents> {
    let file = File::open(bytes)?;
    let spec = own.unwrap_or_else(|| on_screen.clone());
    let tensors = file.names().map(|name| {
        let dims = file.dims(name)?;
        Ok(Tensor { numbers: file.tensor(name, &dims)?, name: name.to_owned(), dims })
    });
    Contents::new(spec, tensors.collect::<Result<_>>()?)
}
