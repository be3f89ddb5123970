//! A disk small enough to be filled, for the desk's folder.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use tempfile::TempDir;

/// Holds a desk's cache several times.
const SIZE: &str = "size=48m";
const FILLER: &str = "somebody-elses-download";

/// A folder on it.
pub struct Disk {
    folder: TempDir,
    is_own: bool,
}

impl Disk {
    /// A folder on a disk of its own; where none can be mounted, on the machine's.
    pub fn new() -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("tenantry-torture-").tempdir()?;
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(folder.path()).output();
        let is_own = mounted.is_ok_and(|output| output.status.success());
        Ok(Self { folder, is_own })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Whether it is a disk of its own.
    pub fn can_be_filled(&self) -> bool {
        self.is_own
    }

    /// Leaves no byte on it.
    pub fn fill(&self) -> Result<()> {
        let mut file = fs::File::create(self.filler())?;
        for size in [1 << 20, 4096, 1] {
            let part = vec![0; size];
            while file.write_all(&part).is_ok() {}
        }
        Ok(())
    }

    /// Gives back what [`Disk::fill`] took.
    pub fn clear(&self) -> Result<()> {
        fs::remove_file(self.filler()).context("the filler is gone")
    }

    fn filler(&self) -> PathBuf {
        self.path().join(FILLER)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        if self.is_own {
            let _ = Command::new("umount").arg(self.path()).status();
        }
    }
}
