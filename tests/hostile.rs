//! Files from outside can hold anything. What `fuzz/` searches for by the hour is tested here in a second:
//! every file of its corpus, and mutations of each.

use std::path::Path;
use std::{fs, iter};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

#[path = "../fuzz/src/lib.rs"]
mod targets;

/// The files of one target's corpus, in the order of their names.
fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> = files.map(|path| (path.display().to_string(), fs::read(path).unwrap())).collect();
    files.sort();
    files
}

/// One change to a file. Places are shares of its length, so that they fit any file.
#[derive(Clone, Debug)]
enum Mutation {
    Set(f64, u8),
    FlipBit(f64, u8),
    Remove(f64, usize),
    Repeat(f64, usize),
    CutOff(f64),
    SetWord(f64, u32),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let digit = prop_oneof![any::<u8>(), b'0'..=b'9', Just(b'-'), Just(b'}')];
    let word =
        prop_oneof![any::<u32>(), Just(0), Just(u32::MAX), Just(f32::NAN.to_bits()), Just(1e30f32.to_bits())];
    let place = 0.0..1.0;
    prop_oneof![
        4 => (place.clone(), digit).prop_map(|(at, byte)| Mutation::Set(at, byte)),
        2 => (place.clone(), 0..8u8).prop_map(|(at, bit)| Mutation::FlipBit(at, bit)),
        1 => (place.clone(), 1..40usize).prop_map(|(at, count)| Mutation::Remove(at, count)),
        1 => (place.clone(), 1..40usize).prop_map(|(at, count)| Mutation::Repeat(at, count)),
        1 => place.clone().prop_map(Mutation::CutOff),
        2 => (place, word).prop_map(|(at, word)| Mutation::SetWord(at, word)),
    ]
}

fn mutated(seed: &[u8], mutations: &[Mutation]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for mutation in mutations {
        let place = |share: f64| (share * bytes.len() as f64) as usize;
        let (start, end) = match *mutation {
            Mutation::Set(at, _) | Mutation::FlipBit(at, _) => (place(at), place(at) + 1),
            Mutation::Remove(at, count) | Mutation::Repeat(at, count) => (place(at), place(at) + count),
            Mutation::CutOff(at) => (place(at), bytes.len()),
            Mutation::SetWord(at, _) => (place(at) / 4 * 4, place(at) / 4 * 4 + 4),
        };
        let range = start..end.min(bytes.len());
        match *mutation {
            Mutation::Set(_, byte) => bytes[range].fill(byte),
            Mutation::FlipBit(_, bit) => bytes[range].iter_mut().for_each(|byte| *byte ^= 1 << bit),
            Mutation::Remove(..) | Mutation::CutOff(_) => drop(bytes.drain(range)),
            Mutation::Repeat(..) => bytes.extend_from_within(range),
            Mutation::SetWord(_, word) => drop(bytes.splice(range, word.to_le_bytes())),
        }
    }
    bytes
}

/// Gives the target every file of its corpus, and `cases` mutations of each.
fn replay(name: &str, target: fn(&[u8]) -> bool, cases: u32) {
    let corpus = corpus(name);
    let accepted = corpus.iter().filter(|(_, bytes)| target(bytes)).count();
    assert!(accepted > 0, "the corpus of {name} has no valid file left, so its mutations test little");
    let config = ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Default::default()
    };
    for (path, seed) in &corpus {
        let mut runner = TestRunner::new(config.clone());
        let outcome = runner.run(&vec(mutation(), 1..4), |mutations| {
            target(&mutated(seed, &mutations));
            Ok(())
        });
        outcome.unwrap_or_else(|failure| panic!("a mutation of {path}: {failure}"));
    }
}

#[test]
fn any_bytes_are_an_idx_file_or_refused() {
    replay("idx", targets::idx, 300);
}

#[test]
fn any_text_is_a_valid_spec_or_refused() {
    replay("spec", targets::spec, 300);
}

#[test]
fn any_bytes_are_a_checkpoint_to_go_on_from_or_refused() {
    replay("checkpoint", targets::checkpoint, 300);
}

#[test]
fn any_question_is_answered_or_refused() {
    replay("inquiry", targets::inquiry::inquiry, 200);
}

#[test]
fn any_bytes_are_a_reference_or_refused() {
    replay("reference", targets::reference, 300);
}

#[test]
fn any_bytes_are_an_onnx_file_of_a_network_or_refused() {
    replay("onnx", targets::onnx, 300);
}

#[test]
fn any_bytes_are_the_tensors_of_a_network_or_refused() {
    replay("tensors", targets::tensors, 300);
}

#[test]
fn any_bytes_are_images_to_make_a_set_of_or_refused() {
    replay("collection", targets::own_set::collection, 60);
    replay("array", targets::own_set::array, 200);
    replay("table", targets::own_set::table, 60);
    replay("manifest", targets::own_set::manifest, 300);
    replay("picture", targets::own_set::picture, 200);
}

/// Lengths of parts that are not there, and more parts than a network has.
#[test]
fn huge_lengths_are_refused_before_anything_is_allocated_for_them() {
    for length in [1 << 20, u64::from(u32::MAX), u64::MAX] {
        assert!(!targets::tensors(&[&length.to_le_bytes()[..], b"{}"].concat()));
        // A field of the model's graph (7) with a length (wire type 2) in base 128.
        let varint = (0..10).map(|at| (length >> (7 * at) & 0x7f) as u8 | if at < 9 { 0x80 } else { 0 });
        assert!(!targets::onnx(&iter::once(7 << 3 | 2).chain(varint).collect::<Vec<u8>>()));
    }
    let header =
        br#"{"0.weight":{"dtype":"F32","shape":[4294967295,4294967295,4294967295],"data_offsets":[0,4]}}"#;
    let tensors = [&(header.len() as u64).to_le_bytes()[..], header, &[0; 4]].concat();
    assert!(!targets::tensors(&tensors));
}

#[test]
fn deeply_nested_json_is_refused_without_exhausting_the_stack() {
    let nested: Vec<u8> = iter::repeat_n(b'[', 1_000_000).collect();
    assert!(!targets::spec(&nested));
    let spec = [br#"{ "input": [1, 28, 28], "layers": "#, nested.as_slice()].concat();
    assert!(!targets::spec(&spec));
}
