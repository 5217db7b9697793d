//! From a graph of operators back to layers: one chain, as PyTorch's exporters and [`super::export`] write it.

use std::collections::HashMap;
use std::f32::consts::SQRT_2;

use super::bad;
use super::node::{dims_of, numbers_of};
use super::proto::{DimensionValue, GraphProto, NodeProto, TensorProto};
use crate::error::Result;
use crate::formats::import::Tensor;
use crate::spec::{LIMITS, LayerSpec, Normalization};

/// Tensors of a file.
const MAX_TENSORS: usize = 256;
/// What is said of an operator that is not read.
const OPERATORS: &str = "a network here is made of Conv, Gemm, MatMul, MaxPool, AveragePool, Flatten, Reshape, Relu, \
                         LeakyRelu, Tanh, Sigmoid, Gelu and Dropout";
/// Operators that are no layers: `view(x.size(0), -1)` finds out the shape that it asks for.
const NO_LAYERS: [&str; 6] = ["Constant", "Identity", "Shape", "Gather", "Unsqueeze", "Concat"];

const BRANCH: &str = "it should take what the node before it gives: one chain, no branches";

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
    let nodes = graph.node.iter().filter(|node| !NO_LAYERS.contains(&&*node.op_type)).collect();
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
            "Conv" => self.convolution(node, index, tensors)?,
            "Gemm" | "MatMul" => return self.dense(node, index, tensors).map(Some),
            "MaxPool" => {
                let (kernel_size, stride, padding) = node.window(None)?;
                LayerSpec::MaxPool2d { kernel_size, stride, padding }
            }
            "AveragePool" => match node.window(None)? {
                (kernel_size, stride, [0, 0]) => LayerSpec::AvgPool2d { kernel_size, stride },
                _ => return Err(node.bad("it should have no padding")),
            },
            "Flatten" => {
                node.expects(&[("axis", 1, 1)])?;
                LayerSpec::Flatten
            }
            // To any other shape, the dense layer after it does not fit.
            "Reshape" => LayerSpec::Flatten,
            "Relu" => LayerSpec::Relu,
            "LeakyRelu" => LayerSpec::LeakyRelu { slope: node.float("alpha").unwrap_or(0.01) },
            "Tanh" => LayerSpec::Tanh,
            "Sigmoid" => LayerSpec::Sigmoid,
            "Dropout" => LayerSpec::Dropout { rate: self.dropout_rate(node)? },
            "Gelu" if node.text("approximate").is_none_or(|text| text == b"none") => LayerSpec::Gelu,
            "Div" => return self.gelu().map(Some),
            "Softmax" | "LogSoftmax" if self.nodes.len() == 1 => return Ok(None),
            _ => return Err(node.bad(OPERATORS)),
        };
        self.pass()?;
        Ok(Some(layer))
    }

    /// Takes the first node, whose first input must be the value at hand.
    fn pass(&mut self) -> Result<&'a NodeProto> {
        let Some(&node) = self.nodes.first() else { return Err(bad("its graph ends too early")) };
        match (node.input.first(), node.output.first()) {
            (Some(input), Some(output)) if input == self.value => self.value = output,
            _ => return Err(node.bad(BRANCH)),
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

    /// A bias that is not there is 0.
    fn convolution(&self, node: &NodeProto, index: usize, tensors: &mut Vec<Tensor>) -> Result<LayerSpec> {
        node.expects(&[("group", 1, 1)])?;
        let weight = self.tensor(node, 1)?;
        let dims = dims_of(weight)?;
        let [filters, _, height, width] = *dims else {
            return Err(node.bad("its weight should have four axes"));
        };
        let (kernel_size, stride, padding) = node.window(Some([height, width]))?;
        let bias = match node.input.get(2) {
            Some(_) => numbers_of(self.tensor(node, 2)?)?,
            None => vec![0.0; filters],
        };
        add(tensors, index, dims, numbers_of(weight)?, bias);
        Ok(LayerSpec::Conv2d { filters, kernel_size, stride, padding })
    }

    /// x · Wᵀ + b as one node, or x · W and then + b.
    fn dense(&mut self, node: &NodeProto, index: usize, tensors: &mut Vec<Tensor>) -> Result<LayerSpec> {
        node.expects(&[("transA", 0, 0)])?;
        if [node.float("alpha"), node.float("beta")].iter().flatten().any(|&scale| scale != 1.0) {
            return Err(node.bad("its alpha and beta should be 1"));
        }
        let weight = self.tensor(node, 1)?;
        let [rows, columns] = *dims_of(weight)? else {
            return Err(node.bad("its weight should have two axes"));
        };
        let numbers = numbers_of(weight)?;
        let (units, inputs, numbers) = match node.whole("transB", 0) {
            0 => (columns, rows, transposed(&numbers, columns)),
            _ => (rows, columns, numbers),
        };
        self.pass()?;
        let bias = match node.input.get(2) {
            Some(_) => numbers_of(self.tensor(node, 2)?)?,
            None => self.sum()?.unwrap_or_else(|| vec![0.0; units]),
        };
        add(tensors, index, vec![units, inputs], numbers, bias);
        Ok(LayerSpec::Dense { units })
    }

    /// Takes a node that adds numbers of the file, in either order, if it is the next one.
    fn sum(&mut self) -> Result<Option<Vec<f32>>> {
        let Some(&node) = self.nodes.first().filter(|node| node.op_type == "Add") else { return Ok(None) };
        let value = node.input.iter().position(|name| name == self.value);
        let numbers = match value {
            Some(value @ (0 | 1)) => numbers_of(self.tensor(node, 1 - value)?)?,
            _ => return Err(node.bad(BRANCH)),
        };
        self.value = node.output.first().map_or("", |name| name);
        self.nodes.remove(0);
        Ok(Some(numbers))
    }

    fn tensor(&self, node: &NodeProto, input: usize) -> Result<&'a TensorProto> {
        let name = node.input.get(input).map_or("", |name| name);
        self.constants
            .get(name)
            .copied()
            .ok_or_else(|| node.bad(&format!("its input {name:?} should be in the file")))
    }
}

/// Weight and bias of the layer at `index` join `tensors`.
fn add(tensors: &mut Vec<Tensor>, index: usize, dims: Vec<usize>, weight: Vec<f32>, bias: Vec<f32>) {
    tensors.push(Tensor { name: format!("{index}.weight"), dims, numbers: weight });
    tensors.push(Tensor { name: format!("{index}.bias"), dims: vec![bias.len()], numbers: bias });
}

/// Rows as columns.
fn transposed(numbers: &[f32], columns: usize) -> Vec<f32> {
    (0..columns).flat_map(|column| numbers.iter().skip(column).step_by(columns)).copied().collect()
}
