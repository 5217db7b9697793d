//! Runs: what repeats, what can change during a run, and what happens when a run breaks.

mod common;

use common::{adam, run, small_spec, striped_dataset};
use convscope::data::{Dataset, Sizes, Split};
use convscope::error::ErrorCode;
use convscope::mnist::FORM;
use convscope::spec::{Augmentation, Optimizer, Schedule, Spec};
use convscope::trainer::Trainer;
use wasm_bindgen_test::wasm_bindgen_test;

/// The result of a run that uses everything at once. The number was printed by the native build; that
/// the same test passes in wasm shows that both compute the same bits.
#[wasm_bindgen_test(unsupported = test)]
fn the_same_seed_gives_the_same_weights_bit_for_bit_on_every_target() {
    let dataset = striped_dataset(200, 0, 0);
    let mut spec = small_spec();
    spec.training.augmentation = Augmentation { rotation: 10.0, shift: 2.0, scale: 0.1, shear: 0.1 };
    spec.training.schedule = Schedule::OneCycle { warmup: 0.3 };
    spec.training.optimizer = adam(0.01);
    let trainer = run(spec, &dataset, 20);
    assert_eq!(format!("{:016x}", trainer.network().fingerprint()), "9584a0e14177fa3d");
}

#[wasm_bindgen_test(unsupported = test)]
fn another_seed_leads_to_other_weights() {
    let dataset = striped_dataset(48, 0, 0);
    let other = Spec { seed: 2, ..small_spec() };
    let fingerprint = |spec| run(spec, &dataset, 2).network().fingerprint();
    assert_eq!(fingerprint(small_spec()), fingerprint(small_spec()));
    assert_ne!(fingerprint(small_spec()), fingerprint(other));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_run_learns_what_can_be_learnt() {
    let dataset = striped_dataset(600, 200, 200);
    let mut trainer = Trainer::new(small_spec(), &dataset).expect("a spec that fits");
    let before = trainer.evaluate(&dataset, Split::Validation).expect("an evaluation");
    while !trainer.is_finished() {
        trainer.step(&dataset).expect("a step");
    }
    let after = trainer.evaluate(&dataset, Split::Test).expect("an evaluation");
    assert!(before.accuracy < 0.4, "{}", before.accuracy);
    assert!(after.accuracy > 0.95, "{}", after.accuracy);
    assert_eq!(after.images, 200);
}

#[wasm_bindgen_test(unsupported = test)]
fn an_epoch_passes_every_image_and_its_last_batch_takes_what_is_left() {
    let dataset = striped_dataset(50, 0, 0);
    let mut trainer = Trainer::new(small_spec(), &dataset).expect("a spec that fits");
    assert_eq!((trainer.steps_per_epoch(), trainer.total_steps()), (3, 9));
    let mut places = vec![];
    for _ in 0..4 {
        trainer.step(&dataset).expect("a step");
        let position = trainer.position();
        places.push((position.epoch, position.images));
    }
    assert_eq!(places, [(0, 24), (0, 48), (1, 0), (1, 24)]);
    assert_eq!(trainer.total_steps(), 9);
}

#[wasm_bindgen_test(unsupported = test)]
fn predict_evaluate_and_rehearse_do_not_change_what_is_learnt() {
    let dataset = striped_dataset(100, 30, 40);
    let undisturbed = run(small_spec(), &dataset, 5).network().fingerprint();
    let mut trainer = Trainer::new(small_spec(), &dataset).expect("a spec that fits");
    for _ in 0..5 {
        trainer.predict(dataset.image(Split::Training, 3).expect("an image")).expect("a prediction");
        trainer.evaluate(&dataset, Split::Validation).expect("an evaluation");
        trainer.evaluate(&dataset, Split::Training).expect("an evaluation");
        trainer.rehearse(&dataset, 40).expect("enough test images");
        trainer.step(&dataset).expect("a step");
    }
    assert_eq!(trainer.network().fingerprint(), undisturbed);
}

#[wasm_bindgen_test(unsupported = test)]
fn restore_continues_as_if_nothing_had_happened() {
    let dataset = striped_dataset(100, 0, 0);
    for optimizer in [Optimizer::default(), adam(0.003)] {
        let mut spec = small_spec();
        spec.training.optimizer = optimizer;
        let straight = run(spec.clone(), &dataset, 9);
        let half = run(spec.clone(), &dataset, 4).checkpoint();
        assert_eq!(Trainer::read_checkpoint(&half).expect("a checkpoint"), (spec, 4));
        let mut resumed = Trainer::restore(&half, &dataset).expect("a checkpoint");
        for _ in 0..5 {
            resumed.step(&dataset).expect("a step");
        }
        assert_eq!(resumed.network().fingerprint(), straight.network().fingerprint());
        assert_eq!(resumed.position(), straight.position());
        assert_eq!(resumed.checkpoint(), straight.checkpoint());
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn restore_refuses_a_damaged_checkpoint_with_a_reason() {
    let dataset = striped_dataset(30, 0, 0);
    let good = run(small_spec(), &dataset, 1).checkpoint();
    let refused = |bytes: &[u8]| {
        let code = Trainer::restore(bytes, &dataset).err().map(|error| error.code);
        assert_eq!(Trainer::read_checkpoint(bytes).err().map(|error| error.code), code);
        code
    };
    assert_eq!(refused(&good), None);
    for length in [0, 3, 11, 12, 40, good.len() - 1] {
        assert_eq!(refused(&good[..length]), Some(ErrorCode::BadFile), "cut off at {length}");
    }
    let mut longer = good.clone();
    longer.push(0);
    assert_eq!(refused(&longer), Some(ErrorCode::BadFile));
    let mut not_finite = good.clone();
    let end = not_finite.len();
    not_finite[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
    assert_eq!(refused(&not_finite), Some(ErrorCode::BadFile));
    let mut huge_header = good;
    huge_header[8..12].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(refused(&huge_header), Some(ErrorCode::BadFile));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_run_that_blows_up_stops_at_the_last_good_weights_and_can_go_back() {
    let dataset = striped_dataset(240, 0, 0);
    let mut trainer = run(small_spec(), &dataset, 250);
    assert_eq!(trainer.can_go_back_to(), 100);
    let mut training = trainer.spec().training.clone();
    training.optimizer =
        Optimizer::Sgd { learning_rate: 1e3, momentum: 0.0, nesterov: false, weight_decay: 0.0 };
    trainer.configure(training).expect("settings");
    let error = (0..200).find_map(|_| trainer.step(&dataset).err()).expect("no network survives this");
    assert_eq!(error.code, ErrorCode::NotFinite);
    assert!(error.layer.is_some(), "{error}");
    assert!(error.message.contains(&format!("step {}", trainer.position().step + 1)), "{error}");
    let stopped_at = trainer.position();
    assert!(trainer.step(&dataset).is_err());
    assert_eq!(trainer.position(), stopped_at);

    let step = trainer.go_back();
    assert!(step < stopped_at.step);
    let mut training = trainer.spec().training.clone();
    training.optimizer = Optimizer::default();
    trainer.configure(training).expect("settings");
    trainer.step(&dataset).expect("it trains again");
}

#[wasm_bindgen_test(unsupported = test)]
fn configure_changes_every_setting_between_two_steps() {
    let dataset = striped_dataset(200, 0, 0);
    let mut trainer = run(small_spec(), &dataset, 2);
    let mut training = trainer.spec().training.clone();
    training.batch_size = 70;
    training.epochs = 1;
    training.optimizer = adam(0.001);
    training.schedule = Schedule::Cosine { floor: 0.0 };
    training.augmentation.shift = 2.0;
    trainer.configure(training).expect("settings");
    assert_eq!(trainer.total_steps(), 2 + 3);
    for _ in 0..3 {
        trainer.step(&dataset).expect("a step");
    }
    assert!(trainer.is_finished());
    let mut impossible = trainer.spec().training.clone();
    impossible.batch_size = 0;
    let error = trainer.configure(impossible).expect_err("no batch of nothing");
    assert_eq!(error.code, ErrorCode::OutOfRange);
    assert_eq!(trainer.spec().training.batch_size, 70);
}

#[wasm_bindgen_test(unsupported = test)]
fn momentum_survives_a_new_learning_rate_and_is_forgotten_with_the_rule_it_belongs_to() {
    let dataset = striped_dataset(100, 0, 0);
    let change = |optimizer| {
        let mut trainer = run(small_spec(), &dataset, 2);
        let mut training = trainer.spec().training.clone();
        training.optimizer = optimizer;
        trainer.configure(training).expect("settings");
        trainer.step(&dataset).expect("a step");
        trainer
    };
    let slower = Optimizer::Sgd { learning_rate: 1e-9, momentum: 0.9, nesterov: false, weight_decay: 0.0 };
    let before = run(small_spec(), &dataset, 2).checkpoint();
    assert_ne!(change(slower).checkpoint(), before);
    // After a switch to Adam and one update from an empty memory each weight moves by the learning rate.
    let before = run(small_spec(), &dataset, 2);
    let after = change(adam(0.01));
    let moved = before.network().weights().iter().zip(after.network().weights()).map(|(a, b)| (a - b).abs());
    assert!(moved.fold(0.0, f32::max) < 0.0101);
}

#[wasm_bindgen_test(unsupported = test)]
fn begin_step_refuses_images_that_are_not_loaded_and_changes_nothing() {
    let mut dataset = Dataset::new(FORM, Sizes { training: 100, validation: 0, test: 0 });
    let mut trainer = Trainer::new(small_spec(), &dataset).expect("a spec that fits");
    let before = trainer.checkpoint();
    let error = trainer.step(&dataset).expect_err("nothing has been loaded");
    assert_eq!(error.code, ErrorCode::NotReady);
    assert_eq!(trainer.checkpoint(), before);
    dataset = striped_dataset(100, 0, 0);
    trainer.step(&dataset).expect("now they are there");
}

#[wasm_bindgen_test(unsupported = test)]
fn a_network_for_other_images_is_refused() {
    let dataset = striped_dataset(10, 0, 0);
    let spec = Spec { input: [1, 20, 20], ..small_spec() };
    assert_eq!(Trainer::new(spec, &dataset).err().map(|e| e.code), Some(ErrorCode::ImpossibleShape));
}

#[wasm_bindgen_test(unsupported = test)]
fn a_sliced_evaluation_is_the_same_as_a_whole_one() {
    let dataset = striped_dataset(30, 100, 0);
    let mut trainer = run(small_spec(), &dataset, 3);
    let whole = trainer.evaluate(&dataset, Split::Validation).expect("an evaluation");
    trainer.begin_evaluation(Split::Validation);
    while !trainer.continue_evaluation(&dataset, 16).expect("a slice") {}
    assert_eq!(trainer.evaluation().expect("a result"), whole);
}

#[wasm_bindgen_test(unsupported = test)]
fn begin_step_on_other_images_is_a_step_and_leaves_the_place_in_the_epoch() {
    let dataset = striped_dataset(100, 0, 0);
    let mut trainer = Trainer::new(small_spec(), &dataset).expect("a spec that fits");
    let mut twin = trainer.clone();
    trainer.step(&dataset).expect("a step");

    let batch = convscope::data::shuffled(1, 0, 100);
    let (mut pixels, mut labels) = (vec![], vec![]);
    for &index in &batch[..24] {
        pixels.extend_from_slice(dataset.image(Split::Training, index as usize).expect("an image"));
        labels.push(dataset.label(Split::Training, index as usize).expect("a label"));
    }
    let blocks = twin.begin_step_on(&pixels, &labels).expect("a batch");
    twin.compute(0..blocks).expect("a step");
    twin.finish_step().expect("a step");
    assert_eq!(twin.network().fingerprint(), trainer.network().fingerprint());
    assert_eq!((twin.position().step, twin.position().images), (1, 0));

    for (pixels, labels) in [(&pixels[1..], &labels[..]), (&[], &[]), (&pixels[..784], &[10])] {
        assert_eq!(twin.begin_step_on(pixels, labels).unwrap_err().code, ErrorCode::ImpossibleShape);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn use_images_goes_on_with_other_images_and_keeps_the_place_where_it_can() {
    let dataset = striped_dataset(130, 0, 0);
    let straight = run(small_spec(), &dataset, 204);
    let mut trainer = run(small_spec(), &dataset, 202);
    let place = trainer.position();
    assert_eq!(place.images, 4 * 24);
    trainer.use_images(&dataset);
    assert_eq!(trainer.position(), place);
    let mut same = trainer.clone();
    for _ in 0..2 {
        same.step(&dataset).expect("a step");
    }
    assert_eq!(same.network().fingerprint(), straight.network().fingerprint());

    let fewer = striped_dataset(60, 0, 0);
    trainer.use_images(&fewer);
    assert_eq!((trainer.position().step, trainer.position().images), (202, 0));
    assert_eq!(trainer.steps_per_epoch(), 3);
    trainer.step(&fewer).expect("a step");
    assert_eq!(trainer.go_back(), 100);
    trainer.step(&fewer).expect("a step after going back to a place beyond the images");
}

#[wasm_bindgen_test(unsupported = test)]
fn images_are_warped_from_the_step_on_at_which_it_was_asked_for() {
    let dataset = striped_dataset(100, 0, 0);
    let plain = run(small_spec(), &dataset, 2).network().fingerprint();
    let mut spec = small_spec();
    spec.training.augmentation = Augmentation { rotation: 10.0, shift: 2.0, scale: 0.1, shear: 0.1 };
    let warped = run(spec.clone(), &dataset, 2).network().fingerprint();
    let mut trainer = Trainer::new(small_spec(), &dataset).expect("a spec that fits");
    trainer.configure(spec.training).expect("settings");
    trainer.step(&dataset).expect("a step");
    trainer.step(&dataset).expect("a step");
    assert_eq!(trainer.network().fingerprint(), warped);
    assert_ne!(plain, warped);
}
