//! The one error type: a stable code for programs, a sentence for people.

use std::fmt;

use serde::Serialize;

/// What kind of thing went wrong. The page and the tests match on this, never on the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The text or object does not have the form of a spec.
    MalformedSpec,
    /// A setting is outside the values it can take.
    OutOfRange,
    /// A layer cannot work on the output of the layer before it.
    ImpossibleShape,
    /// The network or the file asks for more than the limits allow.
    TooLarge,
    /// A file is not what it should be: wrong kind, cut off, or damaged.
    BadFile,
    /// Something was asked for that does not exist (an image, a parameter, a layer).
    NotFound,
    /// What the call needs is not there yet: data, a network, or a step that was begun.
    NotReady,
    /// A value was handed in that belongs to an earlier state: the weights have changed since.
    Stale,
    /// A number stopped being finite during training.
    NotFinite,
}

/// An error as a value: what was expected, what was got, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Error {
    /// What kind of error it is.
    pub code: ErrorCode,
    /// The position of the layer it is about, counted from 0, if it is about one.
    pub layer: Option<usize>,
    /// One sentence for a person.
    pub message: String,
}

/// A result whose error is [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

// `cold` keeps what leads to an error short and out of the way.
impl Error {
    /// An error that is not about one layer.
    #[cold]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, layer: None, message: message.into() }
    }

    /// An error about the layer at position `layer`.
    #[cold]
    pub fn in_layer(layer: usize, code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, layer: Some(layer), message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
