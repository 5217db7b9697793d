//! Random warps of a training image: turn, slant, stretch and shift in a single resampling.
//!
//! What happens to the digit, about the centre c of the image, x to the right and y down:
//!
//! ```text
//! out − c = R·H·S·(src − c) + t      S = [sx 0; 0 sy]   stretch each axis
//!                                    H = [1 k; 0 1]     slant: k pixels sideways for each pixel down
//!                                    R = [cos −sin; sin cos]   turn (clockwise as seen)
//!                                    t = (tx, ty)       shift
//! ```
//!
//! The picture is computed in the opposite direction, from the place in the source that each output
//! pixel shows:
//!
//! ```text
//! src = c + S⁻¹·H⁻¹·R⁻¹·(out − c − t)     R⁻¹ = [cos sin; −sin cos]   H⁻¹ = [1 −k; 0 1]
//! ```
//!
//! The value there is the bilinear mean of the four pixels around it; outside the image all is 0. One
//! resampling blurs less than one for each step would. The idea of warping MNIST this way: Simard,
//! Steinkraus and Platt, "Best practices for convolutional neural networks", 2003.

use crate::rng::Rng;
use crate::spec::Augmentation;

impl Augmentation {
    /// Whether these settings leave every image as it is.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// A map from output pixels to places in the source: both counted from the centre of the image.
struct Inverse {
    /// S⁻¹·H⁻¹·R⁻¹, row after row.
    matrix: [f32; 4],
    /// t.
    shift: [f32; 2],
}

impl Inverse {
    /// Draws one warp. Every number is drawn in every case, so changing one setting leaves the others'
    /// random numbers alone.
    fn draw(settings: &Augmentation, rng: &mut Rng) -> Self {
        let mut within = |limit: f32| rng.uniform_in(-limit, limit);
        let rotation = within(settings.rotation);
        let shift = [within(settings.shift), within(settings.shift)];
        let scale = [1.0 + within(settings.scale), 1.0 + within(settings.scale)];
        Self { matrix: inverse_matrix(rotation, scale, within(settings.shear)), shift }
    }
}

/// S⁻¹·H⁻¹·R⁻¹ for a turn by `rotation` degrees.
fn inverse_matrix(rotation: f32, [sx, sy]: [f32; 2], k: f32) -> [f32; 4] {
    let (cos, sin) = (libm::cosf(rotation.to_radians()), libm::sinf(rotation.to_radians()));
    [(cos + k * sin) / sx, (sin - k * cos) / sx, -sin / sy, cos / sy]
}

/// Fills `dst` with a random warp of `src`, drawn from `rng` within `settings`; it is the same for all channels.
/// Both have `dims` channels, rows and columns, in that order, from 0 to 255. Settings that are all 0 leave the
/// pixels exactly as they are.
///
/// # Panics
/// If `src` or `dst` is not of that size.
pub fn warp(
    settings: &Augmentation,
    rng: &mut Rng,
    src: &[u8],
    [channels, rows, columns]: [usize; 3],
    dst: &mut [f32],
) {
    let len = rows * columns;
    assert!(src.len() == channels * len && dst.len() == src.len(), "an image of {channels}×{rows}×{columns}");
    let inverse = Inverse::draw(settings, rng);
    for (src, dst) in src.chunks_exact(len).zip(dst.chunks_exact_mut(len)) {
        resample(&inverse, src, rows, columns, dst);
    }
}

/// Fills `dst` with `src` turned by `degrees`, clockwise as seen, about its centre; both as for [`warp`].
///
/// # Panics
/// If `src` or `dst` is not of that size.
pub fn turn(degrees: f32, src: &[u8], [channels, rows, columns]: [usize; 3], dst: &mut [f32]) {
    let len = rows * columns;
    assert!(src.len() == channels * len && dst.len() == src.len(), "an image of {channels}×{rows}×{columns}");
    let inverse = Inverse { matrix: inverse_matrix(degrees, [1.0; 2], 0.0), shift: [0.0; 2] };
    for (src, dst) in src.chunks_exact(len).zip(dst.chunks_exact_mut(len)) {
        resample(&inverse, src, rows, columns, dst);
    }
}

fn resample(inverse: &Inverse, src: &[u8], rows: usize, columns: usize, dst: &mut [f32]) {
    let Inverse { matrix: [a, b, c, d], shift: [tx, ty] } = *inverse;
    let (cx, cy) = ((columns as f32 - 1.0) / 2.0, (rows as f32 - 1.0) / 2.0);
    for (row, line) in dst.chunks_exact_mut(columns).enumerate() {
        let y = row as f32 - cy - ty;
        for (column, out) in line.iter_mut().enumerate() {
            let x = column as f32 - cx - tx;
            *out = bilinear(src, rows, columns, a * x + b * y + cx, c * x + d * y + cy);
        }
    }
}

/// The value of `src` at the place (`x`, `y`), between its pixels.
fn bilinear(src: &[u8], rows: usize, columns: usize, x: f32, y: f32) -> f32 {
    let inside = x > -1.0 && x < columns as f32 && y > -1.0 && y < rows as f32;
    if !inside {
        return 0.0;
    }
    let (left, top) = (x.floor(), y.floor());
    let (fx, fy) = (x - left, y - top);
    let (left, top) = (left as isize, top as isize);
    let pixel = |row: isize, column: isize| {
        let within = (0..rows as isize).contains(&row) && (0..columns as isize).contains(&column);
        if within { f32::from(src[row as usize * columns + column as usize]) } else { 0.0 }
    };
    let upper = pixel(top, left) * (1.0 - fx) + pixel(top, left + 1) * fx;
    let lower = pixel(top + 1, left) * (1.0 - fx) + pixel(top + 1, left + 1) * fx;
    upper * (1.0 - fy) + lower * fy
}

#[cfg(test)]
mod tests;
