//! A statement that is put together: its parameters are written as the engine takes them best.

use std::fmt::{Display, Write as _};

use sqlx::{AssertSqlSafe, SqlSafeStr as _};

use super::{Conn, FromRow, Query, QueryAs, QueryScalar, Scalar, Value};
use crate::error::Result;

/// How many keys one statement takes; every engine allows more.
pub const BATCH: usize = 1_024;
/// How many rows one statement inserts: with the widest table far below what any engine allows.
const ROWS: usize = 256;

/// A text with its values. Values are always bound; the text comes from this program alone.
#[derive(Clone)]
pub struct QueryBuilder {
    sql: String,
    values: Vec<Value>,
}

impl QueryBuilder {
    pub fn new(sql: &str) -> Self {
        Self { sql: sql.to_owned(), values: vec![] }
    }

    pub fn push(&mut self, sql: impl Display) -> &mut Self {
        // Writing to a String never fails.
        let _ = write!(self.sql, "{sql}");
        self
    }

    pub fn push_bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        // Not `$n`, which SQLite takes for a name: it looks each up in a list of all, so that a statement of many keys or rows cost the square of their
        // number. Without names they count in the order in which they stand. An engine that wants numbers gets them here.
        self.push("?")
    }

    /// Goes on with a list, whose items this text stands between.
    pub const fn separated(&mut self, separator: &'static str) -> Separated<'_> {
        Separated { query: self, separator, begun: false }
    }

    /// Appends `(key, key, …)`. The number of parameters is rounded up to a power of two, by naming the last key again, so that a handful of
    /// prepared statements serves every length.
    pub fn push_keys<K: ToString>(&mut self, keys: &[K]) -> &mut Self {
        let Some(last) = keys.last() else { return self.push("(NULL)") };
        self.push("(");
        let mut parameters = self.separated(", ");
        for key in keys.iter().chain(std::iter::repeat_n(last, keys.len().next_power_of_two() - keys.len())) {
            parameters.push_bind(key.to_string());
        }
        self.push(")")
    }

    /// Goes on with `AND column IN (…)`, or not at all where there is nothing to be one of.
    pub fn push_any_of<V: Into<Value>>(&mut self, column: &str, values: impl ExactSizeIterator<Item = V>) {
        if values.len() == 0 {
            return;
        }
        self.push(" AND ").push(column).push(" IN (");
        let mut parameters = self.separated(", ");
        for value in values {
            parameters.push_bind(value);
        }
        self.push(")");
    }

    /// The rows for any number of keys: the statement goes on with `(keys)` and `rest`, for one batch of them after the other.
    pub async fn fetch_in<T: FromRow>(self, conn: &mut Conn, keys: &[impl ToString], rest: &str) -> Result<Vec<T>> {
        let mut found = Vec::with_capacity(keys.len());
        for batch in keys.chunks(BATCH) {
            let mut query = self.clone();
            query.push_keys(batch).push(rest);
            found.extend(query.build_query_as::<T>().fetch_all(conn).await?);
        }
        Ok(found)
    }

    /// Runs `INSERT INTO table (columns) VALUES …` over all rows, and `suffix` behind it, such as an `ON CONFLICT` clause.
    pub async fn insert<T>(
        conn: &mut Conn,
        head: &str,
        rows: &[T],
        suffix: &str,
        mut bind: impl FnMut(&mut Separated<'_>, &T),
    ) -> Result<()> {
        for chunk in rows.chunks(ROWS) {
            let mut query = Self::new(head);
            query.push(" VALUES ");
            for (at, row) in chunk.iter().enumerate() {
                query.push(if at == 0 { "(" } else { ", (" });
                bind(&mut query.separated(", "), row);
                query.push(")");
            }
            query.push(" ").push(suffix);
            // Kept prepared for the two lengths that come again.
            let again = chunk.len() == 1 || chunk.len() == ROWS;
            query.build().persistent(again).execute(conn).await?;
        }
        Ok(())
    }

    /// Asks how the statement would be run, in the engine's own words.
    #[cfg(test)]
    pub(in crate::store) fn explained(self) -> Self {
        Self { sql: format!("EXPLAIN QUERY PLAN {}", self.sql), ..self }
    }

    pub fn build(self) -> Query {
        Query::new(AssertSqlSafe(self.sql).into_sql_str(), self.values)
    }

    pub fn build_query_as<T: FromRow>(self) -> QueryAs<T> {
        self.build().read_as()
    }

    pub fn build_query_scalar<T: Scalar>(self) -> QueryScalar<T> {
        self.build().read_scalar()
    }
}

pub struct Separated<'a> {
    query: &'a mut QueryBuilder,
    separator: &'static str,
    begun: bool,
}

impl Separated<'_> {
    pub fn push_bind(&mut self, value: impl Into<Value>) -> &mut Self {
        if std::mem::replace(&mut self.begun, true) {
            self.query.push(self.separator);
        }
        self.query.push_bind(value);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_stand_in_the_order_of_their_values_and_keys_are_rounded_up() {
        let mut query = QueryBuilder::new("SELECT x FROM t WHERE a = ");
        query.push_bind(7).push(" AND b IN ").push_keys(&["p".to_owned(), "q".to_owned(), "r".to_owned()]).push(" AND c IN ");
        query.push_keys::<String>(&[]);
        assert_eq!(query.sql, "SELECT x FROM t WHERE a = ? AND b IN (?, ?, ?, ?) AND c IN (NULL)");
        assert_eq!(query.values, [Value::from(7), "p".into(), "q".into(), "r".into(), "r".into()]);
    }
}
