//! `cargo xtask test`: every check and every test there is, the cheapest first.

use anyhow::Result;

use crate::process::{cargo, run};
use crate::stage::stage;
use crate::tally::{Tally, count};
use crate::wasm_cargo::WasmCargo;
use crate::{browser, budget, engine_tests, node, page};

/// Runs them all and ends with one line that counts the tests. A check that fails ends the run; a
/// test that fails does not keep the others from running.
pub fn run_all() -> Result<()> {
    node::set_up()?;
    check_style()?;
    page::dist()?;
    budget::check()?;
    check_code()?;

    let mut tally = Tally::default();
    tally += stage("native tests", || {
        let tests = ["test", "--workspace", "--features", "reference", "--all-targets", "--no-fail-fast"];
        count(cargo().args(tests))
    })?;
    tally += stage("tests of the page's modules", || count(node::tool("vitest")?.arg("run")))?;
    let chrome = browser::set_up()?;
    tally += engine_tests::run(&chrome)?;
    tally += stage("tests of the page in the browser", || {
        count(node::tool("playwright")?.arg("test").env("CHROME", &chrome))
    })?;

    println!("{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed > 0 {
        std::process::exit(1);
    }
    Ok(())
}

fn check_style() -> Result<()> {
    stage("checking the format", || {
        run(cargo().args(["fmt", "--all", "--check"]))?;
        run(node::npm()?.args(["run", "--silent", "format"]))
    })?;
    stage("linting the page", || run(node::npm()?.args(["run", "--silent", "lint"])))
}

/// What needs `pkg/` or a compiled workspace.
fn check_code() -> Result<()> {
    stage("checking the page's types", || run(node::npm()?.args(["run", "--silent", "types"])))?;
    stage("linting the engine and the tasks", || {
        let clippy =
            ["clippy", "--workspace", "--all-targets", "--features", "reference", "--", "--deny", "warnings"];
        run(cargo().args(clippy))?;
        let wasm = WasmCargo::set_up()?;
        run(wasm.command("check").args(["--release", "--lib", "--package", "convscope"]))
    })?;
    stage("building the documentation", || {
        run(cargo()
            .args(["doc", "--no-deps", "--package", "convscope"])
            .env("RUSTDOCFLAGS", "--deny warnings"))
    })
}
