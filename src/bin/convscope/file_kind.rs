//! What a file is by its first bytes, so that a wrong one can be called by its name.

use std::path::Path;

use crate::failure::Failure;

/// The file is not the `expected`: what it is, if that can be told, and what to do with it.
pub fn wrong_file(path: &Path, bytes: &[u8], expected: &str) -> Failure {
    let file = path.display();
    let message = match kind(bytes) {
        Some(kind @ ("an ONNX file" | "a safetensors file")) => format!(
            "{file} is {kind}; {expected} is needed. Import it first: convscope import {file} --out network.cvsc."
        ),
        Some(kind) => format!("{file} is {kind}; {expected} is needed."),
        None => format!("{file} is not {expected}."),
    };
    Failure::new("bad_file", message)
}

fn kind(bytes: &[u8]) -> Option<&'static str> {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    Some(match bytes {
        [] => "empty",
        _ if starts(b"\x89PNG") => "a PNG picture",
        _ if starts(b"CVSR") => "a Convscope run",
        _ if starts(b"CVSC") => "a Convscope checkpoint",
        _ if starts(&[0, 0, 8, 1]) => "an IDX file of labels",
        _ if starts(&[0, 0, 8, 3]) => "an IDX file of images",
        _ if starts(b"PK\x03\x04") => "a ZIP archive",
        _ if starts(&[0x1f, 0x8b]) => "a gzipped file",
        // The length of a header in JSON.
        [_, _, _, _, _, 0, 0, 0, b'{', ..] => "a safetensors file",
        // The field of the version, and a small number.
        [0x08, 1..=20, 0x12 | 0x1a | 0x3a, ..] => "an ONNX file",
        _ if std::str::from_utf8(&bytes[..bytes.len().min(64)]).is_ok() => "text",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_file_says_what_the_file_is_and_what_to_do() {
        let said = |bytes: &[u8]| wrong_file(Path::new("a.b"), bytes, "a run").message;
        assert_eq!(said(b""), "a.b is empty; a run is needed.");
        assert_eq!(said(b"\x89PNG\r\n"), "a.b is a PNG picture; a run is needed.");
        assert!(said(b"\x08\x08\x12\x09Convscope").contains("convscope import a.b --out"));
        assert!(said(b"\x10\x01\0\0\0\0\0\0{}").contains("safetensors"));
        assert_eq!(said(&[255; 9]), "a.b is not a run.");
    }
}
