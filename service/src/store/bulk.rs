//! Many rows in one statement.

use sqlx::query_builder::Separated;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::error::Result;
use crate::store::{Change, ChangeKind, Tx};

/// How many rows one statement takes: with the widest table far below what either database allows.
const ROWS: usize = 256;

/// Runs `INSERT INTO table (columns) VALUES …` over all rows, and `suffix` behind it, such as an `ON CONFLICT` clause.
pub(super) async fn insert<T>(
    conn: &mut SqliteConnection,
    head: &str,
    rows: &[T],
    suffix: &str,
    mut bind: impl FnMut(&mut Separated<'_, Sqlite, &'static str>, &T),
) -> Result<()> {
    for chunk in rows.chunks(ROWS) {
        let mut query = QueryBuilder::<Sqlite>::new(head);
        query.push(" ");
        query.push_values(chunk, |mut places, row| bind(&mut places, row));
        query.push(" ").push(suffix);
        // Kept prepared for the two lengths that come again.
        let again = chunk.len() == 1 || chunk.len() == ROWS;
        query.build().persistent(again).execute(&mut *conn).await?;
    }
    Ok(())
}

impl Tx {
    /// Writes many rows of the log at once. See [`ChangeKind`] for what to record.
    pub async fn record_all(&mut self, changes: &[Change]) -> Result<()> {
        if self.unlogged {
            return Ok(());
        }
        let at = self.now().micros();
        let (rights, plain): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|change| change.kind == ChangeKind::Rights);
        insert(self.conn(), "INSERT INTO changes (at, customer_id, kind, entity)", &plain, "", |row, change| {
            row.push_bind(at).push_bind(change.customer.to_string()).push_bind(change.kind.as_str()).push_bind(change.entity.clone());
        })
        .await?;
        plain.iter().for_each(|change| self.recorded.add(change));
        for change in rights {
            self.record(change.clone()).await?;
        }
        Ok(())
    }
}
