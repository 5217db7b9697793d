//! The images to train and test on: those of MNIST and its like as four IDX files, or a set of one's own.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use convscope::data::{DataFile, Dataset, Sizes, Split};
use convscope::mnist::FORM;
use convscope::own_set::{Collected, Survey, Target};
use convscope::spec::{DataSet, Spec};
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

use crate::collect::{Wishes, collect, described};
use crate::failure::Failure;

/// Where the images are.
#[derive(Args)]
pub struct Source {
    /// Images in place of data/mnist or data/fashion: a folder, ZIP, NPZ, CSV or IDX file, pictures (PNG, JPEG, WebP) in a
    /// folder for each class, or a set that was saved
    #[arg(long, value_name = "PATH")]
    data: Option<PathBuf>,
    #[command(flatten)]
    wishes: Wishes,
}

/// The images in memory.
pub struct Set {
    pub dataset: Dataset,
    /// Its name, as specs have it.
    pub name: DataSet,
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

/// The sets that a host has, by the SHA-256 of each of their four files.
const HOSTED: [(DataSet, [&str; 4]); 2] = [
    (
        DataSet::Mnist,
        [
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ],
    ),
    (
        DataSet::Fashion,
        [
            "ba533cefb564188a0eb0da3370554e35573f0efaa32e9d9ff9e3d397704e54b2",
            "53042679d163295ecd5117d9df55d704ad3842a06b983c85d20fae505d03b9f3",
            "7f70f48a9d689adc2b1548915e1c36bb9e26d508fdeba55c6f3c7932960bfb0e",
            "e0829f273a38dcd5c04d4be79cd957698fe8ae4c9de73085d3a9c0c057415343",
        ],
    ),
];

/// As many images as a file may have; it is read into memory.
pub const MOST_IMAGES: usize = 500_000;
const LARGEST_FILE: u64 = 16 + 784 * MOST_IMAGES as u64;

/// Of the training images of MNIST and its like the last twelfth is for validation: 5,000 of 60,000.
const VALIDATION_SHARE: usize = 12;

impl Source {
    /// The images of a spec's data set, or those that were named, in the form that the spec's network takes.
    pub fn read(&self, spec: &Spec) -> Result<Set, Failure> {
        let set = spec.data.set;
        let Some(path) = &self.data else { return Set::hosted(set, &folder_of(set)?) };
        if !matches!(set, DataSet::Own(_)) && is_folder_of_idx(path) {
            return Set::hosted(set, path);
        }
        let (_, found) = collect(path, &self.wishes.or_form(spec.input))?;
        Set::own(&found)
    }

    /// The images to train on, the spec made to fit them, and what there is to say about it.
    pub fn read_to_train(&self, spec: Spec) -> Result<(Set, Spec, Option<String>), Failure> {
        let Some(path) = &self.data else { return Ok((self.read(&spec)?, spec, None)) };
        if is_folder_of_idx(path) && !self.wishes.any() {
            // A damaged file is refused with what is wrong when it is collected.
            if let Ok(set) = Set::hosted(spec.data.set, path)
                && let Some(name) = set.hosted_name()
            {
                let mut spec = spec;
                spec.data.set = name;
                return Ok((Set { classes: names_of(name), name, ..set }, spec, None));
            }
        }
        let (survey, found) = collect(path, &self.wishes)?;
        let (spec, changes) = found.fit(&spec);
        let said = said(&survey, &found, &changes);
        Ok((Set::own(&found)?, spec, Some(said)))
    }

    /// The names of the classes of the images that were named.
    pub fn class_names(&self, spec: &Spec) -> Result<Option<Vec<String>>, Failure> {
        self.data.is_some().then(|| self.read(spec)).transpose().map(|set| set.map(|set| set.classes))
    }

    /// What a picture is made into for a network that takes such images.
    pub fn target(&self, dims: [usize; 3]) -> Target {
        self.wishes.target(dims)
    }

    /// Whether there is anything to read.
    pub fn is_there(&self, set: DataSet) -> bool {
        self.data.is_some() || folder_of(set).is_ok_and(|folder| existing(&folder, NAMES[0]).is_some())
    }
}

fn said(survey: &Survey, found: &Collected, changes: &[String]) -> String {
    let changes: String = changes.iter().map(|change| format!("\n- {change}")).collect();
    described(survey, found) + &changes
}

impl Set {
    /// The four IDX files in a folder.
    fn hosted(set: DataSet, folder: &Path) -> Result<Self, Failure> {
        let read = |name: &str| {
            let path = existing(folder, name).ok_or_else(|| absent(folder, name))?;
            read_idx(&path)
        };
        let files = [read(NAMES[0])?, read(NAMES[1])?, read(NAMES[2])?, read(NAMES[3])?];
        let train = count(&files[0])?;
        let validation = train / VALIDATION_SHARE;
        let sizes = Sizes { training: train - validation, validation, test: count(&files[2])? };
        if sizes.training == 0 {
            return Err(Failure::new("bad_file", "There is no training image; at least one is needed."));
        }
        let dataset = Dataset::from_files(FORM, sizes, files.each_ref().map(Vec::as_slice))?;
        Ok(Self { dataset, name: set, classes: names_of(set), files })
    }

    fn own(found: &Collected) -> Result<Self, Failure> {
        let files = DataFile::ALL.map(|file| found.file(file).to_vec());
        let dataset = Dataset::from_files(found.form(), found.sizes(), files.each_ref().map(Vec::as_slice))?;
        let name = DataSet::of_name(found.name()).expect("a set is called after its hash");
        Ok(Self { dataset, name, classes: found.classes().to_vec(), files })
    }

    /// Which of the sets that a host has it is, by its contents.
    fn hosted_name(&self) -> Option<DataSet> {
        let sums = self.files.each_ref().map(|file| sha256([file.as_slice()]));
        HOSTED.into_iter().find(|&(_, known)| known.map(String::from) == sums).map(|(name, _)| name)
    }

    /// A name for each of `count` classes.
    pub fn class_names(&self, count: usize) -> Vec<String> {
        class_names(&self.classes, count)
    }

    /// The sum of the data, of the kind that `like`, a receipt's sum, is: over the four unpacked files, one after the
    /// other; of a set of one's own it is its name.
    pub fn sum(&self, like: &str) -> String {
        if let DataSet::Own(_) = self.name {
            return self.name.to_string().replacen("own", "sha256", 1);
        }
        sum_of(self.files.each_ref().map(Vec::as_slice), like)
    }

    /// Which split has images to show in the end: the test images, if there are any.
    pub fn last_split(&self) -> Split {
        let has = |split: &Split| self.dataset.len(*split) > 0;
        [Split::Test, Split::Validation].into_iter().find(has).unwrap_or(Split::Training)
    }
}

/// A name for each of `count` classes; those without one are numbered.
pub fn class_names(names: &[String], count: usize) -> Vec<String> {
    (0..count).map(|class| names.get(class).cloned().unwrap_or_else(|| class.to_string())).collect()
}

fn folder_of(set: DataSet) -> Result<PathBuf, Failure> {
    match set {
        DataSet::Mnist => Ok("data/mnist".into()),
        DataSet::Fashion => Ok("data/fashion".into()),
        DataSet::Own(_) => {
            let message = format!("The images are those of the set {set}; name its files with --data.");
            Err(Failure::new("not_found", message))
        }
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

/// Whether a folder has the files of MNIST and its like, and no manifest, which a set of one's own has.
fn is_folder_of_idx(folder: &Path) -> bool {
    !folder.join("manifest").exists() && NAMES.iter().all(|name| existing(folder, name).is_some())
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

fn sha256<const N: usize>(parts: [&[u8]; N]) -> String {
    let digest = parts.into_iter().fold(Sha256::new(), Sha256::chain_update).finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sum_of(files: [&[u8]; 4], like: &str) -> String {
    if like.starts_with("fnv1a64-") {
        let hash = files.into_iter().flatten().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        return format!("fnv1a64-{hash:016x}");
    }
    format!("sha256-{}", sha256(files))
}

#[cfg(test)]
mod tests;
