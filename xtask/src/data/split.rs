//! Which images are for training and which for testing: drawn at random, but the same everywhere.

use std::collections::HashMap;

/// A picture and the class it belongs to.
pub struct Image {
    pub label: u8,
    pub pixels: Vec<u8>,
}

/// The order in which to lay the images down: the first `training` are those to train on, and every picture that
/// occurs more than once is among them with all its copies, whatever their labels. Nothing that is held out was
/// trained on.
pub fn order(images: &[Image], training: usize, seed: u64) -> Vec<usize> {
    let mut copies: HashMap<&[u8], usize> = HashMap::new();
    for image in images {
        *copies.entry(&image.pixels).or_default() += 1;
    }
    let (mut order, mut single): (Vec<_>, Vec<_>) =
        (0..images.len()).partition(|&index| copies[images[index].pixels.as_slice()] > 1);
    let mut random = SplitMix64(seed);
    random.shuffle(&mut single);
    let held_out = single.split_off(training - order.len());
    order.extend(single);
    random.shuffle(&mut order);
    order.extend(held_out);
    order
}

/// SplitMix64 of Steele, Lea and Flood (2014): written out here so that the split can never change with the
/// generator of the engine.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Fisher and Yates, from the end to the start.
    fn shuffle(&mut self, items: &mut [usize]) {
        for last in (1..items.len()).rev() {
            items.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 200 pictures in two classes, one after the other; the last ten repeat the first ten under the other label.
    fn sample() -> Vec<Image> {
        let image = |label, value: usize| Image { label, pixels: vec![value as u8; 4] };
        (0..100).map(|value| image(0, value)).chain((100..200).map(|value| image(1, value % 190))).collect()
    }

    #[test]
    fn the_generator_is_the_published_one() {
        let mut random = SplitMix64(1_234_567);
        let expected = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!([random.next(), random.next(), random.next()], expected);
    }

    #[test]
    fn every_image_is_used_once_and_every_copy_trains() {
        let images = sample();
        for seed in 0..20 {
            let order = order(&images, 120, seed);
            for copy in (0..10).chain(190..200) {
                assert!(order[..120].contains(&copy), "seed {seed}: image {copy} is held out");
            }
            let mut sorted = order;
            sorted.sort_unstable();
            assert_eq!(sorted, Vec::from_iter(0..200));
        }
    }

    #[test]
    fn the_classes_are_mixed_on_both_sides() {
        let images = sample();
        let order = order(&images, 120, 1);
        for part in [&order[..60], &order[60..120], &order[120..160], &order[160..]] {
            let first = part.iter().filter(|&&index| images[index].label == 0).count();
            assert!(first > part.len() / 4 && first < part.len() * 3 / 4, "{first} of {}", part.len());
        }
    }

    #[test]
    fn the_order_depends_on_the_seed_alone() {
        assert_eq!(order(&sample(), 120, 1), order(&sample(), 120, 1));
        assert_ne!(order(&sample(), 120, 1), order(&sample(), 120, 2));
    }
}
