//! A trained network as a file: a checkpoint, or a run file of the page, of which it is the last checkpoint.

use std::fs;
use std::path::Path;

use convscope::data::Dataset;
use convscope::network::Network;
use convscope::spec::Spec;
use convscope::trainer::{Trainer, checkpoint_network, new_checkpoint};

use crate::failure::Failure;
use crate::file_kind::wrong_file;
use crate::run_file;

/// As large as the page takes.
const LARGEST_FILE: u64 = 400_000_000;

/// The bytes of the checkpoint in a file.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = read_bytes(path, LARGEST_FILE)?;
    if run_file::is_one(&bytes) { run_file::last_checkpoint(&bytes) } else { checkpoint(path, bytes) }
}

fn checkpoint(path: &Path, bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
    if bytes.starts_with(b"CVSC") {
        return Ok(bytes);
    }
    Err(wrong_file(path, &bytes, "a run (.cvsr) or a checkpoint (.cvsc)"))
}

pub fn read_network(path: &Path) -> Result<(Spec, Network), Failure> {
    Ok(checkpoint_network(&read(path)?)?)
}

/// The network of a file, ready to be evaluated on any data set.
pub fn read_trainer(path: &Path, dataset: &Dataset) -> Result<Trainer, Failure> {
    let (spec, network) = read_network(path)?;
    Ok(Trainer::restore(&new_checkpoint(&spec, &network), dataset)?)
}

pub fn read_bytes(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let size = fs::metadata(path).map_err(|error| Failure::io("read", path, &error))?.len();
    if size > most {
        let message = format!("{} is too large: {size} bytes, of {most} at most.", path.display());
        return Err(Failure::new("too_large", message));
    }
    fs::read(path).map_err(|error| Failure::io("read", path, &error))
}
