//! What follows the last layer: probabilities, the loss, and the gradient through both.
//!
//! With z the logits and m = maxⱼ zⱼ, which keeps every power from overflowing:
//!
//! - pⱼ = e^(zⱼ − m) / Σₖ e^(zₖ − m)
//! - loss = −ln p_label = ln Σₖ e^(zₖ − m) − (z_label − m); no logarithm of a probability is taken,
//!   so none can be of 0. One of the powers is e⁰ = 1, and with the others adding up to r the logarithm
//!   is ln(1 + r), taken as such: a tiny r, and with it the loss of an image that is classified surely, would
//!   be rounded away in 1 + r
//! - dzⱼ = pⱼ − (1 if j is the label, else 0): the exponential of softmax and the logarithm of the
//!   loss cancel out
//!
//! Source: Goodfellow, Bengio and Courville, "Deep Learning", 2016, section 6.2.2.3.

/// Writes the probabilities of one image's `logits`; returns ln Σₖ e^(zₖ − m) and m.
pub fn softmax(probabilities: &mut [f32], logits: &[f32]) -> [f32; 2] {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let first = logits.iter().position(|&z| z == largest);
    let (mut sum, mut rest) = (0.0, 0.0);
    for (j, (p, &z)) in probabilities.iter_mut().zip(logits).enumerate() {
        *p = libm::expf(z - largest);
        sum += *p;
        if Some(j) != first {
            rest += *p;
        }
    }
    for p in probabilities {
        *p /= sum;
    }
    [libm::log1pf(rest), largest]
}

/// The loss of one image, from what [`softmax`] returned for its `logits`.
pub fn loss([log_sum, largest]: [f32; 2], logits: &[f32], label: usize) -> f32 {
    log_sum - (logits[label] - largest)
}

/// Writes the gradient of `scale` · loss with respect to one image's logits.
pub fn backward(dlogits: &mut [f32], probabilities: &[f32], label: usize, scale: f32) {
    for (d, &p) in dlogits.iter_mut().zip(probabilities) {
        *d = scale * p;
    }
    dlogits[label] = scale * (probabilities[label] - 1.0);
}
