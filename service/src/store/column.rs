//! Columns that cannot be parsed.

use crate::error::{Error, Result};

/// Turns the parse error of a column into one that names table, column and row.
pub(super) trait Column<T> {
    fn column(self, table: &'static str, column: &'static str, id: &str) -> Result<T>;
}

impl<T, E: std::fmt::Display> Column<T> for Result<T, E> {
    fn column(self, table: &'static str, column: &'static str, id: &str) -> Result<T> {
        self.map_err(|error| Error::bad_row(table, column, id, error))
    }
}
