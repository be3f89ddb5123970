//! CSV of the service as a file: whole or not at all, and never over another one.

use std::io::Write as _;
use std::path::Path;

use reqwest::Response;
use tenantry_model::ipc::{CellSeparator, SavedFile};

use super::spreadsheet::Spreadsheet;
use crate::app::draft_file::{DraftFile, blocking};
use crate::error::Error;

/// What is written.
#[derive(Clone, Copy)]
pub(super) struct CsvFile<'a> {
    /// What it is called, without its ending.
    pub(super) name: &'a str,
    /// What its columns are called: an answer with others is none of the service's.
    pub(super) columns: &'a [&'a str],
    pub(super) separator: CellSeparator,
}

/// Writes the answer into the folder. Until it is whole it has another name, which is deleted where it does not become so.
pub(super) async fn export(mut answer: Response, folder: &Path, file: CsvFile<'_>) -> Result<SavedFile, Error> {
    let CsvFile { name, columns, separator } = file;
    // All that is written goes there: what fails is that folder's.
    let in_folder = |error| match error {
        Error::Io(cause) => Error::Downloads { folder: folder.to_owned(), cause },
        error => error,
    };
    let mut draft = DraftFile::new(folder).map_err(in_folder)?;
    let (mut text, mut sheet) = (Text::headed(columns), Spreadsheet::new(separator));
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
    let (place, name) = (folder.to_owned(), name.to_owned());
    let path = blocking(move || draft.persist(&place, &name, "csv")).await.map_err(in_folder)?;
    Ok(SavedFile { path: path.display().to_string(), records })
}

/// What was read of the CSV so far. A record is one line: the service lets no cell hold a line's end.
struct Text {
    expected: String,
    head: Vec<u8>,
    lines: u32,
    last: u8,
}

impl Text {
    fn headed(columns: &[&str]) -> Self {
        Self { expected: head(columns), head: vec![], lines: 0, last: 0 }
    }

    fn take(&mut self, part: &[u8]) -> Result<(), Error> {
        let expected = &self.expected;
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
        if self.head.len() < self.expected.len() || self.last != b'\n' { Err(Error::Cut) } else { Ok(self.lines.saturating_sub(1)) }
    }
}

fn head(columns: &[&str]) -> String {
    format!("{}\r\n", columns.join(","))
}

#[cfg(test)]
#[path = "export_tests.rs"]
mod tests;
