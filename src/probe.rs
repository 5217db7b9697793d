//! A run looked at closely: what the next step does to one weight, the loss along it, and what activates
//! each channel. A run is the same whether it is looked at or not.

mod activation_survey;
mod loss_line;
mod weight_step;

pub use activation_survey::{ActivationSurvey, ChannelStats, TOP_ACTIVATIONS, TopActivation};
pub use loss_line::LossLine;
pub use weight_step::WeightStep;
