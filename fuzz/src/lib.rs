//! What must hold for any bytes at all, one function for each kind of file that comes from outside.
//!
//! Each is a fuzz target and, over the files in `corpus/` and mutations of them, a test
//! (`tests/hostile.rs`). They panic when the promise is broken, and say whether the bytes were accepted.

pub mod inquiry;
pub mod own_set;

use std::sync::OnceLock;

use convscope::data::{Dataset, IdxKind, IdxReader, Sizes};
use convscope::error::Result;
use convscope::formats::{self, Contents, Imported};
use convscope::mnist::{FORM, PIXELS};
use convscope::network::Network;
use convscope::reference;
use convscope::shape::ImageForm;
use convscope::spec::{LIMITS, Spec, Summary, validate};
use convscope::trainer::{Trainer, checkpoint_weights, new_checkpoint_of};

/// An IDX file. The first byte chooses what is expected, the second the size of the pieces it is read in. It is read
/// as one of digits and as one of small colour images.
pub fn idx(data: &[u8]) -> bool {
    let small = ImageForm { channels: 3, rows: 8, columns: 9, classes: 3 };
    let [digits, small] = [FORM, small].map(|form| idx_of(form, data));
    digits || small
}

fn idx_of(form: ImageForm, data: &[u8]) -> bool {
    let [choice, piece, file @ ..] = data else { return false };
    let kind = if choice & 1 == 0 { IdxKind::Images } else { IdxKind::Labels };
    let expected = usize::from(choice >> 1);
    let mut reader = IdxReader::new("fuzzed items", kind, form, expected);
    let item_len = if kind == IdxKind::Images { form.pixels() } else { 1 };
    let read = |reader: &mut IdxReader, size| {
        file.chunks(size).try_for_each(|bytes| reader.append(bytes)).and_then(|()| reader.finish())
    };
    let in_pieces = read(&mut reader, usize::from(*piece) + 1);
    assert_eq!(reader.items(), if in_pieces.is_ok() { expected } else { 0 });
    assert_eq!((0..).take_while(|&index| reader.item(index).is_some()).count(), reader.items());
    if in_pieces.is_ok() {
        assert_eq!(file.len(), reader.expected_header().len() + expected * item_len);
        assert!(
            kind == IdxKind::Images
                || (0..expected).all(|index| usize::from(reader.item(index).unwrap()[0]) < form.classes)
        );
    }
    reader.begin();
    assert_eq!(read(&mut reader, file.len().max(1)).is_ok(), in_pieces.is_ok());
    in_pieces.is_ok()
}

/// A spec in JSON: it is refused, or it is within the limits and means the same when written again.
pub fn spec(data: &[u8]) -> bool {
    let Ok(spec) = serde_json::from_slice::<Spec>(data) else { return false };
    let Ok(summary) = validate(&spec) else { return false };
    assert!(summary.parameters <= LIMITS.parameters && summary.multiply_adds <= LIMITS.multiply_adds);
    assert_eq!(summary.layers.len(), spec.layers.len());
    let again: Spec = serde_json::from_str(&serde_json::to_string(&spec).unwrap()).unwrap();
    assert_eq!(again, spec);
    if is_small(&summary) {
        run(&spec, &summary);
    }
    true
}

/// One image forward and back through the network of `spec`.
fn run(spec: &Spec, summary: &Summary) {
    let mut network = Network::new(spec).unwrap();
    let image = vec![0.5; spec.input.iter().product()];
    let found = network.trace_batch(&image, &[0]).unwrap();
    assert_eq!(found.logits.len(), summary.classes);
    assert_eq!(found.input_gradient.len(), image.len());
    assert_eq!(found.gradient.len(), summary.parameters);
}

/// Whether a network is small enough to be run over and over.
fn is_small(summary: &Summary) -> bool {
    let activations: usize = summary.layers.iter().map(|layer| layer.shape.iter().product::<usize>()).sum();
    summary.parameters < 20_000 && summary.multiply_adds < 200_000 && activations < 20_000
}

/// A checkpoint: it is refused, or the run goes on from it, and writes the same bytes.
pub fn checkpoint(data: &[u8]) -> bool {
    let dataset = images();
    let Ok(mut trainer) = Trainer::restore(data, dataset) else { return false };
    let again = Trainer::restore(&trainer.checkpoint(), dataset).unwrap();
    assert_eq!(again.checkpoint(), trainer.checkpoint());
    assert_eq!(again.position(), trainer.position());
    if is_small(trainer.network().summary()) && trainer.spec().training.batch_size <= 256 {
        let before = trainer.position();
        match trainer.step(dataset) {
            Ok(_) => assert_eq!(trainer.position().step, before.step + 1),
            Err(_) => assert_eq!(trainer.position(), before),
        }
        let _ = trainer.total_steps();
        trainer.go_back();
        assert_eq!(trainer.position(), before);
    }
    true
}

/// A reference file: it is refused, or its errors are numbers.
pub fn reference(data: &[u8]) -> bool {
    let Ok(report) = reference::check(data) else { return false };
    assert!(report.worst() >= 0.0);
    true
}

/// An ONNX file: it is refused, or it is a network that can be kept and run.
pub fn onnx(data: &[u8]) -> bool {
    network_of(formats::onnx::import(data, on_screen()), data)
}

/// A file of tensors, of ours or of others: it is refused, or it is a network that can be kept and run.
pub fn tensors(data: &[u8]) -> bool {
    network_of(formats::tensors::import(data, on_screen()), data)
}

fn network_of(imported: Result<Imported>, data: &[u8]) -> bool {
    let Imported { spec, network, matches } = match imported {
        Ok(imported) => imported,
        Err(error) => {
            assert!(error.message.ends_with('.') && error.message.len() < 2_000, "{}", error.message);
            return false;
        }
    };
    assert_eq!(matches.len(), network.parameters().len());
    let kept = checkpoint_weights(&new_checkpoint_of(&spec, network.weights())).unwrap();
    assert_eq!((&kept.0, &*kept.1), (&spec, network.weights()));
    // As the page reads it: what the file says about itself comes from elsewhere.
    let Contents { weights, .. } = formats::read(data, Some(spec.clone()), on_screen()).unwrap();
    assert_eq!(weights, network.weights());
    if is_small(network.summary()) {
        run(&spec, network.summary());
    }
    true
}

/// The network that a file of mere tensors has to fit.
fn on_screen() -> &'static Spec {
    static ON_SCREEN: OnceLock<Spec> = OnceLock::new();
    ON_SCREEN.get_or_init(|| {
        let text = include_str!("../corpus/spec/everything.json");
        serde_json::from_str(text).unwrap()
    })
}

/// Forty images to train on, and a few more.
fn images() -> &'static Dataset {
    static IMAGES: OnceLock<Dataset> = OnceLock::new();
    IMAGES.get_or_init(|| {
        let pixels = |count: usize| (0..count * PIXELS).map(|i| (i * 31 % 256) as u8).collect::<Vec<u8>>();
        let labels = |count: usize| (0..count).map(|i| (i % 10) as u8).collect::<Vec<u8>>();
        let sizes = Sizes { training: 40, validation: 4, test: 4 };
        Dataset::from_parts(FORM, sizes, [&pixels(44), &labels(44), &pixels(4), &labels(4)]).unwrap()
    })
}
