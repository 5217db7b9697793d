use super::SLACK;

/// The border of zeros around the maps of one image, `[row][column][channel]`. Without padding there
/// is no border, and nothing is copied.
#[derive(Clone, Debug)]
pub struct Border {
    channels: usize,
    size: [usize; 2],
    padding: [usize; 2],
    /// An image inside its border, and the same for its gradient; empty without padding.
    padded: Vec<f32>,
    dpadded: Vec<f32>,
}

impl Border {
    pub fn new(channels: usize, size: [usize; 2], padding: [usize; 2]) -> Self {
        let mut border = Self { channels, size, padding, padded: vec![], dpadded: vec![] };
        if padding != [0, 0] {
            border.padded = vec![0.0; (size[0] + 2 * padding[0]) * border.row_stride() + SLACK];
            border.dpadded = border.padded.clone();
        }
        border
    }

    /// Numbers of one image without its border.
    pub fn len(&self) -> usize {
        self.size[0] * self.size[1] * self.channels
    }

    /// From one row of an image with its border to the next.
    pub fn row_stride(&self) -> usize {
        (self.size[1] + 2 * self.padding[1]) * self.channels
    }

    /// The image at the start of `x`, with its border.
    pub fn pad<'a>(&'a mut self, x: &'a [f32]) -> &'a [f32] {
        if self.padded.is_empty() {
            return x;
        }
        for row in 0..self.size[0] {
            let (inside, outside) = self.row(row);
            self.padded[inside].copy_from_slice(&x[outside]);
        }
        &self.padded
    }

    /// Lets `fill` add to the gradient of an image with its border, from zeros; what it added within
    /// the border is written to the start of `dx`.
    pub fn unpad(&mut self, dx: &mut [f32], fill: impl FnOnce(&mut [f32])) {
        if self.dpadded.is_empty() {
            dx.fill(0.0);
            return fill(dx);
        }
        self.dpadded.fill(0.0);
        fill(&mut self.dpadded);
        for row in 0..self.size[0] {
            let (inside, outside) = self.row(row);
            dx[outside].copy_from_slice(&self.dpadded[inside]);
        }
    }

    /// Where a row of the image is, with and without the border.
    fn row(&self, row: usize) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let width = self.size[1] * self.channels;
        let start = (row + self.padding[0]) * self.row_stride() + self.padding[1] * self.channels;
        (start..start + width, row * width..(row + 1) * width)
    }
}
