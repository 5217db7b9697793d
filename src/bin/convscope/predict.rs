use std::path::{Path, PathBuf};

use clap::Args;
use convscope::data::{Dataset, IdxKind, IdxReader};
use convscope::metrics::predicted_class;
use convscope::mnist::{FORM, PIXELS};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::file_kind::wrong_file;
use crate::network_file::{read_network, read_trainer};
use crate::pictures;
use crate::report::{Outcome, Report, short};
use crate::set::{count, names_of, read_idx};

#[derive(Args)]
pub struct Options {
    /// A run file or checkpoint
    network: PathBuf,
    /// PNGs with light ink on dark paper, as in MNIST, or files of IDX images
    #[arg(required = true)]
    images: Vec<PathBuf>,
    /// Of an IDX file, only the images from this number on
    #[arg(long, default_value_t = 0)]
    first: usize,
    /// And only so many
    #[arg(long, default_value_t = 10)]
    count: usize,
    /// Prepare PNGs as drawings are: ink found, cropped to, and centred
    #[arg(long)]
    drawn: bool,
}

/// Classifies each image.
pub fn run(options: &Options) -> Outcome {
    let (spec, _) = read_network(&options.network)?;
    let mut trainer = read_trainer(&options.network, &Dataset::default())?;
    let names = names_of(spec.data.set);
    let name = |class: usize| names.get(class).cloned().unwrap_or_else(|| class.to_string());
    let mut lines = vec![];
    let mut list: Vec<Value> = vec![];
    for path in &options.images {
        for (image, pixels) in images(options, path)? {
            let probabilities = trainer.predict(&pixels)?;
            if probabilities.iter().any(|probability| !probability.is_finite()) {
                let message = format!(
                    "The network's scores for {image} are not finite numbers; its weights are broken or too large."
                );
                return Err(Failure::new("not_finite", message));
            }
            let class = predicted_class(probabilities);
            lines.push(format!("{image}: {}  {:.1}%", name(class), 100.0 * probabilities[class]));
            list.push(json!({
                "image": image,
                "class": class,
                "className": name(class),
                "probability": short(&probabilities[class]),
                "probabilities": short(&probabilities),
            }));
        }
    }
    Ok(Report::new(lines.join("\n"), json!({ "predictions": list })))
}

const IDX_IMAGES: [u8; 4] = [0, 0, 8, 3];

/// The images of a file, each with its name.
fn images(options: &Options, path: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let name = path.display().to_string();
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("png")) {
        let pixels = if options.drawn { pictures::read_drawn(path)? } else { pictures::read(path)? };
        return Ok(vec![(name, pixels)]);
    }
    let bytes = read_idx(path)?;
    if !bytes.starts_with(&IDX_IMAGES) {
        return Err(wrong_file(path, &bytes, "a PNG whose name ends in .png, or an IDX file of images,"));
    }
    let named = |failure: Failure| Failure::new(&failure.code, format!("{name}: {}", failure.message));
    let mut reader = IdxReader::new("images", IdxKind::Images, FORM, count(&bytes).map_err(named)?);
    reader.append(&bytes)?;
    reader.finish()?;
    if options.first >= reader.items() || options.count == 0 {
        let items = reader.items();
        let message = format!(
            "{name} has {items} images, numbered from 0; --first {} with --count {} names none of them.",
            options.first, options.count
        );
        return Err(Failure::new("out_of_range", message));
    }
    let end = options.first.saturating_add(options.count).min(reader.items());
    let numbered = |number| {
        let pixels = reader.item(number).filter(|pixels| pixels.len() == PIXELS)?;
        Some((format!("{name} {number}"), pixels.to_vec()))
    };
    Ok((options.first..end).filter_map(numbered).collect())
}
