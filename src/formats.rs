//! A trained network in the forms that others open. Each file carries its proof: images with their logits, so that
//! anyone who opens it can check that it still gives the same ones.
//!
//! | Form | Read by | Written with |
//! |---|---|---|
//! | [`onnx`] | ONNX Runtime and its like | `prost`, and the messages of onnx.proto that a network needs |
//! | [`tensors`] | `safetensors`, PyTorch | `safetensors`, whose checks are audited |
//! | [`pytorch`] | PyTorch | a program with the layers filled in |
//! | [`notebook`] | Jupyter | cells of Python, `serde_json`, `base64` |
//! | [`html`] | any browser | plain JavaScript, and the page's own way from strokes to an image |
//! | [`npz`] | NumPy | a few lines of our own: see `zip.rs` |
//!
//! Only with the feature `formats`. The page fetches this room as a module of its own, when a network is taken away
//! or brought in, so that the engine stays as small as it is.

pub mod html;
mod import;
mod model;
pub mod notebook;
pub mod npz;
pub mod onnx;
pub mod pytorch;
pub mod tensors;
mod zip;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::spec::Spec;
pub use import::{Contents, Imported, Match};
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub(crate) use model::json;
pub use model::{About, Model, Proof, Said};

/// The name under which a file holds what it says about its network.
const SAID: &str = "convscope";

/// A form that a network is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// See [`onnx`].
    Onnx,
    /// See [`tensors`].
    Safetensors,
    /// See [`pytorch`].
    Pytorch,
    /// See [`notebook`].
    Notebook,
    /// See [`html`].
    Html,
    /// See [`npz`].
    Npz,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Onnx, Self::Safetensors, Self::Pytorch, Self::Notebook, Self::Html, Self::Npz];

    /// Its name: that of the file's kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::Onnx => "onnx",
            Self::Safetensors => "safetensors",
            Self::Pytorch => "pytorch",
            Self::Notebook => "notebook",
            Self::Html => "html",
            Self::Npz => "npz",
        }
    }
}

/// The file of `model` in a form.
///
/// # Errors
///
/// Those of [`html::export`]; the other forms take every network.
pub fn export(form: Form, model: &Model) -> Result<Vec<u8>> {
    match form {
        Form::Onnx => onnx::export(model),
        Form::Safetensors => tensors::export(model),
        Form::Pytorch => Ok(pytorch::export(model).into_bytes()),
        Form::Notebook => notebook::export(model),
        Form::Html => html::export(model),
        Form::Npz => npz::export(model),
    }
}

/// The network of an ONNX or safetensors file; what it does not say is that of the network `on_screen`.
///
/// # Errors
///
/// Those of [`onnx::import`] and [`tensors::import`].
pub fn import(bytes: &[u8], on_screen: &Spec) -> Result<Imported> {
    match is_tensors(bytes) {
        true => tensors::import(bytes, on_screen),
        false => onnx::import(bytes, on_screen),
    }
}

/// What a file says about itself, if it is one of ours: the JSON of [`Said`], which has not been checked.
///
/// # Errors
///
/// Those of [`import`].
pub fn said(bytes: &[u8]) -> Result<Option<String>> {
    match is_tensors(bytes) {
        true => tensors::said(bytes),
        false => onnx::said(bytes),
    }
}

/// As [`import`], without a network that can compute, and with the spec of what the file says about itself, if it
/// says anything.
///
/// # Errors
///
/// Those of [`import`].
pub fn read(bytes: &[u8], own: Option<Spec>, on_screen: &Spec) -> Result<Contents> {
    match is_tensors(bytes) {
        true => tensors::read(bytes, own, on_screen),
        false => onnx::read(bytes, own, on_screen),
    }
}

/// The header of a safetensors file is a JSON object after eight bytes; no message of ONNX has its brace there.
fn is_tensors(bytes: &[u8]) -> bool {
    bytes.get(8) == Some(&b'{')
}
