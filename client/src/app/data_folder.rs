//! The data folder, which one process at a time uses: the cache bears no second one.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const LOCK: &str = "in-use";
/// Where the caches are.
pub(super) const CACHES: &str = "caches";

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
        for used in [folder.to_owned(), folder.join(CACHES)] {
            is_writable(&used).map_err(|error| OpenError::Folder(used, error))?;
        }
        let file = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK)).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(OpenError::Running(folder.to_owned())),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }
}

/// Whether files can be made in a folder, where there is one. The lock's own file shows less: it may be from a time when they could.
fn is_writable(folder: &Path) -> io::Result<()> {
    if !folder.try_exists()? {
        return Ok(());
    }
    match tempfile::Builder::new().prefix("probe-").tempfile_in(folder) {
        // A full disk bears no new file, and what is there can still be read.
        Err(error) if !matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_18_a_folder_that_takes_no_files_is_told_at_once_and_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let caches = folder.path().join(CACHES);
        std::fs::write(&caches, "a file in its place").unwrap();
        assert!(matches!(FolderLock::take(folder.path()), Err(OpenError::Folder(named, _)) if named == caches));
        std::fs::remove_file(&caches).unwrap();
        assert!(FolderLock::take(folder.path()).is_ok());
        // The kernel's own folder: nobody makes files there, not even the superuser.
        #[cfg(target_os = "linux")]
        assert!(is_writable(Path::new("/proc/self")).is_err());
    }

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
