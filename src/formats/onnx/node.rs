//! What a node and a tensor of a file say, checked.

use super::bad;
use super::proto::{AttributeProto, EXTERNAL, FLOAT, NodeProto, TensorProto};
use crate::error::{Error, Result};

/// Axes of a tensor.
const MAX_RANK: usize = 4;

pub(super) fn dims_of(tensor: &TensorProto) -> Result<Vec<usize>> {
    let dims: Option<Vec<usize>> = tensor.dims.iter().map(|&side| usize::try_from(side).ok()).collect();
    dims.filter(|dims| dims.len() <= MAX_RANK).ok_or_else(|| {
        bad(&format!("{} should have at most {MAX_RANK} axes, none of them negative", tensor.name))
    })
}

/// The numbers of a tensor, as many as its shape says, and finite.
pub(super) fn numbers_of(tensor: &TensorProto) -> Result<Vec<f32>> {
    let wrong = |why: &str| bad(&format!("{} {why}", tensor.name));
    if tensor.data_location == EXTERNAL {
        return Err(wrong("is in a file beside it; export it with external_data=False"));
    }
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
    pub(super) fn bad(&self, why: &str) -> Error {
        bad(&format!("the node {} ({}): {why}", self.name, self.op_type))
    }

    fn attribute(&self, name: &str) -> Option<&AttributeProto> {
        self.attribute.iter().find(|attribute| attribute.name == name)
    }

    pub(super) fn float(&self, name: &str) -> Option<f32> {
        self.attribute(name)?.f
    }

    pub(super) fn text(&self, name: &str) -> Option<&[u8]> {
        self.attribute(name)?.s.as_deref()
    }

    /// A whole attribute; what is not written is ONNX's default.
    pub(super) fn whole(&self, name: &str, default: i64) -> i64 {
        self.attribute(name).and_then(|attribute| attribute.i).unwrap_or(default)
    }

    /// Whether whole attributes, each with its default, have the values that a network here needs.
    pub(super) fn expects(&self, values: &[(&str, i64, i64)]) -> Result<()> {
        for &(name, default, expected) in values {
            let got = self.whole(name, default);
            if got != expected {
                return Err(self.bad(&format!("{name} should be {expected}; got {got}")));
            }
        }
        Ok(())
    }

    /// Kernel size, stride and padding.
    pub(super) fn window(
        &self,
        kernel_size: Option<[usize; 2]>,
    ) -> Result<([usize; 2], [usize; 2], [usize; 2])> {
        self.expects(&[("ceil_mode", 0, 0)])?;
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
