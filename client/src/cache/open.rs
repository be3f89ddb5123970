//! Opening the file: with the key, in the right shape, or not at all. A file that cannot be used is set aside and a new one built.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use crate::error::Error;
use crate::keychain::StoreKey;

/// Append-only: a shape that is out in the world never changes.
const STEPS: &[M<'static>] = &[M::up(include_str!("schema.sql")), M::up(include_str!("answers.sql"))];

/// How many files that were set aside are kept beside the one in use; older ones go.
const KEPT_ASIDE: u32 = 2;

/// Where the store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Location {
    /// In an encrypted file.
    File(PathBuf),
    /// In memory, until the app is closed.
    Memory,
}

/// A file that could not be used, and why.
#[derive(Debug, Clone)]
pub(crate) struct SetAside {
    pub(crate) to: PathBuf,
    pub(crate) why: String,
}

pub(super) fn open(location: &Location, key: Option<&StoreKey>) -> Result<(Connection, Option<SetAside>), Error> {
    match (location, key) {
        (Location::Memory, _) => Ok((prepare(Connection::open_in_memory()?, None)?, None)),
        // Never a plaintext file.
        (Location::File(_), None) => Err(Error::CacheUnusable("there is no key for it".into())),
        (Location::File(path), Some(key)) => match open_file(path, key) {
            Ok(db) => Ok((db, None)),
            Err(error) if path.exists() && is_file_damage(&error) => {
                let aside = set_aside(path, error.to_string())?;
                Ok((open_file(path, key)?, Some(aside)))
            }
            Err(error) => Err(error),
        },
    }
}

fn open_file(path: &Path, key: &StoreKey) -> Result<Connection, Error> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepare(Connection::open_with_flags(path, flags)?, Some(key))
}

fn prepare(mut db: Connection, key: Option<&StoreKey>) -> Result<Connection, Error> {
    let is_file = key.is_some();
    if let Some(key) = key {
        let key = key.to_hex();
        // A raw key: no derivation to wait for. It must come before anything else.
        let pragma = zeroize::Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", key.as_str()));
        db.execute_batch(&pragma)?;
        // The first read: a file of another key, or no database at all, shows here.
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    }
    db.execute_batch("PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;")?;
    if is_file {
        db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        db.execute_batch("PRAGMA synchronous = FULL;")?;
    }
    Migrations::from_slice(STEPS).to_latest(&mut db).map_err(|error| match error {
        rusqlite_migration::Error::MigrationDefinition(_) => Error::CacheUnusable("it was written by a newer version of this app".into()),
        rusqlite_migration::Error::RusqliteError { err, .. } => Error::Cache(err),
        error => Error::CacheUnusable(error.to_string()),
    })?;
    Ok(db)
}

/// Whether a new file would do better: not where the disk is full or the folder may not be written to.
pub(super) fn is_file_damage(error: &Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match error {
        Error::CacheUnusable(_) | Error::BadRow(_) => true,
        Error::Cache(rusqlite::Error::SqliteFailure(failure, _)) => {
            matches!(failure.code, DatabaseCorrupt | NotADatabase)
        }
        // A table that should be there is not.
        Error::Cache(rusqlite::Error::SqlInputError { .. } | rusqlite::Error::InvalidColumnType(..)) => true,
        _ => false,
    }
}

pub(super) fn set_aside(path: &Path, why: String) -> Result<SetAside, Error> {
    for n in (1..=KEPT_ASIDE).rev() {
        let from = if n == 1 { path.to_owned() } else { with_suffix(path, &format!(".set-aside-{}", n - 1)) };
        let to = with_suffix(path, &format!(".set-aside-{n}"));
        if from.exists() {
            std::fs::rename(from, to)?;
        }
    }
    // What had not reached the file yet belongs to the old file, and means nothing without it.
    for end in ["-wal", "-shm", "-journal"] {
        remove(&with_suffix(path, end))?;
    }
    Ok(SetAside { to: with_suffix(path, ".set-aside-1"), why })
}

/// Deletes the file, everything that SQLite keeps beside it, and what was set aside.
pub(crate) fn erase_files(path: &Path) -> Result<(), Error> {
    for end in ["", "-wal", "-shm", "-journal"] {
        remove(&with_suffix(path, end))?;
    }
    for n in 1..=KEPT_ASIDE {
        remove(&with_suffix(path, &format!(".set-aside-{n}")))?;
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn with_suffix(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
