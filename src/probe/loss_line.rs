use serde::Serialize;

use crate::data::Dataset;
use crate::error::Result;
use crate::spec::LIMITS;
use crate::trainer::Trainer;

/// The loss of the next batch along the direction of the next step: where a step that is too long jumps over
/// the valley, this is the valley.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LossLine {
    /// Updates made before the step.
    pub step: u64,
    /// How far along the step each loss was taken: 0 is before it, 1 is after it.
    #[serde(skip)]
    pub at: Vec<f32>,
    /// The mean loss of the batch there.
    #[serde(skip)]
    pub losses: Vec<f64>,
}

impl Trainer {
    /// Computes the loss of the next batch at `points` places from `from` to `to` times the next step.
    /// Nothing is changed, but a step that was begun is dropped.
    ///
    /// # Errors
    ///
    /// Those of [`Trainer::begin_step`].
    pub fn loss_line(&mut self, dataset: &Dataset, from: f32, to: f32, points: usize) -> Result<LossLine> {
        let blocks = self.begin_step(dataset)?;
        self.compute(0..blocks)?;
        let start = self.network().weights().to_vec();
        let mut end = start.clone();
        let factor = self.schedule_factor();
        self.optimizer.clone().update(factor, &mut end, self.shard.gradients.total());
        let points = points.clamp(2, LIMITS.loss_line_points);
        let at: Vec<f32> =
            (0..points).map(|point| from + (to - from) * point as f32 / (points - 1) as f32).collect();
        let part = self.batch.part(0..blocks);
        let context = self.context()?;
        let losses = self.shard.with_other_weights(|shard| {
            let loss_at = |&at: &f32| {
                shard.network.update_weights(|weights| {
                    for ((weight, &start), &end) in weights.iter_mut().zip(&start).zip(&end) {
                        *weight = start + at * (end - start);
                    }
                });
                shard.loss(part, context) / context.images as f64
            };
            at.iter().map(loss_at).collect()
        });
        self.drop_step();
        Ok(LossLine { step: self.position.step, at, losses })
    }
}
