use super::pairs::{check_pairs, pairs_of};
use super::{Found, Item, Kind, Source, empty};
use crate::data::Split;
use crate::error::Result;
use crate::own_set::bad;
use crate::own_set::manifest::Manifest;
use crate::own_set::material::{Content, Part};

/// A set that was saved: its four files must be those that its manifest states.
pub(super) fn saved(part: &Part, parts: &[Part]) -> Result<Found> {
    let Content::Manifest(text) = &part.content else { unreachable!("it was looked for") };
    let manifest = Manifest::read(&part.path, text)?;
    let pairs = pairs_of(parts)?;
    let sizes = manifest.sizes;
    let wrong = |what: &str| bad(format!("{}: {what}. Save the set again.", part.path));
    let [train, test] = &pairs[..] else {
        return Err(wrong("expected the four files of a set beside the manifest; some are missing"));
    };
    check_pairs(&pairs)?;
    let mut found = empty(Kind::Saved);
    for (block, (pair, count)) in
        [(train, sizes.training + sizes.validation), (test, sizes.test)].into_iter().enumerate()
    {
        let form = pair.images.form();
        if [form.channels, form.rows, form.columns] != manifest.form.dims()
            || form.interleaved
            || pair.images.len() != count
        {
            return Err(wrong("the files hold other images than it states"));
        }
        let number = |name: &String| {
            name.parse().ok().filter(|&class: &u8| usize::from(class) < manifest.classes.len())
        };
        let classes: Vec<u8> = pair
            .labels
            .names
            .iter()
            .map(number)
            .collect::<Option<_>>()
            .ok_or_else(|| wrong("a label is no number of a class"))?;
        for (index, &label) in pair.labels.of.iter().enumerate() {
            let split = match (block, index) {
                (0, index) if index < sizes.training => Split::Training,
                (0, _) => Split::Validation,
                _ => Split::Test,
            };
            let source = Source::Block { block: block as u32, index: index as u32 };
            found.items.push(Item { class: classes[usize::from(label)], split: Some(split), source });
        }
    }
    found.classes.clone_from(&manifest.classes);
    found.blocks = pairs.into_iter().map(|pair| pair.images).collect();
    found.saved = Some(manifest);
    Ok(found)
}
