//! That the estate is being made. It is written in parts, so that the database's log stays short; what an interrupted start left of it is thrown away.

use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::files;

/// Stands in the demo's folder from before the first part until the last one is written.
const FILE: &str = "estate-unfinished";

/// Begins: from here on, what the database holds counts for nothing.
pub(super) fn begin(folder: &Path) -> Result<()> {
    let file = folder.join(FILE);
    files::write_private(&file, b"").map_err(|error| unusable(&file, &error))
}

pub(super) fn finish(folder: &Path) -> Result<()> {
    let file = folder.join(FILE);
    files::remove(&file).map_err(|error| unusable(&file, &error))
}

/// Deletes the database if its estate was never finished. Nobody may have it open.
pub(in crate::demo) fn discard(folder: &Path, database: &Path) -> Result<()> {
    if files::read(&folder.join(FILE)).map_err(|error| unusable(folder, &error))?.is_none() {
        return Ok(());
    }
    // The log last: by itself it is not taken for another database's.
    for suffix in ["", "-shm", "-wal"] {
        let mut name = database.as_os_str().to_owned();
        name.push(suffix);
        let file = PathBuf::from(name);
        files::remove(&file).map_err(|error| unusable(&file, &error))?;
    }
    finish(folder)
}

fn unusable(file: &Path, error: &io::Error) -> Error {
    Error::Config(format!("{} cannot be used: {error}; mend that, or begin with an empty data folder", file.display()))
}
