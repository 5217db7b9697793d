use super::{Backward, Forward, ParamRange};
use crate::kernels::{PackedFilters, Term, Windows, weighted_sum, window_products};
use crate::timing::Work;

/// Weighted sums of all inputs plus a bias. For each image of the block:
///
/// - out\[o\] = bias\[o\] + Σᵢ x\[i\] · weight\[o\]\[i\]
/// - dbias\[o\] = dout\[o\], dweight\[o\]\[i\] = dout\[o\] · x\[i\], both summed over the images
/// - dx\[i\] = Σₒ dout\[o\] · weight\[o\]\[i\]
///
/// To the kernels this is a convolution whose windows are the images of the block.
#[derive(Clone, Debug)]
pub struct Dense {
    pub(super) parameters: ParamRange,
    inputs: usize,
    units: usize,
    /// Where each image begins in the block.
    starts: Vec<u32>,
    filters: PackedFilters,
    terms: Vec<Term>,
}

impl Dense {
    /// `units` sums of `inputs` numbers, for blocks of up to `block` images.
    pub fn new(parameters: ParamRange, inputs: usize, units: usize, block: usize) -> Self {
        Self {
            parameters,
            inputs,
            units,
            starts: (0..block).map(|image| (image * inputs) as u32).collect(),
            filters: PackedFilters::new(units, inputs),
            terms: Vec::with_capacity(units.max(block)),
        }
    }

    pub(super) fn load(&mut self, weights: &[f32]) {
        self.filters.pack(&weights[self.parameters.weight.clone()], &weights[self.parameters.bias.clone()]);
    }

    pub(super) fn forward(&mut self, pass: Forward) {
        let windows = Windows { rows: 1, run: self.inputs, row_stride: 0 };
        let out = &mut pass.out[..pass.images * self.units];
        window_products(out, pass.x, &self.starts[..pass.images], &windows, &self.filters);
    }

    pub(super) fn backward(&mut self, pass: Backward) {
        let dout = &pass.dout[..pass.images * self.units];
        for unit in 0..self.units {
            // The images whose gradient for this unit is not 0.
            self.terms.clear();
            let of_unit = dout[unit..].iter().step_by(self.units);
            self.terms.extend(self.starts.iter().zip(of_unit).filter_map(term));
            let dbias = &mut pass.gradient[self.parameters.bias.start + unit];
            *dbias = self.terms.iter().fold(*dbias, |sum, term| sum + term.factor);
            let start = self.parameters.weight.start + unit * self.inputs;
            weighted_sum(&mut pass.gradient[start..][..self.inputs], &self.terms, pass.x);
        }
        pass.timer.lap(Work::WeightGradient);
        let Some(dx) = pass.dx else { return };
        let weight = &pass.weights[self.parameters.weight.clone()];
        for (dx, dout) in dx.chunks_exact_mut(self.inputs).zip(dout.chunks_exact(self.units)) {
            // The units whose gradient for this image is not 0.
            self.terms.clear();
            let rows = (0..self.units).map(|unit| (unit * self.inputs) as u32);
            self.terms.extend(rows.zip(dout).filter_map(|(start, factor)| term((&start, factor))));
            dx.fill(0.0);
            weighted_sum(dx, &self.terms, weight);
        }
    }
}

fn term((&start, &factor): (&u32, &f32)) -> Option<Term> {
    (factor != 0.0).then_some(Term { start, factor })
}
