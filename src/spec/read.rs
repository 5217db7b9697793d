//! How a spec is read from JSON and from JavaScript.

pub(crate) mod malformed;
pub(crate) mod tagged;
pub(crate) mod value;
