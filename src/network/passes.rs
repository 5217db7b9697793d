use super::Network;
use super::stages::Stage;
use crate::layers::{Backward, Forward, Layer, Mode, SLACK, softmax_cross_entropy};
use crate::ledger::Work;

/// Somebody who looks at gradients on their way back: a layer's index, and the gradient of what went
/// out of it; at last `None`, and the gradient of the images.
pub(super) type See<'a> = &'a mut dyn FnMut(Option<usize>, &[f32]);

impl Network {
    /// Passes a block of `images` images through all layers, at full speed: what goes out of a layer
    /// that passes as one with the next is not written.
    pub fn forward(&mut self, images: usize, mode: Mode) {
        self.looked = 0;
        for index in 0..self.stages.len() {
            let Stage { start, end, joined } = self.stages[index];
            self.watch.enter(index);
            match self.forward_pass(start, end, images, mode) {
                (Layer::Conv2d(conv), pass) if joined.is_some() => conv.forward_pooled(pass),
                (layer, pass) => layer.forward(pass),
            }
            self.watch.lap(Work::Forward);
        }
    }

    /// Passes a block of `images` images through one layer after the other and keeps what each puts
    /// out, for [`Network::activation`]. The numbers are those of [`Network::forward`].
    pub fn forward_layer_by_layer(&mut self, images: usize, mode: Mode) {
        self.looked = images;
        for index in 0..self.layers.len() {
            let (layer, pass) = self.forward_pass(index, index + 1, images, mode);
            layer.forward(pass);
        }
    }

    /// Passes the gradient of `scale` · (sum of losses) of the block that was judged last back
    /// through all layers that learn, and adds those of weights and biases to `gradient`, which lies
    /// like [`Network::weights`]. To be called after [`Network::forward`].
    pub fn backward(&mut self, labels: &[u8], scale: f32, gradient: &mut [f32]) {
        self.gradient_of_logits(labels, scale);
        let first = self.first_trained;
        for index in (0..self.stages.len()).rev() {
            let Stage { start, end, joined } = self.stages[index];
            if end <= first {
                break;
            }
            self.watch.enter(index);
            match self.backward_pass(start, end, labels.len(), gradient, start > first) {
                (Layer::Conv2d(conv), pass) if joined.is_some() => conv.backward_pooled(pass),
                (layer, pass) => layer.backward(pass),
            }
            self.watch.lap(Work::InputGradient);
            std::mem::swap(&mut self.dout, &mut self.dx);
        }
    }

    /// As [`Network::backward`], but after [`Network::forward_layer_by_layer`], down to the images,
    /// and for somebody to see.
    pub(super) fn backward_layer_by_layer(
        &mut self,
        labels: &[u8],
        scale: f32,
        gradient: &mut [f32],
        see: See,
    ) {
        self.gradient_of_logits(labels, scale);
        for index in (0..self.layers.len()).rev() {
            see(Some(index), &self.dout[..labels.len() * self.shapes[index + 1].len()]);
            let (faults, first) = (self.faults, index == self.first_trained);
            let (layer, pass) = self.backward_pass(index, index + 1, labels.len(), gradient, true);
            faults.pass_back(layer, pass, first);
            std::mem::swap(&mut self.dout, &mut self.dx);
        }
        see(None, &self.dout[..labels.len() * self.shapes[0].len()]);
    }

    /// Where the way back begins: with softmax and the loss.
    fn gradient_of_logits(&mut self, labels: &[u8], scale: f32) {
        let classes = self.classes();
        let dlogits = self.dout.chunks_exact_mut(classes).zip(self.probabilities.chunks_exact(classes));
        for ((dlogits, probabilities), &label) in dlogits.zip(labels) {
            softmax_cross_entropy::backward(dlogits, probabilities, usize::from(label), scale);
        }
    }

    /// The layer `start`, and what it needs to pass forward as one with those before `end`.
    fn forward_pass(
        &mut self,
        start: usize,
        end: usize,
        images: usize,
        mode: Mode,
    ) -> (&mut Layer, Forward<'_>) {
        let (before, after) = self.activations.split_at_mut(end);
        let x = &before[start][..images * self.shapes[start].len() + SLACK];
        let out = &mut after[0][..images * self.shapes[end].len()];
        (&mut self.layers[start], Forward { images, x, out, mode })
    }

    /// The layer `start`, and what it needs to pass back as one with those before `end`.
    fn backward_pass<'a>(
        &'a mut self,
        start: usize,
        end: usize,
        images: usize,
        gradient: &'a mut [f32],
        dx_wanted: bool,
    ) -> (&'a mut Layer, Backward<'a>) {
        let (len_in, len_out) = (images * self.shapes[start].len(), images * self.shapes[end].len());
        let pass = Backward {
            images,
            x: &self.activations[start][..len_in + SLACK],
            out: &self.activations[end][..len_out],
            dout: &self.dout[..len_out],
            dx: dx_wanted.then_some(&mut self.dx[..len_in + SLACK]),
            weights: &self.weights,
            gradient,
            watch: &mut self.watch,
        };
        (&mut self.layers[start], pass)
    }
}
