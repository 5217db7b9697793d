//! A web page in one file: it reads what is drawn on it, or a picture if the network takes colours, without a connection,
//! from wherever it is opened.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::Model;
use super::model::json;
use crate::error::{Error, ErrorCode, Result};

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
/// [`ErrorCode::ImpossibleShape`] if the network takes images that are neither grey nor coloured.
pub fn export(model: &Model) -> Result<Vec<u8>> {
    let [channels, ..] = model.spec().input;
    if channels != 1 && channels != 3 {
        let message = format!(
            "A page for drawings or pictures needs a network for 1 or 3 channels; this one takes {channels}."
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
