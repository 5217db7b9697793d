use std::cmp::Ordering;

use crate::data::{Dataset, Split};
use crate::error::Result;
use crate::layers::Mode;
use crate::metrics::predicted_class;
use crate::network::{BLOCK, Network, Trace};
use crate::trainer::Trainer;
use crate::trainer::images::Normalizer;

/// Images that are kept of each channel: those that activate it most.
pub const TOP_ACTIVATIONS: usize = 9;

/// What the images of a split do to each channel of a network. It has a copy of the network, so that
/// all images meet the same weights while training goes on.
#[derive(Debug)]
pub struct ActivationSurvey {
    /// Updates made when it began.
    pub step: u64,
    /// Images seen.
    pub images: usize,
    /// For each layer, what activates its channels.
    pub layers: Vec<ChannelStats>,
    /// The layer before the last one that learns; `None` where that is the input.
    pub last_hidden: Option<usize>,
    /// Its output for each image, if asked for, `[image][...]`.
    pub features: Vec<f32>,
    /// The class that each image was classified as.
    pub predicted: Vec<u8>,
    network: Network,
    trace: Trace,
    normalizer: Normalizer,
    split: Split,
    end: usize,
    wants_features: bool,
}

/// What activates the channels of a layer; units count as channels of one number.
#[derive(Debug)]
pub struct ChannelStats {
    /// On how many images a channel has any output above 0.
    pub fired: Vec<u32>,
    /// For each channel the [`TOP_ACTIVATIONS`] images with the largest number in its map, that number, and its
    /// place (row · width + column). Only numbers above 0 count; where there are too few, the rest
    /// is 0.
    pub top: Vec<TopActivation>,
}

/// The largest number of a map.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TopActivation {
    /// The image in its split.
    pub image: u32,
    /// The number.
    pub value: f32,
    /// Where in the map.
    pub position: u32,
}

impl Trainer {
    /// Begins a survey of the first `images` images of `split`.
    ///
    /// # Errors
    ///
    /// Those of [`Network::new`], which this spec has passed before.
    pub fn survey(&self, split: Split, images: usize, wants_features: bool) -> Result<ActivationSurvey> {
        let mut network = Network::new(&self.spec)?;
        network.update_weights(|weights| weights.copy_from_slice(self.network().weights()));
        let last = (0..self.spec.layers.len()).rfind(|&layer| network.learns(layer));
        Ok(ActivationSurvey {
            step: self.position().step,
            images: 0,
            layers: (1..=self.spec.layers.len())
                .map(|place| ChannelStats::new(network.shape(place).channels()))
                .collect(),
            last_hidden: last.and_then(|layer| layer.checked_sub(1)),
            features: Vec::new(),
            predicted: Vec::new(),
            normalizer: Normalizer::new(&self.spec),
            trace: network.empty_trace(),
            network,
            split,
            end: images,
            wants_features,
        })
    }
}

impl ActivationSurvey {
    /// Surveys up to `max_images` more; returns whether all have been seen.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotReady`](crate::error::ErrorCode::NotReady) if an image has not been loaded.
    pub fn go_on(&mut self, dataset: &Dataset, max_images: usize) -> Result<bool> {
        let all = self.end.min(dataset.len(self.split));
        let end = self.images.saturating_add(max_images).min(all);
        let form = self.network.form();
        while self.images < end {
            let block = self.images..(self.images + BLOCK).min(end);
            let mut images = vec![0.0; block.len() * form.pixels()];
            for (out, index) in images.chunks_exact_mut(form.pixels()).zip(block.clone()) {
                self.normalizer.apply(out, dataset.example(form, self.split, index)?.0);
            }
            self.network.trace_into(&mut self.trace, &images, Mode::Inference)?;
            for (place, image) in block.clone().enumerate() {
                self.note(place, image as u32)?;
            }
            self.images = block.end;
        }
        Ok(self.images == all)
    }

    /// Takes in the image at `place` in the block.
    fn note(&mut self, place: usize, image: u32) -> Result<()> {
        for (layer, stats) in self.layers.iter_mut().enumerate() {
            stats.note(image, &self.trace.activation(layer, place)?);
        }
        let classes = self.network.classes();
        self.predicted.push(predicted_class(&self.trace.logits()[place * classes..][..classes]) as u8);
        if self.wants_features {
            match self.last_hidden {
                Some(layer) => self.features.extend(self.trace.activation(layer, place)?),
                None => self.features.extend(self.trace.input_of(0, place)?),
            }
        }
        Ok(())
    }
}

impl ChannelStats {
    fn new(channels: usize) -> Self {
        Self { fired: vec![0; channels], top: vec![TopActivation::default(); channels * TOP_ACTIVATIONS] }
    }

    /// Takes in an image's maps, `[channel][...]`.
    fn note(&mut self, image: u32, maps: &[f32]) {
        let len = maps.len() / self.fired.len();
        let channels = self.fired.iter_mut().zip(self.top.chunks_exact_mut(TOP_ACTIVATIONS));
        for ((fired, top), map) in channels.zip(maps.chunks_exact(len)) {
            let mut largest = TopActivation { image, ..TopActivation::default() };
            for (position, &value) in map.iter().enumerate() {
                if value > largest.value {
                    largest = TopActivation { image, value, position: position as u32 };
                }
            }
            if largest.value > 0.0 {
                *fired += 1;
                largest.enter(top);
            }
        }
    }
}

impl TopActivation {
    /// Takes its place among `top`, the largest first; of equal ones the earlier image.
    fn enter(self, top: &mut [TopActivation]) {
        let place = top.partition_point(|other| self.value.total_cmp(&other.value) != Ordering::Greater);
        if place < top.len() {
            top[place..].rotate_right(1);
            top[place] = self;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_stay_and_what_never_fires_leaves_no_trace() {
        let mut stats = ChannelStats::new(2);
        for image in 0..20_u32 {
            let value = [3, 17, 5, 11, 2][image as usize % 5] as f32 - image as f32 / 100.0;
            stats.note(image, &[-1.0, value, 0.5, -1.0, 0.0, -2.0]);
        }
        assert_eq!(stats.fired, [20, 0]);
        let (first, second) = stats.top.split_at(TOP_ACTIVATIONS);
        assert_eq!(first[..5].iter().map(|top| top.image).collect::<Vec<_>>(), [1, 6, 11, 16, 3]);
        assert!(first.iter().all(|top| top.position == 1));
        assert!(first.is_sorted_by(|a, b| a.value >= b.value));
        assert_eq!(second, [TopActivation::default(); TOP_ACTIVATIONS]);
    }
    #[test]
    fn of_equal_numbers_the_earlier_image_is_first() {
        let mut stats = ChannelStats::new(1);
        for image in 0..12 {
            stats.note(image, &[1.0]);
        }
        assert!(stats.top.iter().map(|top| top.image).eq(0..TOP_ACTIVATIONS as u32));
    }
}
