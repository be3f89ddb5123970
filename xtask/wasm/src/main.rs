//! Runs wasm-bindgen as a library: `xtask-wasm <in.wasm> <out folder> <Cargo.lock>`.
//!
//! The library's version is pinned in Cargo.toml; this checks that the lock file gives the UI exactly the same one, because the
//! two halves of wasm-bindgen understand each other in no other case.

#![expect(clippy::print_stdout, reason = "a command-line program speaks on its standard streams")]

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use wasm_bindgen_cli_support::Bindgen;

/// `ui/boot.js` loads `tenantry-ui.js`, and that loads `tenantry-ui_bg.wasm`.
const NAME: &str = "tenantry-ui";

fn main() -> Result<()> {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [input, output, lock] = arguments.as_slice() else {
        bail!("usage: xtask-wasm <in.wasm> <out folder> <Cargo.lock>");
    };
    let lock = fs::read_to_string(lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let runtime = locked_version(&lock, "wasm-bindgen").context("the lock file names no wasm-bindgen")?;
    let tool = locked_version(&lock, "wasm-bindgen-cli-support").context("the lock file names no wasm-bindgen-cli-support")?;
    ensure!(
        runtime == tool,
        "wasm-bindgen is locked at {runtime}, wasm-bindgen-cli-support at {tool}: pin the latter to ={runtime} in xtask/wasm/Cargo.toml"
    );
    Bindgen::new()
        .input_path(input)
        .out_name(NAME)
        .web(true)?
        .typescript(false)
        .generate(output)
        .with_context(|| format!("wasm-bindgen {tool} could not process {}", input.display()))?;
    println!("{} written with wasm-bindgen {tool}", output.display());
    Ok(())
}

/// The version of a package in a lock file.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-cli-support\"\nversion = \"0.2.9\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.1\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.1"));
        assert_eq!(locked_version(lock, "wasm-bindgen-cli-support"), Some("0.2.9"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
