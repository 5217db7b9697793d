use super::*;
use crate::rng::Purpose;

const SIZE: usize = 28;

fn settings(rotation: f32, shift: f32, scale: f32, shear: f32) -> Augmentation {
    Augmentation { rotation, shift, scale, shear }
}

/// A picture with every value in it, and ink at its edges too.
fn picture() -> Vec<u8> {
    (0..SIZE * SIZE).map(|i| (i * 37 % 256) as u8).collect()
}

fn warped(settings: &Augmentation, seed: u64, src: &[u8]) -> Vec<f32> {
    let mut dst = vec![f32::NAN; src.len()];
    warp(settings, &mut Rng::keyed(seed, Purpose::Augmentation, [0, 0]), src, [1, SIZE, SIZE], &mut dst);
    dst
}

/// `src` resampled by a fixed map rather than a random one.
fn resampled(matrix: [f32; 4], shift: [f32; 2], src: &[u8], rows: usize, columns: usize) -> Vec<f32> {
    let mut dst = vec![f32::NAN; src.len()];
    resample(&Inverse { matrix, shift }, src, rows, columns, &mut dst);
    dst
}

#[test]
fn settings_that_are_all_0_give_exactly_the_same_pixels() {
    let src = picture();
    let exact: Vec<f32> = src.iter().map(|&pixel| f32::from(pixel)).collect();
    assert!(Augmentation::default().is_none());
    for seed in 0..5 {
        assert_eq!(warped(&Augmentation::default(), seed, &src), exact);
    }
}

#[test]
fn each_setting_alone_changes_the_image() {
    let src = picture();
    let plain = warped(&Augmentation::default(), 1, &src);
    for setting in [
        settings(10.0, 0.0, 0.0, 0.0),
        settings(0.0, 2.0, 0.0, 0.0),
        settings(0.0, 0.0, 0.1, 0.0),
        settings(0.0, 0.0, 0.0, 0.1),
    ] {
        assert!(!setting.is_none());
        assert_ne!(warped(&setting, 1, &src), plain, "{setting:?}");
    }
}

#[test]
fn a_shift_of_whole_pixels_moves_the_image_and_leaves_0_behind() {
    let src = picture();
    let dst = resampled([1.0, 0.0, 0.0, 1.0], [2.0, -3.0], &src, SIZE, SIZE);
    for (row, column) in (0..SIZE).flat_map(|row| (0..SIZE).map(move |column| (row, column))) {
        let expected = if column >= 2 && row + 3 < SIZE { src[(row + 3) * SIZE + column - 2] } else { 0 };
        assert_eq!(dst[row * SIZE + column], f32::from(expected), "row {row}, column {column}");
    }
}

#[test]
fn a_shift_of_half_a_pixel_is_the_mean_of_two_neighbours() {
    let dst = resampled([1.0, 0.0, 0.0, 1.0], [0.5, 0.0], &[10, 20, 40, 0, 0, 255], 2, 3);
    assert_eq!(dst, [5.0, 15.0, 30.0, 0.0, 0.0, 127.5]);
}

/// Where a point of the digit goes: stretched, slanted, turned.
fn forward(rotation: f32, scale: [f32; 2], shear: f32, point: [f32; 2]) -> [f32; 2] {
    let [x, y] = [scale[0] * point[0], scale[1] * point[1]];
    let [x, y] = [x + shear * y, y];
    let (sin, cos) = rotation.to_radians().sin_cos();
    [cos * x - sin * y, sin * x + cos * y]
}

#[test]
fn the_map_from_output_to_source_undoes_turn_slant_and_stretch() {
    for (rotation, scale, shear) in
        [(30.0, [1.0, 1.0], 0.0), (0.0, [1.2, 0.9], 0.3), (-17.0, [0.8, 1.1], -0.2)]
    {
        let [a, b, c, d] = inverse_matrix(rotation, scale, shear);
        for point in [[1.0, 0.0], [0.0, 1.0], [-5.0, 8.0]] {
            let [x, y] = forward(rotation, scale, shear, point);
            let back = [a * x + b * y, c * x + d * y];
            assert!(
                (back[0] - point[0]).abs() < 1e-5 && (back[1] - point[1]).abs() < 1e-5,
                "{point:?} {back:?}"
            );
        }
    }
}

#[test]
fn a_quarter_turn_is_clockwise() {
    let src = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    let dst = resampled(inverse_matrix(90.0, [1.0, 1.0], 0.0), [0.0, 0.0], &src, 3, 3);
    let rounded: Vec<f32> = dst.iter().map(|value| value.round()).collect();
    assert_eq!(rounded, [7.0, 4.0, 1.0, 8.0, 5.0, 2.0, 9.0, 6.0, 3.0]);
}

#[test]
fn warped_pixels_stay_between_0_and_255() {
    let strong = settings(45.0, 6.0, 0.5, 0.5);
    for seed in 0..50 {
        let dst = warped(&strong, seed, &picture());
        assert!(dst.iter().all(|value| (0.0..=255.0).contains(value)));
    }
}

#[test]
fn drawn_shifts_fill_their_range_and_keep_within_it() {
    let mut drawn: Vec<f32> = (0..1000)
        .map(|seed| Inverse::draw(&settings(0.0, 3.0, 0.0, 0.0), &mut Rng::new(seed)).shift[0])
        .collect();
    drawn.sort_by(f32::total_cmp);
    assert!(drawn[0] >= -3.0 && drawn[0] < -2.9 && drawn[999] < 3.0 && drawn[999] > 2.9);
    assert!(drawn[500].abs() < 0.3);
}

#[test]
fn changing_one_setting_leaves_the_random_numbers_of_the_others_alone() {
    let draw = |settings| Inverse::draw(&settings, &mut Rng::new(3));
    assert_eq!(draw(settings(0.0, 2.0, 0.0, 0.0)).shift, draw(settings(10.0, 2.0, 0.2, 0.1)).shift);
}

#[test]
fn the_same_stream_gives_the_same_warp() {
    let usual = settings(10.0, 2.0, 0.1, 0.1);
    assert_eq!(warped(&usual, 4, &picture()), warped(&usual, 4, &picture()));
    assert_ne!(warped(&usual, 4, &picture()), warped(&usual, 5, &picture()));
}

#[test]
fn warp_with_settings_that_are_not_finite_or_absurd_still_fills_the_image() {
    for bad in [f32::NAN, f32::INFINITY, f32::MAX, -1.0] {
        for setting in
            [settings(bad, 0.0, 0.0, 0.0), settings(0.0, bad, bad, 0.0), settings(1.0, 1.0, bad, bad)]
        {
            assert!(warped(&setting, 1, &picture()).iter().all(|value| value.is_finite()), "{setting:?}");
        }
    }
}

#[test]
fn all_channels_are_warped_alike() {
    let settings = Augmentation { rotation: 30.0, shift: 4.0, scale: 0.2, shear: 0.3 };
    let plane: Vec<u8> = (0..12 * 20).map(|at| (at * 7 % 251) as u8).collect();
    let warped = |channels: usize| {
        let mut dst = vec![0.0; channels * plane.len()];
        let mut rng = Rng::keyed(5, Purpose::Augmentation, [0, 0]);
        warp(&settings, &mut rng, &plane.repeat(channels), [channels, 12, 20], &mut dst);
        dst
    };
    assert_eq!(warped(3), warped(1).repeat(3));
}
