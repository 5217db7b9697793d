//! A network of plain loops in 64 bits, one image at a time: slow, and easy to trust.

use convscope::kernels::plain::{self, Geometry};
use convscope::shape::Window;
use convscope::spec::{LayerSpec, Spec, validate};

/// The answers for a batch, in PyTorch's layouts, images first.
#[derive(Default)]
pub struct Answers {
    /// Mean loss.
    pub loss: f64,
    /// Each layer's output.
    pub activations: Vec<Vec<f64>>,
    /// Gradient of the mean loss with respect to the images.
    pub input_gradient: Vec<f64>,
    /// Gradients of weight and bias of each layer; empty where it has none.
    pub gradients: Vec<[Vec<f64>; 2]>,
}

/// The layers of `spec` with `parameters`, weight and bias of each.
pub struct PlainNetwork<'a> {
    pub spec: &'a Spec,
    pub parameters: Vec<[Vec<f64>; 2]>,
}

impl PlainNetwork<'_> {
    pub fn answers(&self, images: &[f64], labels: &[u8]) -> Answers {
        let layers = self.spec.layers.len();
        let mut answers = Answers { activations: vec![vec![]; layers], ..Answers::default() };
        answers.gradients =
            self.parameters.iter().map(|p| p.each_ref().map(|p| vec![0.0; p.len()])).collect();
        for (image, &label) in images.chunks_exact(images.len() / labels.len()).zip(labels) {
            self.add_image(&mut answers, image, usize::from(label), 1.0 / labels.len() as f64);
        }
        answers
    }

    fn add_image(&self, answers: &mut Answers, image: &[f64], label: usize, scale: f64) {
        let shapes = self.shapes();
        let (mut values, mut argmaxes) = (vec![image.to_vec()], vec![]);
        for (index, layer) in self.spec.layers.iter().enumerate() {
            let x = values.last().expect("at least the image");
            let mut out = vec![0.0; shapes[index + 1].iter().product()];
            let mut argmax = vec![0; out.len()];
            let [weight, bias] = &self.parameters[index];
            let g = geometry(layer, &shapes[index], &shapes[index + 1]);
            match layer {
                LayerSpec::Conv2d { .. } => plain::conv2d_forward(&mut out, x, weight, bias, &g.unwrap()),
                LayerSpec::Dense { .. } => plain::dense_forward(&mut out, x, weight, bias),
                LayerSpec::Relu => plain::leaky_relu_forward(&mut out, x, 0.0),
                LayerSpec::LeakyRelu { slope } => plain::leaky_relu_forward(&mut out, x, f64::from(*slope)),
                LayerSpec::Tanh => plain::tanh_forward(&mut out, x),
                LayerSpec::Sigmoid => plain::sigmoid_forward(&mut out, x),
                LayerSpec::Gelu => plain::gelu_forward(&mut out, x),
                LayerSpec::MaxPool2d { .. } => {
                    plain::max_pool2d_forward(&mut out, &mut argmax, x, &g.unwrap());
                }
                LayerSpec::AvgPool2d { .. } => plain::avg_pool2d_forward(&mut out, x, &g.unwrap()),
                LayerSpec::Flatten | LayerSpec::Dropout { .. } => out.copy_from_slice(x),
            }
            answers.activations[index].extend(&out);
            values.push(out);
            argmaxes.push(argmax);
        }

        let logits = values.last().expect("logits");
        let mut probabilities = vec![0.0; logits.len()];
        answers.loss += scale * plain::softmax_cross_entropy_forward(&mut probabilities, logits, label);
        let mut dout = vec![0.0; logits.len()];
        plain::softmax_cross_entropy_backward(&mut dout, &probabilities, label);
        dout.iter_mut().for_each(|d| *d *= scale);

        for (index, layer) in self.spec.layers.iter().enumerate().rev() {
            let (x, out) = (&values[index], &values[index + 1]);
            let mut dx = vec![0.0; x.len()];
            let weight = &self.parameters[index][0];
            let [dweight, dbias] = &mut answers.gradients[index];
            let g = geometry(layer, &shapes[index], &shapes[index + 1]);
            match layer {
                LayerSpec::Conv2d { .. } => {
                    plain::conv2d_backward(&mut dx, dweight, dbias, &dout, x, weight, &g.unwrap());
                }
                LayerSpec::Dense { .. } => plain::dense_backward(&mut dx, dweight, dbias, &dout, x, weight),
                LayerSpec::Relu => plain::leaky_relu_backward(&mut dx, &dout, x, 0.0),
                LayerSpec::LeakyRelu { slope } => {
                    plain::leaky_relu_backward(&mut dx, &dout, x, f64::from(*slope));
                }
                LayerSpec::Tanh => plain::tanh_backward(&mut dx, &dout, out),
                LayerSpec::Sigmoid => plain::sigmoid_backward(&mut dx, &dout, out),
                LayerSpec::Gelu => plain::gelu_backward(&mut dx, &dout, x),
                LayerSpec::MaxPool2d { .. } => {
                    plain::max_pool2d_backward(&mut dx, &dout, &argmaxes[index], &g.unwrap());
                }
                LayerSpec::AvgPool2d { .. } => plain::avg_pool2d_backward(&mut dx, &dout, &g.unwrap()),
                LayerSpec::Flatten | LayerSpec::Dropout { .. } => dx.copy_from_slice(&dout),
            }
            dout = dx;
        }
        answers.input_gradient.extend(dout);
    }

    fn shapes(&self) -> Vec<Vec<usize>> {
        let summary = validate(self.spec).expect("a valid spec");
        let mut shapes = vec![self.spec.input.to_vec()];
        shapes.extend(summary.layers.into_iter().map(|layer| layer.shape));
        shapes
    }
}

fn geometry(layer: &LayerSpec, before: &[usize], after: &[usize]) -> Option<Geometry> {
    let window = match *layer {
        LayerSpec::Conv2d { kernel_size, stride, padding, .. }
        | LayerSpec::MaxPool2d { kernel_size, stride, padding } => Window { kernel_size, stride, padding },
        LayerSpec::AvgPool2d { kernel_size, stride } => Window { kernel_size, stride, padding: [0, 0] },
        _ => return None,
    };
    let size_in = [before[1], before[2]];
    Some(Geometry { c_in: before[0], size_in, c_out: after[0], size_out: [after[1], after[2]], window })
}
