//! Shows an untrained network a test digit and prints its prediction.
//!
//! ```text
//! cargo run --release --example forward -- www/model/presets/lenet-5.json 7
//! ```
//!
//! Both arguments may be left out: a preset of the page, and the number of a test image.

use std::error::Error;
use std::fs::{self, File};
use std::io::Read;

use convscope::data::{IdxKind, IdxReader};
use convscope::layers::Mode;
use convscope::mnist::{COLUMNS, FORM, TEST_IMAGES};
use convscope::network::Network;
use convscope::spec::Spec;
use flate2::read::GzDecoder;

const PRESET: &str = "www/model/presets/codelab.json";
const IMAGES: &str = "data/mnist/t10k-images-idx3-ubyte.gz";

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let preset = arguments.next().unwrap_or(PRESET.into());
    let number: usize = arguments.next().unwrap_or("0".into()).parse()?;

    // A preset is a spec with a name and a description around it.
    let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(preset)?)?;
    let spec: Spec = serde_json::from_value(json["spec"].clone())?;
    let mut network = Network::new(&spec)?;

    let mut file = Vec::new();
    GzDecoder::new(File::open(IMAGES)?).read_to_end(&mut file)?;
    let mut images = IdxReader::new("test images", IdxKind::Images, FORM, TEST_IMAGES);
    images.append(&file)?;
    let pixels = images.item(number).ok_or("There is no test image of that number.")?;

    // The first layer sees (pixel / 255 − mean) / deviation.
    let normalize =
        |&pixel: &u8| (f32::from(pixel) / 255.0 - spec.normalization.mean) / spec.normalization.deviation;
    let image: Vec<f32> = pixels.iter().map(normalize).collect();
    let trace = network.trace(&image, Mode::Inference)?;

    for row in pixels.chunks_exact(COLUMNS) {
        println!("{}", row.iter().map(|&pixel| if pixel > 127 { "##" } else { "  " }).collect::<String>());
    }
    for (class, probability) in trace.probabilities().iter().enumerate() {
        println!("{class}  {:5.1} %", 100.0 * probability);
    }
    Ok(())
}
