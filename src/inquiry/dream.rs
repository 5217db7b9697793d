//! Pictures that a channel answers to most: gradient ascent on the picture.

use super::picture::{blur, grey_levels, roll, whole_levels};
use super::subject::Subject;
use super::{Inquiry, Progress, between, within};
use crate::error::{Error, ErrorCode, Result};
use crate::network::BLOCK;
use crate::rng::{Purpose, Rng};
use crate::spec::{LIMITS, LayerSpec};

/// The most pictures that are dreamt at once.
const MOST_CHANNELS: usize = 512;
/// The grey that a dream begins with, and the deviation of the noise on it.
const GREY: f32 = 128.0;
const NOISE: f32 = 16.0;

/// How a dream goes, all in grey levels and pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DreamSettings {
    /// Where its randomness starts.
    pub seed: u64,
    /// Steps up the gradient.
    pub steps: usize,
    /// The root mean square of what a step changes.
    pub rate: f32,
    /// The picture is moved at random by up to so many pixels before each step, and moved back after it.
    pub jitter: usize,
    /// The deviation of the blur after the first step; it falls to 0 at the last one.
    pub blur: f32,
    /// What share of its distance from the data's mean grey level each pixel loses in a step.
    pub decay: f32,
    /// The weight of the total variation.
    pub variation: f32,
}

impl Default for DreamSettings {
    fn default() -> Self {
        Self { seed: 1, steps: 96, rate: 12.0, jitter: 1, blur: 1.0, decay: 0.02, variation: 0.3 }
    }
}

impl DreamSettings {
    fn check(&self) -> Result<()> {
        within("The number of steps", self.steps, 1..=2000)?;
        within("The jitter", self.jitter, 0..=16)?;
        between("The rate", self.rate, 0.0..=255.0)?;
        between("The blur", self.blur, 0.0..=8.0)?;
        between("The decay", self.decay, 0.0..=1.0)?;
        between("The weight of the total variation", self.variation, 0.0..=10.0)?;
        if self.seed <= LIMITS.seed {
            return Ok(());
        }
        let message = format!("A seed must be a whole number from 0 to {}; got {}.", LIMITS.seed, self.seed);
        Err(Error::new(ErrorCode::OutOfRange, message))
    }
}

/// A dream of each of some channels, all a step further before any is two.
#[derive(Clone, Debug)]
pub struct Dream {
    subject: Subject,
    layer: usize,
    /// Where the gradient may begin, the first choice first, see [`Inquiry::dream`].
    places: Vec<usize>,
    channels: Vec<usize>,
    settings: DreamSettings,
    /// From 0 to 255.
    pictures: Vec<f32>,
    rngs: Vec<Rng>,
    done: usize,
}

impl Inquiry {
    /// Begins to dream of these `channels` of `layer`: each picture x climbs the mean of its channel's map,
    /// regularised (see `docs/asking.md`). Where that has no slope at all, as behind a ReLU that the first noise does
    /// not wake, the picture climbs what goes into the layer, as long as the layer passes its channels on one by one
    /// (ReLU, pool, …): what raises that raises the map in the end.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is no such layer or channel;
    /// [`ErrorCode::OutOfRange`] if there are no channels or too many, or a setting is not one it can take.
    pub fn dream(&self, layer: usize, channels: &[usize], settings: DreamSettings) -> Result<Dream> {
        settings.check()?;
        let all = self.subject.shape(layer)?.channels();
        within("The number of channels", channels.len(), 1..=MOST_CHANNELS)?;
        if let Some(channel) = channels.iter().find(|&&channel| channel >= all) {
            let message =
                format!("There is no channel {channel} in layer {layer}: it has {all}, counted from 0.");
            return Err(Error::new(ErrorCode::NotFound, message));
        }
        let draw = |&channel: &usize| {
            Rng::keyed(settings.seed, Purpose::Inquiry, [0, (layer as u64) << 32 | channel as u64])
        };
        let mut rngs: Vec<Rng> = channels.iter().map(draw).collect();
        let len = self.subject.form().pixels();
        let noise = |rng: &mut Rng| (0..len).map(|_| GREY + NOISE * rng.normal()).collect::<Vec<f32>>();
        Ok(Dream {
            layer,
            places: self.places(layer),
            channels: channels.to_vec(),
            settings,
            pictures: rngs.iter_mut().flat_map(noise).collect(),
            rngs,
            done: 0,
            subject: self.subject.clone(),
        })
    }

    /// The output of `layer`, and the places before it as long as each channel comes from that channel alone.
    fn places(&self, layer: usize) -> Vec<usize> {
        use LayerSpec::{Conv2d, Dense, Flatten};
        let mixes =
            |layer: &usize| matches!(self.spec.layers[*layer], Conv2d { .. } | Dense { .. } | Flatten);
        let first = (1..=layer).rev().find(mixes).unwrap_or(0);
        (first..=layer).rev().map(|layer| layer + 1).collect()
    }
}

impl Dream {
    fn blocks(&self) -> usize {
        self.channels.len().div_ceil(BLOCK)
    }

    /// Takes a step with up to so many more blocks of pictures.
    ///
    /// # Errors
    ///
    /// None that a network can cause that was built.
    pub fn advance(&mut self, passes: usize) -> Result<Progress> {
        let of = self.settings.steps * self.blocks();
        for _ in 0..passes.min(of - self.done) {
            self.step(self.done / self.blocks(), self.done % self.blocks())?;
            self.done += 1;
        }
        Ok(Progress { done: self.done, of })
    }

    /// One step of the pictures in `block`.
    fn step(&mut self, step: usize, block: usize) -> Result<()> {
        let DreamSettings { steps, rate, jitter, decay, variation, .. } = self.settings;
        let (dims, len) = (self.subject.form().dims(), self.subject.form().pixels());
        let range = block * BLOCK..((block + 1) * BLOCK).min(self.channels.len());
        let channels = self.channels[range.clone()].to_vec();
        let pictures = &mut self.pictures[range.start * len..range.end * len];
        let mut moved = Vec::with_capacity(pictures.len());
        let mut moves = Vec::with_capacity(channels.len());
        for (picture, rng) in pictures.chunks_exact(len).zip(&mut self.rngs[range]) {
            let draw = |rng: &mut Rng| rng.below(2 * jitter as u32 + 1) as isize - jitter as isize;
            let [down, right] = [draw(rng), draw(rng)];
            moved.extend(roll(picture, dims, [down, right]));
            moves.push(([-down, -right], rng));
        }
        self.subject.pass(&moved)?;
        let gradient = gradient_of_means(&mut self.subject, &self.places, &channels)?;
        let deviation = self.settings.blur * (1.0 - (step + 1) as f32 / steps as f32);
        let mean = self.subject.mean_level();
        for ((picture, gradient), (back, rng)) in
            pictures.chunks_exact_mut(len).zip(gradient.chunks_exact(len)).zip(moves)
        {
            let up = roll(&direction(gradient, rng), dims, back);
            let rough = if variation > 0.0 { variation_gradient(picture, dims) } else { vec![0.0; len] };
            for ((level, up), rough) in picture.iter_mut().zip(up).zip(rough) {
                *level += rate * (up - variation * rough);
                *level += decay * (mean - *level);
            }
            blur(picture, dims, deviation);
            picture.iter_mut().for_each(|level| *level = level.clamp(0.0, 255.0));
        }
        Ok(())
    }

    /// The pictures as they are.
    pub fn pixels(&self) -> Vec<u8> {
        whole_levels(&self.pictures)
    }

    /// For each of the pictures as they are, the mean of its channel's map.
    ///
    /// # Errors
    ///
    /// None that a network can cause that was built.
    pub fn values(&mut self) -> Result<Vec<f32>> {
        let pixels = self.pixels();
        let len = self.subject.form().pixels();
        let mut values = Vec::with_capacity(self.channels.len());
        for (pixels, channels) in pixels.chunks(BLOCK * len).zip(self.channels.chunks(BLOCK)) {
            self.subject.pass(&grey_levels(pixels))?;
            for (image, &channel) in channels.iter().enumerate() {
                let maps = self.subject.trace().activation(self.layer, image)?;
                let run = maps.len() / self.subject.shape(self.layer)?.channels();
                let map = &maps[channel * run..][..run];
                values.push((map.iter().map(|&x| f64::from(x)).sum::<f64>() / run as f64) as f32);
            }
        }
        Ok(values)
    }
}

/// The gradient, per grey level, of the mean of a channel's map, for each of the pictures that passed another
/// channel: at the first of `places` where it is not 0 everywhere (place 1 is the first layer's output).
fn gradient_of_means(subject: &mut Subject, places: &[usize], channels: &[usize]) -> Result<Vec<f32>> {
    let len = subject.form().pixels();
    let mut gradient = vec![0.0; channels.len() * len];
    for &place in places {
        let is_flat: Vec<bool> =
            gradient.chunks_exact(len).map(|gradient| gradient.iter().all(|&d| d == 0.0)).collect();
        if !is_flat.contains(&true) {
            break;
        }
        let shape = subject.shape(place - 1)?;
        let run = shape.len() / shape.channels();
        let mut dout = vec![0.0; channels.len() * shape.len()];
        for ((dout, &channel), is_flat) in dout.chunks_exact_mut(shape.len()).zip(channels).zip(is_flat) {
            if is_flat {
                dout[channel * run..][..run].fill(1.0 / run as f32);
            }
        }
        let more = subject.gradient_of_pictures(place, &dout)?;
        gradient.iter_mut().zip(more).for_each(|(sum, d)| *sum += d);
    }
    Ok(gradient)
}

/// The gradient at a root mean square of 1, so that channels of any scale move alike; where there is none, noise,
/// which may find a place that has one.
fn direction(gradient: &[f32], rng: &mut Rng) -> Vec<f32> {
    let squares: f64 = gradient.iter().map(|&d| f64::from(d).powi(2)).sum();
    let root = (squares / gradient.len() as f64).sqrt();
    if root > 0.0 && root.is_finite() {
        gradient.iter().map(|&d| (f64::from(d) / root) as f32).collect()
    } else {
        gradient.iter().map(|_| rng.normal()).collect()
    }
}

/// The gradient of the total variation Σ √((right − here)² + (below − here)² + 1), which charges each pixel for what
/// it differs from its neighbours; the 1 makes it smooth where they are alike.
fn variation_gradient(picture: &[f32], [_, rows, columns]: [usize; 3]) -> Vec<f32> {
    let mut gradient = vec![0.0; picture.len()];
    for (map, d) in picture.chunks_exact(rows * columns).zip(gradient.chunks_exact_mut(rows * columns)) {
        for here in 0..rows * columns {
            let right = if here % columns + 1 < columns { map[here + 1] - map[here] } else { 0.0 };
            let below = if here / columns + 1 < rows { map[here + columns] - map[here] } else { 0.0 };
            let root = (right * right + below * below + 1.0).sqrt();
            d[here] -= (right + below) / root;
            if here % columns + 1 < columns {
                d[here + 1] += right / root;
            }
            if here / columns + 1 < rows {
                d[here + columns] += below / root;
            }
        }
    }
    gradient
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gradient_of_the_total_variation_is_that_of_finite_differences() {
        let dims = [2, 4, 5];
        let mut rng = Rng::new(3);
        let picture: Vec<f32> = (0..40).map(|_| rng.uniform_in(0.0, 9.0)).collect();
        let total = |at: usize, by: f64| {
            let level = |map: usize, row: usize, column: usize| {
                let place = map * 20 + row * 5 + column;
                f64::from(picture[place]) + if place == at { by } else { 0.0 }
            };
            let mut sum = 0.0;
            for map in 0..2 {
                for (row, column) in (0..4).flat_map(|row| (0..5).map(move |column| (row, column))) {
                    let here = level(map, row, column);
                    let right = if column < 4 { level(map, row, column + 1) - here } else { 0.0 };
                    let below = if row < 3 { level(map, row + 1, column) - here } else { 0.0 };
                    sum += (right * right + below * below + 1.0).sqrt();
                }
            }
            sum
        };
        for (at, &d) in variation_gradient(&picture, dims).iter().enumerate() {
            let expected = (total(at, 1e-4) - total(at, -1e-4)) / 2e-4;
            assert!((f64::from(d) - expected).abs() < 1e-4, "{at}: {d} is not {expected}");
        }
    }
}
