//! Arrays of images, and the arrays of labels that belong to them.

use std::rc::Rc;

use crate::data::Split;
use crate::error::{Error, Result};
use crate::own_set::arrays::split_in;
use crate::own_set::block::{Block, Labels};
use crate::own_set::material::{Content, Part};
use crate::own_set::{MOST_IMAGES, bad, counted, too_large};

/// Images and labels of one split, from one or two files.
pub(super) struct Pair {
    pub split: Option<Split>,
    pub path: String,
    pub images: Rc<Block>,
    pub labels: Rc<Labels>,
}

/// Checks that each image has a label, and that there are not too many.
pub(super) fn check_pairs(pairs: &[Pair]) -> Result<()> {
    let all: usize = pairs.iter().map(|pair| pair.images.len()).sum();
    if all > MOST_IMAGES {
        return Err(too_large(format!(
            "At most {} images are taken; got {}. Leave some out.",
            counted(MOST_IMAGES),
            counted(all)
        )));
    }
    for pair in pairs {
        let (images, labels) = (pair.images.len(), pair.labels.of.len());
        if images != labels {
            return Err(bad(format!(
                "{}: expected a label for each of the {} images; got {} labels. Check that the files belong together.",
                pair.path,
                counted(images),
                counted(labels)
            )));
        }
    }
    Ok(())
}

/// Arrays of images with their labels: one of each for each split, or several that are paired by their names, as the
/// handwriting of a class comes from many phones.
pub(super) fn pairs_of(parts: &[Part]) -> Result<Vec<Pair>> {
    let mut pairs = vec![];
    for split in [Some(Split::Training), Some(Split::Validation), Some(Split::Test), None] {
        let (mut images, mut labels) = (vec![], vec![]);
        for part in parts.iter().filter(|part| split_in(&part.path) == split) {
            match &part.content {
                Content::Images(block) => images.push((&part.path, block)),
                Content::Labels(of) => labels.push((&part.path, of)),
                _ => {}
            }
        }
        images.sort_by_key(|(path, _)| *path);
        let is_alone = images.len() == 1 && labels.len() == 1;
        for (path, block) in images {
            let fits = |(label, _): &(&String, _)| is_alone || pair_name(label) == pair_name(path);
            let at = labels.iter().position(fits).ok_or_else(|| unpaired(path, "labels", "images"))?;
            let (_, labels) = labels.swap_remove(at);
            pairs.push(Pair { split, path: path.clone(), images: block.clone(), labels: labels.clone() });
        }
        if let Some((path, _)) = labels.first() {
            return Err(unpaired(path, "images", "labels"));
        }
    }
    Ok(pairs)
}

/// What the names of a pair have in common.
fn pair_name(path: &str) -> String {
    let name = path.to_lowercase();
    ["images", "labels", "-idx1", "-idx3", "-idx4"]
        .into_iter()
        .fold(name, |name, part| name.replace(part, ""))
}

/// What the array of labels is mostly called beside one of images, and the other way round.
fn partner(array: &str) -> Option<String> {
    let pairs = [("x", "y"), ("X", "y"), ("y", "x"), ("images", "labels"), ("labels", "images")];
    pairs.into_iter().find_map(|(this, that)| {
        let rest = array.strip_prefix(this).filter(|rest| rest.is_empty() || rest.starts_with('_'));
        rest.map(|rest| format!("{that}{rest}"))
            .or_else(|| Some(format!("{}_{that}", array.strip_suffix(this)?.strip_suffix('_')?)))
    })
}

fn unpaired(path: &str, missing: &str, there: &str) -> Error {
    if let Some((file, array)) = path.strip_suffix(".npy").and_then(|path| path.rsplit_once('/')) {
        return bad(format!(
            "{file}: expected an array of {missing} that belongs to the {there} in “{array}”{}; got none. Save both arrays in the file.",
            partner(array).map_or(String::new(), |name| format!(", such as “{name}”"))
        ));
    }
    bad(format!(
        "{path}: expected a file of {missing} that belongs to these {there}, of the same name with “{missing}” in place of “{there}”; got none. Choose both files."
    ))
}
