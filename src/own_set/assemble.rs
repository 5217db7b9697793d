//! What belongs together: images with their labels, pictures with their folders.

mod pairs;
mod saved;

use std::rc::Rc;

use super::arrays::split_in;
use super::block::{Block, check_name, shortened};
use super::choices::LabelColumn;
use super::layout::{ordered, places};
use super::manifest::Manifest;
use super::material::{Content, Material, Part};
use super::survey::Kind;
use super::{CLASSES, MOST_IMAGES, bad, counted, picture, raster::Raster, table, too_large};
use crate::data::Split;
use crate::error::Result;
use pairs::{Pair, check_pairs, pairs_of};

/// Images that are known by class and, if the files say so, by split.
pub(super) struct Found {
    pub kind: Kind,
    /// The names of the classes.
    pub classes: Vec<String>,
    pub items: Vec<Item>,
    pub blocks: Vec<Rc<Block>>,
    /// What is worth knowing, in sentences.
    pub warnings: Vec<String>,
    /// Where a table has its labels.
    pub label: Option<LabelColumn>,
    /// Whether rows and columns of a table's images are a guess.
    pub is_guess: bool,
    /// Of a set that was saved: there is nothing to choose.
    pub saved: Option<Manifest>,
}

/// One image with its class.
pub(super) struct Item {
    pub class: u8,
    pub split: Option<Split>,
    pub source: Source,
}

/// Where an image is.
#[derive(Clone, Copy)]
pub(super) enum Source {
    Block { block: u32, index: u32 },
    Picture { part: u32 },
}

/// Puts together what was found. `label` and `size` are choices for tables.
pub(super) fn assemble(
    material: &Material,
    label: Option<LabelColumn>,
    size: Option<[usize; 2]>,
) -> Result<Found> {
    let parts = &material.parts;
    if let Some(part) = parts.iter().find(|part| matches!(part.content, Content::Manifest(_))) {
        return saved::saved(part, parts);
    }
    let is_picture = |part: &&Part| matches!(part.content, Content::Picture(_));
    let pictures = parts.iter().filter(is_picture).count();
    if pictures > 0 && pictures < parts.len() {
        return Err(bad(format!(
            "Expected files of one kind; got {} pictures and {} other files, such as {}. Leave one kind out.",
            counted(pictures),
            counted(parts.len() - pictures),
            parts.iter().find(|part| !is_picture(part)).map_or("", |part| &part.path)
        )));
    }
    let mut found = if pictures > 0 { of_pictures(parts)? } else { of_arrays(material, label, size)? };
    found.warnings.extend(material.skipped());
    check_classes(&found)?;
    Ok(found)
}

fn check_classes(found: &Found) -> Result<()> {
    let (least, most) = (CLASSES.start(), CLASSES.end());
    let got = match &found.classes[..] {
        _ if CLASSES.contains(&found.classes.len()) => return Ok(()),
        [] => "all pictures in one place".to_owned(),
        [name] => format!("one, “{}”", shortened(name)),
        classes => counted(classes.len()),
    };
    let advice = if found.kind == Kind::Pictures && found.classes.len() == 1 {
        "Add a folder for each other class."
    } else if found.kind == Kind::Pictures {
        "Put the pictures of each class into a folder called after it, such as cats and dogs."
    } else {
        "Check which file or column has the labels."
    };
    Err(bad(format!("Expected {least} to {most} classes; got {got}. {advice}")))
}

fn of_pictures(parts: &[Part]) -> Result<Found> {
    if parts.len() > MOST_IMAGES {
        return Err(too_large(format!(
            "At most {} images are taken; got {}. Leave some out.",
            counted(MOST_IMAGES),
            counted(parts.len())
        )));
    }
    // In the order of their names, however a folder or an archive lists them.
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by(|&a, &b| parts[a].path.cmp(&parts[b].path));
    let paths: Vec<&str> = order.iter().map(|&part| &*parts[part].path).collect();
    let places = places(&paths);
    let names = ordered(places.iter().flatten().map(|place| place.class.clone()));
    for name in names.keys() {
        check_name("A folder of pictures", name)?;
    }
    let mut warnings = vec![];
    let lost = places.iter().filter(|place| place.is_none()).count();
    if lost > 0 {
        let first = places.iter().position(Option::is_none).map_or("", |at| paths[at]);
        warnings.push(format!(
            "{} pictures are in no folder of a class and are left out, such as {first}.",
            counted(lost)
        ));
    }
    if names.len() > *CLASSES.end() {
        return Ok(Found { classes: names.into_keys().collect(), ..empty(Kind::Pictures) });
    }
    let item = |(place, &part): (Option<super::layout::Place>, &usize)| {
        let place = place?;
        Some(Item {
            class: names[&place.class],
            split: place.split,
            source: Source::Picture { part: part as u32 },
        })
    };
    let items = places.into_iter().zip(&order).filter_map(item).collect();
    Ok(Found { classes: by_number(&names), items, warnings, ..empty(Kind::Pictures) })
}

fn by_number(names: &std::collections::BTreeMap<String, u8>) -> Vec<String> {
    let mut classes = vec![String::new(); names.len()];
    for (name, &class) in names {
        classes[usize::from(class)].clone_from(name);
    }
    classes
}

fn empty(kind: Kind) -> Found {
    Found {
        kind,
        classes: vec![],
        items: vec![],
        blocks: vec![],
        warnings: vec![],
        label: None,
        is_guess: false,
        saved: None,
    }
}

fn of_arrays(material: &Material, wanted: Option<LabelColumn>, size: Option<[usize; 2]>) -> Result<Found> {
    let mut found = empty(Kind::Arrays);
    let mut pairs = pairs_of(&material.parts)?;
    let mut tables: Vec<(&String, &Vec<u8>)> = vec![];
    for part in &material.parts {
        if let Content::Table(text) = &part.content {
            tables.push((&part.path, text));
        }
    }
    tables.sort();
    for (path, text) in tables {
        found.kind = Kind::Table;
        let Some(table) = table::read(path, text, wanted, size)? else {
            found.warnings.push(format!("{path} has no labels and is left out."));
            continue;
        };
        (found.label, found.is_guess) = (Some(table.label), found.is_guess || table.is_guess);
        let (images, labels) = (table.images, table.labels);
        pairs.push(Pair { split: split_in(path), path: path.clone(), images, labels });
    }
    if pairs.is_empty() {
        return Err(bad(format!(
            "No images with labels were found. Expected IDX, NPZ or CSV files, or a folder of PNG, JPEG or WebP files for each class.{}",
            material.skipped().iter().map(|sentence| format!(" {sentence}")).collect::<String>()
        )));
    }
    check_pairs(&pairs)?;
    // Names without anything to train on say nothing.
    if pairs.iter().all(|pair| pair.split != Some(Split::Training)) {
        pairs.iter_mut().for_each(|pair| pair.split = None);
    }
    let names = ordered(pairs.iter().flat_map(|pair| pair.labels.names.iter().cloned()));
    if names.len() > *CLASSES.end() {
        return Ok(Found { classes: names.into_keys().collect(), ..found });
    }
    for (block, pair) in pairs.iter().enumerate() {
        let class: Vec<u8> = pair.labels.names.iter().map(|name| names[name]).collect();
        let item = |(index, &label): (usize, &u8)| Item {
            class: class[usize::from(label)],
            split: pair.split,
            source: Source::Block { block: block as u32, index: index as u32 },
        };
        found.items.extend(pair.labels.of.iter().enumerate().map(item));
    }
    found.classes = by_number(&names);
    found.blocks = pairs.into_iter().map(|pair| pair.images).collect();
    Ok(found)
}

impl Found {
    /// The image of an item. The error of a broken picture is a part of a sentence.
    pub fn raster(&self, material: &Material, item: &Item) -> std::result::Result<Raster, String> {
        match item.source {
            Source::Block { block, index } => Ok(self.blocks[block as usize].raster(index as usize)),
            Source::Picture { part } => picture::decode(self.picture(material, part)),
        }
    }

    /// Rows, columns of an item, as far as they can be told without decoding it.
    pub fn size(&self, material: &Material, item: &Item) -> std::result::Result<[usize; 2], String> {
        match item.source {
            Source::Block { block, .. } => {
                let form = self.blocks[block as usize].form();
                Ok([form.rows, form.columns])
            }
            Source::Picture { part } => picture::size(self.picture(material, part)),
        }
    }

    /// What errors call item `at`.
    pub fn path(&self, material: &Material, at: usize) -> String {
        match self.items[at].source {
            Source::Picture { part } => material.parts[part as usize].path.clone(),
            Source::Block { index, .. } => format!("image {index}"),
        }
    }

    fn picture<'a>(&self, material: &'a Material, part: u32) -> &'a [u8] {
        match &material.parts[part as usize].content {
            Content::Picture(bytes) => bytes,
            _ => &[],
        }
    }
}
