//! NPZ: a ZIP archive with one array a file, as NumPy's `savez` writes it.
//!
//! Beside the parameters, `proof_pixels` and `proof_logits` hold the proof, and `convscope.json` all that is said
//! about the network; `numpy.load` gives it as bytes.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::Model;
use super::model::json;
use crate::error::{Error, ErrorCode, Result};

/// The header of an array fills up to a multiple of this.
const ALIGNMENT: usize = 64;

/// The file.
///
/// # Errors
///
/// None that can be reached with a network that was built.
pub fn export(model: &Model) -> Result<Vec<u8>> {
    let written = |error| Error::new(ErrorCode::BadFile, format!("This network cannot be written: {error}."));
    write(model).map_err(written)
}

fn write(model: &Model) -> std::result::Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut add = |name: &str, bytes: &[u8]| -> std::result::Result<(), Box<dyn std::error::Error>> {
        archive.start_file(name, stored)?;
        Ok(archive.write_all(bytes)?)
    };
    for (name, dims, numbers) in model.tensors() {
        add(&format!("{name}.npy"), &array("<f4", dims, &bytes_of(&numbers)))?;
    }
    let proofs = model.proofs();
    let pixels: Vec<u8> = proofs.iter().flat_map(|proof| proof.pixels.iter().copied()).collect();
    let logits: Vec<f32> = proofs.iter().flat_map(|proof| proof.logits.iter().copied()).collect();
    let [channels, height, width] = model.spec().input;
    add("proof_pixels.npy", &array("|u1", &[proofs.len(), channels, height, width], &pixels))?;
    let dims = [proofs.len(), model.network().classes()];
    add("proof_logits.npy", &array("<f4", &dims, &bytes_of(&logits)))?;
    add("convscope.json", json(&model.said())?.as_bytes())?;
    Ok(archive.finish()?.into_inner())
}

/// An array in the NPY format, version 1.0: a magic number, the length of a header, the header, the numbers.
///
/// Source: numpy.org/doc/stable/reference/generated/numpy.lib.format.html
fn array(descr: &str, dims: &[usize], bytes: &[u8]) -> Vec<u8> {
    let sides: String = dims.iter().map(|side| format!("{side}, ")).collect();
    let dict = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': ({}), }}", sides.trim_end());
    let prefix = 10;
    let length = (prefix + dict.len() + 1).next_multiple_of(ALIGNMENT) - prefix;
    let mut file = b"\x93NUMPY\x01\x00".to_vec();
    file.extend((length as u16).to_le_bytes());
    file.extend(dict.bytes());
    file.resize(prefix + length - 1, b' ');
    file.push(b'\n');
    file.extend(bytes);
    file
}

fn bytes_of(numbers: &[f32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}
