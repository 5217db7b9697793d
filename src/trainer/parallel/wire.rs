//! How blocks of a batch are handed out to a [`Shard`] in another worker, and how their gradients are
//! returned: as bytes, which the code that carries them need not understand.
//!
//! ```text
//! request: ticket, step, epoch: u64; images of the batch, first block, images here: u32;
//!          all weights: f32; indices: u32, labels: u8, one an image; pixels: u8
//! answer:  ticket: u64; blocks, pieces: u32; of each block its number: u32, 16 losses: f32;
//!          of each piece its first block, blocks: u32, sum: f32
//! ```
//!
//! Little-endian throughout. The ticket is of one step that was begun, and of no other.

use std::ops::Range;

use super::shard::{BlockResult, Shard, StepContext};
use crate::error::{Error, ErrorCode, Result};
use crate::network::{BLOCK, Network};
use crate::spec::LIMITS;
use crate::trainer::Trainer;
use crate::trainer::batch::Part;

/// Bytes of the result of a block.
const RESULT: usize = 4 + 4 * BLOCK;

/// The most bytes that a request for up to `blocks` blocks of a step of `network`, or its answer, can have.
pub fn max_message_len(blocks: usize, network: &Network) -> usize {
    let parameters = network.weights().len();
    let request = 36 + 4 * parameters + blocks * BLOCK * (network.form().pixels() + 5);
    // A run of blocks has at most two branches of each size.
    let pieces = 2 * (blocks.max(1).ilog2() as usize + 1);
    let answer = 16 + RESULT * blocks + pieces * (8 + 4 * parameters);
    request.max(answer)
}

impl Trainer {
    /// Writes to `out` what a shard needs to compute `blocks` of the step that was begun.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if none was.
    pub fn request(&self, blocks: Range<usize>, out: &mut Vec<u8>) -> Result<()> {
        let (context, part) = (self.context()?, self.batch.part(blocks));
        out.clear();
        put(out, &[self.begun()?.ticket.number(), context.step, context.epoch], u64::to_le_bytes);
        let counts = [context.images, part.first_block, part.labels.len()];
        put(out, &counts.map(|count| count as u32), u32::to_le_bytes);
        put(out, self.network().weights(), f32::to_le_bytes);
        put(out, part.indices, u32::to_le_bytes);
        out.extend_from_slice(part.labels);
        out.extend_from_slice(part.pixels);
        Ok(())
    }

    /// Takes in the answer to a request for blocks of the step that was begun.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadFile`] if it is not an answer, or answers a request of another step;
    /// [`ErrorCode::NotReady`] if no step was begun.
    pub fn accept(&mut self, answer: &[u8]) -> Result<()> {
        let parameters = self.network().weights().len();
        let mut answer = Reader(answer);
        if answer.u64()? != self.begun()?.ticket.number() {
            return Err(bad("it belongs to another step"));
        }
        let (blocks, pieces) = (answer.u32()? as usize, answer.u32()? as usize);
        if blocks > self.batch.blocks() || pieces > blocks {
            return Err(bad("it has more blocks than this step"));
        }
        if answer.0.len() != RESULT * blocks + pieces * (8 + 4 * parameters) {
            return Err(bad("it is not as long as it says"));
        }
        for _ in 0..blocks {
            let block = answer.u32()? as usize;
            let mut losses = [0.0; BLOCK];
            losses.iter_mut().zip(numbers(answer.take(4 * BLOCK)?)).for_each(|(loss, x)| *loss = x);
            self.shard.note(BlockResult { block, losses });
        }
        for _ in 0..pieces {
            let (first, blocks) = (answer.u32()? as usize, answer.u32()? as usize);
            let sum = answer.take(4 * parameters)?;
            if !blocks.is_power_of_two() || first.saturating_add(blocks) > self.batch.blocks() {
                return Err(bad("it sums blocks that this step does not have"));
            }
            self.shard.gradients.insert(first, blocks, numbers(sum));
        }
        Ok(())
    }
}

impl Shard {
    /// Computes what a request asks for, and writes the answer to `out`.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadFile`] if it is not a request to this network.
    pub fn answer(&mut self, request: &[u8], out: &mut Vec<u8>) -> Result<()> {
        let mut request = Reader(request);
        let (ticket, step, epoch) = (request.u64()?, request.u64()?, request.u64()?);
        let [batch, first_block, images] =
            [request.u32()?, request.u32()?, request.u32()?].map(|n| n as usize);
        if batch == 0 || batch.max(images).max(first_block.saturating_mul(BLOCK)) > LIMITS.batch_size {
            return Err(bad("it asks for more images than a batch may have"));
        }
        let weights = request.take(4 * self.network.weights().len())?;
        let indices = request.take(4 * images)?;
        let labels = request.take(images)?;
        let form = self.network.form();
        let pixels = request.take(images * form.pixels())?;
        if !request.0.is_empty() || labels.iter().any(|&label| usize::from(label) >= form.classes) {
            return Err(bad("it does not fit this network"));
        }
        self.network.update_weights(|all| all.iter_mut().zip(numbers(weights)).for_each(|(w, x)| *w = x));
        let mut own = std::mem::take(&mut self.indices);
        own.clear();
        own.extend(indices.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes)));
        self.begin();
        let part = Part { first_block, pixels, labels, indices: &own };
        self.compute(part, StepContext { step, epoch, images: batch });
        self.indices = own;
        self.write_answer(ticket, out);
        Ok(())
    }

    fn write_answer(&self, ticket: u64, out: &mut Vec<u8>) {
        let pieces = self.gradients.pieces();
        out.clear();
        put(out, &[ticket], u64::to_le_bytes);
        put(out, &[self.results.len() as u32, pieces.len() as u32], u32::to_le_bytes);
        for result in &self.results {
            put(out, &[result.block as u32], u32::to_le_bytes);
            put(out, &result.losses, f32::to_le_bytes);
        }
        for piece in pieces {
            put(out, &[piece.first as u32, piece.blocks as u32], u32::to_le_bytes);
            put(out, &piece.sum, f32::to_le_bytes);
        }
    }
}

/// Appends numbers as bytes.
fn put<T: Copy, const N: usize>(out: &mut Vec<u8>, numbers: &[T], bytes: fn(T) -> [u8; N]) {
    let start = out.len();
    out.resize(start + N * numbers.len(), 0);
    for (out, &number) in out[start..].chunks_exact_mut(N).zip(numbers) {
        out.copy_from_slice(&bytes(number));
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = f32> {
    bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes))
}

/// Bytes, read from the front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or_else(|| bad("it was cut off"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn u32(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().expect("four bytes")))
    }

    fn u64(&mut self) -> Result<u64> {
        Ok(u64::from_le_bytes(self.take(8)?.try_into().expect("eight bytes")))
    }
}

fn bad(why: &str) -> Error {
    Error::new(ErrorCode::BadFile, format!("This is not a message between workers of this run: {why}."))
}
