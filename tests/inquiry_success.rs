//! How often attacks succeed on the default network: the figures that docs/asking.md states.

mod common;

use common::digits::{mnist, preset, project};
use convscope::data::Split;
use convscope::inquiry::{Against, Inquiry, Kind, RobustnessSettings};
use convscope::trainer::Trainer;

const STRENGTHS: [u8; 8] = [0, 4, 8, 16, 24, 32, 48, 64];
const IMAGES: usize = 1000;

#[test]
#[ignore = "slow: trains a network for an epoch; `cargo xtask test` runs it"]
fn attacks_and_noise_as_large_leave_right_what_the_documentation_states() {
    let dataset = mnist();
    let mut trainer = Trainer::new(preset("codelab"), &dataset).expect("a spec that fits");
    while trainer.position().epoch < 1 {
        trainer.step(&dataset).expect("a step");
    }
    let (mut pixels, mut labels) = (vec![], vec![]);
    for index in 0..IMAGES {
        pixels.extend_from_slice(dataset.image(Split::Test, index).expect("an image"));
        labels.push(dataset.label(Split::Test, index).expect("a label"));
    }
    let mut inquiry = Inquiry::new(&trainer.checkpoint()).expect("a checkpoint");
    inquiry.use_images(pixels, labels).expect("images");
    let settings = RobustnessSettings {
        strengths: STRENGTHS.to_vec(),
        against: vec![Against::Sign, Against::Iterated, Against::Change(Kind::Noise)],
        images: IMAGES,
        steps: 10,
        seed: 1,
    };
    let mut job = inquiry.robustness(settings).expect("settings");
    job.advance(usize::MAX).expect("all passes");
    let found: Vec<f64> = job.correct().iter().map(|&correct| f64::from(correct) / IMAGES as f64).collect();

    let page = std::fs::read_to_string(project("docs/asking.md")).expect("the documentation");
    let row = |name: &str| -> Vec<f64> {
        let line = page.lines().find(|line| line.starts_with(&format!("| {name}"))).expect("a row");
        line.split('|').filter_map(|cell| cell.trim().strip_suffix(" %")?.parse().ok()).collect()
    };
    let rows = ["gradient's sign |", "iterated, 10 steps |", "noise of the size"];
    let stated = rows.map(row).concat();
    assert_eq!(stated.len(), found.len());
    for (found, stated) in found.iter().zip(&stated) {
        assert!((100.0 * found - stated).abs() < 0.051, "{found} where {stated} % is stated");
    }
}
