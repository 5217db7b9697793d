use serde::Serialize;

use crate::data::Dataset;
use crate::error::{Error, ErrorCode, Result};
use crate::network::Network;
use crate::shape::Shape;
use crate::trainer::Trainer;
use crate::trainer::images::pixels_of;

/// What a step does to one weight, from the products that its gradient is the sum of to its new value.
///
/// With w the weight of a filter that reads channel c of the input, x, and d the gradient of the
/// batch's mean loss with respect to the output of that filter, its gradient is the sum of x · d
/// over all images and all places of the window.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WeightStep {
    /// Updates made before the step.
    pub step: u64,
    /// The images of its batch: their places in the training set.
    #[serde(skip)]
    pub images: Vec<u32>,
    /// And their labels.
    #[serde(skip)]
    pub labels: Vec<u8>,
    /// Their pixels, as the network gets them: warped, where images are.
    #[serde(skip)]
    pub pixels: Vec<u8>,
    /// x: of each image the map of the channel that the weight reads. Empty for a bias.
    #[serde(skip)]
    pub inputs: Vec<f32>,
    /// d: of each image the map of the filter, or the number of the unit, that the weight belongs to.
    #[serde(skip)]
    pub gradients: Vec<f32>,
    /// The gradient of the mean loss.
    pub gradient: f32,
    /// The learning rate, schedule included.
    pub learning_rate: f32,
    /// The number of this update, counted from 1 when the optimizer's memory was empty.
    pub updates: u64,
    /// The weight before the step.
    pub before: WeightState,
    /// And after it.
    pub after: WeightState,
}

/// A weight, and the optimizer's first and second memory of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct WeightState {
    /// The weight.
    pub value: f32,
    /// m of the optimizer.
    pub first: f32,
    /// v of the optimizer.
    pub second: f32,
}

impl Trainer {
    /// What the next step will do to the number at `index`, in PyTorch's order, of the parameter called
    /// `name`. Nothing is changed, but a step that was begun is dropped.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is no such number; those of [`Trainer::begin_step`].
    pub fn trace_weight(&mut self, dataset: &Dataset, name: &str, index: usize) -> Result<WeightStep> {
        let weight = Weight::find(self.network(), name, index)?;
        let blocks = self.begin_step(dataset)?;
        let mut step = WeightStep { step: self.position.step, ..WeightStep::default() };
        self.trace_maps(&weight, blocks, &mut step)?;
        self.compute(0..blocks)?;
        step.gradient = self.shard.gradients.total()[weight.place];
        self.drop_step();
        self.predict_update(weight.place, &mut step);
        Ok(step)
    }

    /// The update of the one number at `place`.
    fn predict_update(&self, place: usize, step: &mut WeightStep) {
        let mut alone = self.optimizer.of_one(place);
        let mut value = [self.network().weights()[place]];
        let state = |&[value]: &[f32; 1], [first, second]: [&[f32]; 2]| WeightState {
            value,
            first: first[0],
            second: second[0],
        };
        step.before = state(&value, alone.memory());
        let factor = self.schedule_factor();
        alone.update(factor, &mut value, &[step.gradient]);
        step.after = state(&value, alone.memory());
        step.learning_rate = alone.rule().learning_rate() * factor;
        step.updates = alone.updates();
    }

    /// Passes the batch forward and back, layer by layer, and notes the two maps of each image.
    fn trace_maps(&mut self, weight: &Weight, blocks: usize, step: &mut WeightStep) -> Result<()> {
        let context = self.context()?;
        for number in 0..blocks {
            let part = self.batch.part(number..number + 1);
            step.images.extend_from_slice(part.indices);
            step.labels.extend_from_slice(part.labels);
            let trace = self.shard.trace(part, context)?;
            let network = &mut self.shard.network;
            let gradients = network.backward_of(&trace, part.labels, 1.0 / context.images as f32)?;
            for image in 0..trace.images() {
                step.pixels.extend(pixels_of(self.spec.normalization, &trace.input_of(0, image)?));
                if let Some(channel) = weight.reads {
                    let input = trace.input_of(weight.layer, image)?;
                    step.inputs.extend(one_map(&input, trace.shape(weight.layer), channel));
                }
                let shape = trace.shape(weight.layer + 1);
                let gradient = &gradients.activations[weight.layer + 1][image * shape.len()..][..shape.len()];
                step.gradients.extend(one_map(gradient, shape, weight.filter));
            }
        }
        Ok(())
    }
}

/// One weight or bias: where it is and which maps meet in it.
struct Weight {
    layer: usize,
    filter: usize,
    /// The channel, or the unit, that it reads; a bias reads none.
    reads: Option<usize>,
    place: usize,
}

impl Weight {
    fn find(network: &Network, name: &str, index: usize) -> Result<Self> {
        let parameter = network.find(name)?;
        if index >= parameter.len() {
            let message =
                format!("{name} has {} numbers, but number {index} was asked for.", parameter.len());
            return Err(Error::new(ErrorCode::NotFound, message));
        }
        let row: usize = parameter.dims()[1..].iter().product();
        let kernel: usize = parameter.dims().iter().skip(2).product();
        let layer = parameter.layer();
        let reads = (!parameter.is_bias()).then_some(index % row / kernel);
        Ok(Self { layer, filter: index / row, reads, place: parameter.place_of(index) })
    }
}

/// The map of one channel, of maps in PyTorch's order; of units, one number.
fn one_map(maps: &[f32], shape: Shape, channel: usize) -> impl Iterator<Item = f32> {
    let len = shape.len() / shape.channels();
    maps[channel * len..][..len].iter().copied()
}
