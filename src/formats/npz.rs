//! NPZ: a ZIP archive with one array a file, as NumPy's `savez` writes it.
//!
//! Beside the parameters, `proof_pixels` and `proof_logits` hold the proof, and `convscope.json` all that is said
//! about the network; `numpy.load` gives it as bytes.

use super::Model;
use super::zip::Zip;
use crate::error::Result;

/// The header of an array fills up to a multiple of this.
const ALIGNMENT: usize = 64;

/// The file.
///
/// # Errors
///
/// None.
pub fn export(model: &Model) -> Result<Vec<u8>> {
    let mut archive = Zip::new();
    for (name, dims, numbers) in model.tensors() {
        archive.add(&format!("{name}.npy"), &array("<f4", dims, &bytes_of(&numbers)));
    }
    let proofs = model.proofs();
    let pixels: Vec<u8> = proofs.iter().flat_map(|proof| proof.pixels.iter().copied()).collect();
    let logits: Vec<f32> = proofs.iter().flat_map(|proof| proof.logits.iter().copied()).collect();
    let [channels, height, width] = model.spec().input;
    archive.add("proof_pixels.npy", &array("|u1", &[proofs.len(), channels, height, width], &pixels));
    let dims = [proofs.len(), model.classes().len()];
    archive.add("proof_logits.npy", &array("<f4", &dims, &bytes_of(&logits)));
    archive.add("convscope.json", model.said().as_bytes());
    Ok(archive.finish())
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
