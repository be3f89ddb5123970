//! Where things lie, and how cargo is called.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// Our packages in the order of their dependencies: what fails first explains what fails later. Built, linted and tested one by one: together, features
/// would unify, and something else would be checked than is built.
pub(crate) const PACKAGES: &[&str] = &[
    "xtask",
    "xtask-wasm",
    "tenantry-model",
    "tenantry-second-opinion",
    "tenantry-test-kit",
    "tenantry-client",
    "tenantry-service",
    "tenantry-ui",
    "tenantry",
    "tenantry-tests",
];

/// The project's root and its build folder.
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    pub(crate) fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the project's root")?.to_owned();
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
        Ok(Self { root, target })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the root.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// A path below the build folder.
    pub(crate) fn target(&self, below: &str) -> PathBuf {
        self.target.join(below)
    }

    /// The path of a built program of ours.
    pub(crate) fn binary(&self, profile: &str, name: &str) -> PathBuf {
        self.target(profile).join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Cargo, in the project's root.
    pub(crate) fn cargo(&self) -> Command {
        self.program(env::var("CARGO").as_deref().unwrap_or("cargo"))
    }

    /// Any program, in the project's root, with the environment that this one was started from.
    pub(crate) fn program(&self, name: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(name);
        command.current_dir(&self.root);
        // `cargo run` adds variables about the xtask package itself; they are none of the children's business, and the
        // library path would put one toolchain's libraries before another's.
        for (name, _) in env::vars_os() {
            if name.to_str().is_some_and(describes_this_package) {
                command.env_remove(name);
            }
        }
        if let Some(path) = env::var_os("LD_LIBRARY_PATH") {
            let kept: Vec<PathBuf> = env::split_paths(&path).filter(|folder| !self.is_cargos(folder)).collect();
            match env::join_paths(kept) {
                Ok(kept) if !kept.is_empty() => command.env("LD_LIBRARY_PATH", kept),
                _ => command.env_remove("LD_LIBRARY_PATH"),
            };
        }
        command
    }

    fn is_cargos(&self, folder: &Path) -> bool {
        folder.starts_with(&self.target)
            || folder.components().any(|part| part.as_os_str() == "toolchains" || part.as_os_str() == "rustlib")
    }
}

fn describes_this_package(variable: &str) -> bool {
    variable.starts_with("CARGO_PKG_")
        || ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PRIMARY_PACKAGE", "OUT_DIR"].contains(&variable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_where_the_lock_file_lies() {
        assert!(Project::find().unwrap().path("Cargo.lock").is_file());
    }

    #[test]
    fn a_child_does_not_learn_about_this_package() {
        assert!(describes_this_package("CARGO_PKG_NAME"));
        assert!(!describes_this_package("CARGO_HOME"));
        assert!(!describes_this_package("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER"));
    }
}
