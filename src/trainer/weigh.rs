use super::Trainer;
use super::images::pixels_of;
use super::shard::mode;
use crate::data::Dataset;
use crate::error::{Error, ErrorCode, Result};
use crate::network::Network;
use crate::optimizer::OptimizerState;
use crate::shape::Shape;

/// What a step does to one weight, from the products that its gradient is the sum of to its new value.
///
/// With w the weight of a filter that reads channel c of what comes in, x, and d the gradient of
/// the batch's mean loss with respect to what goes out of that filter, its gradient is the sum of x · d
/// over all images and all places of the window.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weighing {
    /// Updates made before the step.
    pub step: u64,
    /// The images of its batch: their places in the training set.
    pub images: Vec<u32>,
    /// And their labels.
    pub labels: Vec<u8>,
    /// Their pixels, 784 each, as the network gets them: warped, where images are.
    pub pixels: Vec<u8>,
    /// x: of each image the map of the channel that the weight reads. Empty for a bias.
    pub inputs: Vec<f32>,
    /// d: of each image the map of the filter, or the number of the unit, that the weight belongs to.
    pub gradients: Vec<f32>,
    /// The gradient of the mean loss.
    pub gradient: f32,
    /// The learning rate, schedule included.
    pub learning_rate: f32,
    /// The number of this update, counted from 1 when the optimizer's memory was empty.
    pub updates: u64,
    /// Before the step: the weight, and the optimizer's first and second memory of it.
    pub before: [f32; 3],
    /// And after it.
    pub after: [f32; 3],
}

impl Trainer {
    /// What the next step will do to the number at `index`, in PyTorch's order, of the parameter called
    /// `name`. Nothing is changed, but a step that was begun must be begun anew.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::NotFound`] if there is no such number; those of [`Trainer::begin_step`].
    pub fn weigh(&mut self, dataset: &Dataset, name: &str, index: usize) -> Result<Weighing> {
        let weight = Weight::find(self.network(), name, index)?;
        let blocks = self.begin_step(dataset)?;
        let mut weighing = Weighing { step: self.position.step, ..Weighing::default() };
        self.watch_maps(&weight, blocks, &mut weighing)?;
        self.compute(0..blocks);
        weighing.gradient = self.shard.gradients.total()[weight.place];
        self.shard.begin();
        self.batch.clear();
        self.foresee(weight.place, &mut weighing);
        Ok(weighing)
    }

    /// The update of the one number at `place`. The optimizer treats each number on its own, so its rule
    /// can be followed for one alone.
    fn foresee(&self, place: usize, weighing: &mut Weighing) {
        let OptimizerState { first, second, updates } = &self.optimizer;
        let mut memory =
            OptimizerState { first: vec![first[place]], second: vec![second[place]], updates: *updates };
        let mut value = [self.network().weights()[place]];
        weighing.before = [value[0], memory.first[0], memory.second[0]];
        let rule = &self.spec.training.optimizer;
        let factor = self.spec.training.schedule.factor(self.moment());
        memory.update(rule, factor, &mut value, &[weighing.gradient]);
        weighing.after = [value[0], memory.first[0], memory.second[0]];
        weighing.learning_rate = rule.learning_rate() * factor;
        weighing.updates = memory.updates;
    }

    /// Passes the batch forward and back, layer by layer, and notes the two maps of each image.
    fn watch_maps(&mut self, weight: &Weight, blocks: usize, weighing: &mut Weighing) -> Result<()> {
        let place = self.place();
        for number in 0..blocks {
            let part = self.batch.part(number..number + 1);
            weighing.images.extend_from_slice(part.indices);
            weighing.labels.extend_from_slice(part.labels);
            self.shard.load(part.pixels, part.indices, place.epoch);
            let mode = mode(self.shard.seed, number, place);
            let network = &mut self.shard.network;
            network.forward_layer_by_layer(part.labels.len(), mode);
            let back = network.look_back(part.labels, 1.0 / place.images as f32)?;
            for image in 0..part.labels.len() {
                weighing.pixels.extend(pixels_of(self.spec.normalization, &network.input_of(0, image)));
                if let Some(channel) = weight.reads {
                    let input = network.input_of(weight.layer, image);
                    weighing.inputs.extend(one_map(&input, network.shape(weight.layer), channel));
                }
                let shape = network.shape(weight.layer + 1);
                let gradient = &back.activations[weight.layer + 1][image * shape.len()..][..shape.len()];
                weighing.gradients.extend(one_map(gradient, shape, weight.filter));
            }
        }
        Ok(())
    }
}

/// One weight or bias: where it stands and which maps meet in it.
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
    let len = match shape {
        Shape::Maps { height, width, .. } => height * width,
        Shape::Units(_) => 1,
    };
    maps[channel * len..][..len].iter().copied()
}
