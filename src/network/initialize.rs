use super::Parameter;
use crate::rng::{Purpose, Rng};
use crate::spec::Initialization;

/// The weights and biases that a run of this `seed` starts from, in the order of the network. Each
/// parameter draws from a stream of its own, in PyTorch's order.
pub(super) fn starting_weights(parameters: &[Parameter], how: Initialization, seed: u64) -> Vec<f32> {
    let mut all = vec![0.0; parameters.iter().map(Parameter::len).sum()];
    for (index, parameter) in parameters.iter().enumerate() {
        let mut rng = Rng::keyed(seed, Purpose::Initialization, [index as u64, 0]);
        let values: Vec<f32> = (0..parameter.len()).map(|_| draw(&mut rng, parameter, how)).collect();
        parameter.import(&mut all, &values);
    }
    all
}

fn draw(rng: &mut Rng, parameter: &Parameter, how: Initialization) -> f32 {
    match how {
        Initialization::Constant { value } => value,
        _ if parameter.is_bias() => 0.0,
        Initialization::Zeros => 0.0,
        Initialization::Normal { deviation } => deviation * rng.normal(),
        Initialization::Uniform { limit } => rng.uniform_in(-limit, limit),
        Initialization::Xavier => {
            let limit = (6.0 / (fan_in(parameter) + fan_out(parameter))).sqrt();
            rng.uniform_in(-limit, limit)
        }
        Initialization::He => (2.0 / fan_in(parameter)).sqrt() * rng.normal(),
    }
}

/// Inputs of one unit: channels × window for a convolution.
fn fan_in(weight: &Parameter) -> f32 {
    weight.dims()[1..].iter().product::<usize>() as f32
}

/// Units that one input reaches: filters × window for a convolution.
fn fan_out(weight: &Parameter) -> f32 {
    (weight.len() / weight.dims()[1]) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deviation(dims: &[usize], how: Initialization) -> f64 {
        let weight = Parameter::new(0, "weight", dims.to_vec(), 1, 0);
        let values = starting_weights(&[weight], how, 3);
        (values.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
    }

    #[test]
    fn he_has_deviation_root_of_2_over_fan_in() {
        let expected = (2.0f64 / (20.0 * 25.0)).sqrt();
        assert!((deviation(&[50, 20, 5, 5], Initialization::He) / expected - 1.0).abs() < 0.02);
    }

    #[test]
    fn xavier_has_the_deviation_of_its_uniform_limits() {
        let expected = (2.0f64 / (300.0 + 100.0)).sqrt();
        assert!((deviation(&[100, 300], Initialization::Xavier) / expected - 1.0).abs() < 0.02);
    }

    #[test]
    fn normal_and_uniform_have_the_scale_they_are_given() {
        assert!((deviation(&[100, 300], Initialization::Normal { deviation: 0.3 }) / 0.3 - 1.0).abs() < 0.02);
        let expected = 0.3 / 3f64.sqrt();
        assert!(
            (deviation(&[100, 300], Initialization::Uniform { limit: 0.3 }) / expected - 1.0).abs() < 0.02
        );
    }

    #[test]
    fn biases_start_at_0_unless_everything_is_constant() {
        let bias = Parameter::new(0, "bias", vec![4], 1, 0);
        assert_eq!(starting_weights(std::slice::from_ref(&bias), Initialization::He, 1), [0.0; 4]);
        assert_eq!(starting_weights(&[bias], Initialization::Constant { value: 0.5 }, 1), [0.5; 4]);
    }
}
