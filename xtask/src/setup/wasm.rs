//! The compiler for the UI. Three ways, the first that works is taken:
//!
//! 1. the toolchain in use has the target `wasm32-unknown-unknown`;
//! 2. `rustup target add` brings it within a short time;
//! 3. on Debian: its own `rustc-web` compiles the target's standard library once, and is linked to rustup as toolchain `wasm`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::targets::{self, has_standard_library};
use crate::project::Project;
use crate::step;

/// The target's name.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// Debian's packages with a compiler for WebAssembly, its sources and its linker.
const DEBIAN: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const DEBIAN_LIBRARIES: &str = "/usr/lib/rustlib/wasm32-unknown-unknown/lib";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-22";

/// Which toolchain compiles the UI.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Toolchain {
    /// The one in use.
    Default,
    /// The one linked to rustup as `wasm`.
    Linked,
}

impl Toolchain {
    /// Cargo of this toolchain, in the project's root.
    pub(crate) fn cargo(self, project: &Project) -> Command {
        match self {
            Self::Default => project.cargo(),
            Self::Linked => {
                let mut command = project.program("rustup");
                command.args(["run", "wasm", "cargo"]);
                command.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO").env_remove("RUSTC");
                command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER);
                command
            }
        }
    }
}

/// The toolchain that can compile the UI now, if any.
pub(crate) fn find(project: &Project) -> Option<Toolchain> {
    if targets::has(project, TARGET) {
        return Some(Toolchain::Default);
    }
    let asks = ["run", "wasm", "rustc", "--print", "target-libdir", "--target", TARGET];
    let linked = step::answer(project.program("rustup").args(asks));
    (has_standard_library(linked.as_deref()) && Path::new(DEBIAN_LINKER).exists()).then_some(Toolchain::Linked)
}

/// Sees to a toolchain that can compile the UI.
pub(crate) fn ensure(project: &Project) -> Result<Toolchain> {
    if let Some(found) = find(project) {
        return Ok(found);
    }
    if targets::add(project, TARGET) {
        return Ok(Toolchain::Default);
    }
    if step::is_on_path("rustup") && step::is_on_path("apt-get") {
        from_debian(project)?;
        return find(project).context("the standard library for WebAssembly was built, but the compiler does not find it");
    }
    bail!("the compiler's target {TARGET} is missing: `rustup target add {TARGET}`, or your system's package of it")
}

fn from_debian(project: &Project) -> Result<()> {
    step::run("apt-get update", project.program("apt-get").arg("update"))?;
    step::run(
        &format!("apt-get install {}", DEBIAN.join(" ")),
        project
            .program("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "--yes", "--no-install-recommends"])
            .args(DEBIAN),
    )
    .context("Debian's compiler for WebAssembly could not be installed; run this as root")?;
    if !has_standard_library(Some(DEBIAN_LIBRARIES)) {
        let built = build_standard_library(project)?;
        fs::create_dir_all(DEBIAN_LIBRARIES).with_context(|| format!("cannot write {DEBIAN_LIBRARIES}; run this as root"))?;
        for file in built {
            let name = file.file_name().context("a library has a name")?;
            fs::copy(&file, Path::new(DEBIAN_LIBRARIES).join(name)).with_context(|| format!("copying {}", file.display()))?;
        }
    }
    step::run("rustup toolchain link wasm /usr", project.program("rustup").args(["toolchain", "link", "wasm", "/usr"]))?;
    Ok(())
}

/// Builds the standard library in an empty crate; answers the files that make it up.
fn build_standard_library(project: &Project) -> Result<Vec<PathBuf>> {
    let folder = project.target("tools/wasm-std");
    fs::create_dir_all(folder.join("src"))?;
    // A workspace of its own: the folder lies inside this project's.
    fs::write(folder.join("Cargo.toml"), "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n")?;
    fs::write(folder.join("src/lib.rs"), "")?;
    let mut cargo = project.program("/usr/bin/cargo");
    cargo.current_dir(&folder).args(["build", "-Zbuild-std=std,panic_abort", "--release", "--target", TARGET, "--target-dir", "target"]);
    // Without the bitcode, link-time optimisation fails later with "Can't find section .llvmbc".
    cargo.env("RUSTC", "/usr/bin/rustc").env("RUSTC_BOOTSTRAP", "1").env("RUSTFLAGS", "-Cembed-bitcode=yes");
    cargo.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
    step::run("build the standard library for WebAssembly, once", &mut cargo)?;
    let built = fs::read_dir(folder.join("target").join(TARGET).join("release/deps"))?;
    let files: Vec<PathBuf> = built.flatten().map(|entry| entry.path()).filter(|path| is_library(path)).collect();
    if !files.iter().any(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("libstd-"))) {
        bail!("the build left no standard library in {}", folder.display());
    }
    Ok(files)
}

fn is_library(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.starts_with("lib") && name.ends_with(".rlib") && !name.starts_with("libempty-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_crate_itself_is_not_copied() {
        assert!(is_library(Path::new("/x/libcore-1.rlib")));
        assert!(!is_library(Path::new("/x/libempty-1.rlib")));
        assert!(!is_library(Path::new("/x/libcore-1.rmeta")));
    }
}
