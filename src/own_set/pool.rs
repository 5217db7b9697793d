//! The images at their final size, before they are shared out.

use super::assemble::Found;
use super::block::shortened;
use super::material::Material;
use super::raster::Target;
use super::{bad, counted, too_large};
use crate::error::Result;

/// Images made so far; a broken picture is left out.
pub(super) struct Pool {
    target: Target,
    pub pixels: Vec<u8>,
    /// Of each image in `pixels`, which of the items it is.
    pub items: Vec<usize>,
    next: usize,
    /// Broken pictures and why, in sentences.
    pub broken: Vec<String>,
}

/// A page has less memory than a machine.
pub(super) fn with_room(bytes: usize) -> Result<Vec<u8>> {
    let mut room = vec![];
    room.try_reserve_exact(bytes).map_err(|_| {
        too_large(format!(
            "There is no memory for {} MiB of images. Choose a smaller size.",
            bytes.div_ceil(1 << 20)
        ))
    })?;
    Ok(room)
}

/// One picture in so many may be broken.
const BROKEN_SHARE: usize = 20;

impl Pool {
    /// Takes the memory for so many.
    pub fn new(target: Target, images: usize) -> Result<Self> {
        let pixels = with_room(images * target.pixels())?;
        Ok(Self { target, pixels, items: Vec::with_capacity(images), next: 0, broken: vec![] })
    }

    /// How many items have been dealt with.
    pub fn done(&self) -> usize {
        self.next
    }

    /// Makes the next `count` images.
    pub fn advance(&mut self, found: &Found, material: &Material, count: usize) -> Result<()> {
        let end = self.next.saturating_add(count).min(found.items.len());
        for at in self.next..end {
            match found.raster(material, &found.items[at]) {
                Ok(raster) => {
                    self.pixels.extend(raster.fit(self.target));
                    self.items.push(at);
                }
                Err(reason) => self.add_broken(&found.path(material, at), &reason, found.items.len())?,
            }
            self.next = at + 1;
        }
        Ok(())
    }

    fn add_broken(&mut self, path: &str, reason: &str, all: usize) -> Result<()> {
        self.broken.push(format!("{} was left out: {reason}.", shortened(path)));
        check_broken(self.broken.len(), all, path, reason)
    }
}

/// Refuses a set of which too many pictures cannot be used; the last of them is named.
pub(super) fn check_broken(broken: usize, all: usize, path: &str, reason: &str) -> Result<()> {
    if broken <= (all / BROKEN_SHARE).max(1) && broken < all {
        return Ok(());
    }
    Err(bad(format!(
        "{} of {} pictures cannot be used; at most one in {BROKEN_SHARE} is left out. The last one is {}: {reason}. Remove them, or copy the files again.",
        counted(broken),
        counted(all),
        shortened(path)
    )))
}
