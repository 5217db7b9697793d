//! What the folders of pictures say: the class and the split of each.

use std::collections::BTreeMap;

use super::arrays::split_called;
use crate::data::Split;

/// What a picture's path says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub class: String,
    pub split: Option<Split>,
}

/// The place of each path; None of one that has no folder for its class.
///
/// Where folders are called `train`, `test` and the like, the folder within is the class, or the one around it. Elsewhere
/// it is the first folder in which the paths differ.
pub(super) fn places(paths: &[&str]) -> Vec<Option<Place>> {
    let folders: Vec<Vec<&str>> = paths.iter().map(|path| folders_of(path)).collect();
    let splits: Vec<Option<usize>> = folders.iter().map(|folders| split_folder(folders)).collect();
    let has_training = (folders.iter().zip(&splits))
        .any(|(folders, split)| split.is_some_and(|at| split_called(folders[at]) == Some(Split::Training)));
    if !has_training {
        let common = common_folders(&folders);
        let class = |folders: &Vec<&str>| {
            folders.get(common).map(|&class| Place { class: class.into(), split: None })
        };
        return folders.iter().map(class).collect();
    }
    let place = |(folders, split): (&Vec<&str>, &Option<usize>)| {
        let at = (*split)?;
        let class = folders.get(at + 1).or_else(|| folders.get(at.checked_sub(1)?))?;
        Some(Place { class: (*class).to_owned(), split: split_called(folders[at]) })
    };
    folders.iter().zip(&splits).map(place).collect()
}

fn folders_of(path: &str) -> Vec<&str> {
    let mut names: Vec<&str> = path.split('/').filter(|name| !name.is_empty() && *name != ".").collect();
    names.pop();
    names
}

/// The folder that is called after a split, the outermost one.
fn split_folder(folders: &[&str]) -> Option<usize> {
    folders.iter().position(|name| split_called(name).is_some())
}

/// How many folders all paths begin with.
fn common_folders(paths: &[Vec<&str>]) -> usize {
    let Some(first) = paths.first() else { return 0 };
    let is_common = |at: &usize| paths.iter().all(|path| path.get(*at) == Some(&first[*at]));
    (0..first.len()).take_while(is_common).count()
}

/// Names of classes in their order: as numbers if all are, else letter by letter. The value is the number of the class.
pub(super) fn ordered(names: impl IntoIterator<Item = String>) -> BTreeMap<String, u8> {
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort();
    names.dedup();
    let number = |name: &String| name.parse::<i64>().ok().filter(|number| number.to_string() == *name);
    if names.iter().all(|name| number(name).is_some()) {
        names.sort_by_key(number);
    }
    names.into_iter().enumerate().map(|(class, name)| (name, class as u8)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(paths: &[&str]) -> Vec<Option<(String, Option<Split>)>> {
        places(paths).into_iter().map(|place| place.map(|Place { class, split }| (class, split))).collect()
    }

    #[test]
    fn a_folder_for_each_class_may_be_anywhere_and_have_folders_within() {
        let cat = Some(("cats".to_owned(), None));
        assert_eq!(found(&["a/b/cats/1.png", "a/b/dogs/2.png"])[0], cat);
        assert_eq!(found(&["cats/old/1.png", "dogs/2.png"])[0], cat);
        assert_eq!(found(&["1.png", "2.png"]), [None, None]);
    }

    #[test]
    fn folders_called_after_splits_are_around_the_classes_or_within() {
        let seven = |split| Some(("7".to_owned(), Some(split)));
        let paths = ["set/Train/7/1.png", "set/valid/7/2.png", "set/test/7/x/3.png", "set/readme.png"];
        assert_eq!(
            found(&paths),
            [seven(Split::Training), seven(Split::Validation), seven(Split::Test), None]
        );
        assert_eq!(found(&["7/train/1.png", "7/test/1.png"]), [seven(Split::Training), seven(Split::Test)]);
        // Without anything to train on it is the name of a class.
        assert_eq!(found(&["test/1.png", "toast/1.png"])[0], Some(("test".into(), None)));
    }

    #[test]
    fn numbers_are_ordered_as_numbers() {
        let order = |names: [&str; 3]| ordered(names.map(str::to_owned)).into_iter().collect::<Vec<_>>();
        assert_eq!(order(["10", "9", "9"]), [("10".to_owned(), 1), ("9".to_owned(), 0)]);
        assert_eq!(order(["b", "10", "9"])[1], ("9".to_owned(), 1));
    }
}
