//! Embeds the UI's bundle and the rights of the window: it may call what `model::ipc` declares, and listen to events.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use tauri_build::{AppManifest, Attributes};
use tenantry_model::ipc;

const BUNDLE: &str = "target/ui/dist";
/// Stands in where the bundle was not built, so that the sources can be checked all the same.
const NO_BUNDLE: &str = "<!doctype html><title>Tenantry</title><p>The UI is not built. Run <code>cargo xtask run</code>.</p>\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=src-tauri/build.rs");
    println!("cargo:rerun-if-changed={BUNDLE}");
    if env::var("PROFILE").is_ok_and(|profile| profile == "debug") {
        stand_in()?;
    }
    let folder = PathBuf::from(env::var("OUT_DIR")?).join("capabilities");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("main.json"), capability())?;
    // The program ends with the build: nothing is lost by a text that lives as long.
    let pattern: &'static str = Box::leak(format!("{}/*.json", folder.display()).into_boxed_str());
    let commands = AppManifest::new().commands(ipc::COMMANDS);
    tauri_build::try_build(Attributes::new().capabilities_path_pattern(pattern).app_manifest(commands))?;
    Ok(())
}

/// What the one window may do: each declared command by name, and being told of events. Nothing else, and nobody else.
fn capability() -> String {
    let events = ["core:event:allow-listen", "core:event:allow-unlisten"].map(str::to_owned);
    let commands = ipc::COMMANDS.iter().map(|name| format!("allow-{}", name.replace('_', "-")));
    let permissions: Vec<String> = events.into_iter().chain(commands).map(|permission| format!("\"{permission}\"")).collect();
    format!(r#"{{ "identifier": "main", "local": true, "windows": ["main"], "permissions": [{}] }}"#, permissions.join(", "))
}

fn stand_in() -> io::Result<()> {
    let page = Path::new(BUNDLE).join("index.html");
    if page.exists() {
        return Ok(());
    }
    fs::create_dir_all(BUNDLE)?;
    fs::write(page, NO_BUNDLE)
}
