//! A run as bytes, to continue from after a crash, a reload, or elsewhere.
//!
//! ```text
//! "CVSC", version: u32, length of the header: u32, header (Borsh), then numbers (f32): all weights,
//! then the optimizer's first and second memory, in the network's own order. Little-endian throughout.
//! ```

use borsh::{BorshDeserialize, BorshSerialize};

use super::{Position, State, Trainer};
use crate::data::{Dataset, Split};
use crate::error::{Error, ErrorCode, Result};
use crate::network::{Network, parameters_of};
use crate::optimizer::OptimizerState;
use crate::spec::{Spec, validate};

const MAGIC: [u8; 4] = *b"CVSC";
const VERSION: u32 = 3;
/// No header of a valid spec comes near this.
const LARGEST_HEADER: usize = 64 * 1024;

#[derive(BorshSerialize, BorshDeserialize)]
struct Header {
    spec: Spec,
    position: Position,
    updates: u64,
}

impl Trainer {
    /// All that it takes to continue from here.
    pub fn checkpoint(&self) -> Vec<u8> {
        let header =
            Header { spec: self.spec.clone(), position: self.position, updates: self.optimizer.updates() };
        let [first, second] = self.optimizer.memory();
        written(&header, [self.network().weights(), first, second])
    }

    /// The spec and the step of a checkpoint, checked against everything but the data.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadFile`] if the bytes are anything else, or what is wrong with the spec in them.
    pub fn read_checkpoint(bytes: &[u8]) -> Result<(Spec, u64)> {
        let (header, _) = checked(bytes)?;
        Ok((header.spec, header.position.step))
    }

    /// The run that [`Trainer::checkpoint`] wrote as `bytes`.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::BadFile`] if they are anything else, or what is wrong with the spec in them.
    pub fn restore(bytes: &[u8], dataset: &Dataset) -> Result<Self> {
        let (header, mut numbers) = checked(bytes)?;
        if header.position.images >= dataset.len(Split::Training).min(header.spec.data.training_images) {
            return Err(bad("its place in the epoch is beyond the training images"));
        }
        let mut trainer = Self::new(header.spec, dataset)?;
        let parameters = numbers.len() / 3;
        let second = numbers.split_off(2 * parameters);
        let first = numbers.split_off(parameters);
        let weights = numbers;
        let rule = *trainer.optimizer.rule();
        let optimizer = OptimizerState::restore(rule, first, second, header.updates);
        trainer.enter(State { position: header.position, weights, optimizer });
        trainer.copies.clear();
        trainer.keep_copy();
        Ok(trainer)
    }
}

/// A run of `spec` that begins with the weights of `network`.
pub fn new_checkpoint(spec: &Spec, network: &Network) -> Vec<u8> {
    new_checkpoint_of(spec, network.weights())
}

/// A run of `spec` that begins with these weights, in the order of [`Network::weights`].
pub fn new_checkpoint_of(spec: &Spec, weights: &[f32]) -> Vec<u8> {
    let header = Header { spec: spec.clone(), position: Position::default(), updates: 0 };
    let empty = vec![0.0; weights.len()];
    written(&header, [weights, &empty, &empty])
}

fn written(header: &Header, numbers: [&[f32]; 3]) -> Vec<u8> {
    let Ok(header) = borsh::to_vec(header) else { unreachable!("a valid spec is plain data") };
    let mut bytes = Vec::with_capacity(12 + header.len() + 12 * numbers[0].len());
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend((header.len() as u32).to_le_bytes());
    bytes.extend(header);
    for number in numbers.into_iter().flatten() {
        bytes.extend(number.to_le_bytes());
    }
    bytes
}

/// The spec and the trained network of a checkpoint, without the run around them.
///
/// # Errors
///
/// [`ErrorCode::BadFile`] if the bytes are not a checkpoint, or what is wrong with the spec in them.
pub fn checkpoint_network(bytes: &[u8]) -> Result<(Spec, Network)> {
    let (spec, numbers) = checkpoint_weights(bytes)?;
    let mut network = Network::new(&spec)?;
    network.update_weights(|weights| weights.copy_from_slice(&numbers));
    Ok((spec, network))
}

/// The spec and the weights of a checkpoint, in the order of [`Network::weights`]; no network is built.
///
/// # Errors
///
/// [`ErrorCode::BadFile`] if the bytes are not a checkpoint, or what is wrong with the spec in them.
pub fn checkpoint_weights(bytes: &[u8]) -> Result<(Spec, Vec<f32>)> {
    let (header, mut numbers) = checked(bytes)?;
    numbers.truncate(numbers.len() / 3);
    Ok((header.spec, numbers))
}

/// The filters of `layer` in a checkpoint, in PyTorch's order `[out, in, height, width]`.
///
/// # Errors
///
/// [`ErrorCode::BadFile`] if the bytes are not a checkpoint, or what is wrong with the spec in them;
/// [`ErrorCode::NotFound`] if the layer has no weights.
pub fn checkpoint_filters(bytes: &[u8], layer: usize) -> Result<Vec<f32>> {
    let (header, numbers) = checked(bytes)?;
    let parameters = parameters_of(&header.spec)?;
    let weight = parameters.iter().find(|parameter| parameter.layer() == layer).ok_or_else(|| {
        Error::new(
            ErrorCode::NotFound,
            format!("The checkpoint's network has no weights in layer {}.", layer + 1),
        )
    })?;
    Ok(weight.export(&numbers))
}

/// The contents of the bytes, if they fit together.
fn checked(bytes: &[u8]) -> Result<(Header, Vec<f32>)> {
    let (header, numbers) = parse(bytes)?;
    let parameters = validate(&header.spec)?.parameters;
    let (expected, got) = (3 * parameters * 4, numbers.len());
    if got != expected {
        let why =
            format!("its network has {parameters} parameters, which take {expected} bytes, but it has {got}");
        return Err(bad(&why));
    }
    let counts = [header.position.step, header.position.epoch, header.updates];
    if counts.iter().any(|&count| count >= u64::from(u32::MAX)) {
        return Err(bad("it claims more steps than anyone can run"));
    }
    let numbers: Vec<f32> = numbers.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    if !numbers.iter().all(|number| number.is_finite()) {
        return Err(bad("it contains a number that is not finite"));
    }
    Ok((header, numbers))
}

fn parse(bytes: &[u8]) -> Result<(Header, &[u8])> {
    let word = |at: usize| bytes.get(at..).and_then(|bytes| bytes.first_chunk()).copied();
    if word(0) != Some(MAGIC) {
        return Err(bad("it does not begin as checkpoints do"));
    }
    match word(4).map(u32::from_le_bytes) {
        Some(VERSION) => {}
        Some(version) => return Err(bad(&format!("expected version {VERSION}; got version {version}"))),
        None => return Err(bad("it was cut off")),
    }
    let length = word(8).map_or(u32::MAX, u32::from_le_bytes) as usize;
    if length > LARGEST_HEADER {
        return Err(bad("its header is too long"));
    }
    let header = bytes.get(12..12 + length).ok_or_else(|| bad("it was cut off"))?;
    let header = borsh::from_slice(header).map_err(|error| bad(&format!("its header is wrong: {error}")))?;
    Ok((header, &bytes[12 + length..]))
}

fn bad(why: &str) -> Error {
    Error::new(ErrorCode::BadFile, format!("This is not a checkpoint of Convscope: {why}."))
}
