//! `cargo xtask tidy`: what the compiler does not check. Each checker is pure: it takes text, and answers what is wrong with it.

mod circles;
mod conformance;
mod dependencies;
mod edges;
mod modules;
mod paths;
mod source;
mod sources;
mod uses;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::arguments::Arguments;
use crate::project::{PACKAGES, Project};
use crate::setup::wasm;
use crate::step::{self, Show};
use crate::{rules, test, ui};

pub(crate) fn command(project: &Project, mut arguments: Arguments) -> Result<()> {
    let fast = arguments.flag("--fast");
    arguments.finish()?;
    if fast {
        return cheap(project);
    }
    let mut broken = vec![];
    if let Err(error) = cheap(project) {
        println!("{error:#}");
        broken.push("tidy".to_owned());
    }
    // The shell embeds the bundle, and does not compile without one.
    ui::ensure(project, ui::Build::Quick)?;
    for package in PACKAGES {
        let mut cargo = project.cargo();
        cargo.args(["clippy", "--no-deps", "-p", package, "--all-targets", "--", "-D", "warnings"]);
        if !step::watch(&format!("clippy {package}"), &mut cargo, Show::Progress)?.success {
            broken.push(format!("clippy {package}"));
        }
    }
    if !clippy_ui_for_wasm(project)? {
        broken.push("clippy tenantry-ui for WebAssembly".to_owned());
    }
    if !words_of_the_screens(project)? {
        broken.push("words of the screens".to_owned());
    }
    if broken.is_empty() {
        println!("tidy: nothing to complain about");
        return Ok(());
    }
    bail!("not tidy: {}", broken.join(", "))
}

/// The UI's browser-only code is seen by no lint on this machine's own target.
fn clippy_ui_for_wasm(project: &Project) -> Result<bool> {
    if wasm::find(project) != Some(wasm::Toolchain::Default) {
        println!("clippy tenantry-ui for WebAssembly: left out, the toolchain that has the target brings no clippy");
        return Ok(true);
    }
    let mut cargo = project.cargo();
    cargo.args(["clippy", "--no-deps", "-p", "tenantry-ui", "--target", wasm::TARGET, "--target-dir"]).arg(project.target("ui"));
    cargo.args(["--", "-D", "warnings"]);
    Ok(step::watch("clippy tenantry-ui for WebAssembly", &mut cargo, Show::Progress)?.success)
}

/// Every key that the UI uses exists in every language, with the same variables, and none is left over. The UI's own tests know which keys
/// it makes from values, so they are the judge.
fn words_of_the_screens(project: &Project) -> Result<bool> {
    let mut cargo = project.cargo();
    let outcome = step::watch("words of the screens", cargo.args(["test", "-p", "tenantry-ui", "--lib", "i18n::keys"]), Show::Progress)?;
    let counts = test::count_cargo_test(&outcome.lines);
    if outcome.success && counts.passed == 0 {
        println!("there is no test below `i18n::keys` in tenantry-ui");
    }
    Ok(outcome.success && counts.passed > 0)
}

/// Everything that takes a second or two; `cargo xtask test` does it as well.
pub(crate) fn cheap(project: &Project) -> Result<()> {
    let mut complaints = vec![];
    if !step::watch("cargo fmt --check", project.cargo().args(["fmt", "--all", "--check"]), Show::Progress)?.success {
        complaints.push("formatting: run `cargo fmt --all`".to_owned());
    }
    let metadata =
        step::answer(project.cargo().args(["metadata", "--no-deps", "--format-version", "1"])).context("cargo metadata fails")?;
    complaints.extend(edges::check(&metadata)?);
    let reasons = fs::read_to_string(project.path("docs/dependencies.md")).unwrap_or_default();
    complaints.extend(dependencies::check(&metadata, &reasons, &project.root().to_string_lossy())?);
    complaints.extend(sources::check(project)?);
    complaints.extend(check_paths(project)?);
    complaints.extend(rules::check(project)?);
    if complaints.is_empty() {
        println!(
            "tidy: the one-way rule holds, no files form a circle, documents name no dead path, each dependency has its reason, and each rule its test or reason"
        );
        return Ok(());
    }
    bail!("{} complaints:\n  {}", complaints.len(), complaints.join("\n  "))
}

fn check_paths(project: &Project) -> Result<Vec<String>> {
    let mut documents = files(&project.path("docs"), &["md"])?;
    documents.extend(paths::TOP.iter().map(|name| project.path(name)).filter(|file| file.is_file()));
    let mut complaints = vec![];
    for document in documents {
        let text = fs::read_to_string(&document)?;
        let own_folder = document.parent().unwrap_or(project.root());
        let exists = |path: &str| project.path(path).exists() || own_folder.join(path).exists();
        complaints.extend(paths::check(&below(project, &document), &text, exists));
    }
    Ok(complaints)
}

/// The files below a folder with one of these endings, sorted.
pub(crate) fn files(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = vec![];
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A file as it is called from the root, with slashes.
pub(crate) fn below(project: &Project, file: &Path) -> String {
    file.strip_prefix(project.root()).unwrap_or(file).to_string_lossy().replace('\\', "/")
}
