//! PNG, JPEG and WebP, told apart by their content.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::raster::Raster;

/// Pixels of either side: a picture is unpacked into memory before it is scaled.
const LONGEST_SIDE: u32 = 4096;
const MOST_BYTES: u64 = 256 << 20;
/// Scans of a progressive JPEG; each goes over the whole picture.
const MOST_SCANS: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Png,
    Jpeg,
    WebP,
}

impl Format {
    /// The format of a file, by how it begins.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::WebP)
        } else {
            None
        }
    }
}

/// The picture in a PNG, JPEG or WebP file, upright; what is transparent is white.
///
/// # Errors
/// What is wrong with it, without the name of the file and a full stop.
pub fn decode(bytes: &[u8]) -> Result<Raster, String> {
    match Format::of(bytes) {
        Some(Format::Jpeg) => jpeg(bytes),
        Some(Format::Png | Format::WebP) => of_image(bytes),
        None => Err("it is not a PNG, JPEG or WebP".into()),
    }
}

/// Rows and columns of a picture, as far as its head says.
pub(super) fn size(bytes: &[u8]) -> Result<[usize; 2], String> {
    if Format::of(bytes) == Some(Format::Jpeg) {
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options());
        decoder.decode_headers().map_err(sentence)?;
        let (width, height) = decoder.dimensions().ok_or("its head is cut off")?;
        let upright = [height, width];
        return Ok(if turns(orientation(&decoder)) { [width, height] } else { upright });
    }
    let mut decoder = reader(bytes)?.into_decoder().map_err(sentence)?;
    let (width, height) = decoder.dimensions();
    let turned = turns(decoder.orientation().unwrap_or(Orientation::NoTransforms));
    Ok(if turned { [width, height] } else { [height, width] }.map(|side| side as usize))
}

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, String> {
    let format = match Format::of(bytes) {
        Some(Format::WebP) => ImageFormat::WebP,
        _ => ImageFormat::Png,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST_SIDE), Some(LONGEST_SIDE));
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    Ok(reader)
}

fn of_image(bytes: &[u8]) -> Result<Raster, String> {
    let mut decoder = reader(bytes)?.into_decoder().map_err(sentence)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(sentence)?;
    image.apply_orientation(orientation);
    Ok(on_white(image))
}

fn on_white(image: DynamicImage) -> Raster {
    if !image.color().has_color() && !image.color().has_alpha() {
        return Raster::Grey(image.into_luma8());
    }
    if !image.color().has_alpha() {
        return Raster::Colour(image.into_rgb8());
    }
    let image = image.into_rgba8();
    let blend = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    Raster::Colour(RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0;
        [red, green, blue].map(|value| blend(value, alpha)).into()
    }))
}

/// Decoded without SIMD, which rounds in other ways on other machines.
fn jpeg(bytes: &[u8]) -> Result<Raster, String> {
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options());
    decoder.decode_headers().map_err(sentence)?;
    let (width, height) = decoder.dimensions().ok_or("its head is cut off")?;
    let is_grey = decoder.input_colorspace() == Some(ColorSpace::Luma);
    let wanted = if is_grey { ColorSpace::Luma } else { ColorSpace::RGB };
    decoder.set_options(options().jpeg_set_out_colorspace(wanted));
    let pixels = decoder.decode().map_err(sentence)?;
    let orientation = orientation(&decoder);
    let (width, height) = (width as u32, height as u32);
    let image = if is_grey {
        image::GrayImage::from_raw(width, height, pixels).map(DynamicImage::from)
    } else {
        RgbImage::from_raw(width, height, pixels).map(DynamicImage::from)
    };
    let mut image = image.ok_or("it has fewer pixels than its head says")?;
    image.apply_orientation(orientation);
    Ok(on_white(image))
}

fn options() -> DecoderOptions {
    let side = LONGEST_SIDE as usize;
    DecoderOptions::new_safe()
        .set_max_width(side)
        .set_max_height(side)
        .set_strict_mode(true)
        .jpeg_set_max_scans(MOST_SCANS)
}

fn orientation(decoder: &JpegDecoder<ZCursor<&[u8]>>) -> Orientation {
    let found = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    found.unwrap_or(Orientation::NoTransforms)
}

/// Whether rows become columns.
fn turns(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// A library's message within a sentence of ours.
fn sentence(error: impl ToString) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default().trim_end_matches('.');
    super::block::shortened_to(line, 120)
}
