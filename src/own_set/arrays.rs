//! IDX files of any size, and what their names say.

use std::rc::Rc;

use super::bad;
use super::block::{Block, BlockForm, Labels, check_size};
use super::material::Content;
use crate::data::Split;
use crate::error::Result;

/// Two zeros, the code of a type, the number of dimensions.
pub(super) fn is_idx(bytes: &[u8]) -> bool {
    matches!(bytes, [0, 0, 0x08 | 0x09 | 0x0b..=0x0e, 1..=4, ..])
}

pub(super) fn read_idx(path: &str, mut bytes: Vec<u8>) -> Result<Content> {
    let [_, _, code, dimensions, ..] = bytes[..] else { return Err(bad(format!("{path} is cut off."))) };
    if code != 0x08 {
        return Err(bad(format!(
            "{path}: expected an IDX file of bytes (type 08); got type {code:02x}. Save it as unsigned bytes."
        )));
    }
    let head = 4 + 4 * usize::from(dimensions);
    let size = |at: usize| {
        bytes
            .get(4 + 4 * at..)
            .and_then(|rest| rest.first_chunk())
            .map(|&size| u32::from_be_bytes(size) as usize)
    };
    let sizes: Vec<usize> = (0..usize::from(dimensions)).map_while(size).collect();
    let expected = match sizes[..] {
        [count] if dimensions == 1 => Some((count, None)),
        [count, rows, columns] => {
            Some((count, Some(BlockForm { channels: 1, rows, columns, interleaved: false })))
        }
        [count, channels @ (1 | 3), rows, columns] => {
            Some((count, Some(BlockForm { channels, rows, columns, interleaved: false })))
        }
        [count, rows, columns, channels @ (1 | 3)] => {
            Some((count, Some(BlockForm { channels, rows, columns, interleaved: true })))
        }
        _ => None,
    };
    let Some((count, form)) = expected else {
        return Err(bad(format!(
            "{path}: expected an IDX file of labels (1 dimension) or images (count, rows, columns); got the dimensions {sizes:?}. Save it in one of these forms."
        )));
    };
    if let Some(form) = form {
        check_size(path, count, form)?;
    }
    let length = count.saturating_mul(form.map_or(1, BlockForm::pixels));
    if bytes.len() - head != length {
        return Err(bad(format!(
            "{path}: expected {length} bytes after its header, which says {count} items; got {}. It is cut off or damaged; copy it again.",
            bytes.len() - head
        )));
    }
    bytes.drain(..head);
    match form {
        Some(form) => Ok(Content::Images(Rc::new(Block::new(form, bytes)))),
        None => Ok(Content::Labels(Rc::new(numbered(path, bytes.iter().map(|&label| i64::from(label)))?))),
    }
}

/// Labels that are numbers.
pub(super) fn numbered(path: &str, numbers: impl Iterator<Item = i64>) -> Result<Labels> {
    let mut labels = Labels::default();
    let mut known: Option<(i64, u8)> = None;
    for (at, number) in numbers.enumerate() {
        match known {
            Some((last, label)) if last == number => labels.of.push(label),
            _ => {
                labels.push(&|| format!("{path}, label {at}"), &number.to_string())?;
                known = labels.of.last().map(|&label| (number, label));
            }
        }
    }
    Ok(labels)
}

/// The split that a file or folder is called after.
pub(super) fn split_called(name: &str) -> Option<Split> {
    Some(match name.to_ascii_lowercase().as_str() {
        "train" | "training" => Split::Training,
        "val" | "valid" | "validation" | "dev" => Split::Validation,
        "test" | "testing" | "t10k" => Split::Test,
        _ => return None,
    })
}

/// The split that the name of a file is about, such as `t10k-images-idx3-ubyte`, `x_train.npy` or `fashion-mnist_test.csv`.
pub(super) fn split_in(path: &str) -> Option<Split> {
    let mut names = path.rsplit('/');
    let words = names.next()?.split(|letter: char| !letter.is_ascii_alphanumeric());
    let mut in_name = words.filter_map(|word| {
        split_called(word).or_else(|| split_called(word.trim_start_matches(['x', 'y', 'X', 'Y'])))
    });
    in_name.next_back().or_else(|| names.find_map(split_called))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_in_knows_the_usual_names() {
        for (path, split) in [
            ("mnist/train-images-idx3-ubyte", Some(Split::Training)),
            ("t10k-labels.idx1-ubyte", Some(Split::Test)),
            ("emnist-letters-test-images-idx3-ubyte", Some(Split::Test)),
            ("set.npz/x_train.npy", Some(Split::Training)),
            ("set/X_val.npy", Some(Split::Validation)),
            ("ytest.npy", Some(Split::Test)),
            ("test/images.npy", Some(Split::Test)),
            ("images.npy", None),
            ("contest.csv", None),
        ] {
            assert_eq!(split_in(path), split, "{path}");
        }
    }

    #[test]
    fn read_idx_refuses_what_its_header_does_not_hold() {
        for header in [
            &[0, 0, 8, 3, 255, 255, 255, 255, 0, 0, 0, 28, 0, 0, 0, 28][..],
            &[0, 0, 8, 1, 0, 0, 0, 2, 1],
            &[0, 0, 8, 3, 0],
            &[0, 0, 13, 1, 0, 0, 0, 0],
            &[0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 1, 1],
        ] {
            let error = read_idx("a file", header.to_vec()).err().expect("malformed");
            assert!(error.message.starts_with("a file"), "{}", error.message);
        }
    }
}
