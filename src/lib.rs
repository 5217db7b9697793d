//! Convscope's engine.
pub mod error;
pub mod rng;
pub mod spec;
