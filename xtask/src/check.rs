//! `cargo xtask check`: what to run before every commit. It needs no browser and leaves out the slow tests;
//! `cargo xtask test` goes through the same stages with all of them.

use std::time::Instant;

use anyhow::Result;

use crate::process::{cargo, run};
use crate::stage::stage;
use crate::tally::{Tally, count};
use crate::wasm_cargo::WasmCargo;
use crate::{node, package};

/// Which of the tests to run.
#[derive(Clone, Copy, PartialEq)]
pub enum Scope {
    /// All but those marked as slow: `#[ignore]` in Rust, the tag `slow` in Vitest.
    Quick,
    /// All of them.
    All,
}

/// Runs the checks and the quick tests, the cheapest first.
pub fn run_quick() -> Result<()> {
    let start = Instant::now();
    node::set_up()?;
    style()?;
    package::build()?;
    code()?;
    let mut tally = native_tests(Scope::Quick)?;
    tally += unit_tests(Scope::Quick)?;
    eprintln!("▸ checked in {:.0} s", start.elapsed().as_secs_f64());
    tally.report();
    Ok(())
}

/// What needs nothing built.
pub fn style() -> Result<()> {
    stage("checking the format", || {
        run(cargo().args(["fmt", "--all", "--check"]))?;
        run(node::npm()?.args(["run", "--silent", "format"]))
    })?;
    stage("linting the page", || run(node::npm()?.args(["run", "--silent", "lint"])))
}

/// What needs `pkg/` or a compiled workspace.
pub fn code() -> Result<()> {
    stage("checking the page's types", || run(node::npm()?.args(["run", "--silent", "types"])))?;
    stage("linting the engine and the tasks", || {
        let clippy = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--features",
            "reference,formats,own-set,inquiry",
            "--",
            "--deny",
            "warnings",
        ];
        run(cargo().args(clippy))?;
        let wasm = WasmCargo::set_up()?;
        let release = ["--release", "--lib", "--package", "convscope"];
        run(wasm.command("check").args(release))?;
        run(wasm.command("check").args(release).args(["--features", "inquiry"]))?;
        ["formats", "own-set"].into_iter().try_for_each(|feature| {
            let module = ["--profile", "small", "--lib", "--package", "convscope", "--features", feature];
            run(wasm.command("check").args(module))
        })
    })
}

/// The Rust tests on this machine.
pub fn native_tests(scope: Scope) -> Result<Tally> {
    let mut tests = cargo();
    tests.args([
        "test",
        "--workspace",
        "--features",
        "reference,formats,own-set,inquiry",
        "--all-targets",
        "--no-fail-fast",
    ]);
    if scope == Scope::All {
        tests.args(["--", "--include-ignored"]);
    }
    stage("native tests", || count(&mut tests))
}

/// The unit tests of the page, which run in Node.
pub fn unit_tests(scope: Scope) -> Result<Tally> {
    let mut tests = node::tool("vitest")?;
    tests.arg("run");
    if scope == Scope::Quick {
        tests.args(["--tags-filter", "!slow"]);
    }
    stage("unit tests of the page", || count(&mut tests))
}
