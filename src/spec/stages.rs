use serde::Serialize;

use super::LayerSpec;
use crate::shape::Window;

/// Layers that pass as one, at full speed: the maps between them are never written.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Stage {
    /// The first of the layers.
    pub first_layer: usize,
    /// The last of them.
    pub last_layer: usize,
    /// For a convolution that passes as one with what follows it.
    #[serde(skip)]
    pub(crate) joined: Option<Joined>,
}

/// What follows a convolution and passes as one with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Joined {
    pub pool: Window,
    pub relu: bool,
}

/// Cuts a network into stages.
pub(super) fn stages(layers: &[LayerSpec]) -> Vec<Stage> {
    let mut stages = vec![];
    let mut first_layer = 0;
    while first_layer < layers.len() {
        let (following, joined) = match &layers[first_layer..] {
            [LayerSpec::Conv2d { .. }, rest @ ..] => match join(rest) {
                Some((count, joined)) => (count, Some(joined)),
                None => (0, None),
            },
            _ => (0, None),
        };
        let last_layer = first_layer + following;
        stages.push(Stage { first_layer, last_layer, joined });
        first_layer = last_layer + 1;
    }
    stages
}

/// Which of the layers after a convolution can pass as one with it, and how many they are. A ReLU
/// may be before or after the pool: the largest of several numbers, cut off at 0, is the largest
/// of the numbers cut off at 0.
fn join(following: &[LayerSpec]) -> Option<(usize, Joined)> {
    let (count, relu, pool) = match following {
        [LayerSpec::Relu, pool, ..] => (2, true, pool),
        [pool, LayerSpec::Relu, ..] => (2, true, pool),
        [pool, ..] => (1, false, pool),
        [] => return None,
    };
    let LayerSpec::MaxPool2d { kernel_size, stride, padding: [0, 0] } = *pool else { return None };
    let overlaps = (0..2).any(|axis| stride[axis] < kernel_size[axis]);
    let pool = Window { kernel_size, stride, padding: [0, 0] };
    (!overlaps).then_some((count, Joined { pool, relu }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONV: &str = r#"{"type":"conv2d","filters":4,"kernel_size":[3,3]}"#;
    const RELU: &str = r#"{"type":"relu"}"#;
    const POOL: &str = r#"{"type":"max_pool2d","kernel_size":[2,2],"stride":[2,2]}"#;

    /// The number of layers in each stage.
    fn cut(layers: &[&str]) -> Vec<usize> {
        let layers: Vec<LayerSpec> =
            layers.iter().map(|layer| serde_json::from_str(layer).expect("a layer")).collect();
        stages(&layers).into_iter().map(|stage| stage.last_layer + 1 - stage.first_layer).collect()
    }

    #[test]
    fn a_convolution_passes_as_one_with_the_pool_and_the_relu_after_it_in_either_order() {
        assert_eq!(cut(&[CONV, RELU, POOL, CONV, POOL, RELU, CONV, POOL]), [3, 3, 2]);
    }

    #[test]
    fn everything_else_passes_layer_by_layer() {
        let overlapping = r#"{"type":"max_pool2d","kernel_size":[3,3],"stride":[2,2]}"#;
        let padded = r#"{"type":"max_pool2d","kernel_size":[2,2],"stride":[2,2],"padding":[1,1]}"#;
        let average = r#"{"type":"avg_pool2d","kernel_size":[2,2],"stride":[2,2]}"#;
        assert_eq!(cut(&[CONV, RELU, CONV, RELU, overlapping, CONV]), [1; 6]);
        assert_eq!(cut(&[CONV, RELU, padded, CONV, RELU, average]), [1; 6]);
        assert_eq!(cut(&[POOL, RELU, CONV, r#"{"type":"tanh"}"#, POOL]), [1; 5]);
    }
}
