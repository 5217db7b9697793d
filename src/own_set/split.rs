//! Which images are for what, where the files do not say: drawn by a seed, class by class.

use super::choices::Shares;
use crate::data::Split;
use crate::rng::{Purpose, Rng};

/// The images of the three splits, in the order of [`ORDER`], each in an order drawn by the seed: the first epoch is
/// shuffled in windows only, so classes must not come one after the other.
pub(super) type Drawn = [Vec<usize>; 3];

pub(super) const ORDER: [Split; 3] = [Split::Training, Split::Validation, Split::Test];

/// Shares images out. Of each it is known what class it is of, and which split if the files say so.
pub(super) fn draw(images: &[(u8, Option<Split>)], shares: Shares, seed: u64) -> Drawn {
    let has = |split: Split| images.iter().any(|&(_, given)| given == Some(split));
    let mut drawn: Drawn =
        ORDER.map(|split| (0..images.len()).filter(|&at| images[at].1 == Some(split)).collect());
    // Training images of the files are shared out with those of no split.
    drawn[0].extend((0..images.len()).filter(|&at| images[at].1.is_none()));
    let Shares { training, validation, test } = shares;
    let missing = [(1, validation, has(Split::Validation)), (2, test, has(Split::Test))];
    let taken: Vec<(usize, u32)> = missing
        .into_iter()
        .filter(|&(_, _, is_given)| !is_given)
        .map(|(split, share, _)| (split, share))
        .collect();
    let mut whole = u64::from(training) + taken.iter().map(|&(_, share)| u64::from(share)).sum::<u64>();
    let mut pool = std::mem::take(&mut drawn[0]);
    let mut rng = Rng::keyed(seed, Purpose::Collection, [0, 0]);
    rng.shuffle(&mut pool);
    for (split, share) in taken {
        drawn[split] = take_share(&mut pool, images, u64::from(share), whole);
        whole -= u64::from(share);
    }
    drawn[0] = pool;
    for (at, split) in drawn.iter_mut().enumerate() {
        // The order of the images within the files is no part of the draw.
        Rng::keyed(seed, Purpose::Collection, [1, at as u64]).shuffle(split);
    }
    drawn
}

/// Takes `share` of `whole` of each class out of the pool; what is left over of one class counts for the next.
fn take_share(pool: &mut Vec<usize>, images: &[(u8, Option<Split>)], share: u64, whole: u64) -> Vec<usize> {
    let mut wanted = [0u64; 256];
    let mut counts = [0u64; 256];
    pool.iter().for_each(|&at| counts[usize::from(images[at].0)] += 1);
    let mut rest = 0;
    for (wanted, count) in wanted.iter_mut().zip(counts) {
        rest += count * share;
        *wanted = (rest / whole).min(count);
        rest -= *wanted * whole;
    }
    // A split needs an image, however small its share.
    if wanted.iter().all(|&wanted| wanted == 0)
        && let Some(class) =
            (0..256).rev().max_by_key(|&class| counts[class]).filter(|&class| counts[class] > 1)
    {
        wanted[class] = 1;
    }
    let mut taken = vec![];
    pool.retain(|&at| {
        let wanted = &mut wanted[usize::from(images[at].0)];
        let is_taken = *wanted > 0;
        if is_taken {
            *wanted -= 1;
            taken.push(at);
        }
        !is_taken
    });
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn images(counts: &[usize]) -> Vec<(u8, Option<Split>)> {
        counts.iter().enumerate().flat_map(|(class, &count)| vec![(class as u8, None); count]).collect()
    }

    fn of_class(drawn: &[usize], images: &[(u8, Option<Split>)], class: u8) -> usize {
        drawn.iter().filter(|&&at| images[at].0 == class).count()
    }

    #[test]
    fn every_image_is_in_one_split_and_each_class_is_shared_out_alike() {
        let images = images(&[100, 50, 250]);
        let drawn = draw(&images, Shares::default(), 1);
        assert_eq!(drawn.each_ref().map(Vec::len), [320, 40, 40]);
        for split in &drawn[1..] {
            assert_eq!([0, 1, 2].map(|class| of_class(split, &images, class)), [10, 5, 25]);
        }
        let mut all = drawn.concat();
        all.sort_unstable();
        assert_eq!(all, Vec::from_iter(0..400));
        assert_eq!(draw(&images, Shares::default(), 1), drawn);
        assert_ne!(draw(&images, Shares::default(), 2), drawn);
    }

    #[test]
    fn a_split_that_is_given_is_kept_and_what_is_missing_is_taken_from_the_training_images() {
        let mut images = images(&[90, 90]);
        images.iter_mut().for_each(|image| image.1 = Some(Split::Training));
        images.extend([(0, Some(Split::Test)), (1, Some(Split::Test))]);
        let drawn = draw(&images, Shares::default(), 1);
        assert_eq!(drawn.each_ref().map(Vec::len), [160, 20, 2]);
        assert!(drawn[2].contains(&180) && drawn[2].contains(&181));
    }

    #[test]
    fn the_smallest_set_has_an_image_in_each_split() {
        let drawn = draw(&images(&[2, 2]), Shares::default(), 1);
        assert_eq!(drawn.each_ref().map(Vec::len), [2, 1, 1]);
    }
}
