use std::ops::Range;

use crate::network::BLOCK;

/// The images of one step in the order in which they pass, still as bytes.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    pixels: Vec<u8>,
    labels: Vec<u8>,
    indices: Vec<u32>,
}

/// Some whole blocks of a batch.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The number of the first block.
    pub first_block: usize,
    /// As many of each image as the network takes.
    pub pixels: &'a [u8],
    /// One an image.
    pub labels: &'a [u8],
    /// Where each image is in the data set, which its warp depends on.
    pub indices: &'a [u32],
}

impl Batch {
    /// Forgets all images.
    pub fn clear(&mut self) {
        self.pixels.clear();
        self.labels.clear();
        self.indices.clear();
    }

    /// Adds an image; all of a batch have the same size.
    pub fn push(&mut self, pixels: &[u8], label: u8, index: u32) {
        self.pixels.extend_from_slice(pixels);
        self.labels.push(label);
        self.indices.push(index);
    }

    /// How many images there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// How many blocks they make.
    pub fn blocks(&self) -> usize {
        self.len().div_ceil(BLOCK)
    }

    /// The blocks of these numbers.
    pub fn part(&self, blocks: Range<usize>) -> Part<'_> {
        let end = blocks.end.saturating_mul(BLOCK).min(self.len());
        let images = blocks.start.saturating_mul(BLOCK).min(end)..end;
        let len = image_len(&self.pixels, &self.labels);
        Part {
            first_block: blocks.start,
            pixels: &self.pixels[images.start * len..images.end * len],
            labels: &self.labels[images.clone()],
            indices: &self.indices[images],
        }
    }
}

impl<'a> Part<'a> {
    /// Block by block: its number, and the images and indices in it.
    pub fn blocks(self) -> impl Iterator<Item = (usize, &'a [u8], &'a [u8], &'a [u32])> {
        let pixels = self.pixels.chunks(BLOCK * image_len(self.pixels, self.labels));
        let others = self.labels.chunks(BLOCK).zip(self.indices.chunks(BLOCK));
        pixels.zip(others).enumerate().map(move |(number, (pixels, (labels, indices)))| {
            (self.first_block + number, pixels, labels, indices)
        })
    }
}

/// Pixels of one image; at least 1, also where there are no images.
fn image_len(pixels: &[u8], labels: &[u8]) -> usize {
    (pixels.len() / labels.len().max(1)).max(1)
}
