//! How many tests passed and failed, read from what each test runner prints.

use std::io::{BufRead, BufReader};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

/// Tests run so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed, and runners that broke off without saying which test it was.
    pub failed: u64,
}

impl Tally {
    /// Prints how many tests passed and failed; ends the task with an error code if any failed.
    pub fn report(self) {
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed > 0 {
            std::process::exit(1);
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Runs a test runner, passes its output on, and counts.
pub fn count(runner: &mut Command) -> Result<Tally> {
    let mut child = runner
        .env("NO_COLOR", "1")
        .env_remove("FORCE_COLOR")
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {}", runner.get_program().to_string_lossy()))?;
    let mut tally = Tally::default();
    for line in BufReader::new(child.stdout.take().expect("a pipe")).lines() {
        let line = line?;
        println!("{line}");
        tally += read_line(&line);
    }
    if !child.wait()?.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// The closing lines of cargo test (`test result: ok. 3 passed; 1 failed; ...`), Vitest
/// (`Tests  1 failed | 3 passed (4)`), pytest (`1 failed, 3 passed in 2.0s`) and Playwright (`  3 passed (2.0s)`,
/// `  1 failed`).
fn read_line(line: &str) -> Tally {
    let line = line.trim();
    let closes = line.starts_with("test result:")
        || line.starts_with("Tests ")
        || line.split_whitespace().next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    if !closes {
        return Tally::default();
    }
    let words: Vec<&str> = line.split([' ', ',', ';', '|']).filter(|word| !word.is_empty()).collect();
    let before = |name: &str| -> u64 {
        let count = words.windows(2).find(|pair| pair[1] == name).and_then(|pair| pair[0].parse().ok());
        count.unwrap_or(0)
    };
    Tally { passed: before("passed"), failed: before("failed") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_of_every_runner_is_understood() {
        for (line, passed, failed) in [
            ("test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out", 12, 0),
            ("test result: FAILED. 2 passed; 1 failed; 0 ignored", 2, 1),
            ("      Tests  2 failed | 118 passed (120)", 118, 2),
            ("      Tests  120 passed (120)", 120, 0),
            (" Test Files  14 passed (14)", 0, 0),
            ("  16 passed (7.3m)", 16, 0),
            ("1 failed, 179 passed in 21.02s", 179, 1),
            ("  11 failed", 0, 11),
            ("3 of these passed by", 0, 0),
        ] {
            assert_eq!(read_line(line), Tally { passed, failed }, "{line}");
        }
    }
}
