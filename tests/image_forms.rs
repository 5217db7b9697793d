//! Training on images of any form: 1 or 3 channels, sides that are not equal, any number of classes.

mod common;

use common::plain_network::PlainNetwork;
use common::relative_error;
use convscope::data::{Dataset, Sizes, Split, shuffled};
use convscope::error::ErrorCode;
use convscope::metrics::predicted_class;
use convscope::mnist;
use convscope::network::{BLOCK, Network};
use convscope::rng::Rng;
use convscope::shape::ImageForm;
use convscope::spec::{Augmentation, LayerSpec, Optimizer, Spec, validate};
use convscope::trainer::parallel::wire;
use convscope::trainer::{Shard, TeachingSettings, Trainer};
use wasm_bindgen_test::wasm_bindgen_test;

const SIZES: Sizes = Sizes { training: 45, validation: 7, test: 20 };
const WARPS: Augmentation = Augmentation { rotation: 20.0, shift: 3.0, scale: 0.2, shear: 0.2 };

fn between(rng: &mut Rng, low: usize, high: usize) -> usize {
    low + rng.below((high - low + 1) as u32) as usize
}

/// Any form that a set of one's own may have.
fn random_form(rng: &mut Rng) -> ImageForm {
    let channels = [1, 3][rng.below(2) as usize];
    ImageForm {
        channels,
        rows: between(rng, 8, 64),
        columns: between(rng, 8, 64),
        classes: between(rng, 2, 100),
    }
}

/// A smooth network for images of this form, with a convolution or without, so that finite differences mean something.
fn spec_for(rng: &mut Rng, form: ImageForm) -> Spec {
    let mut layers = vec![];
    if rng.below(4) > 0 {
        let kernel_size = [between(rng, 1, 5), between(rng, 1, 5)];
        let stride = [between(rng, 1, 3), between(rng, 1, 3)];
        let padding = [between(rng, 0, kernel_size[0] - 1), between(rng, 0, kernel_size[1] - 1)];
        layers.push(LayerSpec::Conv2d { filters: between(rng, 1, 6), kernel_size, stride, padding });
        layers.push(LayerSpec::Tanh);
        layers.push(LayerSpec::AvgPool2d { kernel_size: [2, 2], stride: [2, 2] });
    }
    layers.extend([LayerSpec::Flatten, LayerSpec::Dense { units: form.classes }]);
    let spec = Spec {
        input: form.dims(),
        layers,
        initialization: Default::default(),
        normalization: Default::default(),
        data: Default::default(),
        seed: rng.next_u64() >> 11,
        training: Default::default(),
    };
    validate(&spec).expect("a window of up to 5 fits into 8 rows and columns");
    spec
}

/// Random pixels. A class is darker the higher its number, and in colour each channel differs.
fn dataset_of(rng: &mut Rng, form: ImageForm) -> Dataset {
    let mut part = |count: usize| {
        let labels: Vec<u8> = (0..count).map(|_| rng.below(form.classes as u32) as u8).collect();
        let pixels: Vec<u8> = (labels.iter())
            .flat_map(|&label| (0..form.pixels()).map(move |at| (at, label)))
            .map(|(at, label)| {
                let light = 200 - usize::from(label) + 20 * (at / (form.rows * form.columns));
                (light / 2 + rng.below(100) as usize) as u8
            })
            .collect();
        (pixels, labels)
    };
    let (train, test) = (part(SIZES.training + SIZES.validation), part(SIZES.test));
    Dataset::from_parts(form, SIZES, [&train.0, &train.1, &test.0, &test.1]).expect("a data set")
}

fn random_run(rng: &mut Rng) -> (Trainer, Dataset) {
    let form = random_form(rng);
    let (spec, dataset) = (spec_for(rng, form), dataset_of(rng, form));
    (Trainer::new(spec, &dataset).expect("a spec that fits"), dataset)
}

/// Weight and bias of each layer.
fn parameters_of(network: &Network, layers: usize) -> Vec<[Vec<f64>; 2]> {
    let get = |name: String| -> Vec<f64> {
        network.parameter(&name).map_or(vec![], |values| values.into_iter().map(f64::from).collect())
    };
    (0..layers).map(|index| [get(format!("{index}.weight")), get(format!("{index}.bias"))]).collect()
}

/// An image as the first layer is to see it.
fn normalized(spec: &Spec, pixels: &[u8]) -> impl Iterator<Item = f64> {
    let (mean, deviation) = (f64::from(spec.normalization.mean), f64::from(spec.normalization.deviation));
    pixels.iter().map(move |&pixel| (f64::from(pixel) / 255.0 - mean) / deviation)
}

#[wasm_bindgen_test(unsupported = test)]
fn a_step_on_images_of_any_form_follows_the_gradient_of_the_plain_loops() {
    let mut rng = Rng::new(141);
    for case in 0..16 {
        let (mut trainer, dataset) = random_run(&mut rng);
        let mut spec = trainer.spec().clone();
        spec.training.batch_size = 20;
        spec.training.optimizer =
            Optimizer::Sgd { learning_rate: 1.0, momentum: 0.0, nesterov: false, weight_decay: 0.0 };
        trainer.configure(spec.training.clone()).expect("settings");

        let (mut images, mut labels) = (vec![], vec![]);
        for &index in &shuffled(spec.seed, 0, SIZES.training)[..20] {
            let image = dataset.image(Split::Training, index as usize).expect("an image");
            images.extend(normalized(&spec, image));
            labels.push(dataset.label(Split::Training, index as usize).expect("a label"));
        }
        let before = parameters_of(trainer.network(), spec.layers.len());
        let mut plain = PlainNetwork { spec: &spec, parameters: before.clone() };
        let answers = plain.answers(&images, &labels);

        let step = trainer.step(&dataset).expect("a step");
        assert!((f64::from(step.loss) - answers.loss).abs() < 1e-4 * answers.loss, "case {case}: {spec:?}");
        let after = parameters_of(trainer.network(), spec.layers.len());
        let mut square = 0.0;
        for (index, expected) in answers.gradients.iter().enumerate() {
            for (part, expected) in expected.iter().enumerate() {
                let moved = before[index][part].iter().zip(&after[index][part]);
                let gradient: Vec<f32> = moved.map(|(before, after)| (before - after) as f32).collect();
                assert!(relative_error(&gradient, expected) < 1e-3, "case {case}: layer {index}, {spec:?}");
                square += expected.iter().map(|d| d * d).sum::<f64>();
            }
        }

        // The slope of the loss along its gradient is the gradient's square.
        let mut loss_at = |amount: f64| {
            let moved = plain.parameters.iter_mut().flatten().zip(before.iter().flatten());
            for ((values, before), gradient) in moved.zip(answers.gradients.iter().flatten()) {
                for ((value, before), d) in values.iter_mut().zip(before).zip(gradient) {
                    *value = before + amount * d;
                }
            }
            plain.answers(&images, &labels).loss
        };
        let slope = (loss_at(1e-5) - loss_at(-1e-5)) / 2e-5;
        assert!((slope - square).abs() < 1e-4 * square, "case {case}: {slope} {square} {spec:?}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn predictions_traces_and_evaluations_of_any_form_agree_with_the_plain_loops() {
    let mut rng = Rng::new(142);
    for case in 0..16 {
        let (mut trainer, dataset) = random_run(&mut rng);
        let spec = trainer.spec().clone();
        let classes = trainer.network().classes();
        let mut confusion = vec![0; classes * classes];
        for index in 0..SIZES.test {
            let image = dataset.image(Split::Test, index).expect("an image");
            let label = usize::from(dataset.label(Split::Test, index).expect("a label"));
            let trace = trainer.trace(image).expect("an image");
            let predicted = trainer.predict(image).expect("an image").to_vec();
            assert_eq!(trace.probabilities(), predicted, "case {case}");
            confusion[label * classes + predicted_class(&predicted)] += 1;
            if index == 0 {
                let parameters = parameters_of(trainer.network(), spec.layers.len());
                let plain = PlainNetwork { spec: &spec, parameters };
                let input: Vec<f64> = normalized(&spec, image).collect();
                let expected = plain.answers(&input, &[0]);
                let logits = expected.activations.last().expect("logits");
                assert!(relative_error(trace.logits(), logits) < 1e-4, "case {case}: {spec:?}");
                let seen = trace.input_of(0, 0).expect("the image");
                assert!(relative_error(&seen, &input) < 1e-6, "case {case}: {spec:?}");
            }
        }
        let found = trainer.evaluate(&dataset, Split::Test).expect("all images");
        assert_eq!((found.classes, found.confusion), (classes, confusion), "case {case}");
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn shared_restored_and_alone_a_run_on_images_of_any_form_has_the_same_bits() {
    let mut rng = Rng::new(143);
    for case in 0..8 {
        let (mut alone, dataset) = random_run(&mut rng);
        let mut training = alone.spec().training.clone();
        training.batch_size = 40;
        training.augmentation = WARPS;
        alone.configure(training).expect("settings");
        let mut shared = alone.clone();
        let mut shards = vec![Shard::new(alone.spec()).expect("a spec that fits"); 2];
        let (mut request, mut answer) = (vec![], vec![]);
        for _ in 0..4 {
            alone.step(&dataset).expect("a step");
            let blocks = shared.begin_step(&dataset).expect("images");
            for (index, shard) in shards.iter_mut().enumerate().take(blocks) {
                shared.request(index..index + 1, &mut request).expect("a step");
                shard.answer(&request, &mut answer).expect("a request");
                let most = wire::max_message_len(1, shared.network());
                assert!(request.len().max(answer.len()) <= most, "{} {most}", request.len());
                shared.accept(&answer).expect("an answer");
            }
            shared.compute(shards.len().min(blocks)..blocks).expect("a step");
            shared.finish_step().expect("a step");
            shared = Trainer::restore(&shared.checkpoint(), &dataset).expect("a checkpoint");
        }
        assert_eq!(shared.checkpoint(), alone.checkpoint(), "case {case}: {:?}", alone.spec());
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn a_message_to_a_network_for_images_of_another_size_is_refused() {
    let mut rng = Rng::new(144);
    let form = ImageForm { channels: 3, rows: 12, columns: 9, classes: 4 };
    let dataset = dataset_of(&mut rng, form);
    let dense = |form: ImageForm| Spec {
        layers: vec![
            LayerSpec::AvgPool2d { kernel_size: [form.rows, form.columns], stride: [1, 1] },
            LayerSpec::Flatten,
            LayerSpec::Dense { units: form.classes },
        ],
        ..spec_for(&mut Rng::new(1), form)
    };
    let mut trainer = Trainer::new(dense(form), &dataset).expect("a spec that fits");
    trainer.begin_step(&dataset).expect("images");
    let (mut request, mut answer) = (vec![], vec![]);
    trainer.request(0..1, &mut request).expect("a step");
    for columns in [8, 10, 64] {
        // As many weights, so that the pixels alone tell.
        let mut other = Shard::new(&dense(ImageForm { columns, ..form })).expect("a spec");
        assert_eq!(other.answer(&request, &mut answer).expect_err("other images").code, ErrorCode::BadFile);
    }
    // The first label is after the head, the weights and the indices.
    let labels = 36 + 4 * trainer.network().weights().len() + 4 * BLOCK;
    let mut shard = Shard::new(&dense(form)).expect("a spec");
    shard.answer(&request, &mut answer).expect("a request");
    request[labels] = 4;
    assert_eq!(shard.answer(&request, &mut answer).expect_err("no class").code, ErrorCode::BadFile);
}

#[wasm_bindgen_test(unsupported = test)]
fn a_data_set_of_another_form_is_refused_wherever_it_is_used_and_nothing_changes() {
    let mut rng = Rng::new(145);
    let form = ImageForm { channels: 1, rows: 20, columns: 30, classes: 5 };
    let (spec, dataset) = (spec_for(&mut rng, form), dataset_of(&mut rng, form));
    let mut trainer = Trainer::new(spec.clone(), &dataset).expect("a spec that fits");
    let before = trainer.checkpoint();
    for other in [
        ImageForm { channels: 3, ..form },
        ImageForm { rows: 30, columns: 20, ..form },
        ImageForm { classes: 6, ..form },
        mnist::FORM,
    ] {
        let other = dataset_of(&mut rng, other);
        let errors = [
            Trainer::new(spec.clone(), &other).err(),
            Trainer::restore(&before, &other).err(),
            trainer.step(&other).err(),
            trainer.rehearse(&other, 1).err(),
            trainer.evaluate(&other, Split::Test).err(),
            trainer.trace_test(&other, 0, 1).err(),
            trainer.trace_weight(&other, "1.weight", 0).err(),
        ];
        for error in errors {
            let code = error.map(|error| error.code);
            assert!(matches!(code, Some(ErrorCode::ImpossibleShape | ErrorCode::NotFound)), "{code:?}");
        }
        assert_eq!(trainer.checkpoint(), before);
    }
    let error = Trainer::new(spec, &Dataset::default()).expect_err("digits");
    for part in ["1×20×30", "in 5 classes", "1×28×28", "in 10"] {
        assert!(error.message.contains(part), "{}", error.message);
    }
}

#[wasm_bindgen_test(unsupported = test)]
fn examples_of_any_form_can_be_taught() {
    let form = ImageForm { channels: 3, rows: 10, columns: 17, classes: 3 };
    let mut rng = Rng::new(146);
    let (spec, dataset) = (spec_for(&mut rng, form), dataset_of(&mut rng, form));
    let mut trainer = Trainer::new(spec, &dataset).expect("a spec that fits");
    // Only blue is class 2, only red is class 1.
    let plane = form.rows * form.columns;
    let lit = |channel: usize| (0..form.pixels()).map(move |at| if at / plane == channel { 250 } else { 0 });
    let (red, blue): (Vec<u8>, Vec<u8>) = (lit(0).collect(), lit(2).collect());
    let settings = TeachingSettings { steps: 100, batch_size: 24, examples: 12, ..TeachingSettings::USUAL };
    let both = [&red[..], &blue].concat();
    trainer.begin_teaching(&dataset, &both, &[1, 2], settings).expect("examples");
    while trainer.continue_teaching(&dataset, 30).expect("a slice") > 0 {}
    for (image, class) in [(red, 1), (blue, 2)] {
        assert_eq!(predicted_class(trainer.predict(&image).expect("an image")), class);
    }
    let short =
        trainer.begin_teaching(&dataset, &both[1..], &[1, 2], settings).expect_err("a byte is missing");
    assert_eq!(short.code, ErrorCode::ImpossibleShape);
    let unknown = trainer.begin_teaching(&dataset, &both, &[1, 3], settings).expect_err("no such class");
    assert_eq!(unknown.code, ErrorCode::ImpossibleShape);
}
