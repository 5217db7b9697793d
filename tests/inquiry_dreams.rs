//! Pictures that channels are made to dream, against slopes taken one number at a time.

mod common;

use common::asked::{Asked, levels, slopes, smooth_spec, to_the_end};
use common::random_spec::random_spec;
use common::relative_error;
use convscope::inquiry::{Dream, DreamSettings};
use convscope::rng::Rng;

const BARE: DreamSettings =
    DreamSettings { seed: 5, steps: 1, rate: 20.0, jitter: 0, blur: 0.0, decay: 0.0, variation: 0.0 };

fn below(rng: &mut Rng, bound: usize) -> usize {
    rng.below(bound as u32) as usize
}

/// The mean of a channel's map, of maps one after the other.
fn mean_of(maps: &[f64], channels: usize, channel: usize) -> f64 {
    let run = maps.len() / channels;
    maps[channel * run..][..run].iter().sum::<f64>() / run as f64
}

fn dreamt(rng: &mut Rng, dream: &mut Dream) -> Vec<u8> {
    to_the_end(rng, |passes| dream.advance(passes));
    dream.pixels()
}

#[test]
fn a_step_of_a_dream_goes_up_the_slopes_of_its_channels_mean() {
    let mut rng = Rng::new(81);
    let mut cases = 0;
    while cases < 12 {
        let asked = Asked::new(smooth_spec(&mut rng), &mut rng);
        if asked.pixels() > 500 {
            continue;
        }
        cases += 1;
        let layer = below(&mut rng, asked.spec.layers.len());
        let channels = asked.shape(layer).channels();
        let channel = below(&mut rng, channels);
        let mut dream = asked.inquiry.dream(layer, &[channel], BARE).expect("a channel");
        let start = levels(&dream.pixels());
        let end = levels(&dreamt(&mut rng, &mut dream));
        let up = slopes(&start, 1e-2, |x| mean_of(&asked.plain(x)[layer], channels, channel));
        let root = (up.iter().map(|d| d * d).sum::<f64>() / up.len() as f64).sqrt();
        assert!(root > 0.0, "no slope in {:?}", asked.spec);
        for ((start, end), d) in start.iter().zip(&end).zip(&up) {
            let expected = (start + 20.0 * d / root).clamp(0.0, 255.0);
            // Both ends are rounded, and so is where the slopes were taken.
            assert!(
                (end - expected).abs() < 2.5,
                "{start} became {end}, not {expected}, in {:?}",
                asked.spec
            );
        }
    }
}

#[test]
fn the_values_of_a_dream_are_the_means_of_its_maps_and_rise() {
    let mut rng = Rng::new(82);
    for case in 0..12 {
        let asked = Asked::new(random_spec(&mut rng), &mut rng);
        let layer = below(&mut rng, asked.spec.layers.len());
        let channels = asked.shape(layer).channels();
        let chosen: Vec<usize> = (0..channels.min(20)).rev().collect();
        let settings = DreamSettings { steps: 6, ..DreamSettings::default() };
        let mut dream = asked.inquiry.dream(layer, &chosen, settings).expect("channels");
        let before = dream.values().expect("values");
        let pixels = dreamt(&mut rng, &mut dream);
        let after = dream.values().expect("values");
        let expected: Vec<f64> = (pixels.chunks_exact(asked.pixels()).zip(&chosen))
            .map(|(picture, &channel)| mean_of(&asked.plain(&levels(picture))[layer], channels, channel))
            .collect();
        assert!(relative_error(&after, &expected) < 1e-4, "case {case}");
        let rose = before.iter().zip(&after).filter(|(before, after)| after >= before).count();
        assert!(2 * rose > chosen.len(), "case {case}: {rose} of {} rose in {:?}", chosen.len(), asked.spec);
    }
}

#[test]
fn a_dream_is_its_seeds_and_does_not_depend_on_what_is_dreamt_beside_it() {
    let mut rng = Rng::new(83);
    let asked = Asked::new(common::small_spec(), &mut rng);
    let settings = DreamSettings { steps: 4, ..DreamSettings::default() };
    let mut dream = |channels: &[usize], seed: u64| {
        let mut dream = asked.inquiry.dream(3, channels, DreamSettings { seed, ..settings }).expect("units");
        dreamt(&mut rng, &mut dream)
    };
    let all: Vec<usize> = (0..40).collect();
    let pixels = dream(&all, 7);
    assert_eq!(pixels, dream(&all, 7));
    assert_ne!(pixels, dream(&all, 8));
    assert_eq!(pixels[37 * 784..38 * 784], dream(&[37], 7));
}

/// A channel behind a ReLU that no noise wakes: its own slope is 0 everywhere.
#[test]
fn where_a_channel_is_silent_its_dream_climbs_what_goes_into_it() {
    let mut rng = Rng::new(91);
    let mut asked = Asked::new(common::small_spec(), &mut rng);
    let mut bias = asked.network.parameter("0.bias").expect("a bias");
    bias[2] = -1000.0;
    asked.network.set_parameter("0.bias", &bias).expect("a bias");
    // The ReLU, and the pool behind it.
    for layer in [1, 2] {
        let mut dream = asked.changed().dream(layer, &[2, 1], BARE).expect("channels");
        let start = levels(&dream.pixels()[..784]);
        assert_eq!(dream.values().expect("values")[0], 0.0);
        let end = levels(&dreamt(&mut rng, &mut dream)[..784]);
        let up = slopes(&start, 1.0, |x| mean_of(&asked.plain(x)[0], 4, 2));
        let root = (up.iter().map(|d| d * d).sum::<f64>() / 784.0).sqrt();
        for ((start, end), d) in start.iter().zip(&end).zip(&up) {
            let expected = (start + 20.0 * d / root).clamp(0.0, 255.0);
            assert!((end - expected).abs() < 1.5, "layer {layer}: {start} became {end}, not {expected}");
        }
    }
}
