//! Opening a file: with the key, in the right shape, or not at all.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use rusqlite_migration::{HookError, M, Migrations};

use super::StoreKey;
use crate::error::Error;

pub(crate) type DbError = rusqlite::Error;
pub(crate) type DbResult<T> = rusqlite::Result<T>;
/// One step of a file's shape.
pub(crate) type Migration = M<'static>;

/// What an unencrypted file begins with.
#[cfg(test)]
pub(crate) const PLAINTEXT_HEADER: &str = "SQLite format 3";

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Location {
    /// In an encrypted file.
    File(PathBuf),
    /// In memory, until the app is closed.
    Memory,
}

/// A step that needs more than SQL: this runs after it, in the same transaction.
pub(crate) fn step_with(sql: &'static str, then: fn(&Connection) -> Result<(), Error>) -> Migration {
    M::up_with_hook(sql, move |tx: &rusqlite::Transaction<'_>| {
        then(tx).map_err(|error| match error {
            Error::Database(error) => HookError::RusqliteError(error),
            error => HookError::Hook(error.to_string()),
        })
    })
}

/// Opens a database, and brings it to the latest of the steps, which are append-only: a shape that is out in the world never changes.
///
/// # Errors
/// [`Error::FileUnusable`] where there is no key, or the file was written by a newer version; [`Error::Database`] where it has another key, or is damaged.
pub(crate) fn open(location: &Location, key: Option<&StoreKey>, steps: &[Migration]) -> Result<Connection, Error> {
    match (location, key) {
        (Location::Memory, _) => prepare(Connection::open_in_memory()?, None, steps),
        // Never a plaintext file.
        (Location::File(_), None) => Err(Error::FileUnusable("there is no key for it".into())),
        (Location::File(path), Some(key)) => {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            prepare(Connection::open_with_flags(path, flags)?, Some(key), steps)
        }
    }
}

/// Whether a file is there and this key is its own, as far as can be told: where the file cannot be read now, it may be. Changes nothing.
pub(crate) fn opens(path: &Path, key: &StoreKey) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(path, flags).and_then(|db| unlock(&db, key));
    path.exists() && opened.err().and_then(|error| error.sqlite_error_code()) != Some(ErrorCode::NotADatabase)
}

fn unlock(db: &Connection, key: &StoreKey) -> DbResult<()> {
    let key = key.to_hex();
    // A raw key: no derivation to wait for. It must come before anything else.
    let pragma = zeroize::Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", key.as_str()));
    db.execute_batch(&pragma)?;
    // The first read: a file of another key, or no database at all, shows here.
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

fn prepare(mut db: Connection, key: Option<&StoreKey>, steps: &[Migration]) -> Result<Connection, Error> {
    if let Some(key) = key {
        unlock(&db, key)?;
    }
    db.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;")?;
    if key.is_some() {
        db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        // What one large answer of the sync made of the log is given back to the disk with the next change.
        db.query_row(&format!("PRAGMA journal_size_limit = {LARGEST_LOG}"), [], |_| Ok(()))?;
        // macOS: a plain fsync leaves what was written in the drive's cache. Nothing elsewhere.
        db.execute_batch("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;")?;
    }
    Migrations::from_slice(steps).to_latest(&mut db).map_err(|error| match error {
        rusqlite_migration::Error::MigrationDefinition(_) => Error::FileUnusable("it was written by a newer version of this app".into()),
        rusqlite_migration::Error::RusqliteError { err, .. } => Error::Database(err),
        error => Error::FileUnusable(error.to_string()),
    })?;
    Ok(db)
}

/// Empties the write-ahead log into the file, so that what was deleted is in neither.
pub(crate) fn flush_log(db: &Connection) -> Result<(), Error> {
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

/// Leaves what is committed from now on in the write-ahead log, until this is taken back and something else is committed.
pub(crate) fn keep_log(db: &Connection, keeps: bool) -> Result<(), Error> {
    let pages = if keeps { 0 } else { PAGES_IN_LOG };
    db.query_row(&format!("PRAGMA wal_autocheckpoint = {pages}"), [], |_| Ok(()))?;
    Ok(())
}

/// Gives back the memory of pages that were read.
pub(crate) fn shrink_memory(db: &Connection) -> Result<(), Error> {
    Ok(db.execute_batch("PRAGMA shrink_memory")?)
}

/// With so many pages in the write-ahead log, a commit begins to move them into the file: the engine's own measure.
const PAGES_IN_LOG: u32 = 1_000;
/// How many bytes of the write-ahead log stay on the disk once all of it is in the file.
const LARGEST_LOG: u64 = 16 * 1024 * 1024;

/// The files that the engine keeps beside the database, by the ends of their names.
pub(super) const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// A path with something added to its end.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::OsRandom;

    fn file(folder: &Path) -> Connection {
        open(&Location::File(folder.join("cache.db")), Some(&StoreKey::random(&OsRandom).unwrap()), &[M::up("")]).unwrap()
    }

    /// It counts on macOS alone, where a loss of power would otherwise take what was committed; it can be set, and asked for, everywhere.
    #[test]
    fn fault_24_what_is_committed_leaves_the_drives_cache_on_macos_too() {
        let folder = tempfile::tempdir().unwrap();
        let db = file(folder.path());
        for pragma in ["fullfsync", "checkpoint_fullfsync"] {
            assert_eq!(db.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0)).unwrap(), 1, "{pragma}");
        }
    }

    #[test]
    fn fault_24_the_cryptography_is_the_one_that_was_decided_for_this_system() {
        let folder = tempfile::tempdir().unwrap();
        let provider: String = file(folder.path()).query_row("PRAGMA cipher_provider", [], |row| row.get(0)).unwrap();
        assert_eq!(provider, if cfg!(target_os = "macos") { "commoncrypto" } else { "openssl" });
    }
}
