//! ONNX: the network as a graph of named operators, which ONNX Runtime and its like run.
//!
//! Opset 13 and IR version 7, which everything since 2021 reads. The graph takes pixels from 0 to 255, normalises
//! them itself, and gives `logits` and `probabilities`; the batch may have any size.

mod graph;
mod node;
pub mod proto;
mod read;

use prost::Message;

use super::import::Contents;
use super::model::json;
use super::{Imported, Model, SAID, Said};
use crate::error::{Error, ErrorCode, Result};
use crate::spec::Spec;
use graph::Graph;
use proto::{GraphProto, ModelProto, OperatorSetIdProto, StringStringEntryProto};
use read::Read;

/// Bytes of a file that is read.
const MAX_BYTES: usize = 64 << 20;

const OPSET: i64 = 13;
const IR_VERSION: i64 = 7;

const DOC: &str = "Pixels from 0 to 255 in, logits and probabilities out. The metadata name the classes; `convscope` \
                   holds the spec, and images with their logits under `proof`.";

/// The file.
///
/// # Errors
///
/// None that can be reached with a network that was built.
pub fn export(model: &Model) -> Result<Vec<u8>> {
    let entry = |key: &str, value| StringStringEntryProto { key: key.into(), value };
    let file = ModelProto {
        ir_version: IR_VERSION,
        producer_name: "convscope".into(),
        producer_version: env!("CARGO_PKG_VERSION").into(),
        doc_string: DOC.into(),
        graph: Some(GraphProto { name: "network".into(), ..Graph::of(model).into() }),
        opset_import: vec![OperatorSetIdProto { domain: String::new(), version: OPSET }],
        metadata_props: vec![entry("classes", json(&model.classes())?), entry(SAID, model.said().to_owned())],
    };
    Ok(file.encode_to_vec())
}

/// The network of a file of ours, or of one that PyTorch's exporter wrote. What the graph does not say, such as how
/// to train it, is that of a spec in the metadata that describes the same layers, or of the network `on_screen`.
///
/// # Errors
///
/// [`ErrorCode::TooLarge`] or [`ErrorCode::BadFile`] if it cannot be read, and whatever
/// [`validate`](crate::spec::validate) finds wrong with its layers.
pub fn import(bytes: &[u8], on_screen: &Spec) -> Result<Imported> {
    let own = said(bytes)?.and_then(|said| Said::read(&said).ok()).map(|said| said.spec);
    read(bytes, own, on_screen).map(Imported::from)
}

pub(super) fn said(bytes: &[u8]) -> Result<Option<String>> {
    let said = decoded(bytes)?.metadata_props.into_iter().find(|entry| entry.key == SAID);
    Ok(said.map(|entry| entry.value))
}

pub(super) fn read(bytes: &[u8], own: Option<Spec>, on_screen: &Spec) -> Result<Contents> {
    let file = decoded(bytes)?;
    let graph = file.graph.as_ref().ok_or_else(|| bad("it has no graph"))?;
    let Read { input, normalization, layers, tensors } = read::read(graph)?;
    let around = own.filter(|spec| spec.layers == layers).unwrap_or_else(|| on_screen.clone());
    let normalization = normalization.unwrap_or(around.normalization);
    Contents::new(Spec { input, normalization, layers, ..around }, tensors)
}

fn decoded(bytes: &[u8]) -> Result<ModelProto> {
    if bytes.len() > MAX_BYTES {
        let message = format!(
            "This ONNX file is too large: it has {} bytes, and {MAX_BYTES} is the limit.",
            bytes.len()
        );
        return Err(Error::new(ErrorCode::TooLarge, message));
    }
    // Where the decoder stopped tells a reader nothing.
    ModelProto::decode(bytes).map_err(|_| bad("it is damaged, or of another kind"))
}

fn bad(why: &str) -> Error {
    Error::new(ErrorCode::BadFile, format!("This ONNX file cannot be read: {why}."))
}
