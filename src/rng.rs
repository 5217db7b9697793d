//! The only source of randomness: SplitMix64, seeded, with as many independent streams as needed.
//!
//! Written here rather than taken from a library because "the same seed gives the same weights" must
//! hold across versions, and libraries reserve the right to change how they turn bits into numbers.
//! Generator: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.

/// What a stream of random numbers is for. Streams with different purposes never share numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Starting weights; key: the layer.
    Initialization = 1,
    /// The order of the training images; key: the epoch.
    Shuffle = 2,
    /// Warping of one training image; key: the epoch and the image.
    Augmentation = 3,
    /// Units that dropout silences; key: the step, and the layer with the image's place in its batch.
    Dropout = 4,
    /// The wrong label of a training image; key: the image.
    WrongLabel = 5,
    /// What a step of teaching draws; key: the run's step, and the step of the teaching.
    Teaching = 6,
    /// The splits of a set of one's own and the order of its images; key: what is drawn, and the split.
    Collection = 7,
    /// What a question to the network draws; key: what is drawn, and for which picture.
    Inquiry = 8,
}

/// A seeded generator of random numbers. The same seed gives the same numbers on every machine.
#[derive(Clone, Debug)]
pub struct Rng {
    state: u64,
}

const GOLDEN_GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Rng {
    /// A generator that starts from `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: mix(seed.wrapping_add(GOLDEN_GAMMA)) }
    }

    /// The generator for one `purpose` under one `key`. What it yields depends on nothing else, so
    /// work can be shared out among any number of workers without changing the result.
    pub fn keyed(seed: u64, purpose: Purpose, key: [u64; 2]) -> Self {
        let mut state = mix(seed.wrapping_add(GOLDEN_GAMMA));
        for word in [purpose as u64, key[0], key[1]] {
            state = mix(state.wrapping_add(GOLDEN_GAMMA) ^ mix(word.wrapping_mul(GOLDEN_GAMMA)));
        }
        Self { state }
    }

    /// Sixty-four random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN_GAMMA);
        mix(self.state)
    }

    /// A number from 0 (included) to 1 (excluded), in steps of 2⁻²⁴, so that every value is exact.
    pub fn uniform(&mut self) -> f32 {
        (self.next_u64() >> 40) as f32 * (1.0 / (1 << 24) as f32)
    }

    /// A number from `low` (included) to `high` (excluded, but for rounding).
    pub fn uniform_in(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.uniform()
    }

    /// A whole number from 0 to `bound` − 1, each equally likely. `bound` must not be 0.
    ///
    /// Lemire, "Fast random integer generation in an interval", 2019.
    pub fn below(&mut self, bound: u32) -> u32 {
        let threshold = bound.wrapping_neg() % bound;
        loop {
            let product = (self.next_u64() >> 32) * u64::from(bound);
            if product as u32 >= threshold {
                return (product >> 32) as u32;
            }
        }
    }

    /// A number from the normal distribution with mean 0 and deviation 1 (Box and Muller, 1958).
    pub fn normal(&mut self) -> f32 {
        let radius = (-2.0 * libm::log(1.0 - f64::from(self.uniform()))).sqrt();
        let angle = std::f64::consts::TAU * f64::from(self.uniform());
        (radius * libm::cos(angle)) as f32
    }

    /// Puts `items` in a random order, each order equally likely (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u32 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_a_seed_never_change() {
        let mut rng = Rng::new(7);
        let first: Vec<u64> = (0..3).map(|_| rng.next_u64()).collect();
        let mut again = Rng::new(7);
        assert_eq!(first, (0..3).map(|_| again.next_u64()).collect::<Vec<_>>());
        assert_eq!(Rng::keyed(1, Purpose::Shuffle, [0, 0]).next_u64(), PINNED);
    }

    /// Changing this number breaks every shared link and receipt.
    const PINNED: u64 = 3_214_659_847_938_902_542;

    #[test]
    fn streams_differ_in_purpose_and_in_each_key() {
        let first = |purpose, key| Rng::keyed(3, purpose, key).next_u64();
        let all = [
            first(Purpose::Shuffle, [0, 0]),
            first(Purpose::Shuffle, [1, 0]),
            first(Purpose::Shuffle, [0, 1]),
            first(Purpose::Dropout, [0, 0]),
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(all[..i].iter().all(|b| a != b));
        }
    }

    #[test]
    fn normal_numbers_have_mean_0_and_deviation_1() {
        let mut rng = Rng::new(11);
        let numbers: Vec<f64> = (0..100_000).map(|_| f64::from(rng.normal())).collect();
        let mean = numbers.iter().sum::<f64>() / 1e5;
        let variance = numbers.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 1e5;
        assert!(mean.abs() < 0.01, "mean {mean}");
        assert!((variance - 1.0).abs() < 0.02, "variance {variance}");
    }

    #[test]
    fn below_reaches_every_number_equally_often() {
        let mut rng = Rng::new(5);
        let mut counts = [0; 7];
        for _ in 0..70_000 {
            counts[rng.below(7) as usize] += 1;
        }
        assert!(counts.iter().all(|&count: &i32| (count - 10_000).abs() < 500), "{counts:?}");
    }

    #[test]
    fn shuffle_keeps_every_item() {
        let mut items: Vec<u32> = (0..100).collect();
        Rng::new(1).shuffle(&mut items);
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}
