//! The system's browser, for signing in, and its file manager. The window itself never shows a foreign page.

use std::path::Path;

use tauri::Url;
use tenantry_client::app::Browser;

/// Opens addresses with what the system has for them; on Linux that honours `$BROWSER`.
pub(crate) struct SystemBrowser;

impl Browser for SystemBrowser {
    fn open(&self, url: &str) -> Result<(), String> {
        open::that_detached(web_address(url)?.as_str()).map_err(|error| error.to_string())
    }
}

/// Shows a folder in the system's file manager. Only a folder: a file would be opened by whatever program is there for it.
pub(crate) fn open_folder(folder: &Path) -> Result<(), String> {
    if !folder.is_dir() {
        return Err("it is not there any more".into());
    }
    open::that_detached(folder).map_err(|error| error.to_string())
}

/// Only web addresses: a file, a script or a program is never handed to the system.
fn web_address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("not an address: {error}"))?;
    match url.scheme() {
        "http" | "https" if url.has_host() => Ok(url),
        scheme => Err(format!("addresses of the kind `{scheme}:` are not opened")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_opened() {
        assert!(web_address("https://login.example/authorize?x=1&y=%20").is_ok());
        assert!(web_address("http://127.0.0.1:4000/directory").is_ok());
        for bad in ["file:///etc/passwd", "javascript:alert(1)", "tenantry://rooms", "/usr/bin/true", "-a", "", "https:"] {
            assert!(web_address(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn fault_9_15_only_a_folder_is_handed_to_the_file_manager() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("export.csv");
        std::fs::write(&file, "").unwrap();
        for other in [file, folder.path().join("gone")] {
            assert!(open_folder(&other).is_err(), "{}", other.display());
        }
    }
}
