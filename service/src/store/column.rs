//! Columns, parsed; one that cannot be is an error that names it.

use std::collections::HashMap;
use std::fmt::Display;
use std::hash::Hash;
use std::str::FromStr;

use crate::error::{Error, Result};
use crate::store::db::{Conn, QueryBuilder};

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

/// Raises the version of a row, and answers the new one.
pub(super) async fn raise_version(conn: &mut Conn, table: &'static str, id: impl Display) -> Result<u64> {
    let id = id.to_string();
    let mut query = QueryBuilder::new("UPDATE ");
    query.push(table).push(" SET version = version + 1 WHERE id = ").push_bind(&id).push(" RETURNING version");
    let version: i64 = query.build_query_scalar().fetch_one(conn).await?;
    u64::try_from(version).column(table, "version", &id)
}
