//! The cursor: whose cache it is, how far the log was read, and how much of the history was sent.

use serde::{Deserialize, Serialize};
use tenantry_model::id::TenantId;
use tenantry_model::problem::ProblemKind;
use tenantry_model::tenancy::UserKey;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::cursor;
use crate::domain::sync::changed;
use crate::error::{Error, Result};
use crate::store::Conn;
use crate::store::change_log::{self, Horizon};
use crate::store::incident_list::InactivePosition;

/// Where the history of a first snapshot goes on: customers by id, each last updated first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HistoryPosition {
    /// The customer; those before it are done.
    c: TenantId,
    /// The last incident of it that was sent, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<(Timestamp, TicketNumber)>,
}

impl HistoryPosition {
    pub(super) fn new(customer: TenantId, position: Option<InactivePosition>) -> Self {
        Self { c: customer, n: position.map(|position| (position.last_updated, position.number)) }
    }

    pub(super) const fn customer(&self) -> TenantId {
        self.c
    }

    pub(super) fn position(&self) -> Option<InactivePosition> {
        self.n.map(|(last_updated, number)| InactivePosition { last_updated, number })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Packed {
    t: UserKey,
    /// Whether the token named a Global Administrator: on the customer's side that alone changes what is seen, and no table records it.
    g: bool,
    /// How far the log was read.
    s: i64,
    /// The time of that row.
    a: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    h: Option<HistoryPosition>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// What has been read of the log; none for a first snapshot.
    pub(super) known: Option<Horizon>,
    /// What is still to be sent of the history.
    pub(super) history: Option<HistoryPosition>,
    /// Where the log ends in this transaction.
    pub(super) horizon: Horizon,
}

/// Reads a cursor; without one, a snapshot starts.
///
/// # Errors
/// [`ProblemKind::CursorUnknown`] for one that is malformed, somebody else's, older than the log, too far behind, or newer than the log of a
/// restored backup.
pub async fn start(conn: &mut Conn, caller: &Caller, cursor: Option<&str>) -> Result<Start> {
    let horizon = change_log::horizon(conn).await?;
    let Some(text) = cursor else { return Ok(Start { known: None, history: None, horizon }) };
    let unknown = || Error::refused_because(ProblemKind::CursorUnknown, "Start again without a cursor.");
    let Packed { t, g, s, a, h } = cursor::unpack(text).ok_or_else(unknown)?;
    let known = Horizon { seq: s, at: a };
    let ours = t == caller.user && g == caller.global_admin;
    let follows = ours && (0..=horizon.seq).contains(&s) && (known == horizon || change_log::reaches_back_to(conn, known).await?);
    if !follows || changed::is_far_behind(conn, caller, s, horizon.seq).await? {
        return Err(unknown());
    }
    Ok(Start { known: Some(known), history: h, horizon })
}

/// Whether the answer to this cursor is likely to be long: a snapshot, or a page of history.
pub fn is_long(cursor: Option<&str>) -> bool {
    cursor.is_none_or(|text| cursor::unpack::<Packed>(text).is_some_and(|packed| packed.h.is_some()))
}

pub(super) fn next(caller: &Caller, horizon: Horizon, history: Option<HistoryPosition>) -> String {
    cursor::pack(&Packed { t: caller.user, g: caller.global_admin, s: horizon.seq, a: horizon.at, h: history })
}
