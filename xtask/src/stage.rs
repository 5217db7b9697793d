//! A stage says what it does before it starts and how long it took when it is done. It says so on standard
//! error: a task's result alone goes to standard output.

use std::time::Instant;

use anyhow::{Context, Result};

/// Runs one stage; an error says in which stage it occurred.
pub fn stage<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("▸ {what}");
    let start = Instant::now();
    let result = work();
    let seconds = start.elapsed().as_secs_f64();
    match &result {
        Ok(_) => eprintln!("  done in {seconds:.1} s"),
        Err(_) => eprintln!("  failed after {seconds:.1} s"),
    }
    result.with_context(|| format!("{what}: failed"))
}
