//! The compiler's targets: found where they are, and added through rustup. No toolchain is ever installed or updated.

use std::fs;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::step;

/// How long `rustup target add` may take.
const ADD_LIMIT: Duration = Duration::from_secs(60);

/// Whether the toolchain in use has the target.
pub(crate) fn has(project: &Project, triple: &str) -> bool {
    let libdir = step::answer(project.program("rustc").args(["--print", "target-libdir", "--target", triple]));
    has_standard_library(libdir.as_deref())
}

/// Whether a target's folder of libraries holds the standard library.
pub(super) fn has_standard_library(libdir: Option<&str>) -> bool {
    let Some(Ok(entries)) = libdir.map(|folder| fs::read_dir(folder.trim())) else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    })
}

/// Adds the target through rustup; says whether it is there then.
pub(super) fn add(project: &Project, triple: &str) -> bool {
    if !step::is_on_path("rustup") {
        return false;
    }
    println!("▸ rustup target add {triple} (at most {} s)", ADD_LIMIT.as_secs());
    let added = step::succeeds_within(project.program("rustup").args(["target", "add", triple]), ADD_LIMIT) && has(project, triple);
    println!("{}", if added { "  ✓ added" } else { "  not to be had that way" });
    added
}

/// Sees to the target.
pub(crate) fn ensure(project: &Project, triple: &str) -> Result<()> {
    if has(project, triple) || add(project, triple) {
        return Ok(());
    }
    bail!("the compiler's target {triple} is missing: `rustup target add {triple}`, or your system's package of it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_folder_with_the_standard_library_counts() {
        assert!(!has_standard_library(None));
        assert!(!has_standard_library(Some("/no/such/folder")));
        assert!(!has_standard_library(Some(env!("CARGO_MANIFEST_DIR"))));
    }
}
