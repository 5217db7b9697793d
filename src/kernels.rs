//! The two loops in which nearly all time is spent, and the vector type they are written in.
//!
//! Both work on rows of numbers that are next to each other, and the layers bring their work into
//! that form. One image is stored as `[row][column][channel]`, so a window's row is one such run of
//! `kernel_width · channels` numbers, wherever the window is.
//!
//! - [`window_products`] is every forward pass: windows × filters, or inputs × units.
//!   [`pooled_products`] is the same with ReLU and max pooling done while the products are still in
//!   registers.
//! - [`weighted_sum`] is every gradient: a sum of rows, each times one number, over those numbers
//!   that are not 0. Where a 2×2 max pool follows, three gradients of four are 0 and ReLU zeroes half
//!   of the rest, so only about one row in eight is ever touched. [`weighted_windows`] takes several rows
//!   at once.
//!
//! Each result is summed in one fixed order, whatever the tile or the vector width, so these loops
//! return the same bits as the plain ones in [`plain`], natively and in wasm.

pub mod plain;
mod vector;
mod weighted_sum;
mod window_products;

pub use weighted_sum::{Term, WindowRows, weighted_sum, weighted_windows};
pub use window_products::{PackedFilters, Pooling, Windows, pooled_products, window_products};

/// Which vector instructions this build uses: for logs and benchmarks.
pub const NAME: &str = vector::NAME;
