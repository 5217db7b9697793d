//! Trains a small network on images that are made here, and prints the fingerprint of its weights.

use convscope::data::{Dataset, Sizes, Split};
use convscope::error::Result;
use convscope::mnist::FORM;
use convscope::spec::{LayerSpec, Spec, Training};
use convscope::trainer::Trainer;

const STEPS: usize = 20;

fn main() -> Result<()> {
    let labels: Vec<u8> = (0..64).map(|image| image % 2).collect();
    let image = |&label: &u8| (0..784).map(move |pixel| if (pixel < 392) == (label == 0) { 255 } else { 0 });
    let pixels: Vec<u8> = labels.iter().flat_map(image).collect();
    let sizes = Sizes { training: 64, validation: 0, test: 64 };
    let dataset = Dataset::from_parts(FORM, sizes, [&pixels, &labels, &pixels, &labels])?;
    let spec = Spec {
        input: [1, 28, 28],
        layers: vec![LayerSpec::Flatten, LayerSpec::Dense { units: 10 }],
        initialization: Default::default(),
        normalization: Default::default(),
        data: Default::default(),
        seed: 1,
        training: Training::default(),
    };
    let mut trainer = Trainer::new(spec, &dataset)?;
    for _ in 0..STEPS {
        trainer.step(&dataset)?;
    }
    assert_eq!(trainer.evaluate(&dataset, Split::Test)?.accuracy, 1.0);
    println!("{:016x}", trainer.network().fingerprint());
    Ok(())
}
