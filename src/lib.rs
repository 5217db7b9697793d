//! Convscope's engine: a convolutional network written by hand, every forward and backward pass.
//!
//! These are its rooms, from the ground up. A room knows itself and those above it in this table, which
//! `tests/rooms.rs` reads and holds every import to:
//!
//! | Room | What belongs in it |
//! |---|---|
//! | `error` | the one error type |
//! | `rng` | the only source of randomness |
//! | `stamp` | marks that tell whether a value still belongs to what it was made from |
//! | `shape` | shapes of images and windows, and the sizes of outputs |
//! | `layout` | the two orders of maps in memory |
//! | `mnist` | sizes of the images and of their splits |
//! | `spec` | an experiment as data, its rules, and how it is read |
//! | `timing` | where the time of training goes |
//! | `kernels` | the hot loops, and all operations once more as plain loops. **Start reading at [`kernels::plain`].** |
//! | `layers` | forward and backward of each layer, side by side |
//! | `network` | layers and weights together; passes and traces through them |
//! | `optimizer` | update rules and what they remember |
//! | `schedule` | how the learning rate moves |
//! | `data` | image files, splits, the order of an epoch, warps |
//! | `metrics` | how accurate the predictions are |
//! | `trainer` | steps, epochs, evaluation, checkpoints; sharing a step among workers |
//! | `probe` | a run inspected closely |
//! | `tensor_file` | a file of tensors, opened with care (features `formats`, `reference`) |
//! | `formats` | a trained network in forms that others open (feature `formats`) |
//! | `reference` | the engine against answers computed elsewhere (feature `reference`) |
//! | `wasm` | the engine for JavaScript (wasm builds only) |
//! | `wasm_formats` | the formats for JavaScript, a module of its own (wasm builds with feature `formats`) |
//!
//! There is no I/O and no clock in here, and all randomness comes from [`rng`]: the same spec, seed
//! and images lead to the same weights, bit for bit, on every machine.

#![deny(unsafe_code)]

pub mod data;
pub mod error;
#[cfg(feature = "formats")]
pub mod formats;
pub mod kernels;
pub mod layers;
pub mod layout;
pub mod metrics;
pub mod mnist;
pub mod network;
pub mod optimizer;
pub mod probe;
#[cfg(feature = "reference")]
pub mod reference;
pub mod rng;
pub mod schedule;
pub mod shape;
pub mod spec;
pub mod stamp;
#[cfg(any(feature = "formats", feature = "reference"))]
mod tensor_file;
pub mod timing;
pub mod trainer;

#[cfg(all(target_arch = "wasm32", target_os = "unknown", not(feature = "formats")))]
mod wasm;
#[cfg(all(target_arch = "wasm32", target_os = "unknown", feature = "formats"))]
mod wasm_formats;
