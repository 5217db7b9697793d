//! The two orders of maps in memory, and how to change from one to the other.
//!
//! Inside, an image is `[row][column][channel]`: all channels of a pixel are next to each other, so
//! that a window's row is one run of numbers. Outside (files, views, references) it is PyTorch's
//! `[channel][row][column]`. Filters follow the same rule.

/// `[place][channel]` to `[channel][place]`.
pub fn to_channels_first(out: &mut [f32], x: &[f32], channels: usize) {
    let places = x.len() / channels;
    for (place, pixel) in x.chunks_exact(channels).enumerate() {
        for (channel, &value) in pixel.iter().enumerate() {
            out[channel * places + place] = value;
        }
    }
}

/// `[channel][place]` to `[place][channel]`.
pub fn to_channels_last(out: &mut [f32], x: &[f32], channels: usize) {
    let places = x.len() / channels;
    for (place, pixel) in out.chunks_exact_mut(channels).enumerate() {
        for (channel, value) in pixel.iter_mut().enumerate() {
            *value = x[channel * places + place];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back_is_the_same_and_pytorchs_order_has_whole_maps() {
        let inside = [1.0, 10.0, 2.0, 20.0, 3.0, 30.0];
        let mut outside = [0.0; 6];
        to_channels_first(&mut outside, &inside, 2);
        assert_eq!(outside, [1.0, 2.0, 3.0, 10.0, 20.0, 30.0]);
        let mut back = [0.0; 6];
        to_channels_last(&mut back, &outside, 2);
        assert_eq!(back, inside);
    }
}
