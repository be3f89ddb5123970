//! Silence that does not count: while the service was away, no room could report. Kept as one row, and reckoned with where rooms are read: to
//! write every room's own moment anew would cost a start as much as the estate is large.

use tenantry_model::signal::SignalId;
use tenantry_model::time::Timestamp;

use super::{SignalKey, WatchedRoom};
use crate::error::Result;
use crate::store::db::{self, Conn};

/// No silence ends earlier than this, also one that is noted later: what was silent before and was quiet meanwhile gets its full time as well.
#[derive(Clone, Copy)]
pub(super) struct Postponed {
    /// When a room that says nothing counts as silent, at the earliest.
    pub(super) silent: Timestamp,
    /// When a silence becomes a ticket, at the earliest.
    pub(super) offline: Timestamp,
}

impl Postponed {
    pub(super) async fn load(conn: &mut Conn) -> Result<Self> {
        let found: Option<(i64, i64)> = db::query_as("SELECT silent, offline FROM silence_postponed").fetch_optional(conn).await?;
        Ok(Self::of(found))
    }

    /// Of what is stored; nothing is postponed where nothing is.
    pub(super) fn of(stored: Option<(i64, i64)>) -> Self {
        let (silent, offline) = stored.unwrap_or((i64::MIN, i64::MIN));
        Self { silent: Timestamp::from_micros(silent), offline: Timestamp::from_micros(offline) }
    }

    /// Moves what is due in this room.
    pub(super) fn apply(self, room: &mut WatchedRoom) {
        room.silent_due = room.silent_due.map(|due| due.max(self.silent));
        let key: SignalKey = (SignalId::Offline, String::new());
        if let Some(offline) = room.signals.get_mut(&key).filter(|signal| signal.failing) {
            offline.due = offline.due.map(|due| due.max(self.offline));
        }
    }
}

/// Gives every room that is not silent yet at least until `silent`, and every silence that is not a ticket yet at least until `offline`. What was
/// said before does not count any more: it may have been said by a clock that was ahead.
pub async fn postpone_silence(conn: &mut Conn, silent: Timestamp, offline: Timestamp) -> Result<()> {
    run!(
        conn,
        "INSERT INTO silence_postponed (only_row, silent, offline) VALUES (1, $1, $2)
         ON CONFLICT (only_row) DO UPDATE SET silent = excluded.silent, offline = excluded.offline",
        silent,
        offline
    );
    Ok(())
}
