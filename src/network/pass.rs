use std::sync::Arc;

use super::{BLOCK, Format, Network};
use crate::layers::{Backward, Forward, Layer, Mode, SLACK, softmax_cross_entropy};
use crate::layout::to_channels_last;
use crate::spec::Faults;
use crate::stamp::Stamp;
use crate::timing::Work;

/// One forward pass of up to a block of images, and all that its backward pass needs: no layer keeps
/// anything of it. Once made, it is used again and again, so that a training step allocates nothing.
#[derive(Clone, Debug)]
pub struct Pass {
    images: usize,
    route: Route,
    /// The weights that the images met; `None` until they have passed.
    weights: Option<Stamp>,
    pub(super) formats: Arc<[Format]>,
    /// The input, then each layer's output.
    pub(super) activations: Vec<Vec<f32>>,
    /// Room for one image whose channels are still apart; none is needed for one channel.
    planes: Vec<f32>,
    /// What each layer records for its backward pass.
    memories: Vec<Vec<f32>>,
    probabilities: Vec<f32>,
    /// What [`softmax_cross_entropy::softmax`] returns for each image.
    normalizers: Vec<[f32; 2]>,
}

/// How the images were passed forward; their gradients are passed back the same way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Route {
    /// Full speed: a layer's output is not written where the layer passes as one with the next.
    Stages,
    /// One layer after the other.
    Layers,
}

impl Pass {
    /// The input of the next `images` images, `[image][row][column][channel]`, to be filled before they
    /// pass forward.
    pub fn input_mut(&mut self, images: usize) -> &mut [f32] {
        self.images = images;
        self.weights = None;
        let len = self.formats[0].shape.len();
        &mut self.activations[0][..images * len]
    }

    /// Interleaves the channels of an input that was filled in PyTorch's order, `[image][channel][row][column]`.
    pub fn interleave_input(&mut self) {
        let Format { shape, interleaved } = self.formats[0];
        if interleaved == 1 {
            return;
        }
        for image in self.activations[0].chunks_exact_mut(shape.len()).take(self.images) {
            self.planes.copy_from_slice(image);
            to_channels_last(image, &self.planes, interleaved);
        }
    }

    /// How many images there are.
    pub fn images(&self) -> usize {
        self.images
    }

    /// Number of classes.
    pub fn classes(&self) -> usize {
        self.probabilities.len() / self.normalizers.len()
    }

    /// The logits of all images, `[image][class]`.
    pub fn logits(&self) -> &[f32] {
        &self.activations.last().expect("a network has layers")[..self.images * self.classes()]
    }

    /// The probabilities of all images, `[image][class]`.
    pub fn probabilities(&self) -> &[f32] {
        &self.probabilities[..self.images * self.classes()]
    }

    /// The loss of each image, given its label.
    pub fn losses<'a>(&'a self, labels: &'a [u8]) -> impl Iterator<Item = f32> + 'a {
        let images = self.logits().chunks_exact(self.classes()).zip(&self.normalizers).zip(labels);
        images.map(|((logits, &normalizer), &label)| {
            softmax_cross_entropy::loss(normalizer, logits, usize::from(label))
        })
    }

    /// Whether these are the weights that the images met.
    pub(super) fn belongs_to(&self, weights: Stamp) -> bool {
        self.weights == Some(weights)
    }

    pub(super) fn finish(&mut self, route: Route, weights: Stamp) {
        let classes = self.classes();
        let logits = self.activations.last().expect("a network has layers").chunks_exact(classes);
        let images = logits.zip(self.probabilities.chunks_exact_mut(classes)).zip(&mut self.normalizers);
        for ((logits, probabilities), normalizer) in images.take(self.images) {
            *normalizer = softmax_cross_entropy::softmax(probabilities, logits);
        }
        self.route = route;
        self.weights = Some(weights);
    }

    /// What a layer needs to pass forward as one with those before `end`.
    pub(super) fn forward_buffers(&mut self, start: usize, end: usize, mode: Mode) -> Forward<'_> {
        let images = self.images;
        let (before, after) = self.activations.split_at_mut(end);
        Forward {
            images,
            x: &before[start][..images * self.formats[start].shape.len() + SLACK],
            out: &mut after[0][..images * self.formats[end].shape.len()],
            memory: &mut self.memories[start],
            mode,
        }
    }
}

/// Receives gradients during a backward pass: those of a layer's output, by the layer's index; at last
/// `None` and those of the images.
pub(super) type Receive<'a> = &'a mut dyn FnMut(Option<usize>, &[f32]);

impl Network {
    /// Buffers for passes of up to a block of images.
    pub fn new_pass(&self) -> Pass {
        self.pass_of(BLOCK)
    }

    /// Buffers for passes of up to `images` images.
    pub(super) fn pass_of(&self, images: usize) -> Pass {
        let buffer = |format: &Format| vec![0.0; images * format.shape.len() + SLACK];
        let Format { shape, interleaved } = self.formats[0];
        let memory = |layer: &Layer| vec![0.0; images * layer.memory_len()];
        Pass {
            images: 0,
            route: Route::Stages,
            weights: None,
            formats: Arc::clone(&self.formats),
            activations: self.formats.iter().map(buffer).collect(),
            planes: vec![0.0; if interleaved == 1 { 0 } else { shape.len() }],
            memories: self.layers.iter().map(memory).collect(),
            probabilities: vec![0.0; images * self.classes()],
            normalizers: vec![[0.0; 2]; images],
        }
    }

    /// Passes the images in `pass` through all layers, at full speed.
    pub fn forward(&mut self, pass: &mut Pass, mode: Mode) {
        for index in 0..self.summary.stages.len() {
            let stage = self.summary.stages[index];
            self.timer.enter(index);
            let buffers = pass.forward_buffers(stage.first_layer, stage.last_layer + 1, mode);
            match &mut self.layers[stage.first_layer] {
                Layer::Conv2d(conv) if stage.joined.is_some() => conv.forward_pooled(buffers),
                layer => layer.forward(buffers),
            }
            self.timer.lap(Work::Forward);
        }
        pass.finish(Route::Stages, self.stamp);
    }

    /// Passes the images in `pass` through one layer after the other. The numbers are those of
    /// [`Network::forward`], and each layer's output is written.
    pub(super) fn forward_layer_by_layer(&mut self, pass: &mut Pass, mode: Mode) {
        for (index, layer) in self.layers.iter_mut().enumerate() {
            layer.forward(pass.forward_buffers(index, index + 1, mode));
        }
        pass.finish(Route::Layers, self.stamp);
    }

    /// Passes the gradient of `scale` · (sum of losses) of the images in `pass` back through all layers
    /// that learn, and adds those of weights and biases to `gradient`, which has the order of
    /// [`Network::weights`].
    ///
    /// # Panics
    ///
    /// If the images have not passed forward through this network with its present weights.
    pub fn backward(&mut self, pass: &Pass, labels: &[u8], scale: f32, gradient: &mut [f32]) {
        assert!(pass.belongs_to(self.stamp), "the pass is not of this network and its weights");
        match pass.route {
            Route::Stages => self.backward_by_stages(pass, labels, scale, gradient),
            Route::Layers => {
                self.backward_layer_by_layer(pass, labels, scale, gradient, &mut |_, _| {});
            }
        }
    }

    fn backward_by_stages(&mut self, pass: &Pass, labels: &[u8], scale: f32, gradient: &mut [f32]) {
        self.gradient_of_logits(pass, labels, scale);
        let first = self.first_trained;
        for index in (0..self.summary.stages.len()).rev() {
            let stage = self.summary.stages[index];
            let (start, end) = (stage.first_layer, stage.last_layer + 1);
            if end <= first {
                break;
            }
            self.timer.enter(index);
            match self.backward_buffers(pass, start, end, gradient, start > first) {
                (Layer::Conv2d(conv), buffers) if stage.joined.is_some() => conv.backward_pooled(buffers),
                (layer, buffers) => layer.backward(buffers),
            }
            self.timer.lap(Work::InputGradient);
            std::mem::swap(&mut self.dout, &mut self.dx);
        }
    }

    /// As [`Network::backward`] layer by layer, down to the images, with the mistakes asked for.
    pub(super) fn backward_layer_by_layer(
        &mut self,
        pass: &Pass,
        labels: &[u8],
        scale: f32,
        gradient: &mut [f32],
        receive: Receive,
    ) {
        self.gradient_of_logits(pass, labels, scale);
        self.pass_back(pass, self.faults, gradient, receive);
    }

    /// Passes the gradient of the logits, which `dout` holds, back to the images, with the mistakes asked for.
    pub(super) fn pass_back(&mut self, pass: &Pass, faults: Faults, gradient: &mut [f32], receive: Receive) {
        let len = |place: usize| pass.images * pass.formats[place].shape.len();
        for index in (0..self.layers.len()).rev() {
            receive(Some(index), &self.dout[..len(index + 1)]);
            let first = index == self.first_trained;
            let (layer, buffers) = self.backward_buffers(pass, index, index + 1, gradient, true);
            faults.pass_back(layer, buffers, first);
            std::mem::swap(&mut self.dout, &mut self.dx);
        }
        receive(None, &self.dout[..len(0)]);
    }

    /// The backward pass begins with softmax and the loss.
    pub(super) fn gradient_of_logits(&mut self, pass: &Pass, labels: &[u8], scale: f32) {
        assert_eq!(labels.len(), pass.images, "a label for each image");
        let classes = pass.classes();
        let dlogits = self.dout.chunks_exact_mut(classes).zip(pass.probabilities.chunks_exact(classes));
        for ((dlogits, probabilities), &label) in dlogits.zip(labels) {
            softmax_cross_entropy::backward(dlogits, probabilities, usize::from(label), scale);
        }
    }

    /// The backward pass begins with the score of class `first` less that of class `second`, of each image.
    pub(super) fn gradient_of_difference(&mut self, pass: &Pass, first: usize, second: usize) {
        for dlogits in self.dout.chunks_exact_mut(pass.classes()).take(pass.images) {
            dlogits.fill(0.0);
            dlogits[first] += 1.0;
            dlogits[second] -= 1.0;
        }
    }

    /// The layer `start`, and what it needs to pass back as one with those before `end`.
    pub(super) fn backward_buffers<'a>(
        &'a mut self,
        pass: &'a Pass,
        start: usize,
        end: usize,
        gradient: &'a mut [f32],
        dx_wanted: bool,
    ) -> (&'a mut Layer, Backward<'a>) {
        let images = pass.images;
        let [len_in, len_out] = [start, end].map(|place| images * pass.formats[place].shape.len());
        let buffers = Backward {
            images,
            x: &pass.activations[start][..len_in + SLACK],
            out: &pass.activations[end][..len_out],
            memory: &pass.memories[start],
            dout: &self.dout[..len_out],
            dx: dx_wanted.then_some(&mut self.dx[..len_in + SLACK]),
            weights: &self.weights,
            gradient,
            timer: &mut self.timer,
        };
        (&mut self.layers[start], buffers)
    }
}
