use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use convscope::formats::{self, About, Model};
use convscope::spec::Spec;
use serde_json::json;

use crate::failure::Failure;
use crate::network_file::{read, read_network};
use crate::output;
use crate::report::{Outcome, Report};
use crate::set::{self, Set, names_of};
use crate::spec::read_text;
use crate::text::receipt::Receipt;
use crate::text::spec_text::write_spec;

#[derive(Args)]
pub struct Options {
    /// A run file or checkpoint
    network: PathBuf,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
    /// The form; without it the file's ending says: .onnx .safetensors .py .ipynb .html .npz
    #[arg(long, value_enum)]
    form: Option<Form>,
    /// The receipt of the run, to go with the network
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
    #[command(flatten)]
    set: set::Source,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Form {
    /// ONNX Runtime and its like
    Onnx,
    /// The weights by PyTorch's names
    Safetensors,
    /// A program for PyTorch that loads the safetensors file
    Pytorch,
    /// A NumPy notebook with the weights inside
    Notebook,
    /// One page that reads drawings
    Html,
    /// Arrays for NumPy
    Npz,
}

/// Images whose logits go with the network, to check it against when it is opened.
const PROOFS: usize = 3;

/// Writes a network in a form.
pub fn run(options: &Options) -> Outcome {
    let form = options.form.or_else(|| form_of(&options.out)).ok_or_else(|| {
        Failure::new("not_found", "The file's ending does not say its form; name it with --form.")
    })?;
    let inputs: Vec<&Path> = [Some(&options.network), options.receipt.as_ref()]
        .into_iter()
        .flatten()
        .map(PathBuf::as_path)
        .collect();
    output::check(&options.out, &inputs, options.force)?;
    let (spec, network) = read_network(&options.network)?;
    let set = options.set.is_there(spec.data.set).then(|| options.set.read(&spec)).transpose()?;
    let images = proof_images(set.as_ref())?;
    let proofs = images.len() / spec.input.iter().product::<usize>();
    let fingerprint = format!("{:016x}", network.fingerprint());
    let model = Model::of_checkpoint(
        &read(&options.network)?,
        about(options, &spec, set.as_ref(), &fingerprint)?,
        &images,
    )?;
    let bytes = formats::export(form.into(), &model)?;
    output::write(&options.out, &bytes)?;
    let out = options.out.display().to_string();
    let proof = if proofs > 0 { format!("{proofs} images to check it with") } else { NO_PROOF.into() };
    let text = format!("{out}: {} bytes, weights {fingerprint}, {proof}.", bytes.len());
    Ok(Report::new(
        text,
        json!({ "file": out, "bytes": bytes.len(), "weights": fingerprint, "proofs": proofs }),
    ))
}

const NO_PROOF: &str = "no images to check it with, since the data are not here (see --data)";

/// The first test images, or none where there are no data.
fn proof_images(set: Option<&Set>) -> Result<Vec<u8>, Failure> {
    let Some(set) = set else { return Ok(vec![]) };
    let split = set.last_split();
    let count = PROOFS.min(set.dataset.len(split));
    let images = (0..count).map(|image| set.dataset.image(split, image).map(<[u8]>::to_vec));
    Ok(images.collect::<Result<Vec<_>, _>>()?.concat())
}

fn about(options: &Options, spec: &Spec, set: Option<&Set>, fingerprint: &str) -> Result<About, Failure> {
    let classes = set.map_or_else(|| names_of(spec.data.set), |set| set.classes.clone());
    let Some(path) = &options.receipt else { return Ok(About { classes, ..About::default() }) };
    let receipt = Receipt::read(&read_text(path)?).map_err(|reason| Failure::new("bad_file", reason))?;
    if receipt.weights != fingerprint {
        let message =
            format!("The receipt is of the weights {}, and the file has {fingerprint}.", receipt.weights);
        return Err(Failure::new("bad_file", message));
    }
    let link = format!("v=1&{}", write_spec(&receipt.spec));
    Ok(About { classes, receipt: receipt.json().to_string(), link })
}

fn form_of(path: &Path) -> Option<Form> {
    Some(match path.extension()?.to_str()? {
        "onnx" => Form::Onnx,
        "safetensors" => Form::Safetensors,
        "py" => Form::Pytorch,
        "ipynb" => Form::Notebook,
        "html" => Form::Html,
        "npz" => Form::Npz,
        _ => return None,
    })
}

impl From<Form> for formats::Form {
    fn from(form: Form) -> Self {
        match form {
            Form::Onnx => Self::Onnx,
            Form::Safetensors => Self::Safetensors,
            Form::Pytorch => Self::Pytorch,
            Form::Notebook => Self::Notebook,
            Form::Html => Self::Html,
            Form::Npz => Self::Npz,
        }
    }
}
