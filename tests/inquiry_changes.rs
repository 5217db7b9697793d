//! Images that are changed to turn an answer, and changes as large beside them; what cannot be asked.

mod common;

use common::asked::{Asked, levels, slopes, smooth_spec, to_the_end, widen};
use common::random_spec::random_spec;
use common::{labels, numbers, relative_error};
use convscope::error::ErrorCode;
use convscope::inquiry::{
    Against, Attacked, DreamSettings, Frozen, Goal, Inquiry, Kind, Off, RobustnessSettings,
};
use convscope::metrics::predicted_class;
use convscope::rng::Rng;

fn below(rng: &mut Rng, bound: usize) -> usize {
    rng.below(bound as u32) as usize
}

/// The answer of the network.
fn answer(inquiry: &mut Inquiry, image: &[u8]) -> usize {
    predicted_class(&inquiry.read(image, &[]).expect("an image").logits)
}

fn attacked(
    rng: &mut Rng,
    inquiry: &Inquiry,
    image: &[u8],
    goal: Goal,
    strength: Option<usize>,
    steps: usize,
) -> Attacked {
    let mut attack = inquiry.fool(image, goal, strength, 40, steps).expect("an attack");
    assert_eq!(attack.attacked().expect_err("not yet").code, ErrorCode::NotReady);
    to_the_end(rng, |passes| attack.advance(passes));
    attack.attacked().expect("the end").clone()
}

#[test]
fn the_sign_of_an_attack_is_that_of_the_losss_slope() {
    let mut rng = Rng::new(84);
    let mut cases = 0;
    while cases < 10 {
        let asked = Asked::new(smooth_spec(&mut rng), &mut rng);
        if asked.pixels() > 500 {
            continue;
        }
        cases += 1;
        let image = asked.images(&mut rng, 1);
        let class = below(&mut rng, asked.network.classes());
        // −log p of the class, by its definition.
        let loss = |x: &[f64]| {
            let logits = asked.plain(x).pop().expect("logits");
            logits.iter().map(|z| (z - logits[class]).exp()).sum::<f64>().ln()
        };
        let up = slopes(&levels(&image), 1e-2, loss);
        let largest = up.iter().fold(0.0, |largest: f64, d| largest.max(d.abs()));
        for (goal, sign) in [(Goal::AwayFrom(class), 1.0), (Goal::Towards(class), -1.0)] {
            let changed = attacked(&mut rng, &asked.inquiry, &image, goal, Some(9), 1).pixels;
            for ((&before, &after), d) in image.iter().zip(&changed).zip(&up) {
                let expected = (f64::from(before) + 9.0 * sign * d.signum()).clamp(0.0, 255.0);
                let is_clear = d.abs() > 1e-4 * largest;
                assert!(!is_clear || f64::from(after) == expected, "{before} became {after}, not {expected}");
            }
        }
    }
}

#[test]
fn the_strength_found_is_the_smallest_that_turns_the_answer() {
    let mut rng = Rng::new(85);
    let mut turned = 0;
    for case in 0..16 {
        let mut asked = Asked::new(random_spec(&mut rng), &mut rng);
        let image = asked.images(&mut rng, 1);
        let label = answer(&mut asked.inquiry, &image);
        let other = (label + 1) % asked.network.classes();
        let goal = if rng.below(2) == 0 { Goal::AwayFrom(label) } else { Goal::Towards(other) };
        let steps = [1, 3][below(&mut rng, 2)];
        let found = attacked(&mut rng, &asked.inquiry, &image, goal, None, steps);
        let mut scan = (0..=40).map(|s| attacked(&mut rng, &asked.inquiry, &image, goal, Some(s), steps));
        let first = scan.find(|tried| tried.turned);
        assert_eq!(found.turned, first.is_some(), "case {case}");
        turned += u32::from(found.turned);
        match first {
            Some(first) => assert_eq!(found, first, "case {case}"),
            None => assert_eq!(found.strength, 40, "case {case}"),
        }
        let change = |(&a, &b): (&u8, &u8)| a.abs_diff(b);
        assert!(image.iter().zip(&found.pixels).map(change).all(|by| by <= found.strength), "case {case}");
        let logits = asked.inquiry.read(&found.pixels, &[]).expect("an image");
        assert_eq!(goal.is_reached(&logits.logits), found.turned, "case {case}");
        assert!(relative_error(&logits.probabilities, &widen(&found.probabilities)) < 1e-5, "case {case}");
    }
    assert!(turned >= 8, "only {turned} of 16 were turned");
}

#[test]
fn what_already_has_another_answer_takes_no_strength() {
    let mut rng = Rng::new(86);
    let mut asked = Asked::new(common::small_spec(), &mut rng);
    let image = asked.images(&mut rng, 1);
    let wrong = (answer(&mut asked.inquiry, &image) + 3) % 10;
    let found = attacked(&mut rng, &asked.inquiry, &image, Goal::AwayFrom(wrong), None, 5);
    assert_eq!((found.strength, found.turned, found.pixels), (0, true, image));
}

/// Bright blobs on black, as data sets have them.
fn blobs(rng: &mut Rng, [channels, rows, columns]: [usize; 3]) -> Vec<u8> {
    let mut image = vec![0; channels * rows * columns];
    for map in image.chunks_exact_mut(rows * columns) {
        let [y, x] = [rows, columns].map(|len| len as f32 * rng.uniform_in(0.3, 0.7));
        for (place, level) in map.iter_mut().enumerate() {
            let [dy, dx] = [(place / columns) as f32 - y, (place % columns) as f32 - x];
            *level = (255.0 * (-(dy * dy + 2.0 * dx * dx) / rows as f32).exp()) as u8;
        }
    }
    image
}

#[test]
fn changes_beside_an_attack_are_as_large_as_it_is() {
    let mut rng = Rng::new(87);
    for case in 0..12 {
        let mut asked = Asked::new(random_spec(&mut rng), &mut rng);
        let image = blobs(&mut rng, asked.spec.input);
        let strength = 1 + below(&mut rng, 24);
        let goal = Goal::AwayFrom(answer(&mut asked.inquiry, &image));
        let attack = attacked(&mut rng, &asked.inquiry, &image, goal, Some(strength), 1).pixels;
        let rows = asked.inquiry.compare(&image, &attack, 3).expect("images");
        assert_eq!(rows, asked.inquiry.compare(&image, &attack, 3).expect("images"));
        let kinds: Vec<_> = rows.iter().map(|row| row.kind).collect();
        let [noise, blur, rotation, occlusion] = Kind::ALL.map(Some);
        assert_eq!(kinds, [None, noise, blur, rotation, occlusion]);
        assert_eq!(rows[0].pixels, attack);
        for row in &rows {
            let squares = image.iter().zip(&row.pixels).map(|(&a, &b)| f64::from(a.abs_diff(b)).powi(2));
            let size = squares.sum::<f64>().sqrt();
            assert!((row.size - size).abs() < 1e-9, "case {case}");
            let read = asked.inquiry.read(&row.pixels, &[]).expect("an image");
            assert_eq!(read.probabilities, row.probabilities, "case {case}");
            // Blur and rotation may be unable to change an image so much.
            let is_bounded = matches!(row.kind, Some(Kind::Blur | Kind::Rotation));
            let ratio = size / rows[0].size;
            let fits = (0.93..1.07).contains(&ratio) || is_bounded && ratio < 1.0;
            assert!(fits, "case {case}, {:?}: {size} beside {}", row.kind, rows[0].size);
        }
    }
}

#[test]
fn robustness_counts_what_attacks_and_comparisons_of_each_image_leave_right() {
    let mut rng = Rng::new(88);
    for case in 0..5 {
        let mut asked = Asked::new(random_spec(&mut rng), &mut rng);
        let classes = asked.network.classes();
        let images: Vec<u8> = (0..21).flat_map(|_| blobs(&mut rng, asked.spec.input)).collect();
        let logits = asked.inquiry.read(&images, &[]).expect("images").logits;
        let labels: Vec<u8> = logits.chunks_exact(classes).map(|z| predicted_class(z) as u8).collect();
        asked.inquiry.use_images(images.clone(), labels.clone()).expect("images");
        let settings = RobustnessSettings {
            strengths: vec![0, 4, 30],
            against: vec![Against::Iterated, Against::Change(Kind::Noise), Against::Sign],
            images: 19,
            steps: 3,
            seed: 2,
        };
        let mut job = asked.inquiry.robustness(settings.clone()).expect("settings");
        to_the_end(&mut rng, |passes| job.advance(passes));
        assert_eq!(job.images(), 19);
        let mut again = asked.inquiry.robustness(settings).expect("settings");
        again.advance(usize::MAX).expect("all");
        assert_eq!(job.correct(), again.correct());
        for (at, strength) in [0, 4, 30].into_iter().enumerate() {
            for (kind, steps) in [(0, 3), (2, 1)] {
                let right = |(image, &label): (&[u8], &u8)| {
                    let goal = Goal::AwayFrom(usize::from(label));
                    !attacked(&mut rng, &asked.inquiry, image, goal, Some(strength), steps).turned
                };
                let images = images.chunks_exact(asked.pixels()).zip(&labels).take(19);
                let expected = images.map(right).filter(|&right| right).count();
                assert_eq!(
                    job.correct()[kind * 3 + at] as usize,
                    expected,
                    "case {case}, {kind}, {strength}"
                );
            }
        }
        // Nothing is changed by a strength of 0.
        assert_eq!([0, 3, 6].map(|at| job.correct()[at]), [19; 3], "case {case}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_was_expected() {
    let mut rng = Rng::new(89);
    let mut asked = Asked::new(common::small_spec(), &mut rng);
    let image = asked.images(&mut rng, 1);
    let inquiry = &mut asked.inquiry;
    let off = |layer, channel, to| [Off { layer, channel, to }];
    let code = |error: Option<convscope::error::Error>| error.expect("an error").code;

    assert_eq!(Inquiry::new(b"CVSC").err().map(|error| error.code), Some(ErrorCode::BadFile));
    assert_eq!(code(inquiry.read(&image[1..], &[]).err()), ErrorCode::ImpossibleShape);
    assert_eq!(code(inquiry.read(&[], &[]).err()), ErrorCode::OutOfRange);
    assert_eq!(code(inquiry.read(&image, &off(6, 0, Frozen::Zero)).err()), ErrorCode::NotFound);
    assert_eq!(code(inquiry.read(&image, &off(0, 4, Frozen::Zero)).err()), ErrorCode::NotFound);
    assert_eq!(code(inquiry.read(&image, &off(0, 0, Frozen::Mean)).err()), ErrorCode::NotReady);
    assert_eq!(code(inquiry.maps(&image, usize::MAX, &[]).err()), ErrorCode::NotFound);
    assert_eq!(code(inquiry.morph(&image, &image, 1).err()), ErrorCode::OutOfRange);
    assert_eq!(code(inquiry.accuracy(&[]).err()), ErrorCode::NotReady);
    assert_eq!(code(inquiry.measure_means(1).err()), ErrorCode::NotReady);
    assert_eq!(code(inquiry.use_images(image.clone(), vec![1, 2]).err()), ErrorCode::ImpossibleShape);
    assert_eq!(code(inquiry.use_images(image.clone(), vec![10]).err()), ErrorCode::OutOfRange);
    assert_eq!(code(inquiry.use_images(vec![], vec![]).err()), ErrorCode::OutOfRange);
    assert_eq!(code(inquiry.dream(0, &[], DreamSettings::default()).err()), ErrorCode::OutOfRange);
    assert_eq!(code(inquiry.dream(0, &[4], DreamSettings::default()).err()), ErrorCode::NotFound);
    let broken = DreamSettings { rate: f32::NAN, ..DreamSettings::default() };
    assert_eq!(code(inquiry.dream(0, &[0], broken).err()), ErrorCode::OutOfRange);
    assert_eq!(code(inquiry.fool(&image, Goal::Towards(10), None, 9, 1).err()), ErrorCode::OutOfRange);
    assert_eq!(code(inquiry.fool(&image, Goal::Towards(1), None, 256, 1).err()), ErrorCode::OutOfRange);
    assert_eq!(code(inquiry.fool(&image, Goal::Towards(1), Some(3), 9, 0).err()), ErrorCode::OutOfRange);
    assert_eq!(code(inquiry.occlusion(&image, 0, 5, 6, 0.0).err()), ErrorCode::OutOfRange);
    assert_eq!(code(inquiry.occlusion(&image, 0, 29, 1, 0.0).err()), ErrorCode::OutOfRange);
    assert_eq!(code(inquiry.class_activation(&image, 0, 3).err()), ErrorCode::ImpossibleShape);
    assert_eq!(code(inquiry.input_gradient(&image, 10).err()), ErrorCode::OutOfRange);
    assert!(inquiry.read(&image, &[]).is_ok(), "it can still be asked");
}

#[test]
fn kept_images_stay_for_another_network_of_their_form_and_means_do_not() {
    let mut rng = Rng::new(90);
    let mut asked = Asked::new(common::small_spec(), &mut rng);
    let images = asked.images(&mut rng, 3);
    asked.inquiry.use_images(images.clone(), labels(&mut rng, 3, 10)).expect("images");
    to_the_end(&mut rng, |passes| asked.inquiry.measure_means(passes));
    let mean = [Off { layer: 0, channel: 0, to: Frozen::Mean }];
    asked.inquiry.read(&images, &mean).expect("the means are known");
    let bias = numbers(&mut rng, 10);
    asked.network.set_parameter("5.bias", &bias).expect("a bias");
    let checkpoint = convscope::trainer::new_checkpoint(&asked.spec, &asked.network);
    asked.inquiry.use_network(&checkpoint).expect("a network");
    assert_eq!(asked.inquiry.images(), 3);
    let error = asked.inquiry.read(&images, &mean).expect_err("means of another network");
    assert_eq!(error.code, ErrorCode::NotReady);
}
