//! What was found, and what to choose: shown before anything is made.

use std::collections::BTreeMap;

use serde::Serialize;

use super::assemble::{Found, Item};
use super::choices::{Choices, DEFAULT_SEED, LabelColumn, Shares};
use super::material::Material;
use super::pool::check_broken;
use super::raster::Target;
use super::split::ORDER;
use super::{SIDES, bad, counted};
use crate::data::Split;
use crate::error::Result;

/// The kind of files that a set is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// IDX or NumPy.
    Arrays,
    /// CSV.
    Table,
    /// PNG, JPEG or WebP in folders.
    Pictures,
    /// A set that was saved.
    Saved,
}

/// How many images have a size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Rows of pixels.
    pub rows: usize,
    /// Columns of pixels.
    pub columns: usize,
    /// Images of this size.
    pub images: usize,
}

/// One class, and how many images it has for what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ClassCounts {
    /// Its name.
    pub name: String,
    /// Images that the files give to train on.
    pub training: usize,
    /// Images that the files give to validate on.
    pub validation: usize,
    /// Images that the files give to test on.
    pub test: usize,
    /// Images that are yet to be shared out.
    pub unassigned: usize,
}

/// What was found.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Survey {
    /// What the files are.
    pub kind: Kind,
    /// All images.
    pub images: usize,
    /// 1 if those looked at are grey, else 3.
    pub channels: usize,
    /// The most frequent sizes, at most ten.
    pub sizes: Vec<Size>,
    /// Whether all images have one size.
    pub equal: bool,
    /// Each class with its images.
    pub classes: Vec<ClassCounts>,
    /// The splits that the files give.
    pub splits: Vec<Split>,
    /// Bytes of pixels that the proposal makes.
    pub bytes: usize,
    /// What is worth knowing, in sentences.
    pub warnings: Vec<String>,
    /// What is made unless something else is chosen.
    pub proposal: Choices,
    /// What there is to choose.
    pub choices: Options,
}

/// What there is to choose.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Options {
    /// False of a saved set: it stays as it is.
    pub any: bool,
    /// Rows and columns that suggest themselves.
    pub sizes: Vec<[usize; 2]>,
    /// Whether images are shared out at all.
    pub shares: bool,
    /// Whether there is a column of labels to choose.
    pub label_column: bool,
    /// Whether the border of most images is lighter than their middle, as ink on paper is.
    pub light_border: bool,
}

/// Images that are decoded to see whether they are grey, and light on dark.
const SAMPLE: usize = 48;
/// Sizes that are listed.
const MOST_SIZES: usize = 10;

pub(super) fn survey(found: &Found, material: &Material) -> Result<Survey> {
    let [grey, light] = sample(found, material)?;
    let channels = if found.saved.as_ref().map_or(grey, |saved| saved.form.channels == 1) { 1 } else { 3 };
    let (sizes, unknown) = sizes(found, material)?;
    let equal = sizes.len() == 1 && unknown == 0;
    let mut warnings = found.warnings.clone();
    if unknown > 0 {
        warnings.push(format!("{} pictures cannot be used and will be left out.", counted(unknown)));
    }
    let has = |split: Split| found.items.iter().any(|item| item.split == Some(split));
    let splits: Vec<Split> = ORDER.into_iter().filter(|&split| has(split)).collect();
    let invert = channels == 1 && light && found.saved.is_none();
    let proposal = proposal(&sizes, equal, channels, invert, found.label);
    add_notes(&mut warnings, &sizes, &proposal, found);
    let mut suggested = vec![[proposal.rows, proposal.columns], [28, 28], [32, 32], [64, 64]];
    suggested.dedup();
    let first = suggested[0];
    let mut at = 0;
    suggested.retain(|&size| {
        at += 1;
        at == 1 || size != first
    });
    Ok(Survey {
        kind: found.kind,
        images: found.items.len(),
        channels,
        bytes: found.items.len().saturating_mul(proposal.target().pixels()),
        equal,
        classes: classes(found),
        choices: Options {
            any: found.saved.is_none(),
            sizes: suggested,
            shares: splits.len() < ORDER.len(),
            label_column: found.label.is_some(),
            light_border: light,
        },
        splits,
        sizes: sizes.into_iter().take(MOST_SIZES).collect(),
        warnings,
        proposal,
    })
}

/// Whether all images of a sample are grey, and whether most have a light border.
fn sample(found: &Found, material: &Material) -> Result<[bool; 2]> {
    let step = found.items.len().div_ceil(SAMPLE).max(1);
    let (mut all, mut grey, mut light, mut broken) = (0, 0, 0, 0);
    for at in (0..found.items.len()).step_by(step) {
        match found.raster(material, &found.items[at]) {
            Ok(raster) => {
                all += 1;
                grey += usize::from(raster.is_grey());
                light += usize::from(raster.has_light_border());
            }
            Err(reason) => {
                broken += 1;
                check_broken(broken, found.items.len(), &found.path(material, at), &reason)?;
            }
        }
    }
    if all == 0 && broken > 0 {
        return Err(bad(format!(
            "None of {broken} pictures that were looked at can be used. Copy the files again."
        )));
    }
    Ok([grey == all, 2 * light > all])
}

/// The sizes there are, the most frequent first, and how many images have none.
fn sizes(found: &Found, material: &Material) -> Result<(Vec<Size>, usize)> {
    let mut counts: BTreeMap<[usize; 2], usize> = BTreeMap::new();
    let mut unknown = 0;
    for (at, item) in found.items.iter().enumerate() {
        match found.size(material, item) {
            Ok(size) => *counts.entry(size).or_default() += 1,
            Err(reason) => {
                unknown += 1;
                check_broken(unknown, found.items.len(), &found.path(material, at), &reason)?;
            }
        }
    }
    let size = |([rows, columns], images): ([usize; 2], usize)| Size { rows, columns, images };
    let mut sizes: Vec<Size> = counts.into_iter().map(size).collect();
    sizes.sort_by_key(|size| std::cmp::Reverse(size.images));
    Ok((sizes, unknown))
}

fn proposal(
    sizes: &[Size],
    equal: bool,
    channels: usize,
    invert: bool,
    label: Option<LabelColumn>,
) -> Choices {
    let own = sizes.first().filter(|size| SIDES.contains(&size.rows) && SIDES.contains(&size.columns));
    let usual = if channels == 1 { [28, 28] } else { [32, 32] };
    let [rows, columns] = own.filter(|_| equal).map_or(usual, |size| [size.rows, size.columns]);
    let shares = Shares::default();
    Choices { rows, columns, channels, invert, label_column: label, shares, seed: DEFAULT_SEED }
}

fn add_notes(notes: &mut Vec<String>, sizes: &[Size], proposal: &Choices, found: &Found) {
    let Target { rows, columns, .. } = proposal.target();
    if sizes.len() > 1 {
        notes.push(format!(
            "The images have {} different sizes; unless you choose another, they are scaled to {rows}×{columns} and padded with the colour of their border.",
            sizes.len()
        ));
    } else if sizes.iter().any(|size| [size.rows, size.columns] != [rows, columns]) {
        notes.push(format!("The images have {}×{} pixels; unless you choose another size, they are scaled to {rows}×{columns}.", sizes[0].rows, sizes[0].columns));
    }
    if found.is_guess {
        notes.push(format!(
            "The images are not square; {rows}×{columns} is a guess. Choose rows and columns if it is wrong."
        ));
    }
    if proposal.invert {
        notes.push(
            "The images are dark on light; they are inverted, since networks here learn from light on dark."
                .into(),
        );
    }
}

fn classes(found: &Found) -> Vec<ClassCounts> {
    let named = |name: &String| ClassCounts { name: name.clone(), ..ClassCounts::default() };
    let mut classes: Vec<ClassCounts> = found.classes.iter().map(named).collect();
    for &Item { class, split, .. } in &found.items {
        let counts = &mut classes[usize::from(class)];
        *match split {
            Some(Split::Training) => &mut counts.training,
            Some(Split::Validation) => &mut counts.validation,
            Some(Split::Test) => &mut counts.test,
            None => &mut counts.unassigned,
        } += 1;
    }
    classes
}
