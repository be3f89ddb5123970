//! The cursor: whose cache it is, how far the log was read, and how much of what a snapshot leaves for later was sent.

use serde::{Deserialize, Serialize};
use tenantry_model::problem::ProblemKind;
use tenantry_model::tenancy::{ActingAs, UserKey};
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::cursor;
use crate::domain::sync::history::HistoryPosition;
use crate::domain::sync::{Takes, changed};
use crate::error::{Error, Result};
use crate::store::Conn;
use crate::store::change_log::{self, Horizon};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Packed {
    t: UserKey,
    /// Whether the token named a Global Administrator: on the customer's side that alone changes what is seen, and no table records it.
    g: bool,
    /// As which of the two they act, where their organisation is both: what the other sees is another copy (A37).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    o: Option<ActingAs>,
    /// How far the log was read.
    s: i64,
    /// The time of that row.
    a: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    h: Option<HistoryPosition>,
    /// Whether marks were sent along so far: a desk of a version before may have passed some.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    m: bool,
    /// Whether saved views were sent, likewise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    v: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// What has been read of the log; none for a first snapshot.
    pub(super) known: Option<Horizon>,
    /// Where the rest of the snapshot goes on.
    pub(super) history: Option<HistoryPosition>,
    /// Where the log ends in this transaction.
    pub(super) horizon: Horizon,
    /// Of which kinds the reader was sent all lines up to what they know.
    pub(super) sent: Takes,
}

/// Reads a cursor; without one, a snapshot starts.
///
/// # Errors
/// [`ProblemKind::CursorUnknown`] for one that is malformed, somebody else's, older than the log, too far behind, or newer than the log of a
/// restored backup.
pub async fn start(conn: &mut Conn, caller: &Caller, cursor: Option<&str>) -> Result<Start> {
    let horizon = change_log::horizon(conn).await?;
    let Some(text) = cursor else { return Ok(Start { known: None, history: None, horizon, sent: Takes::default() }) };
    let unknown = || Error::refused_because(ProblemKind::CursorUnknown, "Start again without a cursor.");
    let Packed { t, g, o, s, a, h, m, v } = cursor::unpack(text).ok_or_else(unknown)?;
    let known = Horizon { seq: s, at: a };
    let ours = t == caller.user && g == caller.global_admin && o == caller.acting_as;
    let follows = ours && (0..=horizon.seq).contains(&s) && (known == horizon || change_log::reaches_back_to(conn, known).await?);
    if !follows || changed::is_far_behind(conn, caller, s, horizon.seq).await? {
        return Err(unknown());
    }
    Ok(Start { known: Some(known), history: h, horizon, sent: Takes { read_marks: m, saved_views: v } })
}

/// Whether the answer to this cursor is likely to be long: a snapshot, or a page of its rest.
pub fn is_long(cursor: Option<&str>) -> bool {
    cursor.is_none_or(|text| cursor::unpack::<Packed>(text).is_some_and(|packed| packed.h.is_some()))
}

pub(super) fn next(caller: &Caller, horizon: Horizon, history: Option<HistoryPosition>, sent: Takes) -> String {
    cursor::pack(&Packed {
        t: caller.user,
        g: caller.global_admin,
        o: caller.acting_as,
        s: horizon.seq,
        a: horizon.at,
        h: history,
        m: sent.read_marks,
        v: sent.saved_views,
    })
}
