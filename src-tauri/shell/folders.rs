//! Where the app keeps its files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Names the folder instead of the system's usual place.
pub(crate) const VARIABLE: &str = "TENANTRY_DATA_DIR";
/// As in `tauri.conf.json`.
pub(crate) const IDENTIFIER: &str = "org.tenantry.desktop";

/// Why there is no data folder.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FolderError {
    #[error("this system names no folder for data: set {VARIABLE}")]
    Unnamed,
    #[error("the folder {0} cannot be used: {1}")]
    Unusable(PathBuf, io::Error),
}

/// The data folder; made where it is missing, for this user alone.
pub(crate) fn data(named: Option<PathBuf>) -> Result<PathBuf, FolderError> {
    let folder =
        named.filter(|folder| !folder.as_os_str().is_empty()).or_else(|| dirs::data_local_dir().map(|below| below.join(IDENTIFIER)));
    let folder = folder.ok_or(FolderError::Unnamed)?;
    make(&folder).and_then(|()| whole(&folder)).map_err(|error| FolderError::Unusable(folder, error))
}

/// The folder from the root on. Windows' canonical form begins with `\\?\`, which not every program takes; this one is
/// handed to the web view.
fn whole(folder: &Path) -> io::Result<PathBuf> {
    if cfg!(windows) { std::path::absolute(folder) } else { folder.canonicalize() }
}

/// Where files go that the user asks for: the system's folder for downloads, or their own where it names none.
pub(crate) fn downloads() -> Option<PathBuf> {
    dirs::download_dir().or_else(dirs::home_dir)
}

fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn others_on_this_machine_cannot_look_into_it() {
        use std::os::unix::fs::PermissionsExt;
        let parent = tempfile::tempdir().unwrap();
        let folder = data(Some(parent.path().join("mine"))).unwrap();
        assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[cfg(windows)]
    #[test]
    fn fault_24_the_folder_is_named_as_every_program_takes_it() {
        let parent = tempfile::tempdir().unwrap();
        let folder = data(Some(parent.path().join("mine"))).unwrap();
        assert!(folder.is_absolute() && !folder.to_string_lossy().starts_with(r"\\?\"), "{}", folder.display());
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let parent = tempfile::tempdir().unwrap();
        let file = parent.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(data(Some(file.join("below"))).unwrap_err().to_string().contains("below"));
    }

    #[test]
    fn the_identifier_is_that_of_the_bundle() {
        let config: serde_json::Value = serde_json::from_str(include_str!("../../tauri.conf.json")).unwrap();
        assert_eq!(config["identifier"], IDENTIFIER);
    }
}
