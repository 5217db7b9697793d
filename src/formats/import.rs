use serde::Serialize;

use crate::error::{Error, ErrorCode, Result};
use crate::network::{Network, parameters_of};
use crate::spec::Spec;

/// A network that was read from a file.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Its spec.
    pub spec: Spec,
    /// The network, with the weights of the file.
    pub network: Network,
    /// Where each of its parameters came from.
    pub matches: Vec<Match>,
}

/// A parameter of the network, and the tensor of the file that it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Match {
    /// The parameter's name in the network.
    pub parameter: String,
    /// The tensor's name in the file.
    pub tensor: String,
    /// The shape of both.
    pub dims: Vec<usize>,
}

/// A tensor of a file: its name, its shape and its numbers, which are finite.
pub(super) struct Tensor {
    pub name: String,
    pub dims: Vec<usize>,
    pub numbers: Vec<f32>,
}

/// What a file says of a network. Unlike [`Imported`] it cannot compute.
pub struct Contents {
    /// Its spec, which is valid.
    pub spec: Spec,
    /// Its weights, in the order of [`Network::weights`].
    pub weights: Vec<f32>,
    /// Where each of its parameters came from.
    pub matches: Vec<Match>,
}

impl From<Contents> for Imported {
    fn from(Contents { spec, weights, matches }: Contents) -> Self {
        let Ok(mut network) = Network::new(&spec) else { unreachable!("the spec has been validated") };
        network.update_weights(|all| all.copy_from_slice(&weights));
        Self { spec, network, matches }
    }
}

impl Contents {
    /// The network of `spec` with `tensors`: those of the same name, or else the first of the same shape, in the
    /// order of their names.
    ///
    /// # Errors
    ///
    /// What is wrong with the spec; [`ErrorCode::ImpossibleShape`] if a parameter has no tensor, or a tensor no
    /// parameter.
    pub(super) fn new(spec: Spec, mut tensors: Vec<Tensor>) -> Result<Self> {
        tensors.sort_by_key(|tensor| natural(&tensor.name));
        let parameters = parameters_of(&spec)?;
        let is_there = |name: &str| tensors.iter().any(|tensor| tensor.name == name);
        let named = parameters.iter().all(|parameter| is_there(parameter.name()));
        let mut weights = vec![0.0; parameters.last().map_or(0, |last| last.range().end)];
        let mut matches = vec![];
        for parameter in parameters.iter() {
            let (wanted, dims) = (parameter.name(), parameter.dims());
            let fits = |tensor: &Tensor| tensor.dims == dims && (!named || tensor.name == wanted);
            let Some(at) = tensors.iter().position(fits) else {
                return Err(unmatched(wanted, dims, &tensors));
            };
            let Tensor { name: tensor, numbers, dims } = tensors.remove(at);
            parameter.import(&mut weights, &numbers);
            matches.push(Match { parameter: wanted.to_owned(), tensor, dims });
        }
        match tensors.first() {
            None => Ok(Self { spec, weights, matches }),
            Some(Tensor { name, dims, .. }) => Err(Error::new(
                ErrorCode::ImpossibleShape,
                format!("The network has no parameter for {name} {dims:?} of the file."),
            )),
        }
    }
}

fn unmatched(parameter: &str, dims: &[usize], tensors: &[Tensor]) -> Error {
    const SHOWN: usize = 4;
    if let Some(same) = tensors.iter().find(|tensor| tensor.name == parameter) {
        let message =
            format!("{parameter} expects a tensor of {dims:?}; that of the file has {:?}.", same.dims);
        return Error::new(ErrorCode::ImpossibleShape, message);
    }
    let mut left: Vec<String> =
        tensors.iter().take(SHOWN).map(|tensor| format!("{} {:?}", tensor.name, tensor.dims)).collect();
    if tensors.len() > SHOWN {
        left.push(format!("{} more", tensors.len() - SHOWN));
    }
    let got = if left.is_empty() { "no tensor that is left".into() } else { left.join(", ") };
    let message = format!("{parameter} expects a tensor of {dims:?}; the file has {got}.");
    Error::new(ErrorCode::ImpossibleShape, message)
}

/// A key that sorts `10.weight` after `9.weight`: words and numbers in turn.
fn natural(name: &str) -> Vec<(String, u64)> {
    let mut parts = vec![];
    let mut rest = name;
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| letter.is_ascii_digit()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(digits);
        let end = after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at(end);
        parts.push((word.to_owned(), number.parse().unwrap_or(0)));
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn natural_puts_numbers_in_the_order_of_their_size() {
        let mut names = ["10.bias", "conv2.weight", "9.weight", "conv10.weight", "9.bias"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["9.bias", "9.weight", "10.bias", "conv2.weight", "conv10.weight"]);
    }
}
