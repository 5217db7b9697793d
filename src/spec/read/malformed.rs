use std::fmt;

use serde::de::{self, Error as _, Expected, Unexpected};

use super::Decimal;
use crate::error::{Error, ErrorCode};
use crate::spec::LIMITS;

/// Why a value does not have the form of a spec, and where.
#[derive(Debug)]
pub struct Malformed(Box<Reason>);

#[derive(Debug)]
struct Reason {
    why: String,
    /// The fields and positions on the way to it, the innermost first.
    path: Vec<String>,
}

impl Malformed {
    /// The same, seen from the object or list in which it is at `place`.
    #[cold]
    #[inline(never)]
    pub fn within(mut self, place: &dyn fmt::Display) -> Self {
        self.0.path.push(place.to_string());
        self
    }

    /// A name that is none of those known.
    #[cold]
    pub fn one_of(known: &[&str], got: &str) -> Self {
        Self::custom(format!("expected one of {}; got “{got}”", known.join(", ")))
    }

    /// A field that is none of those known.
    #[cold]
    pub fn no_field(field: &str, known: &[&str]) -> Self {
        Self::custom(format!("it has no field “{field}”, only {}", known.join(", ")))
    }

    /// As an error for people.
    pub fn into_error(self) -> Error {
        let Reason { why, path } = *self.0;
        let outermost: Vec<&str> = path.iter().rev().map(String::as_str).collect();
        let (layer, place) = match outermost[..] {
            [] => (None, "This".to_owned()),
            ["layers", layer, ..] => {
                let index = layer.parse::<usize>().ok();
                let name = index.map_or("A layer".to_owned(), |index| format!("Layer {}", index + 1));
                (index, name)
            }
            _ => (None, format!("“{}”", outermost.join("."))),
        };
        let message = format!("{place} is malformed: {why}.");
        Error { code: ErrorCode::MalformedSpec, layer, message }
    }
}

impl de::Error for Malformed {
    #[cold]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Box::new(Reason { why: message.to_string(), path: vec![] }))
    }

    #[cold]
    fn invalid_type(got: Unexpected, expected: &dyn Expected) -> Self {
        Self::custom(format!("expected {}; got {}", in_words(expected), got_in_words(&got)))
    }

    #[cold]
    fn invalid_value(got: Unexpected, expected: &dyn Expected) -> Self {
        Self::invalid_type(got, expected)
    }

    #[cold]
    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::custom(format!("expected {}; got {length}", in_words(expected)))
    }

    #[cold]
    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        Self::one_of(known, variant)
    }

    #[cold]
    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self::no_field(field, known)
    }

    #[cold]
    fn missing_field(field: &'static str) -> Self {
        Self::custom(format!("its field “{field}” is missing"))
    }

    #[cold]
    fn duplicate_field(field: &'static str) -> Self {
        Self::custom(format!("its field “{field}” is there twice"))
    }
}

/// What serde expected. It names numbers by their types in Rust.
fn in_words(expected: &dyn Expected) -> String {
    let expected = expected.to_string();
    let list =
        expected.strip_prefix("an array of length ").or(expected.strip_suffix(" elements in sequence"));
    if let Some(length) = list {
        return format!("a list of {length} numbers");
    }
    match &*expected {
        // Sizes have 32 bits in the browser.
        "usize" => format!("a whole number from 0 to {}", u32::MAX),
        "u64" => format!("a whole number from 0 to {}", LIMITS.seed),
        "f32" => "a number".into(),
        "a boolean" => "true or false".into(),
        "a string" => "text".into(),
        "a sequence" => "a list".into(),
        _ if expected.starts_with("struct ") => "an object".into(),
        _ => expected,
    }
}

fn got_in_words(got: &Unexpected) -> String {
    match got {
        Unexpected::Bool(value) => format!("{value}"),
        Unexpected::Unsigned(value) => format!("{value}"),
        Unexpected::Signed(value) => format!("{value}"),
        Unexpected::Float(value) => format!("{}", Decimal(*value)),
        Unexpected::Str(text) => format!("the text “{text}”"),
        Unexpected::Seq => "a list".into(),
        Unexpected::Map => "an object".into(),
        Unexpected::Unit => "nothing".into(),
        _ => "something else".into(),
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0.why)
    }
}

impl std::error::Error for Malformed {}
