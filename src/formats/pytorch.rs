//! A PyTorch program: the network as a module, its check, its evaluation, and training that goes on, in as many
//! processes as there are. Its weights are the file that [`super::tensors`] writes.

use super::Model;
use crate::shape::Shape;
use crate::spec::LayerSpec;

/// A program but for the layers.
const SCRIPT: &str = include_str!("pytorch/script.py");
const LAYERS: &str = "        # LAYERS\n";

/// The program.
pub fn export(model: &Model) -> String {
    let layers = model.spec().layers.iter().enumerate();
    let modules: String = layers
        .map(|(index, layer)| {
            format!("        {},  # {}\n", module(layer, model.inputs(index)), shape(model.output(index)))
        })
        .collect();
    SCRIPT.replace(LAYERS, &modules)
}

/// The module of a layer, as PyTorch is asked for it.
fn module(layer: &LayerSpec, inputs: usize) -> String {
    let pair = |[height, width]: [usize; 2]| format!("({height}, {width})");
    match *layer {
        LayerSpec::Conv2d { filters, kernel_size, stride, padding } => {
            let [kernel_size, stride, padding] = [kernel_size, stride, padding].map(pair);
            format!("nn.Conv2d({inputs}, {filters}, {kernel_size}, stride={stride}, padding={padding})")
        }
        LayerSpec::MaxPool2d { kernel_size, stride, padding } => {
            let [kernel_size, stride, padding] = [kernel_size, stride, padding].map(pair);
            format!("nn.MaxPool2d({kernel_size}, stride={stride}, padding={padding})")
        }
        LayerSpec::AvgPool2d { kernel_size, stride } => {
            format!("nn.AvgPool2d({}, stride={})", pair(kernel_size), pair(stride))
        }
        LayerSpec::Dense { units } => format!("nn.Linear({inputs}, {units})"),
        LayerSpec::Flatten => "nn.Flatten()".into(),
        LayerSpec::Relu => "nn.ReLU()".into(),
        LayerSpec::LeakyRelu { slope } => format!("nn.LeakyReLU({slope:?})"),
        LayerSpec::Tanh => "nn.Tanh()".into(),
        LayerSpec::Sigmoid => "nn.Sigmoid()".into(),
        LayerSpec::Gelu => "nn.GELU()".into(),
        LayerSpec::Dropout { rate } => format!("nn.Dropout({rate:?})"),
    }
}

fn shape(shape: Shape) -> String {
    match shape {
        Shape::Maps { channels, height, width } => format!("{channels} × {height} × {width}"),
        Shape::Units(units) => units.to_string(),
    }
}
