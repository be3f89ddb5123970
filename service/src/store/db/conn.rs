//! What statements run on.

use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqliteConnection, Transaction};

/// A connection of the pool, in a transaction or outside of one. Dropped without [`Conn::commit`], its transaction is undone.
pub struct Conn(Link);

enum Link {
    Pooled(PoolConnection<Sqlite>),
    Transaction(Transaction<'static, Sqlite>),
}

impl Conn {
    pub(super) const fn pooled(conn: PoolConnection<Sqlite>) -> Self {
        Self(Link::Pooled(conn))
    }

    pub(super) const fn transaction(tx: Transaction<'static, Sqlite>) -> Self {
        Self(Link::Transaction(tx))
    }

    /// What this engine's own driver runs statements on.
    pub(super) fn engine(&mut self) -> &mut SqliteConnection {
        match &mut self.0 {
            Link::Pooled(conn) => conn,
            Link::Transaction(tx) => tx,
        }
    }

    pub(in crate::store) async fn commit(self) -> sqlx::Result<()> {
        match self.0 {
            Link::Pooled(_) => Ok(()),
            Link::Transaction(tx) => tx.commit().await,
        }
    }
}
