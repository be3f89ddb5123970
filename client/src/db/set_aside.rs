//! Files that may be lost, because what they hold can be fetched again: one that is damaged, foreign, of another key or of a newer version is
//! renamed, and an empty one takes its place.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::file::{COMPANIONS, Location, Migration, open, with_suffix};
use super::key::StoreKey;
use crate::error::Error;

/// How many files that were set aside are kept beside the one in use; older ones go.
const KEPT_ASIDE: u32 = 2;

/// A file that could not be used, and why.
#[derive(Debug, Clone)]
pub(crate) struct SetAside {
    pub(crate) to: PathBuf,
    pub(crate) why: String,
}

/// Opens a file, or an empty one where it cannot be used.
pub(crate) fn open_or_set_aside(
    location: &Location,
    key: Option<&StoreKey>,
    steps: &[Migration],
) -> Result<(Connection, Option<SetAside>), Error> {
    match (open(location, key, steps), location) {
        (Ok(db), _) => Ok((db, None)),
        // Without a key an empty file could not be opened either.
        (Err(error), Location::File(path)) if key.is_some() && path.exists() && is_file_damage(&error) => {
            let aside = set_aside(path, error.to_string())?;
            Ok((open(location, key, steps)?, Some(aside)))
        }
        (Err(error), _) => Err(error),
    }
}

/// Whether a new file would do better: not where the disk is full or the folder may not be written to.
pub(crate) fn is_file_damage(error: &Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    match error {
        Error::FileUnusable(_) | Error::BadRow(_) => true,
        Error::Database(rusqlite::Error::SqliteFailure(failure, _)) => matches!(failure.code, DatabaseCorrupt | NotADatabase),
        // A table that should be there is not.
        Error::Database(rusqlite::Error::SqlInputError { .. } | rusqlite::Error::InvalidColumnType(..)) => true,
        _ => false,
    }
}

pub(crate) fn set_aside(path: &Path, why: String) -> Result<SetAside, Error> {
    for n in (1..=KEPT_ASIDE).rev() {
        let from = if n == 1 { path.to_owned() } else { with_suffix(path, &format!(".set-aside-{}", n - 1)) };
        let to = with_suffix(path, &format!(".set-aside-{n}"));
        if from.exists() {
            std::fs::rename(from, to)?;
        }
    }
    // What had not reached the file yet belongs to the old file, and means nothing without it.
    for end in COMPANIONS {
        remove(&with_suffix(path, end))?;
    }
    Ok(SetAside { to: with_suffix(path, ".set-aside-1"), why })
}

/// Renames the file and what the engine keeps beside it, to a name that nothing has yet. For what may be read some day by other means.
pub(crate) fn move_aside(path: &Path) -> Result<PathBuf, Error> {
    let mut n = 1_u32;
    let to = loop {
        let to = with_suffix(path, &format!(".aside-{n}"));
        if !to.exists() {
            break to;
        }
        n += 1;
    };
    for end in [""].into_iter().chain(COMPANIONS) {
        let from = with_suffix(path, end);
        if from.exists() {
            std::fs::rename(from, with_suffix(&to, end))?;
        }
    }
    Ok(to)
}

/// Deletes the file, what the engine keeps beside it, and what was set aside.
pub(crate) fn erase_files(path: &Path) -> Result<(), Error> {
    for end in [""].into_iter().chain(COMPANIONS) {
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
