//! Where a network looks, computed once more one image, or one number, at a time.

mod common;

use common::asked::{Asked, levels, plain_from, slopes, smooth_spec, stands_alone, to_the_end, widen};
use common::random_spec::random_spec;
use common::relative_error;
use convscope::error::ErrorCode;
use convscope::inquiry::Baseline;
use convscope::layers::Mode;
use convscope::rng::Rng;
use convscope::shape::Shape;

fn below(rng: &mut Rng, bound: usize) -> usize {
    rng.below(bound as u32) as usize
}

#[test]
fn occlusion_is_what_each_patched_image_by_itself_shows() {
    let mut rng = Rng::new(75);
    for case in 0..20 {
        let mut asked = Asked::new(random_spec(&mut rng), &mut rng);
        let [channels, rows, columns] = asked.spec.input;
        let image = asked.images(&mut rng, 1);
        let class = below(&mut rng, asked.network.classes());
        let size = 1 + below(&mut rng, rows.min(columns));
        let stride = 1 + below(&mut rng, size);
        let fill = rng.below(256) as u8;
        let mut probability = |image: &[u8]| {
            let x: Vec<f32> = asked.normalized(&levels(image)).iter().map(|&x| x as f32).collect();
            let trace = asked.network.trace(&x, Mode::Inference).expect("an image");
            f64::from(trace.probabilities()[class])
        };
        let score = probability(&image);
        // Positions are multiples of the stride, and the last that fits.
        let begins =
            |at: usize, len: usize| at + size <= len && (at.is_multiple_of(stride) || at + size == len);
        let mut losses = vec![vec![]; rows * columns];
        for (top, left) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
            if !begins(top, rows) || !begins(left, columns) {
                continue;
            }
            let covers = |row: usize, column: usize| {
                (top..top + size).contains(&row) && (left..left + size).contains(&column)
            };
            let mut patched = image.clone();
            for index in 0..channels * rows * columns {
                if covers(index / columns % rows, index % columns) {
                    patched[index] = fill;
                }
            }
            let loss = score - probability(&patched);
            for place in 0..rows * columns {
                if covers(place / columns, place % columns) {
                    losses[place].push(loss);
                }
            }
        }
        let mut occlusion =
            asked.inquiry.occlusion(&image, class, size, stride, f32::from(fill)).expect("fits");
        to_the_end(&mut rng, |passes| occlusion.advance(passes));
        assert!((f64::from(occlusion.score()) - score).abs() < 1e-5);
        for (place, (&actual, losses)) in occlusion.map().iter().zip(&losses).enumerate() {
            let expected = losses.iter().sum::<f64>() / losses.len() as f64;
            assert!(
                (f64::from(actual) - expected).abs() < 1e-5,
                "case {case}, {place}: {actual}, {expected}"
            );
        }
    }
}

#[test]
fn class_activation_is_that_of_slopes_taken_one_number_at_a_time() {
    let mut rng = Rng::new(76);
    let mut cases = 0;
    while cases < 12 {
        let mut asked = Asked::new(smooth_spec(&mut rng), &mut rng);
        let layer = below(&mut rng, asked.spec.layers.len());
        let Shape::Maps { channels, height, width } = asked.shape(layer) else { continue };
        if channels * height * width > 1000 || !stands_alone(&asked.spec, &asked.network, layer + 1) {
            continue;
        }
        cases += 1;
        let image = asked.images(&mut rng, 1);
        let class = below(&mut rng, asked.network.classes());
        let maps = asked.plain(&levels(&image)).swap_remove(layer);
        let logit = |maps: &[f64]| {
            plain_from(&asked.spec, &asked.network, layer + 1, maps).pop().expect("logits")[class]
        };
        let slopes = slopes(&maps, 1e-5, logit);
        let len = height * width;
        let weights: Vec<f64> =
            slopes.chunks_exact(len).map(|d| d.iter().sum::<f64>() / len as f64).collect();
        let sum = |place: usize| (0..channels).map(|c| weights[c] * maps[c * len + place]).sum::<f64>();
        let map: Vec<f64> = (0..len).map(|place| sum(place).max(0.0)).collect();
        let actual = asked.inquiry.class_activation(&image, class, layer).expect("maps");
        assert_eq!(actual.size, [height, width]);
        assert!(relative_error(&actual.weights, &weights) < 1e-4, "{:?}", asked.spec);
        let largest = weights.iter().map(|w| w.abs()).sum::<f64>();
        assert!(actual.map.iter().zip(&map).all(|(&a, e)| (f64::from(a) - e).abs() < 1e-4 * largest));
    }
}

#[test]
fn integrated_gradients_are_sums_of_slopes_and_come_closer_to_the_difference_the_more_points() {
    let mut rng = Rng::new(77);
    for case in 0..12 {
        let asked = Asked::new(smooth_spec(&mut rng), &mut rng);
        let mut inquiry = asked.inquiry.clone();
        let image = asked.images(&mut rng, 1);
        let class = below(&mut rng, asked.network.classes());
        let (baseline, level) = match rng.below(2) {
            0 => (Baseline::Black, 0.0),
            _ => (Baseline::Mean, 255.0 * f64::from(asked.spec.normalization.mean)),
        };
        let logit = |x: &[f64]| asked.plain(x).pop().expect("logits")[class];
        let x = levels(&image);
        let difference = logit(&x) - logit(&vec![level; x.len()]);
        let mut shares = |points: usize| {
            let mut job = inquiry.integrated(&image, class, baseline, points).expect("a class");
            assert_eq!(job.map().expect_err("not yet").code, ErrorCode::NotReady);
            to_the_end(&mut rng, |passes| job.advance(passes));
            assert!((f64::from(job.difference()) - difference).abs() < 1e-4 * difference.abs().max(1.0));
            job.map().expect("all points")
        };
        if x.len() < 400 {
            let mut expected = vec![0.0; x.len()];
            for share in [0.25, 0.75] {
                let at: Vec<f64> = x.iter().map(|x| level + share * (x - level)).collect();
                for ((sum, slope), x) in expected.iter_mut().zip(slopes(&at, 1e-3, logit)).zip(&x) {
                    *sum += slope * (x - level) / 2.0;
                }
            }
            assert!(relative_error(&shares(2), &expected) < 1e-4, "case {case}");
        }
        let mut error = |points: usize| {
            let shares = widen(&shares(points));
            // A network that no image moves has no shares.
            let size = shares.iter().map(|share| share.abs()).sum::<f64>().max(1e-6);
            ((shares.iter().sum::<f64>() - difference).abs() / size, size)
        };
        // The midpoint rule errs by the square of a step: 16 times the points, 256 times less, down to rounding.
        let (few, many) = (error(4).0, error(64).0);
        assert!(many <= (few / 20.0).max(1e-4), "case {case}: {few} with 4 points, {many} with 64");
        assert!(error(512).0 < 1e-4, "case {case}: {:?}", error(512));
    }
}

#[test]
fn the_input_gradient_is_that_of_finite_differences_per_grey_level() {
    let mut rng = Rng::new(78);
    for _ in 0..6 {
        let mut asked = Asked::new(smooth_spec(&mut rng), &mut rng);
        let image = asked.images(&mut rng, 1);
        let class = below(&mut rng, asked.network.classes());
        let logit = |x: &[f64]| asked.plain(x).pop().expect("logits")[class];
        let expected = slopes(&levels(&image), 1e-3, logit);
        let actual = asked.inquiry.input_gradient(&image, class).expect("a class");
        assert!(relative_error(&actual, &expected) < 1e-4);
    }
}
