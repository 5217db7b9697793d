use super::{Backward, Forward};

/// A function of each number by itself. Forward and backward:
///
/// | | out | dx / dout |
/// |---|---|---|
/// | ReLU | max(x, 0) | 1 where x > 0, else 0 |
/// | leaky ReLU | x where x > 0, else slope · x | 1 where x > 0, else slope |
/// | tanh | tanh x | 1 − out² |
/// | sigmoid | 1 / (1 + e⁻ˣ) | out · (1 − out) |
///
/// Not-a-number passes through each of them, so that it cannot hide.
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
}

impl Activation {
    pub(super) fn forward(self, pass: Forward) {
        match self {
            Activation::Relu => map(pass, |x| if x < 0.0 { 0.0 } else { x }),
            Activation::LeakyRelu { slope } => map(pass, |x| if x > 0.0 { x } else { slope * x }),
            Activation::Tanh => map(pass, libm::tanhf),
            Activation::Sigmoid => map(pass, |x| 1.0 / (1.0 + libm::expf(-x))),
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
        }
    }
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
