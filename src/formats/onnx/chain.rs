//! From a graph of operators back to layers: one chain, as PyTorch's exporters and [`super::export`] write it.

use std::collections::HashMap;
use std::f32::consts::SQRT_2;

use super::proto::{DimensionValue, FLOAT, GraphProto, NodeProto, TensorProto};
use crate::error::{Error, ErrorCode, Result};
use crate::formats::import::Tensor;
use crate::spec::{LIMITS, LayerSpec, Normalization};

/// Tensors of a file.
const MAX_TENSORS: usize = 256;
/// Axes of a tensor.
const MAX_RANK: usize = 4;

/// What a graph says.
pub(super) struct Read {
    pub input: [usize; 3],
    pub normalization: Option<Normalization>,
    pub layers: Vec<LayerSpec>,
    /// Under the names that the network gives its parameters.
    pub tensors: Vec<Tensor>,
}

/// The graph as a chain.
struct Chain<'a> {
    nodes: Vec<&'a NodeProto>,
    constants: HashMap<&'a str, &'a TensorProto>,
    /// The name of the value that the next node takes.
    value: &'a str,
}

pub(super) fn read(graph: &GraphProto) -> Result<Read> {
    let constants = constants_of(graph)?;
    let is_constant = |name: &str| constants.contains_key(name);
    let Some(input) = graph.input.iter().find(|input| !is_constant(&input.name)) else {
        return Err(bad("its graph has no input"));
    };
    let nodes: Vec<_> =
        graph.node.iter().filter(|node| !matches!(&*node.op_type, "Constant" | "Identity")).collect();
    let mut chain = Chain { nodes, constants, value: &input.name };
    let input = image_of(input)?;
    let normalization = chain.normalization()?;
    let (mut layers, mut tensors) = (vec![], vec![]);
    while let Some(layer) = chain.layer(layers.len(), &mut tensors)? {
        layers.push(layer);
        if layers.len() > LIMITS.layers {
            return Err(bad(&format!("it has more than {} layers", LIMITS.layers)));
        }
    }
    Ok(Read { input, normalization, layers, tensors })
}

/// Initializers and the values of Constant nodes, by name.
fn constants_of(graph: &GraphProto) -> Result<HashMap<&str, &TensorProto>> {
    let initializers = graph.initializer.iter().map(|tensor| (&*tensor.name, tensor));
    let nodes = graph.node.iter().filter(|node| node.op_type == "Constant").filter_map(|node| {
        let value = node.attribute.iter().find(|attribute| attribute.name == "value")?;
        Some((&**node.output.first()?, value.t.as_ref()?))
    });
    let constants: HashMap<_, _> = initializers.chain(nodes).collect();
    match constants.len() <= MAX_TENSORS {
        true => Ok(constants),
        false => Err(bad(&format!("it has {} tensors, and {MAX_TENSORS} is the limit", constants.len()))),
    }
}

/// Channels, height and width of the graph's input.
fn image_of(input: &super::proto::ValueInfoProto) -> Result<[usize; 3]> {
    let tensor = input.r#type.as_ref().and_then(|kind| kind.tensor_type.as_ref());
    let shape = tensor.and_then(|tensor| tensor.shape.as_ref());
    let sides: Vec<Option<usize>> = (shape.iter().flat_map(|shape| &shape.dim))
        .map(|dim| match dim.value {
            Some(DimensionValue::DimValue(side)) => usize::try_from(side).ok(),
            _ => None,
        })
        .collect();
    match *sides {
        [_, Some(channels), Some(height), Some(width)] => Ok([channels, height, width]),
        _ => Err(bad("its input should be images: a batch of channels, rows and columns of known size")),
    }
}

impl<'a> Chain<'a> {
    /// (x / 255 − mean) / deviation before the first layer, if it is there.
    fn normalization(&mut self) -> Result<Option<Normalization>> {
        let operators: Vec<&str> = self.nodes.iter().take(3).map(|node| &*node.op_type).collect();
        if operators != ["Div", "Sub", "Div"] {
            return Ok(None);
        }
        let [scale, mean, deviation] = [self.number()?, self.number()?, self.number()?];
        if scale != 255.0 {
            return Err(bad(&format!("it divides its pixels by {scale}, not by 255")));
        }
        Ok(Some(Normalization { mean, deviation }))
    }

    /// The next layer, whose parameters join `tensors`; none at the end.
    fn layer(&mut self, index: usize, tensors: &mut Vec<Tensor>) -> Result<Option<LayerSpec>> {
        let Some(&node) = self.nodes.first() else { return Ok(None) };
        let layer = match &*node.op_type {
            "Conv" => {
                node.expects(&[("group", 1)])?;
                let weight = self.parameters(node, index, tensors)?;
                let kernel_size = match *weight {
                    [_, _, height, width] => [height, width],
                    _ => return Err(node.bad("its weight should have four axes")),
                };
                let (_, stride, padding) = node.window(Some(kernel_size))?;
                LayerSpec::Conv2d { filters: weight[0], kernel_size, stride, padding }
            }
            "Gemm" => {
                node.expects(&[("transA", 0), ("transB", 1)])?;
                let weight = self.parameters(node, index, tensors)?;
                LayerSpec::Dense { units: weight.first().copied().unwrap_or(0) }
            }
            "MaxPool" => {
                let (kernel_size, stride, padding) = node.window(None)?;
                LayerSpec::MaxPool2d { kernel_size, stride, padding }
            }
            "AveragePool" => match node.window(None)? {
                (kernel_size, stride, [0, 0]) => LayerSpec::AvgPool2d { kernel_size, stride },
                _ => return Err(node.bad("it should have no padding")),
            },
            "Flatten" => LayerSpec::Flatten,
            "Reshape" => LayerSpec::Flatten,
            "Relu" => LayerSpec::Relu,
            "LeakyRelu" => LayerSpec::LeakyRelu { slope: node.float("alpha").unwrap_or(0.01) },
            "Tanh" => LayerSpec::Tanh,
            "Sigmoid" => LayerSpec::Sigmoid,
            "Dropout" => LayerSpec::Dropout { rate: self.dropout_rate(node)? },
            "Div" => return self.gelu().map(Some),
            "Softmax" | "LogSoftmax" if self.nodes.len() == 1 => return Ok(None),
            _ => return Err(node.bad("it is none of the operators that a network here is made of")),
        };
        self.pass()?;
        Ok(Some(layer))
    }

    /// Takes the first node, whose first input must be the value at hand.
    fn pass(&mut self) -> Result<&'a NodeProto> {
        let Some(&node) = self.nodes.first() else { return Err(bad("its graph ends too early")) };
        match (node.input.first(), node.output.first()) {
            (Some(input), Some(output)) if input == self.value => self.value = output,
            _ => return Err(node.bad("it should take what the node before it gives: one chain, no branches")),
        }
        self.nodes.remove(0);
        Ok(node)
    }

    /// Takes a node whose second input is one number.
    fn number(&mut self) -> Result<f32> {
        let node = self.pass()?;
        let tensor = self.tensor(node, 1)?;
        match *numbers_of(tensor)? {
            [number] => Ok(number),
            _ => Err(node.bad("its second input should be one number")),
        }
    }

    /// x · (1 + erf(x / √2)) · ½, as the five nodes that it is made of.
    fn gelu(&mut self) -> Result<LayerSpec> {
        let operators: Vec<&str> = self.nodes.iter().take(5).map(|node| &*node.op_type).collect();
        let x = self.value;
        if operators != ["Div", "Erf", "Add", "Mul", "Mul"] {
            return Err(self.nodes[0].bad("it is not the beginning of a GELU"));
        }
        let scale = self.number()?;
        self.pass()?;
        let one = self.number()?;
        let product = self.nodes[0];
        let factors: Vec<&str> = product.input.iter().map(|name| &**name).collect();
        if factors != [x, self.value] && factors != [self.value, x] {
            return Err(product.bad("it should multiply by what the GELU began with"));
        }
        self.value = product.output.first().map_or("", |name| name);
        self.nodes.remove(0);
        let half = self.number()?;
        match (scale - SQRT_2).abs() < 1e-4 && one == 1.0 && half == 0.5 {
            true => Ok(LayerSpec::Gelu),
            false => Err(product.bad("it is not a GELU")),
        }
    }

    /// The ratio is an input since opset 12, and an attribute before.
    fn dropout_rate(&self, node: &NodeProto) -> Result<f32> {
        match node.input.get(1).filter(|name| !name.is_empty()) {
            Some(_) => Ok(numbers_of(self.tensor(node, 1)?)?.first().copied().unwrap_or(0.5)),
            None => Ok(node.float("ratio").unwrap_or(0.5)),
        }
    }

    /// Adds weight and bias of a node; returns the weight's shape. A bias that is not there is 0.
    fn parameters(&self, node: &NodeProto, index: usize, tensors: &mut Vec<Tensor>) -> Result<Vec<usize>> {
        let weight = self.tensor(node, 1)?;
        let dims = dims_of(weight)?;
        tensors.push(Tensor {
            name: format!("{index}.weight"),
            numbers: numbers_of(weight)?,
            dims: dims.clone(),
        });
        let outputs = dims.first().copied().unwrap_or(0);
        let bias = match node.input.get(2) {
            Some(_) => numbers_of(self.tensor(node, 2)?)?,
            None => vec![0.0; outputs],
        };
        tensors.push(Tensor { name: format!("{index}.bias"), dims: vec![bias.len()], numbers: bias });
        Ok(dims)
    }

    fn tensor(&self, node: &NodeProto, input: usize) -> Result<&'a TensorProto> {
        let name = node.input.get(input).map_or("", |name| name);
        self.constants
            .get(name)
            .copied()
            .ok_or_else(|| node.bad(&format!("its input {name:?} should be in the file")))
    }
}

fn dims_of(tensor: &TensorProto) -> Result<Vec<usize>> {
    let dims: Option<Vec<usize>> = tensor.dims.iter().map(|&side| usize::try_from(side).ok()).collect();
    dims.filter(|dims| dims.len() <= MAX_RANK).ok_or_else(|| {
        bad(&format!("{} should have at most {MAX_RANK} axes, none of them negative", tensor.name))
    })
}

/// The numbers of a tensor, as many as its shape says, and finite.
fn numbers_of(tensor: &TensorProto) -> Result<Vec<f32>> {
    let wrong = |why: &str| bad(&format!("{} {why}", tensor.name));
    if tensor.data_type != FLOAT {
        return Err(wrong("should hold numbers of 32 bits"));
    }
    let count = dims_of(tensor)?.iter().try_fold(1_usize, |count, &side| count.checked_mul(side));
    let (words, rest) = tensor.raw_data.as_chunks();
    let numbers: Vec<f32> = match words {
        [] => tensor.float_data.clone(),
        words => words.iter().map(|word| f32::from_le_bytes(*word)).collect(),
    };
    if Some(numbers.len()) != count || !rest.is_empty() {
        return Err(wrong("does not hold as many numbers as its shape says"));
    }
    match numbers.iter().all(|number| number.is_finite()) {
        true => Ok(numbers),
        false => Err(wrong("contains a number that is not finite")),
    }
}

impl NodeProto {
    fn bad(&self, why: &str) -> Error {
        bad(&format!("the node {} ({}): {why}", self.name, self.op_type))
    }

    fn attribute(&self, name: &str) -> Option<&super::proto::AttributeProto> {
        self.attribute.iter().find(|attribute| attribute.name == name)
    }

    fn float(&self, name: &str) -> Option<f32> {
        self.attribute(name)?.f
    }

    /// Whether whole attributes have these values; what is not written has the first one that ONNX knows.
    fn expects(&self, values: &[(&str, i64)]) -> Result<()> {
        for &(name, expected) in values {
            let default = i64::from(name == "group");
            let got = self.attribute(name).and_then(|attribute| attribute.i).unwrap_or(default);
            if got != expected {
                return Err(self.bad(&format!("{name} should be {expected}; got {got}")));
            }
        }
        Ok(())
    }

    /// Kernel size, stride and padding.
    fn window(&self, kernel_size: Option<[usize; 2]>) -> Result<([usize; 2], [usize; 2], [usize; 2])> {
        self.expects(&[("ceil_mode", 0)])?;
        let sides = |name: &str| -> Result<Option<Vec<usize>>> {
            let Some(attribute) = self.attribute(name) else { return Ok(None) };
            let sides: Option<_> = attribute.ints.iter().map(|&side| usize::try_from(side).ok()).collect();
            sides.map(Some).ok_or_else(|| self.bad(&format!("{name} should not be negative")))
        };
        let pair = |name: &str, default: Option<[usize; 2]>| match (sides(name)?.as_deref(), default) {
            (Some(&[height, width]), _) => Ok([height, width]),
            (None, Some(default)) => Ok(default),
            _ => Err(self.bad(&format!("{name} should be two numbers"))),
        };
        if pair("dilations", Some([1, 1]))? != [1, 1] {
            return Err(self.bad("its dilations should be 1"));
        }
        let padding = match sides("pads")?.as_deref() {
            None => [0, 0],
            Some(&[top, left, bottom, right]) if top == bottom && left == right => [top, left],
            _ => return Err(self.bad("its pads should be the same at both ends")),
        };
        Ok((pair("kernel_shape", kernel_size)?, pair("strides", Some([1, 1]))?, padding))
    }
}

pub(super) fn bad(why: &str) -> Error {
    Error::new(ErrorCode::BadFile, format!("This ONNX file cannot be read: {why}."))
}
