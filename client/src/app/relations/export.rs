//! The audit log as a file: whole or not at all, and never over another one.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use reqwest::Response;
use tempfile::TempPath;
use tenantry_model::audit::AUDIT_COLUMNS;
use tenantry_model::ipc::{ExportRange, SavedFile};

use super::spreadsheet::Spreadsheet;
use crate::error::Error;

/// So many exports of the same days lie beside each other before the user is asked to clear up.
const MOST_COPIES: u32 = 1_000;

/// Writes the answer into the folder. Until it is whole it has another name, which is deleted where it does not become so.
pub(super) async fn export(mut answer: Response, folder: &Path, range: ExportRange) -> Result<SavedFile, Error> {
    // All that is written goes there: what fails is that folder's.
    let in_folder = |error| match error {
        Error::Io(cause) => Error::Downloads { folder: folder.to_owned(), cause },
        error => error,
    };
    let mut draft = Draft::new(folder).map_err(in_folder)?;
    let (mut text, mut sheet) = (Text::default(), Spreadsheet::new(range.separator));
    while let Some(part) = answer.chunk().await? {
        text.take(&part)?;
        let part = sheet.take(&part)?;
        let written = blocking(move || {
            draft.file.write_all(&part)?;
            Ok(draft)
        });
        draft = written.await.map_err(in_folder)?;
    }
    let records = text.end()?;
    let (place, name) = (folder.to_owned(), format!("tenantry-audit-{}-to-{}", range.from, range.to));
    let path = blocking(move || draft.persist(&place, &name)).await.map_err(in_folder)?;
    Ok(SavedFile { path: path.display().to_string(), records })
}

/// Whoever waits may be gone meanwhile: the work takes with it what it works on, and gives it up in order.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(std::io::Error::from)?
}

/// The file until it is whole. It is deleted when it is given up, and closed before: Windows deletes no file that is open.
struct Draft {
    // Fields go in this order.
    file: File,
    path: TempPath,
}

impl Draft {
    fn new(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder)?;
        // Readable by this user alone.
        let (file, path) = tempfile::Builder::new().prefix(".tenantry-audit-").suffix(".part").tempfile_in(folder)?.into_parts();
        Ok(Self { file, path })
    }

    /// Gives the file its name, or the next one that is free.
    fn persist(self, folder: &Path, name: &str) -> Result<PathBuf, Error> {
        self.file.sync_all()?;
        drop(self.file);
        let mut draft = self.path;
        for copy in 1..=MOST_COPIES {
            let name = if copy == 1 { format!("{name}.csv") } else { format!("{name} ({copy}).csv") };
            let path = folder.join(name);
            match draft.persist_noclobber(&path) {
                Ok(()) => return Ok(path),
                Err(refused) if refused.error.kind() == std::io::ErrorKind::AlreadyExists => draft = refused.path,
                Err(refused) => return Err(refused.error.into()),
            }
        }
        Err(Error::Invalid(format!("the folder {} holds too many exports of these days: delete some", folder.display())))
    }
}

/// What was read of the CSV so far. A record is one line: the service lets no cell hold a line's end.
#[derive(Default)]
struct Text {
    head: Vec<u8>,
    lines: u32,
    last: u8,
}

impl Text {
    fn take(&mut self, part: &[u8]) -> Result<(), Error> {
        let expected = head();
        if self.head.len() < expected.len() {
            let more = part.len().min(expected.len() - self.head.len());
            self.head.extend_from_slice(&part[..more]);
            if !expected.as_bytes().starts_with(&self.head) {
                return Err(Error::NotAService("an export has other columns than expected".into()));
            }
        }
        self.lines = self.lines.saturating_add(u32::try_from(memchr::memchr_iter(b'\n', part).count()).unwrap_or(u32::MAX));
        self.last = part.last().copied().unwrap_or(self.last);
        Ok(())
    }

    /// How many records there were. [`Error::Cut`] where the last line has no end.
    fn end(self) -> Result<u32, Error> {
        if self.head.len() < head().len() || self.last != b'\n' { Err(Error::Cut) } else { Ok(self.lines.saturating_sub(1)) }
    }
}

fn head() -> String {
    format!("{}\r\n", AUDIT_COLUMNS.join(","))
}

#[cfg(test)]
#[path = "export_tests.rs"]
mod tests;
