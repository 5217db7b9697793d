//! Pictures to classify, made into images as the network takes them.

use std::path::Path;

use convscope::own_set::{Raster, Target, decode};
use image::imageops::{FilterType, crop_imm, invert, overlay, resize};
use image::{GrayImage, Luma};

use crate::failure::Failure;
use crate::network_file::read_bytes;

/// Larger than any photograph.
const LARGEST_FILE: u64 = 64 << 20;
/// Of 28 pixels, those that the box has which a drawing is scaled to.
const DRAWN_SIDE: usize = 20;
const MNIST_SIDE: usize = 28;

/// Whether a file is a picture, by its ending.
pub fn is_one(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ["png", "jpg", "jpeg", "webp"].contains(&&*ending)
}

/// The bytes of a picture, scaled with its proportions.
pub fn read(path: &Path, target: Target) -> Result<Vec<u8>, Failure> {
    Ok(open(path)?.fit(target))
}

fn open(path: &Path) -> Result<Raster, Failure> {
    decode(&read_bytes(path, LARGEST_FILE)?).map_err(|reason| {
        let message = format!("{} is not a picture that can be read: {reason}.", path.display());
        Failure::new("bad_file", message)
    })
}

/// The bytes of a picture prepared as the digits of MNIST were, and drawings on the page are: the ink is what differs from
/// the border, its box is scaled to 20 of 28 pixels with its proportions, and its centre of mass is in the middle.
pub fn read_drawn(path: &Path, target: Target) -> Result<Vec<u8>, Failure> {
    let mut picture = open(path)?.to_grey();
    if is_light(&picture) {
        invert(&mut picture);
    }
    let [left, top, right, bottom] = ink_box(&picture).ok_or_else(|| {
        Failure::new("bad_file", format!("There is no ink in {}; draw something in it.", path.display()))
    })?;
    let (width, height) = (right - left, bottom - top);
    let drawn_side = (target.rows.min(target.columns) * DRAWN_SIDE / MNIST_SIDE) as u32;
    let scaled = |side: u32| (side * drawn_side).div_ceil(width.max(height)).clamp(1, drawn_side);
    let ink = crop_imm(&picture, left, top, width, height).to_image();
    let ink = resize(&ink, scaled(width), scaled(height), FilterType::Triangle);
    let (x, y) = centre_of_mass(&ink);
    let place = |centre: f32, side: u32, of: u32| {
        (of as f32 / 2.0 - centre).round().clamp(0.0, (of - side) as f32) as i64
    };
    let mut image = GrayImage::from_pixel(target.columns as u32, target.rows as u32, Luma([0]));
    let (left, top) = (place(x, ink.width(), image.width()), place(y, ink.height(), image.height()));
    overlay(&mut image, &ink, left, top);
    let image = image.into_raw();
    Ok(image.repeat(target.channels))
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

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: usize = 28;
    const COLUMNS: usize = 28;
    const PIXELS: usize = ROWS * COLUMNS;
    const TARGET: Target = Target { channels: 1, rows: ROWS, columns: COLUMNS, invert: false };

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
        let pixels = read_drawn(&path, TARGET).unwrap();
        let inked: Vec<usize> = (0..PIXELS).filter(|&at| pixels[at] > 127).collect();
        let (columns, rows): (Vec<_>, Vec<_>) = inked.iter().map(|at| (at % COLUMNS, at / COLUMNS)).unzip();
        assert_eq!((rows.iter().min(), rows.iter().max()), (Some(&4), Some(&23)));
        assert_eq!((columns.iter().min(), columns.iter().max()), (Some(&12), Some(&16)));
        assert_eq!(read(&path, TARGET).unwrap().len(), PIXELS);
    }

    #[test]
    fn read_drawn_refuses_an_empty_sheet() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("empty.png");
        GrayImage::from_pixel(30, 30, Luma([255])).save(&path).unwrap();
        assert_eq!(read_drawn(&path, TARGET).unwrap_err().code, "bad_file");
    }
}
