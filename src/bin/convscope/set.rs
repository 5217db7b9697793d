//! The images to train and test on: the four IDX files of MNIST and its like, gzipped or not, or a folder of PNGs.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use convscope::data::{Dataset, Sizes, Split};
use convscope::mnist::FORM;
use convscope::spec::DataSet;
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::pictures;

/// Where the images are.
#[derive(Args)]
pub struct Folder {
    /// A folder with the four IDX files (gzipped or not), or with a folder of PNGs for each class, in place of
    /// data/mnist or data/fashion
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

/// The images in memory.
pub struct Set {
    pub dataset: Dataset,
    /// The names of the classes, if they are not just numbers.
    pub classes: Vec<String>,
    /// The contents of the four files.
    files: [Vec<u8>; 4],
}

const NAMES: [&str; 4] = [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
];

/// As many images as a file may have; it is read into memory.
pub const MOST_IMAGES: usize = 500_000;
const LARGEST_FILE: u64 = 16 + 784 * MOST_IMAGES as u64;

/// Of the training images the last twelfth is for validation: 5,000 of MNIST's 60,000.
const VALIDATION_SHARE: usize = 12;

impl Folder {
    /// The images of a spec's data set, or those of the folder that was named.
    pub fn read(&self, set: DataSet) -> Result<Set, Failure> {
        let folder = self.data.clone().unwrap_or_else(|| folder_of(set));
        let is_idx = NAMES.iter().any(|name| existing(&folder, name).is_some());
        if !is_idx && folder.is_dir() {
            let (files, classes) = pictures::read_folder(&folder)?;
            return Set::new(files, classes);
        }
        let read = |name: &str| {
            let path = existing(&folder, name).ok_or_else(|| absent(&folder, name))?;
            read_idx(&path)
        };
        let files = [read(NAMES[0])?, read(NAMES[1])?, read(NAMES[2])?, read(NAMES[3])?];
        Set::new(files, if self.data.is_none() { names_of(set) } else { vec![] })
    }

    /// Whether there is anything to read.
    pub fn is_there(&self, set: DataSet) -> bool {
        self.data.is_some() || existing(&folder_of(set), NAMES[0]).is_some()
    }
}

impl Set {
    fn new(files: [Vec<u8>; 4], classes: Vec<String>) -> Result<Self, Failure> {
        let train = count(&files[0])?;
        let validation = train / VALIDATION_SHARE;
        let sizes = Sizes { training: train - validation, validation, test: count(&files[2])? };
        if sizes.training == 0 {
            return Err(Failure::new("bad_file", "There is no training image; at least one is needed."));
        }
        let dataset = Dataset::from_files(FORM, sizes, files.each_ref().map(Vec::as_slice))?;
        Ok(Self { dataset, classes, files })
    }

    /// A name for each of `count` classes.
    pub fn class_names(&self, count: usize) -> Vec<String> {
        (0..count)
            .map(|class| self.classes.get(class).cloned().unwrap_or_else(|| class.to_string()))
            .collect()
    }

    /// The sum over the four unpacked files, one after the other, of the kind that `like`, a receipt's sum, is.
    pub fn sum(&self, like: &str) -> String {
        sum_of(self.files.each_ref().map(Vec::as_slice), like)
    }

    /// Which split has images to show in the end: the test images, if there are any.
    pub fn last_split(&self) -> Split {
        let has = |split: &Split| self.dataset.len(*split) > 0;
        [Split::Test, Split::Validation].into_iter().find(has).unwrap_or(Split::Training)
    }
}

fn folder_of(set: DataSet) -> PathBuf {
    match set {
        DataSet::Mnist => "data/mnist".into(),
        DataSet::Fashion => "data/fashion".into(),
        DataSet::Own(_) => format!("data/{set}").into(),
    }
}

/// As the page calls them (www/model/data-sets.js); digits are only numbered.
pub fn names_of(set: DataSet) -> Vec<String> {
    let names: &[&str] = match set {
        DataSet::Mnist | DataSet::Own(_) => &[],
        DataSet::Fashion => &[
            "T-shirt or top",
            "trousers",
            "pullover",
            "dress",
            "coat",
            "sandal",
            "shirt",
            "sneaker",
            "bag",
            "ankle boot",
        ],
    };
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn existing(folder: &Path, name: &str) -> Option<PathBuf> {
    [folder.join(format!("{name}.gz")), folder.join(name)].into_iter().find(|path| path.is_file())
}

fn absent(folder: &Path, name: &str) -> Failure {
    let message = format!(
        "There is no {name} or {name}.gz in {}. Name the folder of your images with --data; `cargo xtask data` makes those of MNIST and Fashion-MNIST.",
        folder.display()
    );
    Failure::new("not_found", message)
}

/// An IDX file, unpacked if it is gzipped.
pub fn read_idx(path: &Path) -> Result<Vec<u8>, Failure> {
    let file = File::open(path).map_err(|error| Failure::io("read", path, &error))?;
    let mut bytes = vec![];
    let read = if path.extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(file).take(LARGEST_FILE + 1).read_to_end(&mut bytes)
    } else {
        file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)
    };
    read.map_err(|error| Failure::io("read", path, &error))?;
    if bytes.len() as u64 > LARGEST_FILE {
        let message =
            format!("{} is too large: {MOST_IMAGES} images of 28×28 are the limit.", path.display());
        return Err(Failure::new("too_large", message));
    }
    Ok(bytes)
}

/// How many items an IDX file says it has. Whether that is so is checked when it is read.
pub fn count(file: &[u8]) -> Result<usize, Failure> {
    let bytes = file.get(4..).and_then(|bytes| bytes.first_chunk());
    let count = bytes.map_or(0, |bytes| u32::from_be_bytes(*bytes) as usize);
    if bytes.is_none() || count > MOST_IMAGES {
        let message = format!("This is not an IDX file of up to {MOST_IMAGES} images; its header is wrong.");
        return Err(Failure::new("bad_file", message));
    }
    Ok(count)
}

fn sum_of(files: [&[u8]; 4], like: &str) -> String {
    if like.starts_with("fnv1a64-") {
        let hash = files.into_iter().flatten().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        return format!("fnv1a64-{hash:016x}");
    }
    let digest = files.into_iter().fold(Sha256::new(), Sha256::chain_update).finalize();
    format!("sha256-{}", digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sum_of_is_the_sum_of_each_algorithm() {
        let files: [&[u8]; 4] = [b"a", b"b", b"", b"c"];
        let abc = "sha256-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sum_of(files, abc), abc);
        assert_eq!(sum_of(files, "fnv1a64-0000000000000000"), "fnv1a64-e71fa2190541574b");
    }

    #[test]
    fn missing_data_are_reported_with_how_to_make_them() {
        let options = Folder { data: Some("no/such/folder".into()) };
        let failure = options.read(DataSet::Mnist).err().expect("no such folder");
        assert_eq!(failure.code, "not_found");
        assert!(failure.message.contains("cargo xtask data"), "{}", failure.message);
    }

    #[test]
    fn a_header_that_claims_too_many_images_is_refused_before_anything_is_allocated() {
        let header = [2051u32, u32::MAX, 28, 28].map(u32::to_be_bytes).concat();
        assert_eq!(count(&header).unwrap_err().code, "bad_file");
        assert_eq!(count(&header[..6]).unwrap_err().code, "bad_file");
    }
}
