//! One statement, and what it answers.

use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;

use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Row as _, SqlSafeStr, SqlStr, Sqlite};

use super::value::arguments;
use super::{Conn, Value};
use crate::error::{Error, Result};

/// A statement that is asked for whole rows, or for none.
pub struct Query {
    sql: SqlStr,
    values: Vec<Value>,
    persistent: bool,
}

/// A statement whose rows are read as `T`.
pub struct QueryAs<T> {
    query: Query,
    row: PhantomData<fn() -> T>,
}

/// A statement whose rows have one column.
pub struct QueryScalar<T> {
    query: Query,
    column: PhantomData<fn() -> T>,
}

/// What a row can be read as: a tuple, or a struct with `#[derive(sqlx::FromRow)]`.
pub trait FromRow: for<'r> sqlx::FromRow<'r, SqliteRow> + Send + Unpin {}
impl<T: for<'r> sqlx::FromRow<'r, SqliteRow> + Send + Unpin> FromRow for T {}

/// What a column can be read as.
pub trait Scalar: for<'r> sqlx::Decode<'r, Sqlite> + sqlx::Type<Sqlite> + Send + Unpin {}
impl<T: for<'r> sqlx::Decode<'r, Sqlite> + sqlx::Type<Sqlite> + Send + Unpin> Scalar for T {}

/// A row whose columns are read one by one, where each may fail on its own.
pub struct Row(SqliteRow);

impl Row {
    pub fn try_get<T: Scalar>(&self, index: usize) -> sqlx::Result<T> {
        self.0.try_get(index)
    }
}

pub fn query(sql: impl SqlSafeStr) -> Query {
    Query::new(sql.into_sql_str(), vec![])
}

pub fn query_as<T: FromRow>(sql: impl SqlSafeStr) -> QueryAs<T> {
    query(sql).read_as()
}

pub fn query_scalar<T: Scalar>(sql: impl SqlSafeStr) -> QueryScalar<T> {
    query(sql).read_scalar()
}

impl Query {
    pub(super) const fn new(sql: SqlStr, values: Vec<Value>) -> Self {
        Self { sql, values, persistent: true }
    }

    pub(super) const fn read_as<T>(self) -> QueryAs<T> {
        QueryAs { query: self, row: PhantomData }
    }

    pub(super) const fn read_scalar<T>(self) -> QueryScalar<T> {
        QueryScalar { query: self, column: PhantomData }
    }

    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Whether the connection keeps the statement prepared. It does unless told otherwise, which is right for a text that comes again.
    #[must_use]
    pub const fn persistent(mut self, persistent: bool) -> Self {
        self.persistent = persistent;
        self
    }

    fn engine(self) -> sqlx::Result<sqlx::query::Query<'static, Sqlite, SqliteArguments>> {
        Ok(sqlx::query_with(self.sql, arguments(self.values)?).persistent(self.persistent))
    }

    /// Runs it. Returns how many rows it changed.
    pub async fn execute(self, conn: &mut Conn) -> sqlx::Result<u64> {
        Ok(self.engine()?.execute(conn.engine()).await?.rows_affected())
    }

    pub async fn fetch_all(self, conn: &mut Conn) -> sqlx::Result<Vec<Row>> {
        Ok(self.engine()?.fetch_all(conn.engine()).await?.into_iter().map(Row).collect())
    }
}

impl<T: FromRow> QueryAs<T> {
    #[must_use]
    pub fn bind(self, value: impl Into<Value>) -> Self {
        self.query.bind(value).read_as()
    }

    #[must_use]
    pub fn persistent(self, persistent: bool) -> Self {
        self.query.persistent(persistent).read_as()
    }

    fn engine(self) -> sqlx::Result<sqlx::query::QueryAs<'static, Sqlite, T, SqliteArguments>> {
        let Query { sql, values, persistent } = self.query;
        Ok(sqlx::query_as_with(sql, arguments(values)?).persistent(persistent))
    }

    pub async fn fetch_all(self, conn: &mut Conn) -> sqlx::Result<Vec<T>> {
        self.engine()?.fetch_all(conn.engine()).await
    }

    pub async fn fetch_optional(self, conn: &mut Conn) -> sqlx::Result<Option<T>> {
        self.engine()?.fetch_optional(conn.engine()).await
    }

    pub async fn fetch_one(self, conn: &mut Conn) -> sqlx::Result<T> {
        self.engine()?.fetch_one(conn.engine()).await
    }
}

impl<T: Scalar> QueryScalar<T>
where
    (T,): FromRow,
{
    #[must_use]
    pub fn bind(self, value: impl Into<Value>) -> Self {
        self.query.bind(value).read_scalar()
    }

    pub async fn fetch_all(self, conn: &mut Conn) -> sqlx::Result<Vec<T>> {
        Ok(self.query.read_as::<(T,)>().fetch_all(conn).await?.into_iter().map(|(value,)| value).collect())
    }

    pub async fn fetch_optional(self, conn: &mut Conn) -> sqlx::Result<Option<T>> {
        Ok(self.query.read_as::<(T,)>().fetch_optional(conn).await?.map(|(value,)| value))
    }

    pub async fn fetch_one(self, conn: &mut Conn) -> sqlx::Result<T> {
        Ok(self.query.read_as::<(T,)>().fetch_one(conn).await?.0)
    }
}

impl QueryScalar<String> {
    /// All rows, parsed; one that cannot be names this table and column.
    pub async fn fetch_parsed<T: FromStr<Err: Display>>(
        self,
        conn: &mut Conn,
        table: &'static str,
        column: &'static str,
    ) -> Result<Vec<T>> {
        let rows = self.fetch_all(conn).await?;
        rows.iter().map(|text| text.parse().map_err(|error| Error::bad_row(table, column, text, error))).collect()
    }
}
