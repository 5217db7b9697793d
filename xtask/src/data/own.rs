//! A set of one's own out of images that a task has made, saved as the page and the command line save it.

use std::fmt::Write;
use std::fs;

use anyhow::{Context, Result};
use convscope::own_set::Collector;

use crate::process::root;

/// An image and the name of its class: row after row, and of each pixel its channels.
pub struct Labelled {
    pub class: String,
    pub pixels: Vec<u8>,
}

/// Saves the images to train, validate and test on as `data/own/NAME.zip`.
pub fn save(name: &str, splits: [Vec<Labelled>; 3]) -> Result<()> {
    let mut collector = Collector::default();
    for (split, images) in ["train", "validation", "test"].iter().zip(splits) {
        collector.add(&format!("{name}-{split}.csv"), table(&images)?.into_bytes())?;
    }
    let choices = collector.survey()?.proposal;
    let set = collector.collect(&choices)?;
    let folder = root().join("data/own");
    let path = folder.join(format!("{name}.zip"));
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&path, set.zip().map_err(std::io::Error::other)?))
        .with_context(|| format!("could not write {}", path.display()))?;
    let [training, validation, test] = set.report().sizes;
    println!("{}\n{}: {training} + {validation} + {test} images", set.name(), path.display());
    Ok(())
}

/// As CSV: it has the names of the classes.
fn table(images: &[Labelled]) -> Result<String> {
    let mut text = String::new();
    for Labelled { class, pixels } in images {
        text += class;
        for pixel in pixels {
            write!(text, ",{pixel}")?;
        }
        text.push('\n');
    }
    Ok(text)
}
