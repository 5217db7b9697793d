use std::f32::consts::SQRT_2;

use super::{Backward, Forward};

/// A function of each number by itself. Forward and backward:
///
/// | | out | dx / dout |
/// |---|---|---|
/// | ReLU | max(x, 0) | 1 where x > 0, else 0 |
/// | leaky ReLU | x where x > 0, else slope · x | 1 where x > 0, else slope |
/// | tanh | tanh x | 1 − out² |
/// | sigmoid | 1 / (1 + e⁻ˣ) | out · (1 − out) |
/// | GELU | x · Φ(x) | Φ(x) + x · φ(x) |
///
/// Φ(x) = erfc(−x / √2) / 2 is the share of a standard normal distribution below x, and φ(x) = e^(−x² / 2) / √(2π) its
/// density. Source of GELU: Hendrycks and Gimpel, 2016, in the exact form, which is PyTorch's default.
///
/// NaN passes through each of them, so that it cannot hide.
#[derive(Clone, Copy, Debug)]
pub enum Activation {
    /// max(x, 0)
    Relu,
    /// x where x > 0, else slope · x
    LeakyRelu {
        /// The factor for negative numbers.
        slope: f32,
    },
    /// tanh x
    Tanh,
    /// 1 / (1 + e⁻ˣ)
    Sigmoid,
    /// x · Φ(x)
    Gelu,
}

impl Activation {
    pub(super) fn forward(self, pass: Forward) {
        match self {
            Activation::Relu => map(pass, |x| if x < 0.0 { 0.0 } else { x }),
            Activation::LeakyRelu { slope } => map(pass, |x| if x > 0.0 { x } else { slope * x }),
            Activation::Tanh => map(pass, tanh),
            Activation::Sigmoid => map(pass, |x| 1.0 / (1.0 + libm::expf(-x))),
            Activation::Gelu => map(pass, |x| x * normal_below(x)),
        }
    }

    pub(super) fn backward(self, pass: Backward) {
        let Some(dx) = pass.dx else { return };
        let (dout, x, out) = (pass.dout, pass.x, pass.out);
        match self {
            Activation::Relu => map_gradient(dx, dout, x, |dout, x| if x > 0.0 { dout } else { 0.0 }),
            Activation::LeakyRelu { slope } => {
                map_gradient(dx, dout, x, |dout, x| if x > 0.0 { dout } else { slope * dout });
            }
            Activation::Tanh => map_gradient(dx, dout, out, |dout, out| dout * (1.0 - out * out)),
            Activation::Sigmoid => map_gradient(dx, dout, out, |dout, out| dout * out * (1.0 - out)),
            Activation::Gelu => map_gradient(dx, dout, x, |dout, x| {
                dout * (normal_below(x) + x * libm::expf(-0.5 * x * x) / SQRT_2_PI)
            }),
        }
    }
}

const SQRT_2_PI: f32 = 2.506_628_3;

/// Φ(x), from erfc rather than 1 + erf, which would cancel for negative x.
fn normal_below(x: f32) -> f32 {
    0.5 * libm::erfcf(-x / SQRT_2)
}

/// tanh x as a quotient of two polynomials, odd over even, which a compiler can compute for several numbers
/// at once: where tanh fills a network, the exact one takes half of a step. Off by at most 4·10⁻⁷.
/// Beyond the bounds, tanh is 1 to the last bit.
///
/// Source: Eigen, `generic_fast_tanh_float`, without its fused operations.
#[inline(always)]
fn tanh(x: f32) -> f32 {
    const BOUND: f32 = 7.905_311;
    // Unlike `f32::clamp`, this is two instructions; a NaN passes through both.
    let x = if x > BOUND { BOUND } else { x };
    let x = if x < -BOUND { -BOUND } else { x };
    let y = x * x;
    let odd = [
        -2.760_768_5e-16,
        2.000_188e-13,
        -8.604_672e-11,
        5.122_297e-8,
        1.485_722_4e-5,
        6.372_619_3e-4,
        4.893_524_6e-3,
    ];
    let even = [1.198_258_4e-6, 1.185_347_1e-4, 2.268_434_6e-3, 4.893_525e-3];
    let horner = |coefficients: &[f32]| coefficients.iter().fold(0.0, |sum, c| sum * y + c);
    x * horner(&odd) / horner(&even)
}

#[inline(always)]
fn map(pass: Forward, f: impl Fn(f32) -> f32) {
    for (out, &x) in pass.out.iter_mut().zip(pass.x) {
        *out = f(x);
    }
}

#[inline(always)]
fn map_gradient(dx: &mut [f32], dout: &[f32], other: &[f32], f: impl Fn(f32, f32) -> f32) {
    for ((dx, &dout), &other) in dx.iter_mut().zip(dout).zip(other) {
        *dx = f(dout, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tanh_is_right_to_within_four_parts_in_ten_million() {
        for step in -100_000..=100_000 {
            let x = step as f32 / 8_000.0;
            let exact = libm::tanh(f64::from(x));
            assert!((f64::from(tanh(x)) - exact).abs() < 4e-7, "tanh {x} is {exact}, not {}", tanh(x));
        }
        assert_eq!((tanh(0.0), tanh(f32::INFINITY), tanh(-100.0)), (0.0, tanh(50.0), -tanh(50.0)));
        assert!(tanh(f32::INFINITY) <= 1.0 && tanh(f32::NAN).is_nan());
    }

    #[test]
    fn small_numbers_are_nearly_their_own_tanh() {
        for x in [1e-8_f32, 3e-5, -2e-4, 1e-3] {
            let exact = libm::tanh(f64::from(x));
            assert!(((f64::from(tanh(x)) - exact) / exact).abs() < 3e-7, "{x}");
        }
    }
}
