//! What the network cannot do without: channels are switched off, and the answers counted.

use std::sync::Arc;

use super::kept::Kept;
use super::picture::grey_levels;
use super::subject::{Replaced, Subject};
use super::{Inquiry, Progress};
use crate::error::{Error, ErrorCode, Result};
use crate::metrics::predicted_class;
use crate::network::Trace;

/// A channel that is off in a pass: all numbers of its map are one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Off {
    /// The layer.
    pub layer: usize,
    /// The channel of its output, or the unit.
    pub channel: usize,
    /// The number.
    pub to: Frozen,
}

/// What a channel that is off says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frozen {
    /// Nothing at all.
    Zero,
    /// Its mean over the kept images and all places: it no longer tells images apart, but what comes after finds
    /// about the numbers that it is used to.
    Mean,
}

impl Inquiry {
    /// The numbers that these channels have, in the order of their layers.
    pub(super) fn replaced(&self, off: &[Off]) -> Result<Vec<Replaced>> {
        let mut replaced = Vec::with_capacity(off.len());
        for &Off { layer, channel, to } in off {
            let channels = self.subject.shape(layer)?.channels();
            if channel >= channels {
                let message = format!(
                    "There is no channel {channel} in layer {layer}: it has {channels}, counted from 0."
                );
                return Err(Error::new(ErrorCode::NotFound, message));
            }
            replaced.push(Replaced { layer, channel, value: self.frozen_at(layer, channel, to)? });
        }
        replaced.sort_by_key(|channel| channel.layer);
        Ok(replaced)
    }

    fn frozen_at(&self, layer: usize, channel: usize, to: Frozen) -> Result<f32> {
        match to {
            Frozen::Zero => Ok(0.0),
            Frozen::Mean => self.mean_of(layer, channel),
        }
    }

    /// Begins to count how many kept images the network classifies correctly with channels off.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`] if no images are kept; those of [`Inquiry::read`] about channels.
    pub fn accuracy(&self, off: &[Off]) -> Result<Accuracy> {
        self.check_kept()?;
        let classes = self.subject.form().classes;
        Ok(Accuracy {
            subject: self.subject.clone(),
            kept: Arc::clone(&self.kept),
            off: self.replaced(off)?,
            block: 0,
            correct: vec![0; classes],
            images: vec![0; classes],
        })
    }

    /// Begins to count how many kept images the network classifies correctly without each single channel of
    /// `layer`. The channels `off` are off besides.
    ///
    /// # Errors
    ///
    /// As [`Inquiry::accuracy`]; [`ErrorCode::NotFound`] if there is no such layer.
    pub fn channel_costs(&self, layer: usize, to: Frozen, off: &[Off]) -> Result<ChannelCosts> {
        self.check_kept()?;
        let channels = self.subject.shape(layer)?.channels();
        let values: Vec<f32> =
            (0..channels).map(|channel| self.frozen_at(layer, channel, to)).collect::<Result<_>>()?;
        Ok(ChannelCosts {
            subject: self.subject.clone(),
            kept: Arc::clone(&self.kept),
            off: self.replaced(off)?,
            layer,
            whole: None,
            block: 0,
            channel: 0,
            correct: 0,
            correct_without: vec![0; channels],
            pending: vec![0; channels],
            values,
        })
    }
}

/// How many kept images are classified correctly, counted block by block.
#[derive(Clone, Debug)]
pub struct Accuracy {
    subject: Subject,
    kept: Arc<Kept>,
    off: Vec<Replaced>,
    block: usize,
    correct: Vec<u32>,
    images: Vec<u32>,
}

impl Accuracy {
    /// Counts up to so many more blocks.
    ///
    /// # Errors
    ///
    /// None that a network can cause that was built.
    pub fn advance(&mut self, passes: usize) -> Result<Progress> {
        let of = self.kept.blocks();
        for _ in 0..passes.min(of - self.block) {
            let (pixels, labels) = self.kept.block(self.block);
            self.subject.pass_with(&grey_levels(pixels), &self.off)?;
            for (logits, &label) in self.subject.trace().logits().chunks_exact(self.correct.len()).zip(labels)
            {
                let label = usize::from(label);
                self.images[label] += 1;
                self.correct[label] += u32::from(predicted_class(logits) == label);
            }
            self.block += 1;
        }
        Ok(Progress { done: self.block, of })
    }

    /// Of the images so far, how many of each class are classified correctly.
    pub fn correct(&self) -> &[u32] {
        &self.correct
    }

    /// How many images of each class there were so far.
    pub fn images(&self) -> &[u32] {
        &self.images
    }
}

/// How many kept images are classified correctly without each channel of a layer. Of each block the maps up to the
/// layer are computed once; then, for each channel, only what comes after it.
#[derive(Clone, Debug)]
pub struct ChannelCosts {
    subject: Subject,
    kept: Arc<Kept>,
    off: Vec<Replaced>,
    layer: usize,
    /// For each channel, what it says when it is off.
    values: Vec<f32>,
    /// What the present block does with all channels.
    whole: Option<Trace>,
    block: usize,
    channel: usize,
    correct: u32,
    correct_without: Vec<u32>,
    /// The counts of the present block.
    pending: Vec<u32>,
}

impl ChannelCosts {
    /// Does up to so many more passes: for each block one with all channels, then one without each.
    ///
    /// # Errors
    ///
    /// None that a network can cause that was built.
    pub fn advance(&mut self, passes: usize) -> Result<Progress> {
        for _ in 0..passes {
            if self.block == self.kept.blocks() {
                break;
            }
            match self.whole.take() {
                None => {
                    self.subject.pass_with(&grey_levels(self.kept.block(self.block).0), &self.off)?;
                    self.whole = Some(self.subject.trace().clone());
                }
                Some(whole) => self.without_next(whole)?,
            }
        }
        let per_block = self.values.len() + 1;
        let within_block = if self.whole.is_some() { 1 + self.channel } else { 0 };
        Ok(Progress { done: self.block * per_block + within_block, of: self.kept.blocks() * per_block })
    }

    fn without_next(&mut self, whole: Trace) -> Result<()> {
        let Replaced { layer, channel, value } =
            Replaced { layer: self.layer, channel: self.channel, value: self.values[self.channel] };
        let later = &self.off[self.off.partition_point(|off| off.layer <= layer)..];
        self.subject.pass_without(&whole, Replaced { layer, channel, value }, later)?;
        self.pending[channel] = self.count(self.subject.trace());
        self.channel += 1;
        if self.channel < self.values.len() {
            self.whole = Some(whole);
            return Ok(());
        }
        self.correct += self.count(&whole);
        self.correct_without.iter_mut().zip(&self.pending).for_each(|(sum, count)| *sum += count);
        self.channel = 0;
        self.block += 1;
        Ok(())
    }

    fn count(&self, trace: &Trace) -> u32 {
        let labels = self.kept.block(self.block).1;
        let answers = trace.logits().chunks_exact(self.subject.form().classes).map(predicted_class);
        answers.zip(labels).filter(|&(answer, &label)| answer == usize::from(label)).count() as u32
    }

    /// How many of the images so far are classified correctly with all channels.
    pub fn correct(&self) -> u32 {
        self.correct
    }

    /// How many are without each channel.
    pub fn correct_without(&self) -> &[u32] {
        &self.correct_without
    }

    /// How many images there were so far: blocks that every channel has been off for.
    pub fn images(&self) -> usize {
        (self.block * crate::network::BLOCK).min(self.kept.len())
    }
}
