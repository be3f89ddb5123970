//! `cargo xtask dist`: what is handed to users: the app's installers for this system, and the service's binary.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};

use crate::arguments::Arguments;
use crate::project::Project;
use crate::setup::{self, system::Need, tools};
use crate::{step, ui};

/// Wraps the app for installing. Its major version goes with tauri's.
const TAURI_CLI: &str = "@tauri-apps/cli@2";

pub(crate) fn command(project: &Project, arguments: Arguments) -> Result<()> {
    arguments.finish()?;
    tools::need_npm()?;
    setup::everything(project, &[Need::Build])?;
    ui::ensure(project, ui::Build::Small)?;
    build_service(project)?;

    let mut cli = tools::npm(project, "npx");
    cli.args(["--yes", TAURI_CLI, "build", "--ci", "--bundles", bundles()]);
    step::run(&format!("build the app and its installers ({})", bundles()), &mut cli)?;

    let mut found = vec![];
    collect(&project.target("release/bundle"), &mut found);
    if found.is_empty() {
        bail!("no installer was written");
    }
    for file in found {
        println!("  {file}");
    }
    println!("  {}", project.binary("release", "tenantry-service").display());
    Ok(())
}

/// The app and the service, optimised, without installers.
pub(crate) fn release_binaries(project: &Project) -> Result<()> {
    build_service(project)?;
    step::run("build the app, optimised", project.cargo().args(["build", "--release", "-p", "tenantry", "--bin", "tenantry"]))?;
    Ok(())
}

fn build_service(project: &Project) -> Result<()> {
    let mut cargo = project.cargo();
    cargo.args(["build", "--release", "-p", "tenantry-service", "--bin", "tenantry-service"]);
    step::run("build the service, optimised", &mut cargo)?;
    Ok(())
}

/// Only formats that need no download of further tools.
const fn bundles() -> &'static str {
    if cfg!(target_os = "windows") {
        "nsis"
    } else if cfg!(target_os = "macos") {
        "app,dmg"
    } else {
        "deb,rpm"
    }
}

fn collect(folder: &Path, found: &mut Vec<String>) {
    const ENDINGS: &[&str] = &["deb", "rpm", "dmg", "exe", "app"];
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if ENDINGS.contains(&ending) {
            found.push(path.display().to_string());
        } else if path.is_dir() {
            collect(&path, found);
        }
    }
}
