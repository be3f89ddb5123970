//! Numbers that ascend and are never given twice, whoever else gives some at the same time.

use crate::error::Result;
use crate::store::db::{self, Conn};

/// The next number of the sequence with this name, which a migration made.
pub(super) async fn next(conn: &mut Conn, name: &str) -> Result<i64> {
    let sql = "UPDATE sequences SET last = last + 1 WHERE name = $1 RETURNING last";
    Ok(db::query_scalar(sql).bind(name).fetch_one(conn).await?)
}
