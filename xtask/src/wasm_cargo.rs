//! The cargo that compiles for wasm32: rustup's own if it has the target, else Debian's.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::apt;
use crate::process::{cargo, command, output, root, succeeds};
use crate::stage::stage;

const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler, its standard library as source, and the linker, which match one another.
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const DEBIAN_FILES: [&str; 4] =
    ["/usr/bin/rustc", "/usr/bin/cargo", "/usr/lib/rustlib/src/rust/library/std", "/usr/bin/wasm-ld-22"];

/// What `cargo run` and rustup tell the tasks about the toolchain they run on: not for another toolchain.
const OWN_TOOLCHAIN: [&str; 7] =
    ["CARGO", "LD_LIBRARY_PATH", "RUSTC", "RUSTDOC", "RUSTFLAGS", "RUSTUP_TOOLCHAIN", "RUST_RECURSION_COUNT"];

/// A cargo that can compile for wasm32.
#[derive(Clone, Copy, PartialEq)]
pub enum WasmCargo {
    /// The toolchain that runs this task; it has the target.
    Rustup,
    /// Debian's toolchain, which compiles the standard library first.
    Debian,
}

impl WasmCargo {
    /// Finds a cargo with the target; failing that, installs what is missing.
    pub fn set_up() -> Result<Self> {
        if rustup_has_target() {
            return Ok(Self::Rustup);
        }
        if debian_is_complete() {
            return Ok(Self::Debian);
        }
        stage(&format!("installing the target {TARGET}"), || {
            if succeeds(command("rustup").args(["target", "add", TARGET])) && rustup_has_target() {
                return Ok(Self::Rustup);
            }
            eprintln!("  rustup cannot fetch it; trying Debian's packages");
            if apt::install(&DEBIAN_PACKAGES).is_ok() && debian_is_complete() {
                return Ok(Self::Debian);
            }
            bail!("the target {TARGET} is missing. Run `rustup target add {TARGET}` and try again")
        })
    }

    /// `cargo SUBCOMMAND --target wasm32-unknown-unknown`, in a target folder of its own.
    pub fn command(self, subcommand: &str) -> Command {
        let folder = root().join("target").join(self.folder());
        let mut cargo = match self {
            Self::Rustup => cargo(),
            Self::Debian => debian_cargo(),
        };
        // The command line is a default feature, and not for the browser.
        cargo.args([subcommand, "--no-default-features", "--target", TARGET, "--target-dir"]).arg(folder);
        if self == Self::Debian {
            cargo.arg("-Zbuild-std=std,panic_abort");
        }
        cargo
    }

    /// The library as `command("build")` leaves it.
    pub fn artifact(self, profile: &str) -> PathBuf {
        root().join("target").join(self.folder()).join(TARGET).join(profile).join("convscope.wasm")
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Rustup => "wasm",
            Self::Debian => "wasm-debian",
        }
    }
}

fn rustup_has_target() -> bool {
    let folder = output(command("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    folder.is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

fn debian_is_complete() -> bool {
    DEBIAN_FILES.iter().all(|file| Path::new(file).exists())
}

fn debian_cargo() -> Command {
    let mut cargo = command("/usr/bin/cargo");
    for variable in OWN_TOOLCHAIN {
        cargo.env_remove(variable);
    }
    cargo
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTDOC", "/usr/bin/rustdoc")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22");
    cargo
}
