//! The service's address as the environment or the administrator sets it; the user cannot change it then.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Names the service's address.
pub(crate) const VARIABLE: &str = "TENANTRY_SERVICE";

/// The administrator's file: `{ "service": "https://tenantry.example" }`.
#[derive(Deserialize)]
struct Settings {
    service: Option<String>,
}

/// The administrator's file is there and cannot be used. Without it the user would be asked for an address that is not theirs to choose.
#[derive(Debug, thiserror::Error)]
#[error("the administrator's settings {0} cannot be read: {1}")]
pub(crate) struct Unreadable(pub(crate) PathBuf, pub(crate) io::Error);

/// The address from the environment, else from the administrator's file.
pub(crate) fn service(variable: Option<String>, file: Option<&Path>) -> Result<Option<String>, Unreadable> {
    match (named(variable), file) {
        (None, Some(file)) => read(file).map(named).map_err(|error| Unreadable(file.to_owned(), error)),
        (address, _) => Ok(address),
    }
}

fn named(address: Option<String>) -> Option<String> {
    address.map(|address| address.trim().to_owned()).filter(|address| !address.is_empty())
}

fn read(file: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(serde_json::from_str::<Settings>(&text)?.service),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
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
    fn the_environment_comes_before_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.json");
        let service = |variable: Option<&str>| service(variable.map(str::to_owned), Some(&file)).unwrap();
        assert_eq!(service(None), None);
        fs::write(&file, r#"{"service": " https://a.example ", "more": 1}"#).unwrap();
        assert_eq!(service(None).as_deref(), Some("https://a.example"));
        assert_eq!(service(Some("https://b.example")).as_deref(), Some("https://b.example"));
        assert_eq!(service(Some(" ")).as_deref(), Some("https://a.example"));
    }

    #[test]
    fn fault_18_a_file_of_the_administrator_that_cannot_be_used_is_not_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.json");
        fs::write(&file, "service = https://a.example").unwrap();
        assert!(service(None, Some(&file)).unwrap_err().to_string().contains("settings.json"));
        assert!(service(None, Some(folder.path())).is_err(), "a folder in its place");
    }
}
