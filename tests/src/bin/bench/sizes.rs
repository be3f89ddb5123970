//! What is left on the disk after a first sync, and what the service takes of the memory. No floors: docs/performance.md says what is aimed at.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tenantry_tests::desktop::process;

use crate::estate::Estate;
use crate::table::Row;

pub(crate) fn measure(estate: &Estate) -> Result<Vec<Row>> {
    let cache = estate.desk.cache_file()?;
    let service = estate.demo.data().join("tenantry.db");
    let memory = process::memory(estate.demo.process().context("the service does not run")?)?;
    let row = |name: &str, bytes: u64| Row::number(name, "MB", megabytes(bytes), None);
    Ok(vec![
        row("the desk's cache", size(&cache)?),
        row("  the log of the desk's cache", size(&log(&cache))?),
        row("the service's database", size(&service)?),
        row("  the log of the service's database", size(&log(&service))?),
        row("memory of the service", memory),
    ])
}

pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}

/// None of it is nothing.
fn size(path: &Path) -> Result<u64> {
    Ok(if path.exists() { path.metadata()?.len() } else { 0 })
}

fn log(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}
