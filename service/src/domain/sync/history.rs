//! What the first answer of a snapshot leaves for later, page by page, so that the list of open incidents need not wait for it: what the rows of
//! these leave out, then rooms, then the inactive incidents of the last weeks, then those before. Customer by customer: a cache is filled at one
//! end at a time, and a statement asks for many of them at once.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_model::sync::WHOLE_FOR;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::domain::caller::Caller;
use crate::domain::sync::LineWriter;
use crate::domain::sync::rows::{Place, inactive_incidents, kept, open_incidents, write_rooms};
use crate::error::Result;
use crate::store::Conn;
use crate::store::inactive_incidents::{self, Inactive};
use crate::store::{incident_list, rooms};

/// How many rooms and incidents a page looks at.
pub(super) const PAGE: usize = 20_000;

/// In this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Part {
    /// Open incidents, whole.
    #[serde(rename = "a")]
    Open,
    #[serde(rename = "r")]
    Rooms,
    /// Inactive incidents, last updated since the split: all of those that are sent whole are among them, and the Resolved tab's last month.
    #[serde(rename = "n")]
    Newer,
    /// Those last updated before.
    #[serde(rename = "o")]
    Older,
}

impl Part {
    const fn next(self) -> Option<Self> {
        match self {
            Self::Open => Some(Self::Rooms),
            Self::Rooms => Some(Self::Newer),
            Self::Newer => Some(Self::Older),
            Self::Older => None,
        }
    }
}

/// Where it goes on. It stays valid while time passes: what is too old by then is left out, and the two parts of the incidents keep their border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HistoryPosition {
    /// The part.
    p: Part,
    /// The customer; those before it are done. None at the start of a part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    c: Option<TenantId>,
    /// The last incident of it that was looked at, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<(Timestamp, TicketNumber)>,
    /// The split between newer and older incidents.
    b: Timestamp,
    /// How many rooms and incidents were looked at.
    d: u64,
    /// How many there are, as counted for the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    t: Option<u64>,
}

impl HistoryPosition {
    /// How much is done, in percent: never all, for something is still to come.
    pub(super) fn done_percent(&self) -> u8 {
        let percent = self.d.saturating_mul(100) / self.t.unwrap_or(1).max(1);
        u8::try_from(percent).unwrap_or(u8::MAX).min(99)
    }

    const fn begin(self, part: Part) -> Self {
        Self { p: part, c: None, n: None, ..self }
    }

    fn at(self, Place { customer, after }: Place) -> Self {
        Self { c: Some(customer), n: after.map(|after| (after.last_updated, after.number)), ..self }
    }

    /// Of the caller's customers with this permission those that are not done.
    fn customers(&self, caller: &Caller, permission: Permission) -> Vec<TenantId> {
        caller.customers_with(permission).map(|(id, _)| id).filter(|id| self.c.is_none_or(|from| from <= *id)).collect()
    }
}

/// Where it begins, if there may be any.
pub(super) fn first(caller: &Caller, now: Timestamp) -> Option<HistoryPosition> {
    if caller.access.customers.is_empty() {
        return None;
    }
    let split = now.minus(WHOLE_FOR);
    Some(HistoryPosition { p: Part::Open, c: None, n: None, b: split, d: 0, t: None })
}

/// Counted once: it costs a look at each, if only in an index.
async fn count(conn: &mut Conn, position: &HistoryPosition, caller: &Caller, since: Timestamp) -> Result<u64> {
    let (with_rooms, with_incidents) =
        (position.customers(caller, Permission::RoomsView), position.customers(caller, Permission::TicketsView));
    let open = incident_list::count_open(conn, &with_incidents).await?;
    Ok(open + rooms::count(conn, &with_rooms).await? + inactive_incidents::count(conn, &with_incidents, since).await?)
}

/// Writes a page from `position` on; answers where the next one begins, none when all has been sent. What changes while pages are fetched is
/// in the log, and comes with the changes.
pub(super) async fn write(
    conn: &mut Conn,
    caller: &Caller,
    mut position: HistoryPosition,
    now: Timestamp,
    out: &mut LineWriter,
) -> Result<Option<HistoryPosition>> {
    let kept = kept(now);
    if position.t.is_none() {
        position.t = Some(count(conn, &position, caller, kept.start).await?);
    }
    let mut left = PAGE;
    loop {
        let (looked_at, place) = match position.p {
            Part::Open => {
                let customers = position.customers(caller, Permission::TicketsView);
                let (looked_at, next) = open_incidents(conn, caller, &customers, (now, left), out).await?;
                (looked_at, next.map(|customer| Place { customer, after: None }))
            }
            Part::Rooms => {
                let customers = position.customers(caller, Permission::RoomsView);
                let (looked_at, next) = write_rooms(conn, caller, &customers, left, out).await?;
                (looked_at, next.map(|customer| Place { customer, after: None }))
            }
            Part::Newer => incidents(conn, caller, &position, position.b.max(kept.start)..kept.end, (now, left), out).await?,
            Part::Older => incidents(conn, caller, &position, kept.start..position.b, (now, left), out).await?,
        };
        position.d += looked_at as u64;
        left = left.saturating_sub(looked_at);
        if let Some(place) = place {
            return Ok(Some(position.at(place)));
        }
        let Some(next) = position.p.next() else { return Ok(None) };
        position = position.begin(next);
    }
}

async fn incidents(
    conn: &mut Conn,
    caller: &Caller,
    position: &HistoryPosition,
    updated: Range<Timestamp>,
    page: (Timestamp, usize),
    out: &mut LineWriter,
) -> Result<(usize, Option<Place>)> {
    let customers = position.customers(caller, Permission::TicketsView);
    // Where the customer is not theirs any more, the next one begins.
    let customer = customers.first().copied().filter(|first| Some(*first) == position.c);
    let after = customer.zip(position.n).map(|(customer, (last_updated, number))| Inactive { customer, last_updated, number });
    inactive_incidents(conn, caller, &customers, after, &updated, page, out).await
}
