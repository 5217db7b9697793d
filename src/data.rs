//! The images: the files they are in, the splits, the order of an epoch, and random warps.

mod augment;
mod dataset;
mod idx;
mod order;

pub use augment::{turn, warp};
pub use dataset::{DataFile, Dataset, Sizes, Split};
pub use idx::{IdxKind, IdxReader};
pub use order::{FIRST_EPOCH_WINDOW, shuffle_into, shuffled};
