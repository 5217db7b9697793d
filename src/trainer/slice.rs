use super::Trainer;
use crate::data::Dataset;
use crate::error::Result;
use crate::spec::Limits;

/// The loss of the next batch along the direction of the next step: where a step that is too long jumps over
/// the valley, this is the valley.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// Updates made before the step.
    pub step: u64,
    /// How far along the step each loss was taken: 0 is before it, 1 is behind it.
    pub at: Vec<f32>,
    /// The mean loss of the batch there.
    pub losses: Vec<f64>,
}

impl Trainer {
    /// Takes the loss of the next batch at `points` places between `from` and `to` times the next step.
    /// Nothing is changed, but a step that was begun must be begun anew.
    ///
    /// # Errors
    ///
    /// Those of [`Trainer::begin_step`].
    pub fn slice(&mut self, dataset: &Dataset, from: f32, to: f32, points: usize) -> Result<Slice> {
        let blocks = self.begin_step(dataset)?;
        self.compute(0..blocks);
        let start = self.network().weights().to_vec();
        let mut end = start.clone();
        let rule = &self.spec.training.optimizer;
        let factor = self.spec.training.schedule.factor(self.moment());
        self.optimizer.clone().update(rule, factor, &mut end, self.shard.gradients.total());
        let points = points.clamp(2, Limits::SLICE_POINTS);
        let at: Vec<f32> =
            (0..points).map(|point| from + (to - from) * point as f32 / (points - 1) as f32).collect();
        let losses = at.iter().map(|&at| self.loss_between(&start, &end, at)).collect();
        self.shard.network.update_weights(|weights| weights.copy_from_slice(&start));
        self.shard.begin();
        self.batch.clear();
        Ok(Slice { step: self.position.step, at, losses })
    }

    /// The mean loss of the batch that was begun, with weights on the line from `start` to `end`.
    fn loss_between(&mut self, start: &[f32], end: &[f32], at: f32) -> f64 {
        let place = self.place();
        self.shard.network.update_weights(|weights| {
            for ((weight, &start), &end) in weights.iter_mut().zip(start).zip(end) {
                *weight = start + at * (end - start);
            }
        });
        let loss = self.shard.loss(self.batch.part(0..self.batch.blocks()), place);
        loss / self.batch.len() as f64
    }
}
