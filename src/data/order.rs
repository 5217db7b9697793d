//! The order in which an epoch visits the training images.

use crate::rng::{Purpose, Rng};

/// How far from its place an image can move in the first epoch.
pub const FIRST_EPOCH_WINDOW: usize = 5_000;

/// Fills `order` with the numbers from 0 to `len` − 1 in the order of `epoch` (counted from 0). It
/// depends on nothing but the three numbers, and allocates only if `order` has to grow.
///
/// The first epoch is shuffled window by window, so that training can start as soon as the first images
/// of the file are loaded, and still takes the same path on a fast and on a slow connection. MNIST's
/// digits are in the file in no order of class. Every later epoch is shuffled as a whole.
pub fn shuffle_into(order: &mut Vec<u32>, seed: u64, epoch: u64, len: usize) {
    order.clear();
    order.extend(0..len as u32);
    let mut rng = Rng::keyed(seed, Purpose::Shuffle, [epoch, 0]);
    let window = if epoch == 0 { FIRST_EPOCH_WINDOW } else { len.max(1) };
    for part in order.chunks_mut(window) {
        rng.shuffle(part);
    }
}

/// The order of `epoch` as a new list; see [`shuffle_into`].
pub fn shuffled(seed: u64, epoch: u64, len: usize) -> Vec<u32> {
    let mut order = Vec::new();
    shuffle_into(&mut order, seed, epoch, len);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shuffled_has_every_image_once_in_each_epoch() {
        for epoch in 0..3 {
            let mut order = shuffled(1, epoch, 12_345);
            assert_ne!(order, (0..12_345).collect::<Vec<_>>());
            order.sort_unstable();
            assert_eq!(order, (0..12_345).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_order_depends_on_the_seed_and_on_the_epoch() {
        assert_eq!(shuffled(1, 2, 1000), shuffled(1, 2, 1000));
        assert_ne!(shuffled(1, 2, 1000), shuffled(1, 3, 1000));
        assert_ne!(shuffled(1, 2, 1000), shuffled(2, 2, 1000));
    }

    #[test]
    fn the_first_epoch_needs_no_image_long_before_its_turn() {
        for (turn, &image) in shuffled(7, 0, 55_000).iter().enumerate() {
            assert_eq!(image as usize / FIRST_EPOCH_WINDOW, turn / FIRST_EPOCH_WINDOW);
        }
    }

    #[test]
    fn later_epochs_mix_the_whole_file() {
        let order = shuffled(7, 1, 55_000);
        let far = order[..FIRST_EPOCH_WINDOW].iter().filter(|&&image| image as usize >= FIRST_EPOCH_WINDOW);
        assert!(far.count() > FIRST_EPOCH_WINDOW * 4 / 5);
    }

    #[test]
    fn an_order_of_no_images_is_empty() {
        assert!(shuffled(1, 0, 0).is_empty());
        assert!(shuffled(1, 1, 0).is_empty());
    }

    #[test]
    fn filling_an_order_again_takes_no_memory() {
        let mut order = shuffled(1, 0, 1000);
        let before = order.as_ptr();
        shuffle_into(&mut order, 1, 5, 1000);
        assert_eq!(order.as_ptr(), before);
        assert_eq!(order, shuffled(1, 5, 1000));
    }
}
