//! Convscope's engine: a convolutional network written by hand, every forward and backward pass.
//!
//! Each module knows only those before it:
//!
//! - [`error`], [`rng`], [`shape`], [`layout`], [`spec`], [`ledger`]: words that everything else uses
//! - [`kernels`]: the two hot loops, and all operations once more as plain loops. **Start reading at
//!   [`kernels::plain`].**
//! - [`layers`]: forward and backward of each layer, side by side
//! - [`network`]: layers, weights and buffers together
//! - [`optimizer`], [`schedule`], [`data`], [`metrics`]: what training needs besides
//! - [`trainer`]: steps, epochs, evaluation, checkpoints
//! - `wasm` (in wasm builds only): the same for JavaScript
//!
//! There is no I/O and no clock in here, and all randomness comes from [`rng`]: the same spec, seed
//! and images give the same weights, bit for bit, on every machine.

#![deny(unsafe_code)]

pub mod data;
pub mod error;
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
pub mod timing;
pub mod trainer;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
mod wasm;
