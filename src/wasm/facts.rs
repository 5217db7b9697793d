use serde::Serialize;

use crate::mnist::{COLUMNS, LABELS, ROWS};
use crate::network::BLOCK;
use crate::spec::Limits;

/// Sizes and limits, so that JavaScript need not repeat them.
#[derive(Serialize)]
pub struct Facts {
    block: usize,
    rows: usize,
    columns: usize,
    labels: usize,
    limits: JsLimits,
}

/// Those of [`Limits`].
#[derive(Serialize)]
struct JsLimits {
    layers: usize,
    input_channels: usize,
    image_side: usize,
    window_side: usize,
    filters: usize,
    units: usize,
    parameters: usize,
    activations: usize,
    multiply_adds: usize,
    batch_size: usize,
    loss_line_points: usize,
    epochs: usize,
    seed: u64,
}

impl Default for Facts {
    fn default() -> Self {
        let limits = JsLimits {
            layers: Limits::LAYERS,
            input_channels: Limits::INPUT_CHANNELS,
            image_side: Limits::IMAGE_SIDE,
            window_side: Limits::WINDOW_SIDE,
            filters: Limits::FILTERS,
            units: Limits::UNITS,
            parameters: Limits::PARAMETERS,
            activations: Limits::ACTIVATIONS,
            multiply_adds: Limits::MULTIPLY_ADDS,
            batch_size: Limits::BATCH_SIZE,
            loss_line_points: Limits::LOSS_LINE_POINTS,
            epochs: Limits::EPOCHS,
            seed: Limits::SEED,
        };
        Self { block: BLOCK, rows: ROWS, columns: COLUMNS, labels: LABELS, limits }
    }
}
