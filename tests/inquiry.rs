//! Questions to a network, each answered once more in another way: by the plain loops in 64 bits, by finite
//! differences, or one image at a time.

mod common;

use common::asked::{Asked, levels, plain_from, smooth_spec, to_the_end, widen};
use common::random_spec::random_spec;
use common::{labels, numbers, relative_error};
use convscope::inquiry::{Frozen, Off};
use convscope::layers::Mode;
use convscope::metrics::predicted_class;
use convscope::rng::Rng;
use convscope::spec::LayerSpec;

fn below(rng: &mut Rng, bound: usize) -> usize {
    rng.below(bound as u32) as usize
}

#[test]
fn a_gradient_from_any_place_to_the_images_is_that_of_finite_differences() {
    let mut rng = Rng::new(71);
    for case in 0..40 {
        let mut asked = Asked::new(smooth_spec(&mut rng), &mut rng);
        let place = 1 + below(&mut rng, asked.spec.layers.len());
        let image = numbers(&mut rng, asked.pixels());
        let dout = numbers(&mut rng, asked.shape(place - 1).len());
        // The second image is another one: each must get its own gradient.
        let both = [image.clone(), numbers(&mut rng, asked.pixels())].concat();
        let douts = [dout.clone(), vec![0.0; dout.len()]].concat();
        let trace = asked.network.trace(&both, Mode::Inference).expect("images");
        let gradient = asked.network.gradient_between(&trace, 0..place, &douts).expect("a gradient");
        let (gradient, other) = gradient.split_at(image.len());
        assert!(other.iter().all(|&d| d == 0.0), "case {case}");

        let direction = widen(&numbers(&mut rng, image.len()));
        let moved = |amount: f64| {
            let x: Vec<f64> = image.iter().zip(&direction).map(|(&x, d)| f64::from(x) + amount * d).collect();
            let out = &plain_from(&asked.spec, &asked.network, 0, &x)[place - 1];
            out.iter().zip(&dout).map(|(x, &d)| x * f64::from(d)).sum::<f64>()
        };
        let numeric = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        let along = |d: (&f32, &f64)| f64::from(*d.0) * d.1;
        let analytic: f64 = gradient.iter().zip(&direction).map(along).sum();
        let size: f64 = gradient.iter().zip(&direction).map(|d| along(d).abs()).sum();
        assert!(
            (numeric - analytic).abs() <= 2e-5 * size,
            "case {case}, place {place}: {numeric}, {analytic}"
        );
    }
}

#[test]
fn what_is_read_is_what_the_plain_loops_find_and_a_morph_goes_from_one_image_to_the_other() {
    let mut rng = Rng::new(72);
    for case in 0..20 {
        let mut asked = Asked::new(random_spec(&mut rng), &mut rng);
        let images = asked.images(&mut rng, 18);
        let classes = asked.network.classes();
        let reading = asked.inquiry.read(&images, &[]).expect("images");
        let expected: Vec<f64> = images
            .chunks_exact(asked.pixels())
            .flat_map(|image| asked.plain(&levels(image)).pop().expect("logits"))
            .collect();
        assert!(relative_error(&reading.logits, &expected) < 1e-4, "case {case}");

        let (from, to) = images[..2 * asked.pixels()].split_at(asked.pixels());
        let morph = asked.inquiry.morph(from, to, 5).expect("a morph");
        let middle: Vec<f64> =
            from.iter().zip(to).map(|(&a, &b)| (f64::from(a) + f64::from(b)) / 2.0).collect();
        let expected = [&expected[..classes], &expected[classes..2 * classes]];
        assert!(relative_error(&morph.logits[..classes], expected[0]) < 1e-4, "case {case}");
        assert!(relative_error(&morph.logits[4 * classes..], expected[1]) < 1e-4, "case {case}");
        let logits = asked.plain(&middle).pop().expect("logits");
        assert!(relative_error(&morph.logits[2 * classes..3 * classes], &logits) < 1e-4, "case {case}");
    }
}

#[test]
fn a_channel_that_is_off_is_one_without_weights_and_a_unit_one_without_ways_out() {
    let mut rng = Rng::new(73);
    for case in 0..60 {
        let mut asked = Asked::new(random_spec(&mut rng), &mut rng);
        let images = asked.images(&mut rng, 17);
        let to = if rng.below(2) == 0 { Frozen::Zero } else { Frozen::Mean };
        let classes = asked.network.classes();
        asked.inquiry.use_images(images.clone(), labels(&mut rng, 17, classes)).expect("images");
        to_the_end(&mut rng, |passes| asked.inquiry.measure_means(passes));
        let layer = below(&mut rng, asked.spec.layers.len());
        let channels = asked.shape(layer).channels();
        let channel = below(&mut rng, channels);
        let off = [Off { layer, channel, to }];
        let actual = asked.inquiry.read(&images, &off).expect("images").logits;

        // Its mean, one image at a time.
        let mut mean = 0.0;
        for image in images.chunks_exact(asked.pixels()) {
            let maps = &asked.plain(&levels(image))[layer];
            let run = maps.len() / channels;
            mean += maps[channel * run..][..run].iter().sum::<f64>() / run as f64 / 17.0;
        }
        let value = if to == Frozen::Mean { mean as f32 } else { 0.0 };

        let next = (layer + 1..asked.spec.layers.len())
            .find(|&next| !matches!(asked.spec.layers[next], LayerSpec::Dropout { .. }));
        match (&asked.spec.layers[layer], next.map(|next| &asked.spec.layers[next])) {
            (LayerSpec::Conv2d { .. } | LayerSpec::Dense { .. }, _) => {
                set_row(&mut asked, layer, channel, value);
            }
            (_, Some(LayerSpec::Dense { .. })) => {
                set_column(&mut asked, next.expect("dense"), channel, value)
            }
            _ => continue,
        }
        let expected = widen(&asked.changed().read(&images, &[]).expect("images").logits);
        assert!(relative_error(&actual, &expected) < 1e-4, "case {case}, layer {layer}: {:?}", asked.spec);
    }
}

/// The filter or unit says `value` whatever it sees.
fn set_row(asked: &mut Asked, layer: usize, channel: usize, value: f32) {
    let [weight, bias] = ["weight", "bias"].map(|name| format!("{layer}.{name}"));
    let mut weights = asked.network.parameter(&weight).expect("weights");
    let mut biases = asked.network.parameter(&bias).expect("biases");
    let row = weights.len() / biases.len();
    weights[channel * row..][..row].fill(0.0);
    biases[channel] = value;
    asked.network.set_parameter(&weight, &weights).expect("weights");
    asked.network.set_parameter(&bias, &biases).expect("biases");
}

/// The units of `layer` see `value` in place of their input `unit`.
fn set_column(asked: &mut Asked, layer: usize, unit: usize, value: f32) {
    let [weight, bias] = ["weight", "bias"].map(|name| format!("{layer}.{name}"));
    let mut weights = asked.network.parameter(&weight).expect("weights");
    let mut biases = asked.network.parameter(&bias).expect("biases");
    let row = weights.len() / biases.len();
    for (weights, bias) in weights.chunks_exact_mut(row).zip(&mut biases) {
        *bias += value * weights[unit];
        weights[unit] = 0.0;
    }
    asked.network.set_parameter(&weight, &weights).expect("weights");
    asked.network.set_parameter(&bias, &biases).expect("biases");
}

#[test]
fn what_each_channel_costs_is_what_reading_all_images_without_it_shows() {
    let mut rng = Rng::new(74);
    for case in 0..30 {
        let mut asked = Asked::new(random_spec(&mut rng), &mut rng);
        let count = 1 + below(&mut rng, 40);
        let (images, classes) = (asked.images(&mut rng, count), asked.network.classes());
        // The network's own answers, so that something can be lost, and some that are wrong.
        let answers = asked.inquiry.read(&images, &[]).expect("images").logits;
        let mut labels: Vec<u8> = answers.chunks_exact(classes).map(|z| predicted_class(z) as u8).collect();
        labels[0] = (labels[0] + 1) % classes as u8;
        asked.inquiry.use_images(images.clone(), labels.clone()).expect("images");
        to_the_end(&mut rng, |passes| asked.inquiry.measure_means(passes));
        let to = if rng.below(2) == 0 { Frozen::Zero } else { Frozen::Mean };
        let layer = below(&mut rng, asked.spec.layers.len());
        let channels = asked.shape(layer).channels();
        let other = below(&mut rng, asked.spec.layers.len());
        let other = Off { layer: other, channel: below(&mut rng, asked.shape(other).channels()), to };
        let besides = if rng.below(2) == 0 { vec![] } else { vec![other] };

        let mut right = |off: &[Off]| {
            let logits = asked.inquiry.read(&images, off).expect("images").logits;
            let answers = logits.chunks_exact(classes).map(predicted_class);
            answers.zip(&labels).map(|(answer, &label)| u32::from(answer == usize::from(label))).collect()
        };
        let with: Vec<u32> = right(&besides);
        let without: Vec<u32> = (0..channels)
            .map(|channel| {
                // The channel's own setting counts, also where it is among the others.
                let off = [&besides[..], &[Off { layer, channel, to }]].concat();
                right(&off).iter().sum()
            })
            .collect();

        let mut costs = asked.inquiry.channel_costs(layer, to, &besides).expect("a layer");
        to_the_end(&mut rng, |passes| costs.advance(passes));
        assert_eq!(costs.images(), count, "case {case}");
        assert_eq!(costs.correct(), with.iter().sum::<u32>(), "case {case}");
        assert_eq!(costs.correct_without(), without, "case {case}: layer {layer} of {:?}", asked.spec);

        let mut accuracy = asked.inquiry.accuracy(&besides).expect("channels");
        to_the_end(&mut rng, |passes| accuracy.advance(passes));
        for class in 0..classes {
            let of_class = || with.iter().zip(&labels).filter(|&(_, &label)| usize::from(label) == class);
            assert_eq!(accuracy.correct()[class], of_class().map(|(&right, _)| right).sum::<u32>());
            assert_eq!(accuracy.images()[class] as usize, of_class().count());
        }
    }
}
