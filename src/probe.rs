//! A run inspected closely: what the next step does to one weight, the loss along it, and what activates
//! each channel. Inspecting a run does not change it.

mod activation_survey;
mod loss_line;
mod weight_step;

pub use activation_survey::{ActivationSurvey, ChannelStats, TOP_ACTIVATIONS, TopActivation};
pub use loss_line::LossLine;
pub use weight_step::{WeightState, WeightStep};
