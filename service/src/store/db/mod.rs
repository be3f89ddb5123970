//! The database's engine: the only place that names one.
//!
//! Everything above writes one text for all engines: parameters are `$1` or put in by [`QueryBuilder`], ids are TEXT, times BIGINT in microseconds,
//! flags 0 or 1. It runs on a [`Conn`] and binds [`Value`]s. A second engine is a variant of `Conn` and of [`Database`], a folder of migrations, and one arm in each
//! `match` here.

mod conn;
mod database;
mod migrate;
mod query;
mod query_builder;
mod value;

pub use conn::Conn;
pub(super) use database::Database;
pub use database::READERS;
pub use query::{FromRow, Query, QueryAs, QueryScalar, Row, Scalar, query, query_as, query_scalar};
pub use query_builder::{BATCH, QueryBuilder, Separated};
pub use value::Value;
