//! A file that the user asked for, until it is whole: never over another one, and not there at all before.

use std::fs::File;
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::error::Error;

/// So many files of the same name lie beside each other before the user is asked to clear up.
const MOST_COPIES: u32 = 1_000;

/// Whoever waits may be gone meanwhile: the work takes with it what it works on, and gives it up in order.
pub(super) async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(std::io::Error::from)?
}

/// The file until it is whole. It is deleted when it is given up, and closed before: Windows deletes no file that is open.
pub(super) struct DraftFile {
    // Fields go in this order.
    pub(super) file: File,
    path: TempPath,
}

impl DraftFile {
    pub(super) fn new(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder)?;
        // Readable by this user alone.
        let (file, path) = tempfile::Builder::new().prefix(".tenantry-").suffix(".part").tempfile_in(folder)?.into_parts();
        Ok(Self { file, path })
    }

    /// Gives the file its name, or the next one that is free. An empty extension is none.
    pub(super) fn persist(self, folder: &Path, name: &str, extension: &str) -> Result<PathBuf, Error> {
        self.file.sync_all()?;
        drop(self.file);
        let mut draft = self.path;
        let end = if extension.is_empty() { String::new() } else { format!(".{extension}") };
        for copy in 1..=MOST_COPIES {
            let name = if copy == 1 { format!("{name}{end}") } else { format!("{name} ({copy}){end}") };
            let path = folder.join(name);
            match draft.persist_noclobber(&path) {
                Ok(()) => return Ok(path),
                Err(refused) if refused.error.kind() == std::io::ErrorKind::AlreadyExists => draft = refused.path,
                Err(refused) => return Err(refused.error.into()),
            }
        }
        Err(Error::Invalid(format!("the folder {} holds too many files of this name: delete some", folder.display())))
    }
}
