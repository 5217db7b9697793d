//! One image on its way into the set: grey or colour, scaled, framed and inverted.

use image::imageops::{FilterType, overlay, resize};
use image::{GrayImage, Luma, Pixel, Rgb, RgbImage};

use crate::shape::ImageForm;

/// Paper is lighter than this.
const PAPER: u64 = 127;

/// An image at the size that it was found in.
#[derive(Clone, Debug)]
pub enum Raster {
    /// Shades of grey.
    Grey(GrayImage),
    /// Red, green and blue.
    Colour(RgbImage),
}

/// What every image is made into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// 1: shades of grey; 3: red, green and blue.
    pub channels: usize,
    /// Rows of pixels.
    pub rows: usize,
    /// Columns of pixels.
    pub columns: usize,
    /// Whether light becomes dark.
    pub invert: bool,
}

impl Target {
    /// Bytes of one image.
    pub fn pixels(self) -> usize {
        self.channels * self.rows * self.columns
    }

    /// With so many classes.
    pub fn form(self, classes: usize) -> ImageForm {
        let Self { channels, rows, columns, .. } = self;
        ImageForm { channels, rows, columns, classes }
    }
}

/// A pixel in shades of grey: luma as Rec. 601 weighs the colours.
fn luma(pixel: &Rgb<u8>) -> u8 {
    let [red, green, blue] = pixel.0.map(u32::from);
    ((299 * red + 587 * green + 114 * blue + 500) / 1000) as u8
}

impl Raster {
    /// Rows and columns.
    pub fn size(&self) -> [usize; 2] {
        let (width, height) = match self {
            Self::Grey(image) => image.dimensions(),
            Self::Colour(image) => image.dimensions(),
        };
        [height as usize, width as usize]
    }

    /// Whether it has no colours.
    pub fn is_grey(&self) -> bool {
        match self {
            Self::Grey(_) => true,
            Self::Colour(image) => {
                image.pixels().all(|Rgb([red, green, blue])| red == green && green == blue)
            }
        }
    }

    /// In shades of grey.
    pub fn to_grey(&self) -> GrayImage {
        match self {
            Self::Grey(image) => image.clone(),
            Self::Colour(image) => {
                GrayImage::from_fn(image.width(), image.height(), |x, y| Luma([luma(image.get_pixel(x, y))]))
            }
        }
    }

    fn to_colour(&self) -> RgbImage {
        match self {
            Self::Colour(image) => image.clone(),
            Self::Grey(image) => {
                RgbImage::from_fn(image.width(), image.height(), |x, y| Rgb([image.get_pixel(x, y)[0]; 3]))
            }
        }
    }

    /// The bytes of the image as the set has them: channel after channel, row after row.
    pub fn fit(&self, target: Target) -> Vec<u8> {
        let (width, height) = (target.columns as u32, target.rows as u32);
        let mut bytes = if target.channels == 1 {
            framed(self.to_grey(), width, height).into_raw()
        } else {
            let image = framed(self.to_colour(), width, height);
            (0..3).flat_map(|channel| image.pixels().map(move |pixel| pixel[channel])).collect()
        };
        if target.invert {
            bytes.iter_mut().for_each(|byte| *byte = 255 - *byte);
        }
        bytes
    }

    /// Whether the border is light, and lighter than the middle, as of ink on paper; the sets of digits are light on dark.
    pub fn has_light_border(&self) -> bool {
        let image = self.to_grey();
        let (width, height) = image.dimensions();
        let is_border = |x, y| x == 0 || y == 0 || x + 1 == width || y + 1 == height;
        let mut sums = [[0u64; 2]; 2];
        for (x, y, pixel) in image.enumerate_pixels() {
            let [sum, count] = &mut sums[usize::from(is_border(x, y))];
            *sum += u64::from(pixel[0]);
            *count += 1;
        }
        let [[middle, middle_count], [border, border_count]] = sums;
        border > PAPER * border_count && border * middle_count > middle * border_count
    }
}

/// The image at another size: its proportions are kept, and what remains is filled with the colour of its border.
fn framed<P: Pixel<Subpixel = u8> + 'static>(
    image: image::ImageBuffer<P, Vec<u8>>,
    width: u32,
    height: u32,
) -> image::ImageBuffer<P, Vec<u8>> {
    if image.dimensions() == (width, height) {
        return image;
    }
    let (own_width, own_height) = (u64::from(image.width()), u64::from(image.height()));
    let (wide, high) = (u64::from(width), u64::from(height));
    let scaled = |side: u64, by: u64, of: u64| (((2 * side * by + of) / (2 * of)).max(1)) as u32;
    let (inner_width, inner_height) = if own_width * high >= own_height * wide {
        (width, scaled(own_height, wide, own_width))
    } else {
        (scaled(own_width, high, own_height), height)
    };
    let inner = resize(&image, inner_width, inner_height, FilterType::Triangle);
    if (inner_width, inner_height) == (width, height) {
        return inner;
    }
    let mut frame = image::ImageBuffer::from_pixel(width, height, border_median(&image));
    overlay(&mut frame, &inner, i64::from((width - inner_width) / 2), i64::from((height - inner_height) / 2));
    frame
}

/// Of each channel the median over the border.
fn border_median<P: Pixel<Subpixel = u8> + 'static>(image: &image::ImageBuffer<P, Vec<u8>>) -> P {
    let (width, height) = image.dimensions();
    let across = (0..width).flat_map(|x| [(x, 0), (x, height - 1)]);
    let down = (0..height).flat_map(|y| [(0, y), (width - 1, y)]);
    let border: Vec<&P> = across.chain(down).map(|(x, y)| image.get_pixel(x, y)).collect();
    let median = |channel: usize| {
        let mut values: Vec<u8> = border.iter().map(|pixel| pixel.channels()[channel]).collect();
        let middle = values.len() / 2;
        *values.select_nth_unstable(middle).1
    };
    let channels: Vec<u8> = (0..usize::from(P::CHANNEL_COUNT)).map(median).collect();
    *P::from_slice(&channels)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GREY_28: Target = Target { channels: 1, rows: 28, columns: 28, invert: false };

    #[test]
    fn fit_keeps_an_image_of_the_right_size_as_it_is() {
        let image = GrayImage::from_fn(28, 28, |x, y| Luma([(x * 9 + y) as u8]));
        assert_eq!(Raster::Grey(image.clone()).fit(GREY_28), image.into_raw());
    }

    #[test]
    fn fit_keeps_the_proportions_and_fills_the_rest_with_the_colour_of_the_border() {
        let image = GrayImage::from_fn(56, 14, |x, _| Luma([if (20..36).contains(&x) { 0 } else { 200 }]));
        let bytes = Raster::Grey(image).fit(GREY_28);
        let row = |row: usize| &bytes[28 * row..][..28];
        assert!(row(0).iter().chain(row(9)).chain(row(18)).all(|&pixel| pixel == 200));
        assert_eq!((row(10)[14], row(16)[14], row(14)[0], row(17)[14]), (0, 0, 200, 200));
    }

    #[test]
    fn fit_writes_colours_one_after_the_other_and_luma_as_rec_601_weighs_it() {
        let image = Raster::Colour(RgbImage::from_pixel(8, 8, Rgb([255, 0, 10])));
        let target = Target { channels: 3, rows: 8, columns: 8, invert: false };
        let bytes = image.fit(target);
        assert_eq!((bytes[0], bytes[63], bytes[64], bytes[128], bytes.len()), (255, 255, 0, 10, 192));
        assert_eq!(image.fit(Target { channels: 1, invert: true, ..target })[0], 255 - 77);
        assert!(!image.is_grey());
    }

    #[test]
    fn the_border_of_ink_on_paper_is_light() {
        let sheet = GrayImage::from_fn(20, 20, |x, y| Luma([if (x, y) == (9, 9) { 0 } else { 240 }]));
        assert!(Raster::Grey(sheet).has_light_border());
        assert!(!Raster::Grey(GrayImage::from_pixel(20, 20, Luma([7]))).has_light_border());
        // Light things that touch the border of a dark image do not make it paper.
        let corner = GrayImage::from_fn(8, 8, |x, y| Luma([if x < 3 && y < 3 { 200 } else { 10 }]));
        assert!(!Raster::Grey(corner).has_light_border());
    }
}
