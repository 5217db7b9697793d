//! Capital letters from free fonts (OFL or Apache licence), which npm packages carry. Each letter of a font is warped at
//! random several times. No font is in two splits: what is tested are letters of fonts that were never seen.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use ab_glyph::{Font, FontVec};
use anyhow::{Context, Result, ensure};
use convscope::data::warp;
use convscope::rng::{Purpose, Rng};
use convscope::spec::Augmentation;
use flate2::read::GzDecoder;

use super::fetch;
use super::own::{Labelled, save};
use crate::stage::stage;

/// The packages of `@expo-google-fonts`. The last three fonts are for the test, the three before them for validation.
const FONTS: [&str; 24] = [
    "abril-fatface@0.4.1",
    "amatic-sc@0.4.2",
    "anton@0.4.2",
    "architects-daughter@0.4.1",
    "audiowide@0.4.1",
    "bangers@0.4.1",
    "caveat@0.4.2",
    "comic-neue@0.4.1",
    "gloria-hallelujah@0.4.1",
    "indie-flower@0.4.1",
    "kalam@0.4.1",
    "lobster@0.4.1",
    "pacifico@0.4.1",
    "permanent-marker@0.4.0",
    "righteous@0.4.1",
    "roboto-slab@0.4.2",
    "shadows-into-light@0.4.1",
    "special-elite@0.4.1",
    "courier-prime@0.4.1",
    "gochi-hand@0.4.2",
    "bebas-neue@0.4.1",
    "ubuntu@0.4.1",
    "patrick-hand@0.4.1",
    "dm-serif-display@0.4.2",
];
const HELD_OUT: usize = 3;

const LETTERS: std::ops::RangeInclusive<char> = 'A'..='Z';
const SIDE: usize = 28;
/// Of the box that a letter is scaled to, as the digits of MNIST were.
const BOX: f32 = 20.0;
/// Of each letter of a font.
const WARPS: usize = 20;
const SEED: u64 = 26;
const WARP: Augmentation = Augmentation { rotation: 12.0, shift: 2.0, scale: 0.15, shear: 0.2 };

/// Fetches the fonts, renders and warps the letters, and saves the set.
pub fn make() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let mut fonts = vec![];
    for name in FONTS {
        let archive = fetch(&format!("@expo-google-fonts/{name}"), folder.path())?;
        fonts.push(read_font(&archive).with_context(|| format!("the font {name}"))?);
    }
    stage("rendering the letters", || {
        let ends = [FONTS.len() - 2 * HELD_OUT, FONTS.len() - HELD_OUT, FONTS.len()];
        let mut start = 0;
        let mut splits = [vec![], vec![], vec![]];
        for (split, end) in splits.iter_mut().zip(ends) {
            for font in start..end {
                split.extend(letters_of(&fonts[font], font)?);
            }
            start = end;
        }
        save("letters", splits)
    })
}

/// The regular cut of the font in a package.
fn read_font(archive: &Path) -> Result<FontVec> {
    for entry in tar::Archive::new(GzDecoder::new(File::open(archive)?)).entries()? {
        let mut entry = entry?;
        if entry.path()?.to_string_lossy().ends_with("_400Regular.ttf") {
            let mut bytes = vec![];
            entry.read_to_end(&mut bytes)?;
            return Ok(FontVec::try_from_vec(bytes)?);
        }
    }
    anyhow::bail!("there is no _400Regular.ttf in the package")
}

fn letters_of(font: &FontVec, number: usize) -> Result<Vec<Labelled>> {
    let mut images = vec![];
    for letter in LETTERS {
        let pixels = render(font, letter)?;
        for copy in 0..WARPS {
            let key = [number as u64, (letter as u64) << 32 | copy as u64];
            let mut rng = Rng::keyed(SEED, Purpose::Augmentation, key);
            let mut warped = vec![0.0; pixels.len()];
            warp(&WARP, &mut rng, &pixels, [1, SIDE, SIDE], &mut warped);
            let pixels = warped.iter().map(|pixel| pixel.round() as u8).collect();
            images.push(Labelled { class: letter.to_string(), pixels });
        }
    }
    Ok(images)
}

/// The letter, light on dark, its box in the middle.
fn render(font: &FontVec, letter: char) -> Result<Vec<u8>> {
    let outline = |scale: f32| font.outline_glyph(font.glyph_id(letter).with_scale(scale));
    let size =
        |scale: f32| outline(scale).map(|glyph| glyph.px_bounds().width().max(glyph.px_bounds().height()));
    // Boxes are whole pixels, so the size is measured on a large letter.
    let large = size(1000.0).with_context(|| format!("there is no {letter}"))?;
    let glyph = outline(1000.0 * BOX / large).context("it was there at another size")?;
    let bounds = glyph.px_bounds();
    let [left, top] =
        [bounds.width(), bounds.height()].map(|side| ((SIDE as f32 - side) / 2.0).round() as usize);
    ensure!(bounds.width().max(bounds.height()) <= SIDE as f32, "{letter} is too large");
    let mut pixels = vec![0; SIDE * SIDE];
    glyph.draw(|x, y, coverage| {
        let at = (top + y as usize) * SIDE + left + x as usize;
        if let Some(pixel) = pixels.get_mut(at) {
            *pixel = (coverage.clamp(0.0, 1.0) * 255.0).round() as u8;
        }
    });
    Ok(pixels)
}
