use serde::Serialize;

use crate::mnist::{COLUMNS, LABELS, ROWS};
use crate::network::BLOCK;
use crate::spec::{LIMITS, Limits};

/// Sizes and limits, so that JavaScript need not repeat them.
#[derive(Serialize)]
pub struct Facts {
    block: usize,
    rows: usize,
    columns: usize,
    labels: usize,
    limits: Limits,
}

/// Those of this engine.
pub const FACTS: Facts = Facts { block: BLOCK, rows: ROWS, columns: COLUMNS, labels: LABELS, limits: LIMITS };
