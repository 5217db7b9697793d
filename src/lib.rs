//! Convscope's engine: a convolutional network written by hand, every forward and backward pass.
//!
//! ```text
//!   spec::Spec ────────▶ network::Network ─── trace ────▶ network::Trace: every map, and the way back
//!   layers, settings,        │ weights
//!   seed (JSON)              ▼
//!   data::Dataset ─────▶ trainer::Trainer ─── step ─────▶ loss, accuracy, learning rate
//!   images, labels           │          └──── evaluate ─▶ metrics::Evaluation
//!   (IDX or bytes)           ▼
//!                        checkpoint: bytes ── restore ──▶ the same run, bit for bit
//!                            └─────────────── formats ──▶ ONNX, safetensors, PyTorch, NumPy, HTML
//! ```
//!
//! # A tour
//!
//! A spec says all there is about an experiment. A trainer runs it on images of one form, here 28×28 in ten classes:
//!
//! ```
//! use convscope::data::{Dataset, Sizes, Split};
//! use convscope::mnist::FORM;
//! use convscope::spec::Spec;
//! use convscope::spec::read::{Value, read};
//! use convscope::trainer::Trainer;
//!
//! // Class 0 is dark on top, class 1 below. Real images: `Dataset::from_files`.
//! let labels: Vec<u8> = (0..60).map(|image| image % 2).collect();
//! let image = |&label: &u8| (0..784).map(move |pixel| if (pixel < 392) == (label == 0) { 255 } else { 0 });
//! let pixels: Vec<u8> = labels.iter().flat_map(image).collect();
//! let sizes = Sizes { training: 40, validation: 20, test: 20 };
//! let parts: [&[u8]; 4] = [&pixels, &labels, &pixels[..20 * 784], &labels[..20]];
//! let dataset = Dataset::from_parts(FORM, sizes, parts)?;
//!
//! let json = r#"{ "input": [1, 28, 28], "seed": 7,
//!     "layers": [{ "type": "conv2d", "filters": 4, "kernel_size": [5, 5], "stride": [3, 3], "padding": [0, 0] },
//!                { "type": "relu" }, { "type": "flatten" }, { "type": "dense", "units": 10 }] }"#;
//! let value: Value = serde_json::from_str(json)?;
//! let spec: Spec = read(&value)?; // An error names the layer, what was expected, and what was given.
//!
//! let mut trainer = Trainer::new(spec, &dataset)?;
//! for _ in 0..20 {
//!     let step = trainer.step(&dataset)?;
//!     assert!(step.loss.is_finite());
//! }
//! assert_eq!(trainer.evaluate(&dataset, Split::Test)?.accuracy, 1.0);
//!
//! // All that it takes to go on elsewhere, with the same bits.
//! let again = Trainer::restore(&trainer.checkpoint(), &dataset)?;
//! assert_eq!(again.network().fingerprint(), trainer.network().fingerprint());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The features: `cli` (default) is the command `convscope`; `formats` writes and reads networks in forms that others
//! open; `own-set` makes a set of images in files; `inquiry` asks a network what it has learned; `reference` checks the engine against answers computed elsewhere. To use the library alone, leave the default
//! features out.
//!
//! # The rooms
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
//! | `mnist` | sizes of MNIST's images and splits |
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
//! | `inquiry` | questions to a network that has learned (feature `inquiry`) |
//! | `own_set` | images in files of many kinds, made into a set of one's own (feature `own-set`) |
//! | `wasm` | the engine for JavaScript (wasm builds only) |
//! | `wasm_formats` | the formats for JavaScript, a module of its own (wasm builds with feature `formats`) |
//! | `wasm_own_set` | `own_set` for JavaScript, a module of its own (wasm builds with feature `own-set`) |
//! | `wasm_inquiry` | `inquiry` for JavaScript, a module of its own (wasm builds with feature `inquiry`) |
//! | `bin` | all of it for the command line (feature `cli`) |
//!
//! There is no I/O and no clock in here, and all randomness comes from [`rng`]: the same spec, seed
//! and images lead to the same weights, bit for bit, on every machine.

#![deny(unsafe_code)]

pub mod data;
pub mod error;
#[cfg(feature = "formats")]
pub mod formats;
#[cfg(feature = "inquiry")]
pub mod inquiry;
pub mod kernels;
pub mod layers;
pub mod layout;
pub mod metrics;
pub mod mnist;
pub mod network;
pub mod optimizer;
#[cfg(feature = "own-set")]
pub mod own_set;
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

#[cfg(all(
    target_arch = "wasm32",
    target_os = "unknown",
    not(any(feature = "formats", feature = "inquiry", feature = "own-set"))
))]
mod wasm;
#[cfg(all(target_arch = "wasm32", target_os = "unknown", feature = "formats"))]
mod wasm_formats;
#[cfg(all(
    target_arch = "wasm32",
    target_os = "unknown",
    feature = "inquiry",
    not(any(feature = "formats", feature = "own-set"))
))]
mod wasm_inquiry;
#[cfg(all(target_arch = "wasm32", target_os = "unknown", feature = "own-set", not(feature = "formats")))]
mod wasm_own_set;
