//! PNG, JPEG and WebP, told apart by their content.

use std::io::Cursor;

use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
use image::metadata::Orientation;
use image::{GrayImage, ImageBuffer, Pixel, RgbImage};
use image_webp::WebPDecoder;
use png::Transformations;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::counted;
use super::raster::Raster;

/// Pixels of either side: a picture is unpacked into memory before it is scaled.
const LONGEST_SIDE: u32 = 4096;
const MOST_BYTES: usize = 256 << 20;
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
        Some(Format::Png) => png(bytes),
        Some(Format::WebP) => webp(bytes),
        None => Err("it is not a PNG, JPEG or WebP".into()),
    }
}

/// Rows and columns of a picture, as far as its head says.
pub(super) fn size(bytes: &[u8]) -> Result<[usize; 2], String> {
    let ((width, height), orientation) = match Format::of(bytes) {
        Some(Format::Jpeg) => {
            let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options());
            decoder.decode_headers().map_err(sentence)?;
            let (width, height) = decoder.dimensions().ok_or("its head is cut off")?;
            ((width as u32, height as u32), orientation_in(decoder.exif().map(Vec::as_slice)))
        }
        Some(Format::WebP) => {
            let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(sentence)?;
            (decoder.dimensions(), orientation_in(decoder.exif_metadata().ok().flatten().as_deref()))
        }
        _ => {
            let mut decoder = png_decoder(bytes);
            let info = decoder.read_header_info().map_err(sentence)?;
            ((info.width, info.height), Orientation::NoTransforms)
        }
    };
    check_size(width, height)?;
    let turns = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    Ok(if turns { [width, height] } else { [height, width] }.map(|side| side as usize))
}

fn check_size(width: u32, height: u32) -> Result<(), String> {
    if width.max(height) <= LONGEST_SIDE && width.min(height) > 0 {
        return Ok(());
    }
    Err(format!(
        "it has {width}×{height} pixels, and at most {} a side are taken",
        counted(LONGEST_SIDE as usize)
    ))
}

fn png_decoder(bytes: &[u8]) -> png::Decoder<Cursor<&[u8]>> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: MOST_BYTES });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder
}

fn png(bytes: &[u8]) -> Result<Raster, String> {
    let mut decoder = png_decoder(bytes);
    let (width, height) =
        decoder.read_header_info().map(|info| (info.width, info.height)).map_err(sentence)?;
    check_size(width, height)?;
    let mut reader = decoder.read_info().map_err(sentence)?;
    let (color, _) = reader.output_color_type();
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("it is too large")?];
    reader.next_frame(&mut pixels).map_err(sentence)?;
    raster(width, height, color.samples(), pixels)
}

fn webp(bytes: &[u8]) -> Result<Raster, String> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(sentence)?;
    decoder.set_memory_limit(MOST_BYTES);
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let mut pixels = vec![0; decoder.output_buffer_size().ok_or("it is too large")?];
    decoder.read_image(&mut pixels).map_err(sentence)?;
    let orientation = orientation_in(decoder.exif_metadata().ok().flatten().as_deref());
    Ok(upright(raster(width, height, if decoder.has_alpha() { 4 } else { 3 }, pixels)?, orientation))
}

/// Decoded without SIMD, which rounds in other ways on other machines.
fn jpeg(bytes: &[u8]) -> Result<Raster, String> {
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options());
    decoder.decode_headers().map_err(sentence)?;
    let (width, height) = decoder.dimensions().ok_or("its head is cut off")?;
    check_size(width as u32, height as u32)?;
    let is_grey = decoder.input_colorspace() == Some(ColorSpace::Luma);
    let wanted = if is_grey { ColorSpace::Luma } else { ColorSpace::RGB };
    decoder.set_options(options().jpeg_set_out_colorspace(wanted));
    let pixels = decoder.decode().map_err(sentence)?;
    let found = raster(width as u32, height as u32, if is_grey { 1 } else { 3 }, pixels)?;
    Ok(upright(found, orientation_in(decoder.exif().map(Vec::as_slice))))
}

/// Pixels of 1 to 4 bytes: grey or colour, each with or without alpha.
fn raster(width: u32, height: u32, samples: usize, pixels: Vec<u8>) -> Result<Raster, String> {
    let on_white = |value: u8, alpha: u8| {
        let (value, alpha) = (u32::from(value), u32::from(alpha));
        ((value * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    let colours = samples - usize::from(samples.is_multiple_of(2));
    let opaque = if samples == colours {
        pixels
    } else {
        let blend = |pixel: &[u8]| {
            pixel[..colours].iter().map(|&value| on_white(value, pixel[colours])).collect::<Vec<_>>()
        };
        pixels.chunks_exact(samples).flat_map(blend).collect()
    };
    let found = if colours == 1 {
        GrayImage::from_raw(width, height, opaque).map(Raster::Grey)
    } else {
        RgbImage::from_raw(width, height, opaque).map(Raster::Colour)
    };
    found.ok_or_else(|| "it has fewer pixels than its head says".into())
}

fn orientation_in(exif: Option<&[u8]>) -> Orientation {
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

/// As the camera was held.
fn upright(found: Raster, orientation: Orientation) -> Raster {
    match found {
        Raster::Grey(image) => Raster::Grey(turned(image, orientation)),
        Raster::Colour(image) => Raster::Colour(turned(image, orientation)),
    }
}

fn turned<P: Pixel<Subpixel = u8> + 'static>(
    image: ImageBuffer<P, Vec<u8>>,
    orientation: Orientation,
) -> ImageBuffer<P, Vec<u8>> {
    match orientation {
        Orientation::NoTransforms => image,
        Orientation::Rotate90 => rotate90(&image),
        Orientation::Rotate180 => rotate180(&image),
        Orientation::Rotate270 => rotate270(&image),
        Orientation::FlipHorizontal => flip_horizontal(&image),
        Orientation::FlipVertical => flip_vertical(&image),
        Orientation::Rotate90FlipH => flip_horizontal(&rotate90(&image)),
        Orientation::Rotate270FlipH => flip_horizontal(&rotate270(&image)),
    }
}

fn options() -> DecoderOptions {
    // The longest that a head can state: which sides are too long is said in words of ours, before decoding.
    let side = usize::from(u16::MAX);
    DecoderOptions::new_safe()
        .set_max_width(side)
        .set_max_height(side)
        .set_strict_mode(true)
        .jpeg_set_max_scans(MOST_SCANS)
}

/// A library's message within a sentence of ours.
fn sentence(error: impl ToString) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default().trim_end_matches('.');
    format!("it is broken ({})", super::block::shortened_to(line, 120))
}
