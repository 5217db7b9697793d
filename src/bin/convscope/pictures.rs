//! PNGs as images of 28×28: one to classify, or a folder for each class to train on.

use std::fs;
use std::path::{Path, PathBuf};

use convscope::data::{IdxKind, IdxReader};
use convscope::mnist::{COLUMNS, FORM, LABELS, PIXELS, ROWS};
use convscope::rng::Rng;
use image::imageops::{FilterType, crop_imm, invert, overlay, resize};
use image::{GrayImage, ImageReader, Limits};

use crate::failure::Failure;
use crate::set::MOST_IMAGES;

/// Of either side; a picture is unpacked into memory before it is scaled.
const LARGEST_SIDE: u32 = 4096;
/// Of the box that a drawing is scaled to.
const DRAWN_SIDE: u32 = 20;
/// Without folders of their own, one picture in so many is for the test.
const TEST_SHARE: usize = 6;
/// Decides which ones, and the order of the others: the same for the same files.
const SEED: u64 = 28;

/// The pixels of one PNG, 0 is paper and 255 is ink, scaled to 28×28.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let picture = open(path)?;
    if (picture.width(), picture.height()) == (COLUMNS as u32, ROWS as u32) {
        return Ok(picture.into_raw());
    }
    Ok(resize(&picture, COLUMNS as u32, ROWS as u32, FilterType::Triangle).into_raw())
}

fn open(path: &Path) -> Result<GrayImage, Failure> {
    let mut reader = ImageReader::open(path).map_err(|error| Failure::io("read", path, &error))?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LARGEST_SIDE), Some(LARGEST_SIDE));
    reader.limits(limits);
    reader.set_format(image::ImageFormat::Png);
    let picture = reader.decode().map_err(|error| {
        let message = format!(
            "{} is not a PNG of up to {LARGEST_SIDE} pixels a side: {}.",
            path.display(),
            error.to_string().trim_end_matches('.')
        );
        Failure::new("bad_file", message)
    })?;
    Ok(picture.to_luma8())
}

/// The pixels of one PNG prepared as the digits of MNIST were, and drawings on the page are: the ink is what differs from
/// the border, its box is scaled to 20×20 with its proportions, and its centre of mass is in the middle of 28×28.
pub fn read_drawn(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut picture = open(path)?;
    if is_light(&picture) {
        invert(&mut picture);
    }
    let [left, top, right, bottom] = ink_box(&picture).ok_or_else(|| {
        Failure::new("bad_file", format!("There is no ink in {}; draw something in it.", path.display()))
    })?;
    let (width, height) = (right - left, bottom - top);
    let scaled = |side: u32| (side * DRAWN_SIDE).div_ceil(width.max(height)).clamp(1, DRAWN_SIDE);
    let ink = crop_imm(&picture, left, top, width, height).to_image();
    let ink = resize(&ink, scaled(width), scaled(height), FilterType::Triangle);
    let (x, y) = centre_of_mass(&ink);
    let place = |centre: f32, side: u32, of: u32| {
        (of as f32 / 2.0 - centre).round().clamp(0.0, (of - side) as f32) as i64
    };
    let mut image = GrayImage::new(COLUMNS as u32, ROWS as u32);
    let (left, top) = (place(x, ink.width(), image.width()), place(y, ink.height(), image.height()));
    overlay(&mut image, &ink, left, top);
    Ok(image.into_raw())
}

/// Whether the border is nearer to white: ink is dark then.
fn is_light(picture: &GrayImage) -> bool {
    let (width, height) = picture.dimensions();
    let border =
        picture.enumerate_pixels().filter(|&(x, y, _)| x == 0 || y == 0 || x + 1 == width || y + 1 == height);
    let (sum, count) =
        border.fold((0, 0), |(sum, count), (_, _, pixel)| (sum + u64::from(pixel[0]), count + 1));
    sum > 127 * count
}

/// Left, top, right and bottom of the pixels that are more ink than paper; right and bottom are outside.
fn ink_box(picture: &GrayImage) -> Option<[u32; 4]> {
    let mut ink = picture.enumerate_pixels().filter(|(_, _, pixel)| pixel[0] > 127).peekable();
    ink.peek()?;
    Some(ink.fold([u32::MAX, u32::MAX, 0, 0], |[left, top, right, bottom], (x, y, _)| {
        [left.min(x), top.min(y), right.max(x + 1), bottom.max(y + 1)]
    }))
}

fn centre_of_mass(ink: &GrayImage) -> (f32, f32) {
    let [mass, x, y] = ink.enumerate_pixels().fold([0.0; 3], |[mass, sum_x, sum_y], (x, y, pixel)| {
        let shade = f32::from(pixel[0]);
        [mass + shade, sum_x + shade * (x as f32 + 0.5), sum_y + shade * (y as f32 + 0.5)]
    });
    (x / mass.max(1.0), y / mass.max(1.0))
}

/// A picture, and the number of its class.
type Labelled = (PathBuf, u8);

/// What would be in the four IDX files, and the names of the classes. The folder has `train` and `test`, or one folder
/// for each class, of which one picture in six is then for the test.
pub fn read_folder(folder: &Path) -> Result<([Vec<u8>; 4], Vec<String>), Failure> {
    let (train, test, classes) = if folder.join("train").is_dir() {
        let (train, classes) = list(&folder.join("train"))?;
        let (test, others) = list(&folder.join("test"))?;
        if others.iter().any(|name| !classes.contains(name)) || others.len() != classes.len() {
            let message = format!("{} has other classes in `test` than in `train`.", folder.display());
            return Err(Failure::new("bad_file", message));
        }
        (shuffled(train), test, classes)
    } else {
        let (all, classes) = list(folder)?;
        let mut train = shuffled(all);
        let test = train.split_off(train.len() - train.len() / TEST_SHARE);
        (train, test, classes)
    };
    let [train_images, train_labels] = idx_files(&train)?;
    let [test_images, test_labels] = idx_files(&test)?;
    let files = [train_images, train_labels, test_images, test_labels];
    // Classes called 0 to 9 are numbered by their names.
    let numbered = classes.iter().enumerate().all(|(number, name)| *name == number.to_string());
    Ok((files, if numbered { vec![] } else { classes }))
}

/// The pictures of each class, in the order of their names.
fn list(folder: &Path) -> Result<(Vec<Labelled>, Vec<String>), Failure> {
    let classes: Vec<PathBuf> = entries(folder)?.into_iter().filter(|path| path.is_dir()).collect();
    if classes.is_empty() || classes.len() > LABELS {
        let message = format!(
            "{} should have the four IDX files, or a folder of PNGs for each of up to {LABELS} classes; it has {} folders.",
            folder.display(),
            classes.len()
        );
        return Err(Failure::new("not_found", message));
    }
    let mut pictures = vec![];
    for (class, path) in classes.iter().enumerate() {
        let is_png =
            |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("png"));
        pictures.extend(entries(path)?.into_iter().filter(is_png).map(|path| (path, class as u8)));
    }
    if pictures.is_empty() || pictures.len() > MOST_IMAGES {
        let message =
            format!("{} should hold 1 to {MOST_IMAGES} PNGs; got {}.", folder.display(), pictures.len());
        return Err(Failure::new("bad_file", message));
    }
    let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok((pictures, classes.iter().map(name).collect()))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::io("read", folder, &error);
    let entries = fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    Ok(paths)
}

/// The first epoch is shuffled in windows only, so classes must not come one after the other.
fn shuffled(mut pictures: Vec<Labelled>) -> Vec<Labelled> {
    Rng::new(SEED).shuffle(&mut pictures);
    pictures
}

fn idx_files(pictures: &[Labelled]) -> Result<[Vec<u8>; 2], Failure> {
    let header = |kind| IdxReader::new("", kind, FORM, pictures.len()).expected_header();
    let (mut images, mut labels) = (header(IdxKind::Images), header(IdxKind::Labels));
    images.reserve(pictures.len() * PIXELS);
    for (path, class) in pictures {
        images.extend(read(path)?);
        labels.push(*class);
    }
    Ok([images, labels])
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Luma;

    /// A dark bar on a light sheet, far from its middle.
    fn sheet() -> GrayImage {
        GrayImage::from_fn(200, 100, |x, y| {
            Luma([if (10..20).contains(&x) && y < 60 && y > 19 { 0 } else { 250 }])
        })
    }

    #[test]
    fn read_drawn_finds_the_ink_and_puts_it_into_the_middle() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bar.png");
        sheet().save(&path).unwrap();
        let pixels = read_drawn(&path).unwrap();
        let inked: Vec<usize> = (0..PIXELS).filter(|&at| pixels[at] > 127).collect();
        let (columns, rows): (Vec<_>, Vec<_>) = inked.iter().map(|at| (at % COLUMNS, at / COLUMNS)).unzip();
        assert_eq!((rows.iter().min(), rows.iter().max()), (Some(&4), Some(&23)));
        assert_eq!((columns.iter().min(), columns.iter().max()), (Some(&12), Some(&16)));
        assert_eq!(read(&path).unwrap().len(), PIXELS);
    }

    #[test]
    fn read_drawn_refuses_an_empty_sheet() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("empty.png");
        GrayImage::from_pixel(30, 30, Luma([255])).save(&path).unwrap();
        assert_eq!(read_drawn(&path).unwrap_err().code, "bad_file");
    }
}
