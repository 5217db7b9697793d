//! Shapes of images, feature maps and windows, and every formula for the size of an output.

/// What all images of a data set have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageForm {
    /// 1: shades of grey; 3: red, green and blue.
    pub channels: usize,
    /// Rows of pixels.
    pub rows: usize,
    /// Columns of pixels.
    pub columns: usize,
    /// Labels go from 0 to one less.
    pub classes: usize,
}

impl ImageForm {
    /// Bytes of one image: channel after channel, row after row, 0 is black (or paper) and 255 is white (or ink).
    pub fn pixels(self) -> usize {
        self.channels * self.rows * self.columns
    }

    /// The shape of one image, as the first layer gets it: channels, height and width.
    pub fn dims(self) -> [usize; 3] {
        [self.channels, self.rows, self.columns]
    }
}

/// Sizes as people write them, such as 3×28×28.
// Not inlined: several errors have it in their sentence.
#[inline(never)]
pub(crate) fn sizes_in_words(sizes: &[usize]) -> String {
    let mut text = String::new();
    for size in sizes {
        if !text.is_empty() {
            text.push('×');
        }
        text.push_str(&size.to_string());
    }
    text
}

/// What one image is at some point of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Feature maps (or the image itself): numbers with a place.
    Maps {
        /// Number of maps.
        channels: usize,
        /// Rows of each map.
        height: usize,
        /// Columns of each map.
        width: usize,
    },
    /// Numbers without a place: the outputs of flatten and dense layers.
    Units(usize),
}

impl Shape {
    /// The number of channels; units count as channels of one number.
    pub fn channels(self) -> usize {
        match self {
            Shape::Maps { channels, .. } => channels,
            Shape::Units(units) => units,
        }
    }

    /// How many numbers one image has here.
    pub fn len(self) -> usize {
        match self {
            Shape::Maps { channels, height, width } => channels * height * width,
            Shape::Units(units) => units,
        }
    }

    /// Whether there is nothing here at all, which no valid network has.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// `[channels, height, width]` or `[units]`.
    pub fn dims(self) -> Vec<usize> {
        match self {
            Shape::Maps { channels, height, width } => vec![channels, height, width],
            Shape::Units(units) => vec![units],
        }
    }
}

/// A window that slides over maps: `[height, width]` of it, of its steps, and of the border of
/// padding around the maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Rows and columns that the window covers.
    pub kernel_size: [usize; 2],
    /// How far it moves, down and to the right.
    pub stride: [usize; 2],
    /// Rows and columns added on each side.
    pub padding: [usize; 2],
}

impl Window {
    /// How many positions the window takes along each axis of maps of `size` `[height, width]`, or
    /// `None` where it does not fit even once:
    ///
    /// out = ⌊(size + 2 · padding − kernel_size) / stride⌋ + 1
    pub fn positions(&self, size: [usize; 2]) -> Option<[usize; 2]> {
        let along = |axis: usize| {
            let room = (size[axis] + 2 * self.padding[axis]).checked_sub(self.kernel_size[axis])?;
            Some(room.checked_div(self.stride[axis])? + 1)
        };
        Some([along(0)?, along(1)?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions(size: usize, kernel_size: usize, stride: usize, padding: usize) -> Option<usize> {
        let window = Window { kernel_size: [kernel_size; 2], stride: [stride; 2], padding: [padding; 2] };
        window.positions([size; 2]).map(|[height, _]| height)
    }

    #[test]
    fn positions_are_those_of_pytorch() {
        assert_eq!(positions(28, 5, 1, 0), Some(24));
        assert_eq!(positions(28, 3, 1, 1), Some(28));
        assert_eq!(positions(28, 7, 3, 2), Some(9));
        assert_eq!(positions(5, 2, 2, 0), Some(2));
        assert_eq!(positions(3, 3, 9, 0), Some(1));
    }

    #[test]
    fn positions_are_none_where_the_window_is_larger_than_the_padded_map() {
        assert_eq!(positions(4, 5, 1, 0), None);
        assert_eq!(positions(4, 6, 1, 1), Some(1));
        assert_eq!(positions(4, 3, 0, 0), None);
    }
}
