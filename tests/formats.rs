//! What leaves Convscope, written here and opened by others: `tests/formats/` holds what opens it.
#![cfg(feature = "formats")]

mod common;

use std::fs;
use std::path::Path;

use common::random_spec::random_spec;
use common::train_a_little;
use convscope::error::ErrorCode;
use convscope::formats::{
    About, Form, Imported, Model, export, html, import, notebook, npz, onnx, pytorch, tensors,
};
use convscope::layers::Mode;
use convscope::network::Network;
use convscope::rng::Rng;
use convscope::spec::{Normalization, Spec};
use safetensors::tensor::{Dtype, TensorView, serialize};

/// Networks that are written.
const NETWORKS: usize = 30;
/// Images whose logits others compare.
const IMAGES: usize = 100;
/// Images of a proof.
const PROOFS: usize = 3;
/// Damaged files of each form.
const DAMAGES: usize = 3_000;

fn random_pixels(rng: &mut Rng, count: usize) -> Vec<u8> {
    (0..count).map(|_| rng.below(256) as u8).collect()
}

/// A network of any geometry whose weights have moved.
fn random_model(rng: &mut Rng, images: usize) -> Model {
    let spec = random_spec(rng);
    let mut network = Network::new(&spec).expect("a valid spec");
    train_a_little(&mut network, rng);
    let pixels = random_pixels(rng, images * spec.input.iter().product::<usize>());
    let about = About { classes: vec!["none".into(), "some".into()], ..About::default() };
    Model::new(spec, network, about, &pixels).expect("whole images")
}

/// The mean loss of the proof's images, each labelled by its number, and its gradients.
fn gradients(model: &Model) -> serde_json::Value {
    let mut network = model.network().clone();
    let Normalization { mean, deviation } = model.spec().normalization;
    let pixels = model.proofs().iter().flat_map(|proof| &proof.pixels);
    let images: Vec<f32> = pixels.map(|&pixel| (f32::from(pixel) / 255.0 - mean) / deviation).collect();
    let labels: Vec<u8> = (0..model.proofs().len()).map(|image| (image % network.classes()) as u8).collect();
    let trace = network.trace_batch(&images, &labels).unwrap();
    let gradients: serde_json::Map<_, _> = (network.by_parameter(&trace.gradient).into_iter())
        .map(|(name, numbers)| (name, numbers.into()))
        .collect();
    serde_json::json!({ "labels": labels, "loss": trace.loss, "gradients": gradients })
}

/// Each in every form, beside the logits of the images, for `tests/formats/test_formats.py`.
#[test]
fn networks_of_any_geometry_are_written_in_every_form() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formats");
    let _ = fs::remove_dir_all(&folder);
    let mut rng = Rng::new(13);
    for number in 0..NETWORKS {
        let model = random_model(&mut rng, IMAGES);
        let own = folder.join(number.to_string());
        fs::create_dir_all(&own).unwrap();
        let expected = serde_json::to_vec(model.proofs()).unwrap();
        let classes = About { classes: model.classes(), ..About::default() };
        let shown: Vec<u8> = model.proofs()[..PROOFS].iter().flat_map(|proof| proof.pixels.clone()).collect();
        let model = Model::new(model.spec().clone(), model.network().clone(), classes, &shown).unwrap();
        let files = [
            ("expected.json", expected),
            ("gradients.json", gradients(&model).to_string().into_bytes()),
            ("network.onnx", onnx::export(&model).unwrap()),
            ("network.safetensors", tensors::export(&model).unwrap()),
            ("network.ipynb", notebook::export(&model).unwrap()),
            ("network.npz", npz::export(&model).unwrap()),
            ("network.py", pytorch::export(&model).into_bytes()),
        ];
        for (name, bytes) in files {
            fs::write(own.join(name), bytes).unwrap();
        }
    }
}

#[test]
fn what_was_written_is_read_as_the_same_network() {
    let mut rng = Rng::new(14);
    let on_screen = random_spec(&mut rng);
    for _ in 0..NETWORKS {
        let model = random_model(&mut rng, PROOFS);
        for (form, imported) in [
            ("ONNX", onnx::import(&onnx::export(&model).unwrap(), &on_screen)),
            ("safetensors", tensors::import(&tensors::export(&model).unwrap(), &on_screen)),
        ] {
            let imported = imported.unwrap_or_else(|error| panic!("{form}: {error}"));
            assert_eq!(&imported.spec, model.spec(), "{form}");
            assert_eq!(imported.network.fingerprint(), model.network().fingerprint(), "{form}");
        }
    }
}

/// As both of PyTorch's exporters write them; `tests/formats/make_pytorch_files.py` made the files.
#[test]
fn a_network_of_pytorchs_exporters_gives_the_logits_that_it_gave_there() {
    let folder = Path::new("tests/formats/pytorch");
    let on_screen = random_spec(&mut Rng::new(20));
    let image: Vec<f32> = (0..64).map(|pixel| pixel as f32 * 2.0 / 63.0 - 1.0).collect();
    let expected: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&fs::read(folder.join("logits.json")).unwrap()).unwrap();
    for (name, logits) in expected {
        let expected: Vec<f32> = serde_json::from_value(logits).unwrap();
        for exporter in ["torchscript", "dynamo"] {
            let file = fs::read(folder.join(format!("{name}.{exporter}.onnx"))).unwrap();
            let Imported { mut network, .. } = import(&file, &on_screen).unwrap();
            let mut logits = network.trace(&image, Mode::Inference).unwrap().logits().to_vec();
            if name == "written" {
                // It ends with a log-softmax, which is no layer here.
                let log_sum = logits.iter().map(|logit| logit.exp()).sum::<f32>().ln();
                logits.iter_mut().for_each(|logit| *logit -= log_sum);
            }
            for (logit, expected) in logits.iter().zip(&expected) {
                assert!((logit - expected).abs() < 1e-5, "{name}.{exporter}: {logit} instead of {expected}");
            }
        }
    }
    let external = fs::read(folder.join("sequential.external.onnx")).unwrap();
    let error = import(&external, &on_screen).unwrap_err();
    assert!(error.message.contains("external_data=False"), "{}", error.message);
}

#[test]
fn the_same_network_is_written_as_the_same_bytes() {
    let model = random_model(&mut Rng::new(15), PROOFS);
    for form in [Form::Onnx, Form::Safetensors, Form::Pytorch, Form::Notebook, Form::Npz] {
        assert_eq!(export(form, &model).unwrap(), export(form, &model).unwrap(), "{form:?}");
    }
}

/// A file from outside can hold anything: it is refused in a sentence, or it is a network.
#[test]
fn damaged_files_are_refused_or_read_but_never_break_the_reader() {
    let mut rng = Rng::new(16);
    let on_screen = random_spec(&mut rng);
    for form in [Form::Onnx, Form::Safetensors] {
        let whole = export(form, &random_model(&mut rng, 1)).unwrap();
        let mut refused = 0;
        for _ in 0..DAMAGES {
            let mut bytes = whole.clone();
            // Most of a file are numbers, where nothing can go wrong; what is around them is near its ends.
            let near = |rng: &mut Rng| rng.below(bytes.len().min(4_000) as u32) as usize;
            let at = if rng.below(2) == 0 { near(&mut rng) } else { bytes.len() - 1 - near(&mut rng) };
            match rng.below(4) {
                0 => bytes[at] = rng.below(256) as u8,
                1 => bytes[at] ^= 1 << rng.below(8),
                2 => bytes.truncate(at),
                _ => drop(bytes.splice(at..at, rng.next_u64().to_le_bytes())),
            }
            if let Err(error) = import(&bytes, &on_screen) {
                refused += 1;
                assert!(error.message.ends_with('.') && error.message.len() < 1_000, "{}", error.message);
            }
        }
        assert!(refused > DAMAGES / 10, "{form:?}: only {refused} of {DAMAGES} were refused");
    }
}

#[test]
fn tensors_of_other_names_are_matched_by_their_shapes() {
    let mut rng = Rng::new(17);
    let model = random_model(&mut rng, 0);
    let named: Vec<(String, Vec<usize>, Vec<u8>)> = (model.tensors().enumerate())
        .map(|(at, (_, dims, numbers))| {
            let bytes = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            (
                format!("layer{}.{}", at / 2 + 9, if at % 2 == 0 { "weight" } else { "bias" }),
                dims.to_vec(),
                bytes,
            )
        })
        .collect();
    let views = |named: &[(String, Vec<usize>, Vec<u8>)]| {
        let views = named.iter().map(|(name, dims, bytes)| {
            (name.clone(), TensorView::new(Dtype::F32, dims.clone(), bytes).expect("a tensor"))
        });
        serialize(views, None).expect("a file")
    };
    let imported = import(&views(&named), model.spec()).unwrap();
    assert_eq!(imported.network.fingerprint(), model.network().fingerprint());
    let first = &imported.matches[0];
    assert_eq!((&*first.parameter, &*first.tensor), ("0.weight", "layer9.weight"));

    let error = import(&views(&named[1..]), model.spec()).unwrap_err();
    assert_eq!(error.code, ErrorCode::ImpossibleShape);
    assert!(error.message.starts_with("0.weight expects a tensor of ["), "{}", error.message);
}

#[test]
fn the_images_of_a_proof_must_be_whole() {
    let mut rng = Rng::new(2);
    let spec = random_spec(&mut rng);
    let network = Network::new(&spec).unwrap();
    let error = Model::new(spec, network, About::default(), &[0; 7]).unwrap_err();
    assert_eq!(error.code, ErrorCode::ImpossibleShape);
}

#[test]
fn a_page_needs_a_network_for_drawings_or_for_pictures_in_colour() {
    let page_of = |input: [usize; 3]| {
        let spec = Spec { input, ..common::small_spec() };
        let network = Network::new(&spec).unwrap();
        let images = random_pixels(&mut Rng::new(18), 3 * input.iter().product::<usize>());
        html::export(&Model::new(spec, network, About::default(), &images).unwrap())
    };
    let error = page_of([2, 28, 28]).unwrap_err();
    assert_eq!(error.code, ErrorCode::ImpossibleShape);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("colour.html"), page_of([3, 20, 32]).unwrap()).unwrap();
    fs::write(folder.join("wide.html"), page_of([1, 20, 32]).unwrap()).unwrap();

    let spec = common::small_spec();
    let network = Network::new(&spec).unwrap();
    let about = About { classes: vec!["</script>".into()], ..About::default() };
    let model = Model::new(spec, network, about, &random_pixels(&mut Rng::new(19), 3 * 784)).unwrap();
    let page = String::from_utf8(html::export(&model).unwrap()).unwrap();
    assert_eq!(page.matches("</script>").count(), 2, "what a class is called must not end the program");
    assert!(!page.contains("// PAGE") && page.contains("digitFromStrokes(strokes, "));
    fs::write(folder.join("network.html"), page).unwrap();
    fs::write(folder.join("network.ipynb"), notebook::export(&model).unwrap()).unwrap();
}
