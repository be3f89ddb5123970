//! The data folder, which one process at a time uses: the cache bears no second one.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const LOCK: &str = "in-use";

/// Why an engine cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the folder {0} cannot be taken: {1}")]
    Folder(PathBuf, io::Error),
    /// Close the other program first, or name another folder.
    #[error("Tenantry is already running with the folder {0}")]
    Running(PathBuf),
}

/// Held as long as this process uses the folder.
pub(super) struct FolderLock(#[expect(dead_code, reason = "the lock lasts as long as the open file")] File);

impl FolderLock {
    pub(super) fn take(folder: &Path) -> Result<Self, OpenError> {
        let failed = |error| OpenError::Folder(folder.to_owned(), error);
        std::fs::create_dir_all(folder).map_err(failed)?;
        let file = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK)).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(OpenError::Running(folder.to_owned())),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_used_by_one_at_a_time() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("a/b");
        let first = FolderLock::take(&folder);
        assert!(first.is_ok());
        assert!(matches!(FolderLock::take(&folder), Err(OpenError::Running(named)) if named == folder));
        drop(first);
        assert!(FolderLock::take(&folder).is_ok());
    }
}
