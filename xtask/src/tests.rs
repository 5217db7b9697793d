//! `cargo xtask test`: every check and every test there is, the cheapest first.

use anyhow::Result;

use crate::check::{self, Scope};
use crate::process::{cargo, run};
use crate::stage::stage;
use crate::tally::count;
use crate::{browser, budget, engine_tests, formats, node, outside, page};

/// Runs them all and ends with one line that counts the tests. A check that fails ends the run; a
/// test that fails does not keep the others from running.
pub fn run_all() -> Result<()> {
    node::set_up()?;
    check::style()?;
    page::dist()?;
    budget::check()?;
    check::code()?;
    stage("building the documentation", || {
        run(cargo()
            .args(["doc", "--no-deps", "--package", "convscope"])
            .env("RUSTDOCFLAGS", "--deny warnings"))
    })?;
    outside::test()?;

    let mut tally = check::native_tests(Scope::All)?;
    tally += stage("examples in the documentation", || {
        count(cargo().args(["test", "--doc", "--package", "convscope"]))
    })?;
    tally += check::unit_tests(Scope::All)?;
    tally += formats::test()?;
    let chrome = browser::set_up()?;
    tally += engine_tests::run(&chrome, None)?;
    tally += stage("tests of the page in the browser", || {
        count(node::tool("playwright")?.arg("test").env("CHROME", &chrome))
    })?;
    tally.report();
    Ok(())
}

/// Runs the tests of one file of `tests/`, compiled to WebAssembly, in the browser.
pub fn run_in_wasm(file: &str) -> Result<()> {
    node::set_up()?;
    engine_tests::run(&browser::set_up()?, Some(file))?.report();
    Ok(())
}
