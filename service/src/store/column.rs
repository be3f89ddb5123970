//! Columns, parsed; one that cannot be is an error that names it.

use std::collections::HashMap;
use std::fmt::Display;
use std::hash::Hash;
use std::str::FromStr;

use crate::error::{Error, Result};

/// Turns the parse error of a column into one that names table, column and row.
pub(super) trait Column<T> {
    fn column(self, table: &'static str, column: &'static str, id: &str) -> Result<T>;
}

impl<T, E: Display> Column<T> for Result<T, E> {
    fn column(self, table: &'static str, column: &'static str, id: &str) -> Result<T> {
        self.map_err(|error| Error::bad_row(table, column, id, error))
    }
}

/// The second column of these rows, by their first.
pub(super) fn by_first<K, V>(rows: Vec<(String, String)>, table: &'static str, columns: [&'static str; 2]) -> Result<HashMap<K, Vec<V>>>
where
    K: FromStr<Err: Display> + Eq + Hash,
    V: FromStr<Err: Display>,
{
    let mut found: HashMap<K, Vec<V>> = HashMap::new();
    for (first, second) in rows {
        let key = first.parse().column(table, columns[0], &first)?;
        found.entry(key).or_default().push(second.parse().column(table, columns[1], &first)?);
    }
    Ok(found)
}
