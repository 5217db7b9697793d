//! A step shared among workers: blocks of its batch, their gradients as messages, and the order in which
//! those are summed.

mod gradient_tree;
pub(crate) mod shard;
pub mod wire;

pub use shard::Shard;
