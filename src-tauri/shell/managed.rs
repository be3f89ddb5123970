//! The service's address as the environment or the administrator sets it; the user cannot change it then.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Names the service's address.
pub(crate) const VARIABLE: &str = "TENANTRY_SERVICE";

/// The administrator's file: `{ "service": "https://tenantry.example" }`.
#[derive(Deserialize)]
struct Settings {
    service: Option<String>,
}

/// The address from the environment, else from the administrator's file.
pub(crate) fn service(variable: Option<String>, file: Option<&Path>) -> Option<String> {
    named(variable).or_else(|| named(read(file?)))
}

fn named(address: Option<String>) -> Option<String> {
    address.map(|address| address.trim().to_owned()).filter(|address| !address.is_empty())
}

fn read(file: &Path) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    match serde_json::from_str::<Settings>(&text) {
        Ok(settings) => settings.service,
        Err(error) => {
            tracing::warn!(file = %file.display(), %error, "the administrator's settings are not understood, and left out");
            None
        }
    }
}

/// Where administrators put it on this system.
pub(crate) fn file() -> Option<PathBuf> {
    if cfg!(windows) {
        return std::env::var_os("ProgramData").map(|folder| PathBuf::from(folder).join("Tenantry").join("settings.json"));
    }
    let file =
        if cfg!(target_os = "macos") { "/Library/Application Support/Tenantry/settings.json" } else { "/etc/tenantry/settings.json" };
    Some(PathBuf::from(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_comes_before_the_file_and_a_bad_file_counts_for_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.json");
        assert_eq!(service(None, Some(&file)), None);
        fs::write(&file, r#"{"service": " https://a.example ", "more": 1}"#).unwrap();
        assert_eq!(service(None, Some(&file)).as_deref(), Some("https://a.example"));
        assert_eq!(service(Some("https://b.example".to_owned()), Some(&file)).as_deref(), Some("https://b.example"));
        assert_eq!(service(Some(" ".to_owned()), Some(&file)).as_deref(), Some("https://a.example"));
        fs::write(&file, "service = https://a.example").unwrap();
        assert_eq!(service(None, Some(&file)), None);
    }
}
