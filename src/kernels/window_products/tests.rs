use super::*;
use crate::rng::Rng;
use wasm_bindgen_test::wasm_bindgen_test;

fn numbers(count: usize, rng: &mut Rng) -> Vec<f32> {
    (0..count).map(|_| rng.uniform_in(-1.0, 1.0)).collect()
}

/// The definition, word for word.
fn plain(x: &[f32], starts: &[u32], windows: &Windows, weights: &[f32], bias: &[f32]) -> Vec<f32> {
    let taps = windows.rows * windows.run;
    let mut out = Vec::new();
    for &start in starts {
        for (filter, &bias) in weights.chunks_exact(taps).zip(bias) {
            let mut sum = bias;
            for row in 0..windows.rows {
                for k in 0..windows.run {
                    sum += x[start as usize + row * windows.row_stride + k] * filter[row * windows.run + k];
                }
            }
            out.push(sum);
        }
    }
    out
}

/// Windows of many sizes, numbers of filters around the edges of a panel.
fn for_each_shape(mut check: impl FnMut(Windows, usize, &mut Rng)) {
    let mut rng = Rng::new(1);
    for filter_count in [1, 2, 3, 7, 8, 9, 15, 16, 17] {
        for (rows, run) in [(1, 1), (1, 13), (3, 3), (5, 5), (2, 24), (3, 10)] {
            check(Windows { rows, run, row_stride: run + 7 }, filter_count, &mut rng);
        }
    }
}

/// Inputs, weights and biases for it.
fn operands(windows: &Windows, filters: usize, rng: &mut Rng) -> (Vec<f32>, Vec<f32>, Vec<f32>) {
    let x = numbers(windows.rows * windows.row_stride + 40, rng);
    (x, numbers(filters * windows.rows * windows.run, rng), numbers(filters, rng))
}

fn packed(windows: &Windows, weights: &[f32], bias: &[f32]) -> PackedFilters {
    let mut filters = PackedFilters::new(bias.len(), windows.rows * windows.run);
    filters.pack(weights, bias);
    filters
}

#[wasm_bindgen_test(unsupported = test)]
fn window_products_has_the_bits_of_the_plain_loop_for_any_number_of_windows_and_filters() {
    for_each_shape(|windows, filter_count, rng| {
        for window_count in 0..=9 {
            let (x, weights, bias) = operands(&windows, filter_count, rng);
            let starts: Vec<u32> = (0..window_count).map(|_| rng.below(33)).collect();
            let mut out = vec![f32::NAN; window_count * filter_count];
            window_products(&mut out, &x, &starts, &windows, &packed(&windows, &weights, &bias));
            let expected = plain(&x, &starts, &windows, &weights, &bias);
            assert_eq!(out, expected, "{window_count} {windows:?}, {filter_count} filters");
        }
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn pooling_keeps_the_first_of_the_largest_products_and_says_which_it_was() {
    for_each_shape(|windows, filter_count, rng| {
        for area in [1, 2, 4, 6, 9] {
            let relu = area % 2 == 0;
            let (x, weights, bias) = operands(&windows, filter_count, rng);
            // Few places for many windows, so that there are ties.
            let starts: Vec<u32> = (0..3 * area).map(|_| rng.below(4)).collect();
            let (mut out, mut argmax) = (vec![9.0; 3 * filter_count], vec![9.0; 3 * filter_count]);
            let filters = packed(&windows, &weights, &bias);
            let pooling = Pooling { area, relu };
            pooled_products(&mut out, &mut argmax, &x, &starts, &windows, &filters, pooling);
            let products = plain(&x, &starts, &windows, &weights, &bias);
            for (place, (&value, &index)) in out.iter().zip(&argmax).enumerate() {
                let (cell, filter) = (place / filter_count, place % filter_count);
                let of_cell = (0..area).map(|w| products[(cell * area + w) * filter_count + filter]);
                let largest = of_cell.clone().fold(f32::NEG_INFINITY, f32::max);
                assert_eq!(value, if relu { largest.max(0.0) } else { largest });
                assert_eq!(of_cell.clone().position(|x| x == largest), Some(index as usize));
            }
        }
    });
}

#[wasm_bindgen_test(unsupported = test)]
fn pooled_products_hides_no_nan() {
    let windows = Windows { rows: 1, run: 1, row_stride: 0 };
    let filters = packed(&windows, &[1.0], &[0.0]);
    for place in 0..5 {
        let mut x = [1.0, 2.0, -3.0, 0.5, 3.0];
        x[place] = f32::NAN;
        let (mut out, mut argmax) = ([0.0], [0.0]);
        let pooling = Pooling { area: 5, relu: true };
        pooled_products(&mut out, &mut argmax, &x, &[0, 1, 2, 3, 4], &windows, &filters, pooling);
        assert!(out[0].is_nan());
    }
}

#[test]
#[should_panic(expected = "a window reaches beyond the input")]
fn a_window_that_reaches_beyond_the_input_is_refused() {
    let windows = Windows { rows: 2, run: 2, row_stride: 3 };
    let filters = packed(&windows, &[1.0; 4], &[0.0]);
    window_products(&mut [0.0], &[0.0; 5], &[1], &windows, &filters);
}
