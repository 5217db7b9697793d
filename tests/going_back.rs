//! What must not outlive the weights it belongs to: when a run goes back, is restored or is changed, nothing
//! of what was under way may reach what follows.

mod common;

use common::{adam, run, small_spec, striped_dataset};
use convscope::data::{Dataset, Split};
use convscope::error::ErrorCode;
use convscope::spec::{Optimizer, Spec, Training};
use convscope::trainer::{Shard, Trainer};
use wasm_bindgen_test::wasm_bindgen_test;

/// A run of 250 steps whose optimizer was changed to `rule`, and which then went back.
fn gone_back_under(rule: Optimizer, dataset: &Dataset) -> Trainer {
    let mut trainer = run(Spec { training: long(), ..small_spec() }, dataset, 250);
    let training = Training { optimizer: rule, ..trainer.spec().training.clone() };
    trainer.configure(training).expect("settings");
    trainer.step(dataset).expect("a step");
    assert_eq!(trainer.go_back(), 100);
    trainer
}

/// The settings of a run that does not end soon.
fn long() -> Training {
    Training { epochs: 100, ..small_spec().training }
}

#[wasm_bindgen_test(unsupported = test)]
fn go_back_after_a_change_of_optimizer_starts_from_an_empty_memory() {
    let dataset = striped_dataset(240, 0, 0);
    let mut trainer = gone_back_under(adam(0.01), &dataset);
    let before = trainer.network().weights().to_vec();
    trainer.step(&dataset).expect("a step");
    // The first step of Adam moves a weight by the learning rate.
    let moved = before.iter().zip(trainer.network().weights()).map(|(a, b)| (a - b).abs());
    let most = moved.fold(0.0, f32::max);
    assert!((0.0099..0.0101).contains(&most), "{most}");
}

#[wasm_bindgen_test(unsupported = test)]
fn go_back_under_the_same_optimizer_keeps_what_it_remembered() {
    let dataset = striped_dataset(240, 0, 0);
    let mut trainer = gone_back_under(small_spec().training.optimizer, &dataset);
    trainer.step(&dataset).expect("a step");
    let straight = run(Spec { training: long(), ..small_spec() }, &dataset, 101);
    assert_eq!(trainer.checkpoint(), straight.checkpoint());
}

#[wasm_bindgen_test(unsupported = test)]
fn restore_clears_a_memory_that_belongs_to_another_optimizer() {
    let dataset = striped_dataset(240, 0, 0);
    // As versions before this one wrote it after going back: the momentum of SGD under the name of Adam.
    let momentum = run(small_spec(), &dataset, 5);
    let under_adam = Training { optimizer: adam(0.01), ..small_spec().training };
    let empty = run(Spec { training: under_adam, ..small_spec() }, &dataset, 5).checkpoint();
    let numbers = 12 * momentum.network().weights().len();
    let (header, old) = (&empty[..empty.len() - numbers], momentum.checkpoint());
    let mixed = [header, &old[old.len() - numbers..]].concat();
    let mut trainer = Trainer::restore(&mixed, &dataset).expect("a checkpoint");
    let before = trainer.network().weights().to_vec();
    trainer.step(&dataset).expect("a step");
    let moved = before.iter().zip(trainer.network().weights()).map(|(a, b)| (a - b).abs());
    assert!(moved.fold(0.0, f32::max) < 0.0101);
}

#[wasm_bindgen_test(unsupported = test)]
fn take_gradient_norms_has_no_readings_of_steps_that_were_gone_back_over() {
    let dataset = striped_dataset(240, 0, 0);
    let mut trainer = run(Spec { training: long(), ..small_spec() }, &dataset, 90);
    trainer.watch_gradient_norms(true);
    for _ in 0..160 {
        trainer.step(&dataset).expect("a step");
    }
    assert_eq!(trainer.go_back(), 100);
    assert!(trainer.take_gradient_norms().is_empty());
    let mut trainer = run(Spec { training: long(), ..small_spec() }, &dataset, 70);
    trainer.watch_gradient_norms(true);
    for _ in 0..180 {
        trainer.step(&dataset).expect("a step");
    }
    trainer.go_back();
    assert_eq!(trainer.take_gradient_norms().iter().map(|norms| norms.step).collect::<Vec<_>>(), [81]);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_step_that_was_begun_is_dropped_by_whatever_changes_what_it_depends_on() {
    let dataset = striped_dataset(240, 0, 20);
    let training = || Training { optimizer: adam(0.01), ..long() };
    type Change<'a> = &'a dyn Fn(&mut Trainer);
    let changes: [(&str, Change); 6] = [
        ("go_back", &|trainer| assert_eq!(trainer.go_back(), 0)),
        ("configure", &|trainer| trainer.configure(training()).expect("settings")),
        ("set_parameter", &|trainer| trainer.set_parameter("0.bias", &[0.0; 4]).expect("a bias")),
        ("rehearse", &|trainer| trainer.rehearse(&dataset, 20).expect("images")),
        ("trace_weight", &|trainer| drop(trainer.trace_weight(&dataset, "0.bias", 0).expect("a bias"))),
        ("loss_line", &|trainer| drop(trainer.loss_line(&dataset, 0.0, 1.0, 3).expect("a line"))),
    ];
    for (name, change) in changes {
        let mut trainer = run(small_spec(), &dataset, 3);
        let blocks = trainer.begin_step(&dataset).expect("images");
        trainer.compute(0..blocks).expect("a step");
        change(&mut trainer);
        let before = trainer.checkpoint();
        assert_eq!(trainer.compute(0..blocks).unwrap_err().code, ErrorCode::NotReady, "{name}");
        assert_eq!(trainer.request(0..blocks, &mut vec![]).unwrap_err().code, ErrorCode::NotReady, "{name}");
        assert_eq!(trainer.finish_step().unwrap_err().code, ErrorCode::NotReady, "{name}");
        assert_eq!(trainer.checkpoint(), before, "{name}");
        trainer.step(&dataset).expect(name);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn accept_refuses_the_answer_to_an_earlier_request_for_the_same_step() {
    let dataset = striped_dataset(240, 0, 0);
    let mut trainer = Trainer::new(small_spec(), &dataset).expect("a spec that fits");
    let mut shard = Shard::new(&small_spec()).expect("a spec that fits");
    let (mut request, mut answer) = (vec![], vec![]);
    let blocks = trainer.begin_step(&dataset).expect("images");
    trainer.request(0..blocks, &mut request).expect("a step");
    shard.answer(&request, &mut answer).expect("a request");
    // The same step on other weights, and a step of that number of another run.
    trainer.set_parameter("0.bias", &[1.0; 4]).expect("a bias");
    let mut other = Trainer::new(Spec { seed: 2, ..small_spec() }, &dataset).expect("a spec that fits");
    for trainer in [&mut trainer, &mut other] {
        trainer.begin_step(&dataset).expect("images");
        assert_eq!(trainer.accept(&answer).unwrap_err().code, ErrorCode::BadFile);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn an_evaluation_whose_weights_change_on_the_way_starts_again() {
    let dataset = striped_dataset(100, 100, 0);
    let mut trainer = run(small_spec(), &dataset, 3);
    trainer.begin_evaluation(Split::Validation);
    trainer.continue_evaluation(&dataset, 48).expect("a slice");
    trainer.step(&dataset).expect("a step");
    while !trainer.continue_evaluation(&dataset, 48).expect("a slice") {}
    let found = trainer.evaluation().expect("a result");
    assert_eq!(found, trainer.evaluate(&dataset, Split::Validation).expect("an evaluation"));
}
