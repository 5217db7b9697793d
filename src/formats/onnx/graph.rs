use super::proto::{
    AttributeProto, AttributeType, Dimension, DimensionValue, FLOAT, GraphProto, NodeProto, TensorProto,
    TensorShapeProto, TensorType, TypeProto, ValueInfoProto,
};
use crate::formats::Model;
use crate::spec::LayerSpec;

/// A graph under construction. Each node takes the last one's output.
pub(super) struct Graph {
    nodes: Vec<NodeProto>,
    tensors: Vec<TensorProto>,
    input: ValueInfoProto,
    outputs: Vec<ValueInfoProto>,
    /// The name of the last node's output.
    last: String,
}

impl Graph {
    pub(super) fn of(model: &Model) -> Self {
        let spec = model.spec();
        let input = value("pixels", &spec.input);
        let classes = [model.classes().len()];
        let outputs = vec![value("logits", &classes), value("probabilities", &classes)];
        let tensors = model.tensors().map(|(name, dims, numbers)| tensor(name, dims, &numbers)).collect();
        let mut graph = Self { nodes: vec![], tensors, input, outputs, last: "pixels".into() };
        graph.normalize(spec.normalization.mean, spec.normalization.deviation);
        for (index, layer) in spec.layers.iter().enumerate() {
            graph.layer(index, layer);
        }
        graph.rename_last("logits");
        graph.node("softmax", "Softmax", &[], vec![int("axis", 1)]);
        graph.rename_last("probabilities");
        graph
    }

    /// (pixel / 255 − mean) / deviation
    fn normalize(&mut self, mean: f32, deviation: f32) {
        self.with_number("normalize.scale", "Div", 255.0);
        self.with_number("normalize.mean", "Sub", mean);
        self.with_number("normalize.deviation", "Div", deviation);
    }

    fn layer(&mut self, index: usize, layer: &LayerSpec) {
        let name = format!("{index}.{}", layer.kind());
        let parameters = [format!("{index}.weight"), format!("{index}.bias")];
        let parameters = parameters.each_ref().map(String::as_str);
        match *layer {
            LayerSpec::Conv2d { kernel_size, stride, padding, .. } => {
                self.node(&name, "Conv", &parameters, window(kernel_size, stride, padding));
            }
            LayerSpec::MaxPool2d { kernel_size, stride, padding } => {
                self.node(&name, "MaxPool", &[], window(kernel_size, stride, padding));
            }
            LayerSpec::AvgPool2d { kernel_size, stride } => {
                self.node(&name, "AveragePool", &[], window(kernel_size, stride, [0, 0]));
            }
            LayerSpec::Dense { .. } => self.node(&name, "Gemm", &parameters, vec![int("transB", 1)]),
            LayerSpec::Flatten => self.node(&name, "Flatten", &[], vec![int("axis", 1)]),
            LayerSpec::Relu => self.node(&name, "Relu", &[], vec![]),
            LayerSpec::LeakyRelu { slope } => {
                self.node(&name, "LeakyRelu", &[], vec![float("alpha", slope)]);
            }
            LayerSpec::Tanh => self.node(&name, "Tanh", &[], vec![]),
            LayerSpec::Sigmoid => self.node(&name, "Sigmoid", &[], vec![]),
            LayerSpec::Gelu => self.gelu(&name),
            // Without a third input it does nothing, as everywhere outside of training.
            LayerSpec::Dropout { rate } => self.with_number(&name, "Dropout", rate),
        }
    }

    /// x · (1 + erf(x / √2)) · ½, for opset 13 has no operator of that name.
    fn gelu(&mut self, name: &str) {
        let x = self.last.clone();
        self.with_number(&format!("{name}.scaled"), "Div", std::f32::consts::SQRT_2);
        self.node(&format!("{name}.erf"), "Erf", &[], vec![]);
        self.with_number(&format!("{name}.shifted"), "Add", 1.0);
        self.node(&format!("{name}.product"), "Mul", &[&x], vec![]);
        self.with_number(&format!("{name}.half"), "Mul", 0.5);
    }

    /// A node with one number as its second input.
    fn with_number(&mut self, name: &str, op_type: &str, number: f32) {
        let second = format!("{name}.number");
        self.tensors.push(tensor(&second, &[], &[number]));
        self.node(name, op_type, &[&second], vec![]);
    }

    fn node(&mut self, name: &str, op_type: &str, more: &[&str], attribute: Vec<AttributeProto>) {
        let mut input = vec![std::mem::replace(&mut self.last, name.to_owned())];
        input.extend(more.iter().map(|&name| name.to_owned()));
        self.nodes.push(NodeProto {
            input,
            output: vec![name.to_owned()],
            name: name.to_owned(),
            op_type: op_type.to_owned(),
            attribute,
        });
    }

    fn rename_last(&mut self, name: &str) {
        if let Some(node) = self.nodes.last_mut() {
            node.output = vec![name.to_owned()];
        }
        self.last = name.to_owned();
    }
}

impl From<Graph> for GraphProto {
    fn from(Graph { nodes, tensors, input, outputs, .. }: Graph) -> Self {
        Self { node: nodes, initializer: tensors, input: vec![input], output: outputs, name: String::new() }
    }
}

/// Padding is written for the beginnings of both axes, then for their ends.
fn window(kernel_size: [usize; 2], stride: [usize; 2], padding: [usize; 2]) -> Vec<AttributeProto> {
    let pads = [padding[0], padding[1], padding[0], padding[1]];
    vec![ints("kernel_shape", &kernel_size), ints("strides", &stride), ints("pads", &pads)]
}

fn ints(name: &str, values: &[usize]) -> AttributeProto {
    let ints = values.iter().map(|&value| value as i64).collect();
    AttributeProto { name: name.into(), ints, r#type: AttributeType::Ints.into(), ..Default::default() }
}

fn int(name: &str, value: i64) -> AttributeProto {
    let kind = AttributeType::Int.into();
    AttributeProto { name: name.into(), i: Some(value), r#type: kind, ..Default::default() }
}

fn float(name: &str, value: f32) -> AttributeProto {
    let kind = AttributeType::Float.into();
    AttributeProto { name: name.into(), f: Some(value), r#type: kind, ..Default::default() }
}

fn tensor(name: &str, dims: &[usize], numbers: &[f32]) -> TensorProto {
    TensorProto {
        dims: dims.iter().map(|&side| side as i64).collect(),
        data_type: FLOAT,
        name: name.into(),
        raw_data: numbers.iter().flat_map(|number| number.to_le_bytes()).collect(),
        ..Default::default()
    }
}

/// An input or output of the graph: a batch of any size of values of `dims`.
fn value(name: &str, dims: &[usize]) -> ValueInfoProto {
    let batch = DimensionValue::DimParam("batch".into());
    let sides = dims.iter().map(|&side| DimensionValue::DimValue(side as i64));
    let dim = std::iter::once(batch).chain(sides).map(|value| Dimension { value: Some(value) }).collect();
    let tensor_type = TensorType { elem_type: FLOAT, shape: Some(TensorShapeProto { dim }) };
    ValueInfoProto { name: name.into(), r#type: Some(TypeProto { tensor_type: Some(tensor_type) }) }
}
