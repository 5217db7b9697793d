//! Small colour pictures of ten road signs, painted by a program: turned, moved, in changing light, before a background of
//! two colours. Some differ in shape alone, some in colour alone.

use anyhow::Result;
use convscope::rng::{Purpose, Rng};

use super::own::{Labelled, save};
use crate::stage::stage;

const SIDE: usize = 32;
/// Of each class, to train, validate and test on.
const IMAGES: [usize; 3] = [300, 40, 80];
const SEED: u64 = 32;
/// Points that are painted for each pixel, along each side.
const POINTS: usize = 3;

type Colour = [f32; 3];

const RED: Colour = [0.78, 0.08, 0.12];
const BLUE: Colour = [0.05, 0.25, 0.66];
const GREEN: Colour = [0.02, 0.5, 0.25];
const YELLOW: Colour = [0.95, 0.75, 0.1];
const WHITE: Colour = [0.95, 0.95, 0.93];
const GREY: Colour = [0.35, 0.35, 0.37];

/// The colour of a sign at a place from −1 to 1 across and down; None beside it.
type Sign = fn(f32, f32) -> Option<Colour>;

const SIGNS: [(&str, Sign); 10] = [
    ("stop", |x, y| within(octagon(x, y), RED, WHITE, y.abs() < 0.22 && x.abs() < 0.65)),
    ("no entry", |x, y| within(disc(x, y), RED, WHITE, y.abs() < 0.22 && x.abs() < 0.65)),
    ("one way", |x, y| within(disc(x, y), BLUE, WHITE, y.abs() < 0.22 && x.abs() < 0.65)),
    ("speed limit", |x, y| within(disc(x, y), RED, WHITE, disc(x, y) < 0.72)),
    ("end of limits", |x, y| within(disc(x, y), WHITE, GREY, (x + y).abs() < 0.2)),
    ("danger", |x, y| within(triangle(x, -y), RED, WHITE, triangle(x, -y) < 0.6)),
    ("give way", |x, y| within(triangle(x, y), RED, WHITE, triangle(x, y) < 0.6)),
    ("priority road", |x, y| within(x.abs() + y.abs(), WHITE, YELLOW, x.abs() + y.abs() < 0.72)),
    ("information", |x, y| within(1.15 * x.abs().max(y.abs()), BLUE, WHITE, x.abs() < 0.18 && y.abs() < 0.6)),
    ("way out", |x, y| within(1.15 * x.abs().max(y.abs()), GREEN, WHITE, x.abs() < 0.18 && y.abs() < 0.6)),
];

/// One colour where the distance is below 1, but another in the figure.
fn within(distance: f32, ground: Colour, figure: Colour, is_figure: bool) -> Option<Colour> {
    (distance < 1.0).then_some(if is_figure { figure } else { ground })
}

fn disc(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}

fn octagon(x: f32, y: f32) -> f32 {
    (x.abs().max(y.abs())).max((x.abs() + y.abs()) / 1.414)
}

/// It points down; its middle is at 0.
fn triangle(x: f32, y: f32) -> f32 {
    let y = y + 0.15;
    (-1.35 * y).max(1.5 * x.abs() + 0.8 * y)
}

/// Paints the pictures and saves the set.
pub fn make() -> Result<()> {
    stage("painting the road signs", || {
        let mut splits = [vec![], vec![], vec![]];
        for (number, (split, count)) in splits.iter_mut().zip(IMAGES).enumerate() {
            for (class, (name, sign)) in SIGNS.iter().enumerate() {
                let key = |image: usize| [number as u64, (class as u64) << 32 | image as u64];
                let picture = |image| paint(*sign, &mut Rng::keyed(SEED, Purpose::Augmentation, key(image)));
                split.extend(
                    (0..count).map(|image| Labelled { class: (*name).to_owned(), pixels: picture(image) }),
                );
            }
        }
        save("colours", splits)
    })
}

fn paint(sign: Sign, rng: &mut Rng) -> Vec<u8> {
    let side = SIDE as f32;
    let size = rng.uniform_in(7.0, 14.0);
    let [left, top] = [0, 1].map(|_| side / 2.0 + rng.uniform_in(-1.0, 1.0) * (side / 2.0 - size));
    // Small angles and shares: sine and cosine by their series are the same everywhere.
    let angle = rng.uniform_in(-0.25, 0.25);
    let (sin, cos) = (angle - angle * angle * angle / 6.0, 1.0 - angle * angle / 2.0);
    let squeeze = rng.uniform_in(0.75, 1.0);
    let light = rng.uniform_in(0.45, 1.1);
    let tint: Colour = std::array::from_fn(|_| rng.uniform_in(0.85, 1.15));
    let grounds: [Colour; 2] = std::array::from_fn(|_| std::array::from_fn(|_| rng.uniform()));
    let slope = [rng.uniform_in(-1.0, 1.0), rng.uniform_in(-1.0, 1.0)];
    let colour = |x: f32, y: f32| -> Colour {
        let (across, down) = ((x - left) / size / squeeze, (y - top) / size);
        sign(cos * across + sin * down, cos * down - sin * across).unwrap_or_else(|| {
            let share = (0.5 + slope[0] * (x / side - 0.5) + slope[1] * (y / side - 0.5)).clamp(0.0, 1.0);
            std::array::from_fn(|channel| grounds[0][channel] * share + grounds[1][channel] * (1.0 - share))
        })
    };
    let mut pixels = vec![];
    for at in 0..SIDE * SIDE {
        let (x, y) = ((at % SIDE) as f32, (at / SIDE) as f32);
        let place = |point: usize| (point as f32 + 0.5) / POINTS as f32;
        let mut sum = [0.0; 3];
        for point in 0..POINTS * POINTS {
            let found = colour(x + place(point % POINTS), y + place(point / POINTS));
            sum.iter_mut().zip(found).for_each(|(sum, value)| *sum += value);
        }
        for (sum, tint) in sum.iter().zip(tint) {
            let value = 255.0 * light * tint * sum / (POINTS * POINTS) as f32 + 12.0 * rng.normal();
            pixels.push(value.round().clamp(0.0, 255.0) as u8);
        }
    }
    pixels
}
