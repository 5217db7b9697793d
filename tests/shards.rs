//! A step shared out to several workers: the same bits as from one, and nothing but its own messages
//! accepted.

mod common;

use common::{small_spec, striped_dataset};
use convscope::data::{Dataset, Split};
use convscope::error::ErrorCode;
use convscope::metrics::predicted_class;
use convscope::rng::Rng;
use convscope::spec::{Augmentation, Spec};
use convscope::trainer::parallel::wire;
use convscope::trainer::{Shard, Trainer};
use wasm_bindgen_test::wasm_bindgen_test;

/// Takes a step with `shards` beside the trainer, which answer in the order given by `turn`.
fn step(trainer: &mut Trainer, shards: &mut [Shard], dataset: &Dataset, turn: usize) {
    let blocks = trainer.begin_step(dataset).expect("images");
    let workers = shards.len() + 1;
    let part = |worker: usize| worker * blocks / workers..(worker + 1) * blocks / workers;
    let (mut request, mut answer) = (vec![], vec![]);
    for index in 0..shards.len() {
        let index = (index + turn) % shards.len();
        trainer.request(part(index + 1), &mut request).expect("a step");
        shards[index].answer(&request, &mut answer).expect("a request");
        let most = wire::max_message_len(part(index + 1).len(), trainer.network());
        assert!(request.len().max(answer.len()) <= most, "{} and {}", request.len(), answer.len());
        trainer.accept(&answer).expect("an answer");
    }
    trainer.compute(part(0)).expect("a step");
    trainer.finish_step().expect("a step");
}

/// Dropout and warped images, which depend on more than pixels and weights; an odd number of blocks.
fn spec() -> Spec {
    let mut spec = small_spec();
    spec.training.augmentation = Augmentation { rotation: 10.0, shift: 2.0, scale: 0.1, shear: 0.1 };
    spec.training.batch_size = 104;
    spec
}

#[wasm_bindgen_test(unsupported = test)]
fn however_many_workers_share_a_step_the_weights_are_the_same_bit_for_bit() {
    let dataset = striped_dataset(300, 0, 0);
    let mut alone = Trainer::new(spec(), &dataset).expect("a spec that fits");
    let losses: Vec<f32> = (0..7).map(|_| alone.step(&dataset).expect("a step").loss).collect();
    for count in 1..=9 {
        let mut trainer = Trainer::new(spec(), &dataset).expect("a spec that fits");
        let mut shards = vec![Shard::new(&spec()).expect("a spec that fits"); count];
        for turn in 0..7 {
            step(&mut trainer, &mut shards, &dataset, turn);
        }
        assert_eq!(trainer.network().fingerprint(), alone.network().fingerprint(), "{count} shards");
        assert_eq!(trainer.position(), alone.position());
    }
    assert!(losses.iter().all(|loss| loss.is_finite()));
}

#[wasm_bindgen_test(unsupported = test)]
fn passed_is_the_same_bit_for_bit_wherever_the_images_passed() {
    let dataset = striped_dataset(300, 0, 0);
    let mut trainer = Trainer::new(spec(), &dataset).expect("a spec that fits");
    let mut shard = Shard::new(&spec()).expect("a spec that fits");
    // The third step of an epoch has 92 images: its last block is not full.
    for _ in 0..3 {
        let mut alone = trainer.clone();
        let blocks = trainer.begin_step(&dataset).expect("images");
        let (mut request, mut answer) = (vec![], vec![]);
        trainer.request(2..blocks, &mut request).expect("a step");
        shard.answer(&request, &mut answer).expect("a request");
        trainer.accept(&answer).expect("an answer");
        trainer.compute(0..2).expect("a step");
        alone.begin_step(&dataset).expect("images");
        alone.compute(0..blocks).expect("a step");
        let bits = |losses: &[f32]| losses.iter().map(|loss| loss.to_bits()).collect::<Vec<_>>();
        let ((images, labels, losses), expected) = (trainer.passed(), alone.passed());
        assert_eq!((images, labels, bits(&losses)), (expected.0, expected.1, bits(&expected.2)));
        assert_eq!((images.len(), images.len()), (labels.len(), losses.len()));
        trainer.finish_step().expect("a step");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn passed_is_what_an_evaluation_with_the_weights_before_the_step_would_say() {
    let dataset = striped_dataset(300, 0, 0);
    let mut plain = small_spec();
    plain.layers.retain(|layer| layer.kind() != "dropout");
    plain.data.wrong_labels = 0.5;
    let mut trainer = Trainer::new(plain, &dataset).expect("a spec that fits");
    let (mut wrong, mut right, mut relabelled) = (0, 0, 0);
    for _ in 0..20 {
        let mut before = trainer.clone();
        let blocks = trainer.begin_step(&dataset).expect("images");
        trainer.compute(0..blocks).expect("a step");
        let (images, labels, losses) = trainer.passed();
        for ((&image, &label), &loss) in images.iter().zip(labels).zip(&losses) {
            let pixels = dataset.image(Split::Training, image as usize).expect("an image");
            let probabilities = before.predict(pixels).expect("an answer");
            let expected = -probabilities[usize::from(label)].ln();
            assert!((loss.abs() - expected).abs() < 1e-4 * (1.0 + expected), "{loss} and {expected}");
            let is_right = predicted_class(probabilities) == usize::from(label);
            assert_eq!(loss.is_sign_positive(), is_right);
            (right, wrong) = (right + usize::from(is_right), wrong + usize::from(!is_right));
            let own = dataset.label(Split::Training, image as usize).expect("a label");
            relabelled += usize::from(own != label);
        }
        trainer.finish_step().expect("a step");
    }
    assert!(right > 50 && wrong > 50 && relabelled > 50, "{right}, {wrong}, {relabelled}");
}

#[wasm_bindgen_test(unsupported = test)]
fn finish_step_without_all_blocks_changes_nothing_and_the_step_can_be_begun_again() {
    let dataset = striped_dataset(300, 0, 0);
    let mut trainer = Trainer::new(spec(), &dataset).expect("a spec that fits");
    let before = trainer.network().fingerprint();
    assert_eq!(trainer.finish_step().unwrap_err().code, ErrorCode::NotReady);
    let blocks = trainer.begin_step(&dataset).expect("images");
    trainer.compute(0..blocks - 1).expect("a step");
    assert_eq!(trainer.finish_step().unwrap_err().code, ErrorCode::NotReady);
    assert_eq!(trainer.network().fingerprint(), before);
    trainer.step(&dataset).expect("a step");
    let mut alone = Trainer::new(spec(), &dataset).expect("a spec that fits");
    alone.step(&dataset).expect("a step");
    assert_eq!(trainer.network().fingerprint(), alone.network().fingerprint());
}

#[wasm_bindgen_test(unsupported = test)]
fn a_loss_that_is_not_a_number_elsewhere_is_found_and_named_here() {
    let dataset = striped_dataset(300, 0, 0);
    let mut broken = spec();
    broken.training.optimizer =
        serde_json::from_str(r#"{"type":"sgd","learning_rate":1000}"#).expect("a rule");
    let mut trainer = Trainer::new(broken.clone(), &dataset).expect("a spec that fits");
    let mut alone = trainer.clone();
    let expected = (0..200).find_map(|_| alone.step(&dataset).err()).expect("an end");
    let mut shard = Shard::new(&broken).expect("a spec that fits");
    let error = (0..200).find_map(|_| {
        let blocks = trainer.begin_step(&dataset).expect("images");
        let (mut request, mut answer) = (vec![], vec![]);
        trainer.request(0..blocks, &mut request).expect("a step");
        shard.answer(&request, &mut answer).expect("a request");
        trainer.accept(&answer).expect("an answer");
        trainer.finish_step().err()
    });
    assert_eq!(error, Some(expected));
}

#[wasm_bindgen_test(unsupported = test)]
fn accept_and_answer_refuse_messages_that_were_cut_off_or_belong_elsewhere() {
    let dataset = striped_dataset(300, 0, 0);
    let mut trainer = Trainer::new(spec(), &dataset).expect("a spec that fits");
    let mut shard = Shard::new(&spec()).expect("a spec that fits");
    let blocks = trainer.begin_step(&dataset).expect("images");
    let (mut request, mut answer) = (vec![], vec![]);
    trainer.request(0..blocks, &mut request).expect("a step");
    shard.answer(&request, &mut answer).expect("a request");

    let mut nowhere = vec![];
    for length in [0, 7, 35, request.len() - 1] {
        let refused = shard.answer(&request[..length], &mut nowhere).unwrap_err();
        assert_eq!(refused.code, ErrorCode::BadFile);
    }
    request.push(0);
    assert_eq!(shard.answer(&request, &mut nowhere).unwrap_err().code, ErrorCode::BadFile);
    for length in [0, 15, answer.len() - 1] {
        assert_eq!(trainer.accept(&answer[..length]).unwrap_err().code, ErrorCode::BadFile);
    }
    trainer.step(&dataset).expect("a step");
    trainer.begin_step(&dataset).expect("images");
    assert_eq!(trainer.accept(&answer).unwrap_err().code, ErrorCode::BadFile);
}

/// Bytes changed here and there, cut off, or lengthened.
fn damaged(rng: &mut Rng, bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=rng.below(3) {
        // Most often in the head, where the counts are.
        let reach = if rng.below(4) == 0 { bytes.len() } else { bytes.len().min(64) };
        let place = rng.below(reach.max(1) as u32) as usize;
        match rng.below(8) {
            0 => bytes.truncate(place),
            1 => bytes.push(rng.below(256) as u8),
            _ if place < bytes.len() => {
                bytes[place] = [0, 1, 127, 255, rng.below(256) as u8][rng.below(5) as usize]
            }
            _ => {}
        }
    }
    bytes
}

#[wasm_bindgen_test(unsupported = test)]
fn any_bytes_are_a_message_or_refused() {
    let dataset = striped_dataset(300, 0, 0);
    let mut trainer = Trainer::new(spec(), &dataset).expect("a spec that fits");
    let mut shard = Shard::new(&spec()).expect("a spec that fits");
    let blocks = trainer.begin_step(&dataset).expect("images");
    let (mut request, mut answer, mut nowhere) = (vec![], vec![], vec![]);
    trainer.request(blocks - 1..blocks, &mut request).expect("a step");
    shard.answer(&request, &mut answer).expect("a request");
    let mut rng = Rng::new(5);
    let refused = (0..300)
        .map(|_| {
            trainer.begin_step(&dataset).expect("images");
            let asked = shard.answer(&damaged(&mut rng, &request), &mut nowhere);
            let accepted = trainer.accept(&damaged(&mut rng, &answer));
            // Whatever was accepted, a step that is not whole is refused.
            assert!(trainer.finish_step().is_err());
            usize::from(asked.is_err()) + usize::from(accepted.is_err())
        })
        .sum::<usize>();
    assert!(refused > 100, "{refused}");
}
