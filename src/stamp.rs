//! Marks that tell whether a value still belongs to what it was made from.

use std::sync::atomic::{AtomicU64, Ordering};

/// A mark that no other call of [`Stamp::fresh`] in this process returns. It never reaches a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp(u64);

impl Stamp {
    /// A new mark.
    pub fn fresh() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// As a number, to travel in a message.
    pub fn number(self) -> u64 {
        self.0
    }
}
