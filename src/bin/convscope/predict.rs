use std::path::{Path, PathBuf};

use clap::Args;
use convscope::data::{Dataset, IdxKind, IdxReader, Sizes};
use convscope::metrics::predicted_class;
use convscope::shape::ImageForm;
use convscope::spec::Spec;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::file_kind::wrong_file;
use crate::network_file::{read_network, read_trainer};
use crate::pictures;
use crate::report::{Outcome, Report, short};
use crate::set::{self, class_names, count, names_of, read_idx};

#[derive(Args)]
pub struct Options {
    /// A run file or checkpoint
    network: PathBuf,
    /// Pictures (PNG, JPEG, WebP), light on dark where the network learnt from such, or files of IDX images
    #[arg(required = true)]
    images: Vec<PathBuf>,
    /// Of an IDX file, only the images from this number on
    #[arg(long, default_value_t = 0)]
    first: usize,
    /// And only so many
    #[arg(long, default_value_t = 10)]
    count: usize,
    /// Prepare pictures as drawings are: ink found, cropped to, and centred
    #[arg(long)]
    drawn: bool,
    #[command(flatten)]
    set: set::Source,
}

/// Classifies each image.
pub fn run(options: &Options) -> Outcome {
    let (spec, _) = read_network(&options.network)?;
    let form = form_of(&spec)?;
    // A run is only restored with something to train on.
    let least = Sizes { training: 1, validation: 0, test: 0 };
    let mut trainer = read_trainer(&options.network, &Dataset::new(form, least))?;
    let names = options.set.class_names(&spec)?.unwrap_or_else(|| names_of(spec.data.set));
    let names = class_names(&names, form.classes);
    let name = |class: usize| names[class].clone();
    let mut lines = vec![];
    let mut list: Vec<Value> = vec![];
    for path in &options.images {
        for (image, pixels) in images(options, path, form)? {
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

/// Of one channel, and of several.
const IDX_IMAGES: [[u8; 4]; 2] = [[0, 0, 8, 3], [0, 0, 8, 4]];

fn form_of(spec: &Spec) -> Result<ImageForm, Failure> {
    let [channels, rows, columns] = spec.input;
    Ok(ImageForm { channels, rows, columns, classes: convscope::spec::validate(spec)?.classes })
}

/// The images of a file, each with its name.
fn images(options: &Options, path: &Path, form: ImageForm) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let name = path.display().to_string();
    if pictures::is_one(path) {
        let target = options.set.target(form.dims());
        let read = if options.drawn { pictures::read_drawn } else { pictures::read };
        let pixels = read(path, target)?;
        return Ok(vec![(name, pixels)]);
    }
    let bytes = read_idx(path)?;
    if !IDX_IMAGES.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(wrong_file(
            path,
            &bytes,
            "a picture whose name ends in .png, .jpg or .webp, or an IDX file of images,",
        ));
    }
    let named = |failure: Failure| Failure::new(&failure.code, format!("{name}: {}", failure.message));
    let mut reader = IdxReader::new("images", IdxKind::Images, form, count(&bytes).map_err(named)?);
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
        let pixels = reader.item(number)?;
        Some((format!("{name} {number}"), pixels.to_vec()))
    };
    Ok((options.first..end).filter_map(numbered).collect())
}
