//! Teaching: examples of one's own are learnt, the training set is not forgotten, and the run can go on.

mod common;

use common::{run, small_spec, striped_dataset};
use convscope::data::{Dataset, Split};
use convscope::error::ErrorCode;
use convscope::mnist::PIXELS;
use convscope::spec::{Faults, Spec, Training};
use convscope::trainer::{TeachingSettings, Trainer};
use wasm_bindgen_test::wasm_bindgen_test;

const SETTINGS: TeachingSettings = TeachingSettings {
    steps: 120,
    batch_size: 32,
    examples: 12,
    learning_rate: 2e-3,
    ..TeachingSettings::USUAL
};

/// Dark images with a bright column, which the striped data set has none of: column 4 is a 3, column 20 an 8.
fn examples() -> (Vec<u8>, Vec<u8>) {
    let image = |column: usize| (0..PIXELS).map(move |at| if at % 28 / 3 == column / 3 { 220 } else { 0 });
    (image(4).chain(image(20)).collect(), vec![3, 8])
}

fn trained(dataset: &Dataset) -> Trainer {
    run(Spec { training: Training { epochs: 100, ..small_spec().training }, ..small_spec() }, dataset, 150)
}

fn teach(trainer: &mut Trainer, dataset: &Dataset, slice: usize) {
    let (pixels, labels) = examples();
    trainer.begin_teaching(dataset, &pixels, &labels, SETTINGS).expect("examples");
    while trainer.continue_teaching(dataset, slice).expect("a slice") > 0 {}
}

fn predicted(trainer: &mut Trainer, pixels: &[u8]) -> usize {
    let probabilities = trainer.predict(pixels).expect("an image");
    (0..probabilities.len()).max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b])).expect("classes")
}

#[wasm_bindgen_test(unsupported = test)]
fn what_is_taught_is_learnt_and_the_rest_is_not_forgotten() {
    let dataset = striped_dataset(240, 0, 100);
    let mut trainer = trained(&dataset);
    let before = trainer.evaluate(&dataset, Split::Test).expect("all images").accuracy;
    let (pixels, labels) = examples();
    teach(&mut trainer, &dataset, 50);
    for (pixels, &label) in pixels.chunks(PIXELS).zip(&labels) {
        assert_eq!(predicted(&mut trainer, pixels), usize::from(label));
    }
    let after = trainer.evaluate(&dataset, Split::Test).expect("all images").accuracy;
    assert!(before > 0.95 && after >= before - 0.02, "{before} {after}");
}

#[wasm_bindgen_test(unsupported = test)]
fn teaching_has_the_same_bits_however_it_is_sliced() {
    let dataset = striped_dataset(240, 0, 0);
    let (mut once, mut sliced) = (trained(&dataset), trained(&dataset));
    teach(&mut once, &dataset, 1000);
    teach(&mut sliced, &dataset, 7);
    assert_eq!(once.checkpoint(), sliced.checkpoint());
    assert_ne!(once.checkpoint(), trained(&dataset).checkpoint());
}

#[wasm_bindgen_test(unsupported = test)]
fn the_run_goes_on_from_where_it_was_with_its_own_optimizer_and_settings() {
    let dataset = striped_dataset(240, 0, 0);
    let mut trainer = trained(&dataset);
    let (position, spec) = (trainer.position(), trainer.spec().clone());
    teach(&mut trainer, &dataset, 50);
    assert_eq!((trainer.position(), trainer.spec()), (position, &spec));
    let mut restored = Trainer::restore(&trainer.checkpoint(), &dataset).expect("a checkpoint");
    for trainer in [&mut trainer, &mut restored] {
        trainer.step(&dataset).expect("a step");
    }
    assert_eq!(trainer.checkpoint(), restored.checkpoint());
}

#[wasm_bindgen_test(unsupported = test)]
fn undo_restores_the_weights_also_in_the_middle_and_is_refused_once_the_run_has_gone_on() {
    let dataset = striped_dataset(240, 0, 0);
    let before = trained(&dataset).checkpoint();
    let mut trainer = trained(&dataset);
    teach(&mut trainer, &dataset, 50);
    trainer.undo_teaching().expect("a teaching");
    assert_eq!(trainer.checkpoint(), before);
    assert_eq!(trainer.undo_teaching().expect_err("nothing").code, ErrorCode::NotReady);

    let (pixels, labels) = examples();
    trainer.begin_teaching(&dataset, &pixels, &labels, SETTINGS).expect("examples");
    trainer.continue_teaching(&dataset, 5).expect("a slice");
    trainer.undo_teaching().expect("a teaching");
    assert_eq!(trainer.checkpoint(), before);

    teach(&mut trainer, &dataset, 50);
    trainer.step(&dataset).expect("a step");
    assert_eq!(trainer.undo_teaching().expect_err("gone on").code, ErrorCode::NotReady);
    assert_eq!(trainer.continue_teaching(&dataset, 1).expect_err("gone on").code, ErrorCode::NotReady);
}

#[wasm_bindgen_test(unsupported = test)]
fn mistakes_made_on_purpose_do_not_spoil_what_is_taught_and_are_made_again_afterwards() {
    let dataset = striped_dataset(240, 0, 0);
    let mut trainer = trained(&dataset);
    let faults = Faults { wrong_sign: true, ..Faults::default() };
    let training = Training { faults, ..trainer.spec().training.clone() };
    let mut faulty = trained(&dataset);
    faulty.configure(training.clone()).expect("settings");
    teach(&mut trainer, &dataset, 50);
    teach(&mut faulty, &dataset, 50);
    assert_eq!(trainer.network().fingerprint(), faulty.network().fingerprint());
    trainer.configure(training).expect("settings");
    for trainer in [&mut trainer, &mut faulty] {
        trainer.step(&dataset).expect("a step");
    }
    assert_eq!(trainer.network().fingerprint(), faulty.network().fingerprint());
}

#[wasm_bindgen_test(unsupported = test)]
fn impossible_examples_and_settings_are_refused_and_change_nothing() {
    let dataset = striped_dataset(240, 0, 0);
    let mut trainer = trained(&dataset);
    let before = trainer.checkpoint();
    let (pixels, labels) = examples();
    let many = (vec![0; 501 * PIXELS], vec![0; 501]);
    for (pixels, labels) in [(&pixels[..], &labels[..1]), (&[], &[]), (&pixels, &[3, 10]), (&many.0, &many.1)]
    {
        let error = trainer.begin_teaching(&dataset, pixels, labels, SETTINGS).expect_err("impossible");
        assert_eq!(error.code, ErrorCode::ImpossibleShape);
    }
    for settings in [
        TeachingSettings { steps: 0, ..SETTINGS },
        TeachingSettings { steps: 10_001, ..SETTINGS },
        TeachingSettings { examples: 33, ..SETTINGS },
        TeachingSettings { learning_rate: f32::NAN, ..SETTINGS },
    ] {
        let error = trainer.begin_teaching(&dataset, &pixels, &labels, settings).expect_err("impossible");
        assert_eq!(error.code, ErrorCode::OutOfRange);
    }
    let missing = Dataset::default();
    let error = trainer.begin_teaching(&missing, &pixels, &labels, SETTINGS).expect_err("no images");
    assert_eq!(error.code, ErrorCode::NotReady);
    assert_eq!(trainer.checkpoint(), before);
}
