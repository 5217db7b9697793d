//! Networks of any geometry, for properties that hold for all of them.

use convscope::rng::Rng;
use convscope::spec::{LayerSpec, Spec, validate};

/// A valid spec with one to three convolutions of random size, stride, padding and activation, with
/// and without pooling and dropout, on images of up to 3×20×20.
pub fn random_spec(rng: &mut Rng) -> Spec {
    loop {
        let mut layers = vec![];
        for _ in 0..=rng.below(3) {
            let kernel_size = pair(rng, 1, 5);
            layers.push(LayerSpec::Conv2d {
                filters: between(rng, 1, 19),
                kernel_size,
                stride: pair(rng, 1, 3),
                padding: [between(rng, 0, kernel_size[0]), between(rng, 0, kernel_size[1])],
            });
            layers.push(activation(rng));
            layers.extend(pool(rng));
            layers.extend(dropout(rng));
        }
        layers.push(LayerSpec::Flatten);
        if rng.below(2) == 0 {
            layers.push(LayerSpec::Dense { units: between(rng, 1, 40) });
            layers.push(activation(rng));
            layers.extend(dropout(rng));
        }
        layers.push(LayerSpec::Dense { units: between(rng, 2, 11) });
        let input = [between(rng, 1, 3), between(rng, 5, 20), between(rng, 5, 20)];
        let spec = Spec {
            input,
            layers,
            initialization: Default::default(),
            normalization: Default::default(),
            data: Default::default(),
            seed: rng.next_u64() >> 11,
            training: Default::default(),
        };
        if validate(&spec).is_ok() {
            return spec;
        }
    }
}

fn between(rng: &mut Rng, low: usize, high: usize) -> usize {
    low + rng.below((high - low + 1) as u32) as usize
}

fn pair(rng: &mut Rng, low: usize, high: usize) -> [usize; 2] {
    [between(rng, low, high), between(rng, low, high)]
}

fn activation(rng: &mut Rng) -> LayerSpec {
    match rng.below(5) {
        0 => LayerSpec::Relu,
        1 => LayerSpec::LeakyRelu { slope: 0.1 },
        2 => LayerSpec::Tanh,
        3 => LayerSpec::Sigmoid,
        _ => LayerSpec::Gelu,
    }
}

fn pool(rng: &mut Rng) -> Option<LayerSpec> {
    let kernel_size = pair(rng, 1, 3);
    let stride = pair(rng, 1, 3);
    match rng.below(3) {
        0 => None,
        1 => Some(LayerSpec::AvgPool2d { kernel_size, stride }),
        _ => {
            let padding = kernel_size.map(|size| between(rng, 0, size / 2));
            Some(LayerSpec::MaxPool2d { kernel_size, stride, padding })
        }
    }
}

fn dropout(rng: &mut Rng) -> Option<LayerSpec> {
    (rng.below(3) == 0).then(|| LayerSpec::Dropout { rate: rng.uniform_in(0.0, 0.9) })
}
