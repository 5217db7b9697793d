use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

/// Losses that change faster cannot be read.
const STEPS_BETWEEN_LOSSES: u64 = 20;

/// How far a run has come, on standard error: a bar on a terminal, elsewhere only lines.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub fn new(steps: u64) -> Self {
        let bar = if io::stderr().is_terminal() { ProgressBar::new(steps) } else { ProgressBar::hidden() };
        let style =
            ProgressStyle::with_template("{bar:30} step {pos} of {len}, {per_sec}, {eta} left  {msg}");
        bar.set_style(style.expect("a template that is right"));
        Self { bar }
    }

    /// How many steps have been made, and the loss of the last one.
    pub fn show(&self, step: u64, loss: f32) {
        self.bar.set_position(step);
        if step.is_multiple_of(STEPS_BETWEEN_LOSSES) {
            self.bar.set_message(format!("loss {loss:.4}"));
        }
    }

    /// A line of its own.
    pub fn line(&self, line: &str) {
        self.bar.suspend(|| eprintln!("{line}"));
    }

    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
