//! Changes that know nothing of the network, made as large as an attack.

use super::Inquiry;
use super::picture::{blur, grey_levels, size_of_change, whole_levels};
use crate::data::turn;
use crate::error::Result;
use crate::rng::{Purpose, Rng};

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A normal random number on each pixel.
    Noise,
    /// A Gaussian blur.
    Blur,
    /// A turn about the centre, to the one side or the other.
    Rotation,
    /// A grey square somewhere near the centre.
    Occlusion,
}

/// An image that was changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// How; `None`: it was attacked.
    pub kind: Option<Kind>,
    /// The changed image.
    pub pixels: Vec<u8>,
    /// The network's probabilities for it.
    pub probabilities: Vec<f32>,
    /// √Σ (change of a pixel)², in grey levels.
    pub size: f64,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Noise, Self::Blur, Self::Rotation, Self::Occlusion];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Noise => "noise",
            Kind::Blur => "blur",
            Kind::Rotation => "rotation",
            Kind::Occlusion => "occlusion",
        }
    }

    /// The largest amount: of noise and blur the deviation, of a turn the degrees, of the square half its side.
    fn most(self, [_, rows, columns]: [usize; 3]) -> f32 {
        match self {
            Kind::Noise => 1024.0,
            Kind::Blur => rows.max(columns) as f32 / 2.0,
            Kind::Rotation => 180.0,
            Kind::Occlusion => rows.max(columns) as f32,
        }
    }
}

/// One change of one image, with all its randomness drawn, to be made in any amount.
struct Change<'a> {
    kind: Kind,
    pixels: &'a [u8],
    dims: [usize; 3],
    noise: Vec<f32>,
    /// 1 or −1.
    side: f32,
    /// Row and column.
    centre: [f32; 2],
}

/// The grey of the square.
const GREY: f32 = 128.0;
/// How many amounts are looked at before the search between two of them, and the halvings of that search.
const COARSE: usize = 24;
const HALVINGS: usize = 14;

/// Changes an image by as much as `size`, or as nearly as this kind of change can. The same key draws the same.
pub fn change(kind: Kind, pixels: &[u8], dims: [usize; 3], size: f64, seed: u64, key: u64) -> Vec<u8> {
    let mut rng = Rng::keyed(seed, Purpose::Inquiry, [1 + kind as u64, key]);
    let [_, rows, columns] = dims;
    let noise = if kind == Kind::Noise { pixels.iter().map(|_| rng.normal()).collect() } else { vec![] };
    let side = if rng.below(2) == 0 { 1.0 } else { -1.0 };
    let centre = [rows, columns].map(|len| len as f32 * rng.uniform_in(0.25, 0.75));
    Change { kind, pixels, dims, noise, side, centre }.of_size(size)
}

impl Change<'_> {
    /// The smallest amount that reaches the size, found among a few, then by halving; of it and the one just below
    /// it the one that is nearer. If none reaches it, the largest change there is.
    fn of_size(&self, wanted: f64) -> Vec<u8> {
        let size = |pixels: &[u8]| size_of_change(self.pixels, pixels);
        let mut below = (0.0, self.pixels.to_vec());
        let mut largest = self.pixels.to_vec();
        // Small amounts lie closer together: that is where the sizes of attacks are.
        let amount = |part: usize| self.kind.most(self.dims) * (part as f32 / COARSE as f32).powi(2);
        for part in 1..=COARSE {
            let mut above = (amount(part), self.of_amount(amount(part)));
            if size(&above.1) < wanted {
                if size(&above.1) > size(&largest) {
                    largest.clone_from(&above.1);
                }
                below = above;
                continue;
            }
            for _ in 0..HALVINGS {
                let amount = (below.0 + above.0) / 2.0;
                let pixels = self.of_amount(amount);
                let side = if size(&pixels) < wanted { &mut below } else { &mut above };
                *side = (amount, pixels);
            }
            let is_nearer = wanted - size(&below.1) < size(&above.1) - wanted;
            return if is_nearer { below.1 } else { above.1 };
        }
        largest
    }

    fn of_amount(&self, amount: f32) -> Vec<u8> {
        let mut picture = grey_levels(self.pixels);
        match self.kind {
            Kind::Noise => {
                picture.iter_mut().zip(&self.noise).for_each(|(level, noise)| *level += amount * noise);
            }
            Kind::Blur => blur(&mut picture, self.dims, amount),
            Kind::Rotation => turn(self.side * amount, self.pixels, self.dims, &mut picture),
            Kind::Occlusion => self.cover(&mut picture, amount),
        }
        whole_levels(&picture)
    }

    /// A grey square; a pixel at its edge is covered by as much as lies within.
    fn cover(&self, picture: &mut [f32], half: f32) {
        let [_, rows, columns] = self.dims;
        let covered = |axis: usize, place: usize| {
            let (low, high) = (self.centre[axis] - half, self.centre[axis] + half);
            (high.min(place as f32 + 1.0) - low.max(place as f32)).max(0.0)
        };
        for (index, level) in picture.iter_mut().enumerate() {
            let share = covered(0, index / columns % rows) * covered(1, index % columns);
            *level += share * (GREY - *level);
        }
    }
}

impl Inquiry {
    /// An attacked image beside other changes of the image, each of the same Euclidean size, or as nearly so as it
    /// can be.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::ImpossibleShape`](crate::error::ErrorCode::ImpossibleShape) if these are not images of the
    /// network's size.
    pub fn compare(&mut self, pixels: &[u8], attacked: &[u8], seed: u64) -> Result<Vec<Compared>> {
        self.subject.check_one(pixels)?;
        self.subject.check_one(attacked)?;
        let dims = self.subject.form().dims();
        let wanted = size_of_change(pixels, attacked);
        let mut row = |kind: Option<Kind>| {
            let changed = kind.map(|kind| change(kind, pixels, dims, wanted, seed, 0));
            let changed = changed.unwrap_or_else(|| attacked.to_vec());
            self.subject.pass(&grey_levels(&changed))?;
            Ok(Compared {
                kind,
                size: size_of_change(pixels, &changed),
                pixels: changed,
                probabilities: self.subject.trace().probabilities().to_vec(),
            })
        };
        std::iter::once(None).chain(Kind::ALL.map(Some)).map(&mut row).collect()
    }
}
