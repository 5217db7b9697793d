//! A trained network in the forms that others open. Each file carries its proof: images, and the logits that
//! whoever opens it must find for them.
//!
//! | Form | Read by | Written with |
//! |---|---|---|
//! | [`onnx`] | ONNX Runtime and its like | `prost`, and the messages of onnx.proto that a network needs |
//! | [`tensors`] | `safetensors`, PyTorch | `safetensors`, whose checks are audited |
//! | [`pytorch`] | PyTorch | a program with the layers filled in |
//! | [`notebook`] | Jupyter | cells of Python, `serde_json`, `base64` |
//! | [`html`] | any browser | plain JavaScript, and the page's own way from strokes to an image |
//! | [`npz`] | NumPy | `zip`; the header of an array is one line, written here |
//!
//! Feature `formats`. The page fetches this room as a module of its own, when somebody takes a network away.

pub mod html;
mod import;
mod model;
pub mod notebook;
pub mod npz;
pub mod onnx;
pub mod pytorch;
pub mod tensors;

pub use import::{Imported, Match};
pub use model::{About, Model, Proof, Said};

/// The name under which a file holds what it says about its network.
const SAID: &str = "convscope";
