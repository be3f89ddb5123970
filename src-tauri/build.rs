//! Embeds the UI's bundle and the rights of the window. A command that `model::ipc` does not declare cannot be permitted.

use std::path::Path;
use std::{env, fs, io};

use tauri_build::{AppManifest, Attributes};
use tenantry_model::ipc;

const CAPABILITIES: &str = "src-tauri/capabilities/**/*.json";
const BUNDLE: &str = "target/ui/dist";
/// Stands in where the bundle was not built, so that the sources can be checked all the same.
const NO_BUNDLE: &str = "<!doctype html><title>Tenantry</title><p>The UI is not built. Run <code>cargo xtask run</code>.</p>\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed={BUNDLE}");
    if env::var("PROFILE").is_ok_and(|profile| profile == "debug") {
        stand_in()?;
    }
    let commands = AppManifest::new().commands(ipc::COMMANDS);
    tauri_build::try_build(Attributes::new().capabilities_path_pattern(CAPABILITIES).app_manifest(commands))?;
    Ok(())
}

fn stand_in() -> io::Result<()> {
    let page = Path::new(BUNDLE).join("index.html");
    if page.exists() {
        return Ok(());
    }
    fs::create_dir_all(BUNDLE)?;
    fs::write(page, NO_BUNDLE)
}
