use std::fmt;
use std::io;
use std::path::Path;

use convscope::error::Error;
use serde_json::{Value, json};

/// What went wrong: a stable code for programs, a sentence for people.
#[derive(Debug)]
pub struct Failure {
    /// One of the engine's codes, `io`, or `usage`.
    pub code: String,
    pub message: String,
}

impl Failure {
    /// With one of the engine's codes.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into() }
    }

    /// A file that could not be read or written.
    pub fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        Self::new("io", format!("Could not {action} {}: {error}.", path.display()))
    }

    pub fn json(&self) -> Value {
        json!({ "error": { "code": self.code, "message": self.message } })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error ({}): {}", self.code, self.message)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = serde_json::to_value(error.code).ok();
        Self::new(code.as_ref().and_then(Value::as_str).unwrap_or("unknown"), error.message)
    }
}
