//! How the learning rate moves over a run: a factor for each step, by PyTorch's rules.

use std::f64::consts::PI;

use crate::spec::Schedule;

/// Where in the run a step is.
#[derive(Clone, Copy, Debug)]
pub struct SchedulePoint {
    /// Steps made before this one.
    pub step: u64,
    /// Steps of the whole run.
    pub total_steps: u64,
    /// Epochs finished before this step.
    pub epoch: u64,
}

/// PyTorch's defaults: the one-cycle rate starts at 1 / 25 of its peak and ends 10,000 times lower.
const ONE_CYCLE_START: f64 = 1.0 / 25.0;
const ONE_CYCLE_END: f64 = ONE_CYCLE_START / 10_000.0;

impl Schedule {
    /// What the learning rate is multiplied by at `point`.
    ///
    /// - step (StepLR): factor^⌊epoch / epochs⌋
    /// - cosine (CosineAnnealingLR): floor + (1 − floor) · (1 + cos(π · step / total)) / 2
    /// - one cycle (OneCycleLR): half a cosine from 1/25 up to 1 over the share `warmup`, then half a
    ///   cosine down to 1/250,000 at the last step
    pub fn factor(&self, point: SchedulePoint) -> f32 {
        let SchedulePoint { step, total_steps, epoch } = point;
        match *self {
            Schedule::Constant => 1.0,
            Schedule::Step { epochs, factor } => {
                libm::pow(f64::from(factor), (epoch / epochs as u64) as f64) as f32
            }
            Schedule::Cosine { floor } => {
                half_cosine(1.0, f64::from(floor), step as f64 / total_steps.max(1) as f64) as f32
            }
            Schedule::OneCycle { warmup } => {
                let top = (f64::from(warmup) * total_steps as f64 - 1.0).max(0.0);
                let last = (total_steps as f64 - 1.0).max(top);
                let step = (step as f64).min(last);
                let factor = if step <= top && top > 0.0 {
                    half_cosine(ONE_CYCLE_START, 1.0, step / top)
                } else {
                    half_cosine(1.0, ONE_CYCLE_END, (step - top) / (last - top).max(1.0))
                };
                factor as f32
            }
        }
    }
}

/// From `start` at 0 to `end` at 1 along half a cosine.
fn half_cosine(start: f64, end: f64, share: f64) -> f64 {
    end + (start - end) * (1.0 + libm::cos(PI * share.clamp(0.0, 1.0))) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors(schedule: Schedule, total_steps: u64) -> Vec<f32> {
        (0..total_steps)
            .map(|step| schedule.factor(SchedulePoint { step, total_steps, epoch: step / 2 }))
            .collect()
    }

    fn assert_close(factors: &[f32], expected: &[f64]) {
        assert_eq!(factors.len(), expected.len());
        for (a, b) in factors.iter().zip(expected) {
            assert!((f64::from(*a) - b).abs() < 1e-6, "{factors:?} instead of {expected:?}");
        }
    }

    /// torch.optim.lr_scheduler.OneCycleLR(SGD(lr=1), max_lr=1, total_steps=8, cycle_momentum=False)
    #[test]
    fn one_cycle_has_pytorchs_rates() {
        let expected =
            [0.04, 0.819_275_10, 0.971_941_78, 0.811_745_65, 0.555_984_01, 0.283_061_00, 0.076_641_59, 4e-6];
        assert_close(&factors(Schedule::OneCycle { warmup: 0.3 }, 8), &expected);
    }

    /// torch.optim.lr_scheduler.CosineAnnealingLR(SGD(lr=1), T_max=4, eta_min=0.1)
    #[test]
    fn cosine_has_pytorchs_rates() {
        let expected = [1.0, 0.868_198_05, 0.55, 0.231_801_95];
        assert_close(&factors(Schedule::Cosine { floor: 0.1 }, 4), &expected);
    }

    #[test]
    fn step_drops_after_every_so_many_epochs() {
        let schedule = Schedule::Step { epochs: 2, factor: 0.5 };
        assert_close(&factors(schedule, 9), &[1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25]);
    }

    #[test]
    fn constant_stays() {
        assert_close(&factors(Schedule::Constant, 3), &[1.0; 3]);
    }
}
