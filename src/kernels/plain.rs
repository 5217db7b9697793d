//! Every operation of the network once more, written as plainly as possible: one image, one number at
//! a time, in PyTorch's layouts, on `f32` or `f64`.
//!
//! Longer than 300 lines: every formula of the network is found in one place.
//!
//! Read these first. Nothing here is fast and nothing in the page calls it; the layers are tested
//! against it, and finite differences test it in `f64`.
//!
//! Conventions: results come first, then inputs, then geometry. Gradients are named `d` + name.
//! Gradients of parameters are added to what is there; `dx` is overwritten.

use std::ops::{AddAssign, Div, Mul, Neg, Sub};

use crate::shape::Window;

/// A number these loops can compute with.
pub trait Real:
    Copy
    + PartialOrd
    + From<f32>
    + AddAssign
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// √2.
    const SQRT_2: Self;
    /// √(2π).
    const SQRT_2_PI: Self;

    /// eˣ.
    fn exp(self) -> Self;
    /// The natural logarithm.
    fn ln(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// The complementary error function, 1 − erf x.
    fn erfc(self) -> Self;
}

impl Real for f32 {
    const SQRT_2: Self = std::f32::consts::SQRT_2;
    const SQRT_2_PI: Self = 2.506_628_3;

    fn exp(self) -> Self {
        libm::expf(self)
    }
    fn ln(self) -> Self {
        libm::logf(self)
    }
    fn tanh(self) -> Self {
        libm::tanhf(self)
    }
    fn erfc(self) -> Self {
        libm::erfcf(self)
    }
}

impl Real for f64 {
    const SQRT_2: Self = std::f64::consts::SQRT_2;
    const SQRT_2_PI: Self = 2.506_628_274_631_000_2;

    fn exp(self) -> Self {
        libm::exp(self)
    }
    fn ln(self) -> Self {
        libm::log(self)
    }
    fn tanh(self) -> Self {
        libm::tanh(self)
    }
    fn erfc(self) -> Self {
        libm::erfc(self)
    }
}

fn zero<T: Real>() -> T {
    T::from(0.0)
}

/// Maps of one image before and after a window slid over them.
#[derive(Clone, Copy, Debug)]
pub struct Geometry {
    /// Channels of the input.
    pub c_in: usize,
    /// Height and width of the input.
    pub size_in: [usize; 2],
    /// Channels of the output.
    pub c_out: usize,
    /// Height and width of the output.
    pub size_out: [usize; 2],
    /// The window.
    pub window: Window,
}

impl Geometry {
    /// For each position of the window and each place within it that is on the map: calls
    /// `f(output index, input index, window index)`, the indices counted row by row in one channel.
    pub fn for_each(&self, mut f: impl FnMut(usize, usize, usize)) {
        let Window { kernel_size, stride, padding } = self.window;
        for oy in 0..self.size_out[0] {
            for ox in 0..self.size_out[1] {
                for ky in 0..kernel_size[0] {
                    for kx in 0..kernel_size[1] {
                        let (y, x) = (oy * stride[0] + ky, ox * stride[1] + kx);
                        let on_map = y >= padding[0]
                            && x >= padding[1]
                            && y - padding[0] < self.size_in[0]
                            && x - padding[1] < self.size_in[1];
                        if on_map {
                            f(
                                oy * self.size_out[1] + ox,
                                (y - padding[0]) * self.size_in[1] + x - padding[1],
                                ky * kernel_size[1] + kx,
                            );
                        }
                    }
                }
            }
        }
    }

    fn area_in(&self) -> usize {
        self.size_in[0] * self.size_in[1]
    }

    fn area_out(&self) -> usize {
        self.size_out[0] * self.size_out[1]
    }

    fn area_kernel(&self) -> usize {
        self.window.kernel_size[0] * self.window.kernel_size[1]
    }
}

/// out\[o\]\[p\] = bias\[o\] + Σᵢ Σₖ x\[i\]\[p ⊕ k\] · weight\[o\]\[i\]\[k\], p ⊕ k the input under place k of the
/// window at position p.
pub fn conv2d_forward<T: Real>(out: &mut [T], x: &[T], weight: &[T], bias: &[T], g: &Geometry) {
    for o in 0..g.c_out {
        out[o * g.area_out()..][..g.area_out()].fill(bias[o]);
        for i in 0..g.c_in {
            g.for_each(|p, q, k| {
                out[o * g.area_out() + p] +=
                    x[i * g.area_in() + q] * weight[(o * g.c_in + i) * g.area_kernel() + k];
            });
        }
    }
}

/// Undoes [`conv2d_forward`] line by line, by the chain rule:
///
/// dbias\[o\] += Σₚ dout\[o\]\[p\] · dweight\[o\]\[i\]\[k\] += Σₚ dout\[o\]\[p\] · x\[i\]\[p ⊕ k\] ·
/// dx\[i\]\[q\] = Σₒ Σ over (p, k) with p ⊕ k = q of dout\[o\]\[p\] · weight\[o\]\[i\]\[k\]
pub fn conv2d_backward<T: Real>(
    dx: &mut [T],
    dweight: &mut [T],
    dbias: &mut [T],
    dout: &[T],
    x: &[T],
    weight: &[T],
    g: &Geometry,
) {
    dx.fill(zero());
    for o in 0..g.c_out {
        for p in 0..g.area_out() {
            dbias[o] += dout[o * g.area_out() + p];
        }
        for i in 0..g.c_in {
            g.for_each(|p, q, k| {
                let d = dout[o * g.area_out() + p];
                dweight[(o * g.c_in + i) * g.area_kernel() + k] += d * x[i * g.area_in() + q];
                dx[i * g.area_in() + q] += d * weight[(o * g.c_in + i) * g.area_kernel() + k];
            });
        }
    }
}

/// The largest number in each window, and where it is in its channel. The first one wins a tie.
pub fn max_pool2d_forward<T: Real>(out: &mut [T], argmax: &mut [usize], x: &[T], g: &Geometry) {
    let none = usize::MAX;
    for c in 0..g.c_in {
        argmax[c * g.area_out()..][..g.area_out()].fill(none);
        g.for_each(|p, q, _| {
            let (p, value) = (c * g.area_out() + p, x[c * g.area_in() + q]);
            if argmax[p] == none || value > out[p] {
                out[p] = value;
                argmax[p] = q;
            }
        });
    }
}

/// The gradient goes to the number that was the largest, and to no other.
pub fn max_pool2d_backward<T: Real>(dx: &mut [T], dout: &[T], argmax: &[usize], g: &Geometry) {
    dx.fill(zero());
    for c in 0..g.c_in {
        for p in 0..g.area_out() {
            dx[c * g.area_in() + argmax[c * g.area_out() + p]] += dout[c * g.area_out() + p];
        }
    }
}

/// The mean of each window (without padding).
pub fn avg_pool2d_forward<T: Real>(out: &mut [T], x: &[T], g: &Geometry) {
    out.fill(zero());
    for c in 0..g.c_in {
        g.for_each(|p, q, _| out[c * g.area_out() + p] += x[c * g.area_in() + q]);
    }
    for value in out {
        *value = *value / T::from(g.area_kernel() as f32);
    }
}

/// Each number of a window had an equal share in the mean.
pub fn avg_pool2d_backward<T: Real>(dx: &mut [T], dout: &[T], g: &Geometry) {
    dx.fill(zero());
    let area = T::from(g.area_kernel() as f32);
    for c in 0..g.c_in {
        g.for_each(|p, q, _| dx[c * g.area_in() + q] += dout[c * g.area_out() + p] / area);
    }
}

/// out\[o\] = bias\[o\] + Σᵢ x\[i\] · weight\[o\]\[i\]
pub fn dense_forward<T: Real>(out: &mut [T], x: &[T], weight: &[T], bias: &[T]) {
    for o in 0..out.len() {
        out[o] = bias[o];
        for i in 0..x.len() {
            out[o] += x[i] * weight[o * x.len() + i];
        }
    }
}

/// dbias\[o\] += dout\[o\] · dweight\[o\]\[i\] += dout\[o\] · x\[i\] · dx\[i\] = Σₒ dout\[o\] · weight\[o\]\[i\]
pub fn dense_backward<T: Real>(
    dx: &mut [T],
    dweight: &mut [T],
    dbias: &mut [T],
    dout: &[T],
    x: &[T],
    weight: &[T],
) {
    dx.fill(zero());
    for o in 0..dout.len() {
        dbias[o] += dout[o];
        for i in 0..x.len() {
            dweight[o * x.len() + i] += dout[o] * x[i];
            dx[i] += dout[o] * weight[o * x.len() + i];
        }
    }
}

/// x where it is positive, slope · x elsewhere; slope 0 is ReLU.
pub fn leaky_relu_forward<T: Real>(out: &mut [T], x: &[T], slope: T) {
    for (out, &x) in out.iter_mut().zip(x) {
        *out = if x > zero() { x } else { slope * x };
    }
}

/// dx = dout · (1 if x > 0, else slope)
pub fn leaky_relu_backward<T: Real>(dx: &mut [T], dout: &[T], x: &[T], slope: T) {
    for ((dx, &dout), &x) in dx.iter_mut().zip(dout).zip(x) {
        *dx = if x > zero() { dout } else { slope * dout };
    }
}

/// out = tanh x
pub fn tanh_forward<T: Real>(out: &mut [T], x: &[T]) {
    for (out, &x) in out.iter_mut().zip(x) {
        *out = x.tanh();
    }
}

/// dx = dout · (1 − out²)
pub fn tanh_backward<T: Real>(dx: &mut [T], dout: &[T], out: &[T]) {
    for ((dx, &dout), &out) in dx.iter_mut().zip(dout).zip(out) {
        *dx = dout * (T::from(1.0) - out * out);
    }
}

/// out = 1 / (1 + e⁻ˣ)
pub fn sigmoid_forward<T: Real>(out: &mut [T], x: &[T]) {
    for (out, &x) in out.iter_mut().zip(x) {
        let mut divisor = T::from(1.0);
        divisor += (-x).exp();
        *out = T::from(1.0) / divisor;
    }
}

/// dx = dout · out · (1 − out)
pub fn sigmoid_backward<T: Real>(dx: &mut [T], dout: &[T], out: &[T]) {
    for ((dx, &dout), &out) in dx.iter_mut().zip(dout).zip(out) {
        *dx = dout * out * (T::from(1.0) - out);
    }
}

/// out = x · Φ(x), with Φ(x) = erfc(−x / √2) / 2 the share of a standard normal distribution below x
pub fn gelu_forward<T: Real>(out: &mut [T], x: &[T]) {
    for (out, &x) in out.iter_mut().zip(x) {
        *out = x * normal_below(x);
    }
}

/// dx = dout · (Φ(x) + x · φ(x)), with φ(x) = e^(−x² / 2) / √2π, the slope of Φ
pub fn gelu_backward<T: Real>(dx: &mut [T], dout: &[T], x: &[T]) {
    for ((dx, &dout), &x) in dx.iter_mut().zip(dout).zip(x) {
        let density = (T::from(-0.5) * x * x).exp() / T::SQRT_2_PI;
        let mut slope = normal_below(x);
        slope += x * density;
        *dx = dout * slope;
    }
}

fn normal_below<T: Real>(x: T) -> T {
    T::from(0.5) * (-x / T::SQRT_2).erfc()
}

/// Softmax and cross-entropy together. With m = maxⱼ zⱼ, which keeps every power from overflowing:
///
/// pⱼ = e^(zⱼ − m) / Σₖ e^(zₖ − m), loss = −ln p_label = ln Σₖ e^(zₖ − m) − (z_label − m)
///
/// Writes p and returns the loss. No logarithm of a probability is taken, so none is ever 0.
pub fn softmax_cross_entropy_forward<T: Real>(probabilities: &mut [T], logits: &[T], label: usize) -> T {
    let largest = logits.iter().copied().fold(logits[0], |a, b| if b > a { b } else { a });
    let mut sum = zero::<T>();
    for (p, &z) in probabilities.iter_mut().zip(logits) {
        *p = (z - largest).exp();
        sum += *p;
    }
    for p in probabilities {
        *p = *p / sum;
    }
    sum.ln() - (logits[label] - largest)
}

/// The gradient through both: dzⱼ = pⱼ − (1 if j is the label, else 0).
pub fn softmax_cross_entropy_backward<T: Real>(dlogits: &mut [T], probabilities: &[T], label: usize) {
    for (j, (d, &p)) in dlogits.iter_mut().zip(probabilities).enumerate() {
        *d = if j == label { p - T::from(1.0) } else { p };
    }
}
