//! Pictures as numbers from 0 to 255 that need not be whole.

/// Bytes as numbers.
pub fn grey_levels(pixels: &[u8]) -> Vec<f32> {
    pixels.iter().map(|&pixel| f32::from(pixel)).collect()
}

/// The nearest bytes.
pub fn whole_levels(picture: &[f32]) -> Vec<u8> {
    // To cast keeps within 0 to 255.
    picture.iter().map(|&level| (level + 0.5) as u8).collect()
}

/// √Σ (b − a)²: the Euclidean size of a change.
pub fn size_of_change(a: &[u8], b: &[u8]) -> f64 {
    let squares = a.iter().zip(b).map(|(&a, &b)| (f64::from(b) - f64::from(a)).powi(2));
    squares.sum::<f64>().sqrt()
}

/// A Gaussian blur of this `deviation` in pixels, of all channels of one picture; beyond its edges it goes on as at
/// its edges.
pub fn blur(picture: &mut [f32], [_, rows, columns]: [usize; 3], deviation: f32) {
    let reach = (3.0 * deviation).ceil() as usize;
    if reach == 0 {
        return;
    }
    let weight = |distance: usize| {
        let x = distance as f32 / deviation;
        libm::expf(-0.5 * x * x)
    };
    let mut kernel: Vec<f32> = (0..=reach).map(weight).collect();
    let sum = kernel[0] + 2.0 * kernel[1..].iter().sum::<f32>();
    kernel.iter_mut().for_each(|weight| *weight /= sum);
    let mut line = Vec::new();
    for map in picture.chunks_exact_mut(rows * columns) {
        for row in 0..rows {
            blur_line(map, row * columns, 1, columns, &kernel, &mut line);
        }
        for column in 0..columns {
            blur_line(map, column, columns, rows, &kernel, &mut line);
        }
    }
}

/// Blurs the `len` numbers from `start` on, each `step` after the one before.
fn blur_line(map: &mut [f32], start: usize, step: usize, len: usize, kernel: &[f32], line: &mut Vec<f32>) {
    line.clear();
    line.extend((0..len).map(|place| map[start + place * step]));
    for place in 0..len {
        let mut sum = kernel[0] * line[place];
        for (distance, weight) in kernel.iter().enumerate().skip(1) {
            sum += weight * (line[place.saturating_sub(distance)] + line[(place + distance).min(len - 1)]);
        }
        map[start + place * step] = sum;
    }
}

/// Moves one picture `down` and to the `right`; what leaves it on one side comes back on the other.
pub fn roll(picture: &[f32], [_, rows, columns]: [usize; 3], [down, right]: [isize; 2]) -> Vec<f32> {
    let mut out = vec![0.0; picture.len()];
    let maps = picture.chunks_exact(rows * columns).zip(out.chunks_exact_mut(rows * columns));
    for (map, out) in maps {
        for (row, line) in map.chunks_exact(columns).enumerate() {
            let row = (row as isize + down).rem_euclid(rows as isize) as usize;
            for (column, &value) in line.iter().enumerate() {
                let column = (column as isize + right).rem_euclid(columns as isize) as usize;
                out[row * columns + column] = value;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_levels_are_the_nearest_and_stay_within_a_byte() {
        assert_eq!(whole_levels(&[-3.0, 0.4, 0.5, 254.6, 400.0, f32::NAN]), [0, 0, 1, 255, 255, 0]);
    }

    #[test]
    fn blur_keeps_what_is_even_and_spreads_a_dot_evenly_around_it() {
        let mut even = vec![7.0; 2 * 5 * 4];
        blur(&mut even, [2, 5, 4], 2.0);
        assert!(even.iter().all(|level| (level - 7.0).abs() < 1e-5), "{even:?}");
        let mut dot = vec![0.0; 15 * 15];
        dot[7 * 15 + 7] = 1.0;
        blur(&mut dot, [1, 15, 15], 1.0);
        assert!((dot.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert_eq!([dot[6 * 15 + 7], dot[7 * 15 + 6]], [dot[8 * 15 + 7], dot[7 * 15 + 8]]);
        let ratio = dot[7 * 15 + 9] / dot[7 * 15 + 7];
        assert!((ratio - (-2.0_f32).exp()).abs() < 1e-6, "{ratio}");
    }

    #[test]
    fn a_picture_rolled_there_and_back_is_the_same() {
        let picture: Vec<f32> = (0..2 * 3 * 4).map(|x| x as f32).collect();
        let there = roll(&picture, [2, 3, 4], [1, -2]);
        assert_eq!([there[4 + 2], there[12 + 4 + 2]], [0.0, 12.0]);
        assert_eq!(roll(&there, [2, 3, 4], [-1, 2]), picture);
    }
}
