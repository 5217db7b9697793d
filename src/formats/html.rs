//! A web page in one file: it reads what is drawn on it, without a connection, from wherever it is opened.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::Model;
use super::model::json;
use crate::error::{Error, ErrorCode, Result};
use crate::mnist::{COLUMNS, ROWS};

const PAGE: &str = include_str!("html/page.html");
/// The parts of the page's program; the first is how Convscope itself turns strokes into an image.
const PARTS: [(&str, &str); 3] = [
    ("// DIGIT", include_str!("../../www/lib/digit.js")),
    ("// NETWORK", include_str!("html/network.js")),
    ("// PAGE", include_str!("html/page.js")),
];

/// The page.
///
/// # Errors
///
/// [`ErrorCode::ImpossibleShape`] if the network does not take images of the size that drawings have.
pub fn export(model: &Model) -> Result<Vec<u8>> {
    if model.spec().input != [1, ROWS, COLUMNS] {
        let [channels, height, width] = model.spec().input;
        let message = format!(
            "A page for drawing needs a network for one channel of {ROWS}×{COLUMNS}; this one takes {channels} of {height}×{width}."
        );
        return Err(Error::new(ErrorCode::ImpossibleShape, message));
    }
    let tensors = model.tensors().map(|(name, dims, numbers)| {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        let numbers = BASE64_STANDARD.encode(bytes);
        Ok(format!(r#"{}:{{"dims":{},"numbers":"{numbers}"}}"#, json(&name)?, json(&dims)?))
    });
    let tensors = tensors.collect::<Result<Vec<_>>>()?.join(",");
    let data = format!(r#"{{"said":{},"tensors":{{{tensors}}}}}"#, model.said());
    // Nothing in it can end the element that holds it.
    let data = data.replace('<', "\\u003c");
    let page = PARTS.iter().fold(PAGE.to_owned(), |page, (mark, part)| page.replace(mark, part));
    Ok(page.replacen("MODEL", &data, 1).into_bytes())
}
