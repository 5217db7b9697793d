//! A notebook: the network from scratch in NumPy, with the maths of just its layers, its weights inside.
//!
//! The cells are written as a Python file, with a line `# %%` before each, as Jupytext has it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::model::json;
use super::{Model, npz};
use crate::error::Result;
use crate::spec::LayerSpec;

const CELLS: &str = include_str!("notebook/notebook.py");
/// What in it is filled in.
const LAYERS: &str = "# %% LAYERS\n";
const NETWORK: &str = "    # NETWORK\n";
/// All but the cells, as JSON (nbformat 4.5).
const NOTEBOOK: &str = r#"{"cells":[CELLS],"metadata":{"kernelspec":{"name":"python3","display_name":"Python 3","language":"python"},"language_info":{"name":"python"}},"nbformat":4,"nbformat_minor":5}"#;
const CELL: &str = "# %%";

/// The notebook.
///
/// # Errors
///
/// None that can be reached with a network that was built.
pub fn export(model: &Model) -> Result<Vec<u8>> {
    let layers = &model.spec().layers;
    let mut kinds: Vec<&LayerSpec> = vec![];
    for layer in layers {
        if kinds.iter().all(|kind| kind.kind() != layer.kind()) {
            kinds.push(layer);
        }
    }
    let origin = match model.link() {
        "" => "Convscope".to_owned(),
        link => format!("[Convscope]({link})"),
    };
    let text = CELLS
        .replace(LAYERS, &kinds.into_iter().map(cells_of).collect::<Vec<_>>().join("\n\n"))
        .replace(NETWORK, &layers.iter().enumerate().map(constructed).collect::<String>())
        .replace("TITLE", "A convolutional network in NumPy")
        .replace("ORIGIN", &origin)
        .replace("WEIGHTS", &BASE64_STANDARD.encode(npz::export(model)?));
    let cells = text.split(CELL).skip(1).enumerate().map(cell).collect::<Result<Vec<_>>>()?.join(",");
    Ok(NOTEBOOK.replacen("CELLS", &cells, 1).into_bytes())
}

/// A cell from what follows its mark.
fn cell((number, text): (usize, &str)) -> Result<String> {
    let (kind, source) = match text.strip_prefix(" [markdown]\n") {
        Some(text) => {
            let lines: Vec<&str> = text
                .trim()
                .lines()
                .map(|line| line.trim_start_matches('#').trim_start_matches(' '))
                .collect();
            (r#""markdown""#, lines.join("\n"))
        }
        None => (r#""code","execution_count":null,"outputs":[]"#, text.trim().to_owned()),
    };
    let source = json(&source)?;
    Ok(format!(r#"{{"cell_type":{kind},"id":"cell-{number}","metadata":{{}},"source":{source}}}"#))
}

/// The maths and the class of a kind of layer.
fn cells_of(layer: &LayerSpec) -> &'static str {
    match layer {
        LayerSpec::Conv2d { .. } => include_str!("notebook/layers/conv2d.py"),
        LayerSpec::Relu => include_str!("notebook/layers/relu.py"),
        LayerSpec::LeakyRelu { .. } => include_str!("notebook/layers/leaky_relu.py"),
        LayerSpec::Tanh => include_str!("notebook/layers/tanh.py"),
        LayerSpec::Sigmoid => include_str!("notebook/layers/sigmoid.py"),
        LayerSpec::MaxPool2d { .. } => include_str!("notebook/layers/max_pool2d.py"),
        LayerSpec::AvgPool2d { .. } => include_str!("notebook/layers/avg_pool2d.py"),
        LayerSpec::Flatten => include_str!("notebook/layers/flatten.py"),
        LayerSpec::Dense { .. } => include_str!("notebook/layers/dense.py"),
        LayerSpec::Dropout { .. } => include_str!("notebook/layers/dropout.py"),
        LayerSpec::Gelu => include_str!("notebook/layers/gelu.py"),
    }
}

/// A line that makes the layer at `index`.
fn constructed((index, layer): (usize, &LayerSpec)) -> String {
    let pair = |[height, width]: [usize; 2]| format!("({height}, {width})");
    let parameters = format!("FILE[\"{index}.weight\"], FILE[\"{index}.bias\"]");
    let layer = match *layer {
        LayerSpec::Conv2d { stride, padding, .. } => {
            format!("Conv2d({parameters}, stride={}, padding={})", pair(stride), pair(padding))
        }
        LayerSpec::MaxPool2d { kernel_size, stride, padding } => {
            let [kernel_size, stride, padding] = [kernel_size, stride, padding].map(pair);
            format!("MaxPool2d({kernel_size}, stride={stride}, padding={padding})")
        }
        LayerSpec::AvgPool2d { kernel_size, stride } => {
            format!("AvgPool2d({}, stride={})", pair(kernel_size), pair(stride))
        }
        LayerSpec::Dense { .. } => format!("Dense({parameters})"),
        LayerSpec::Flatten => "Flatten()".into(),
        LayerSpec::Relu => "Relu()".into(),
        LayerSpec::LeakyRelu { slope } => format!("LeakyRelu({slope:?})"),
        LayerSpec::Tanh => "Tanh()".into(),
        LayerSpec::Sigmoid => "Sigmoid()".into(),
        LayerSpec::Gelu => "Gelu()".into(),
        LayerSpec::Dropout { rate } => format!("Dropout({rate:?})"),
    };
    format!("    {layer},\n")
}
