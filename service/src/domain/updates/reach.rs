//! On which rooms somebody may act, with updates. An update passes through all rooms of a customer, though a right may cover some (A21): it is retried and forced in those,
//! and paused only where it concerns no others.

use std::collections::HashSet;

use tenantry_model::id::{RoomId, TenantId, UpdateRingId};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;

use crate::domain::caller::Caller;
use crate::error::{Error, Result};
use crate::store::updates::catalogue::Update;
use crate::store::updates::counts::Counted;
use crate::store::{Conn, update_rings};

const TO_ACT: [Permission; 3] = [Permission::RoomsView, Permission::RingsView, Permission::RingsModify];

/// The rooms that somebody may act on, sorted; none where it is all of the customer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reach(Option<Vec<RoomId>>);

impl Reach {
    /// Who holds `rings.view` and `rings.modify` somewhere at the customer; for any other there is no such place.
    pub(super) fn of(caller: &Caller, customer: TenantId) -> Result<Self> {
        caller.rights_with(customer, Permission::RingsView)?;
        let rights = caller.rights_with(customer, Permission::RingsModify)?;
        Ok(Self(rights.rooms_with(&TO_ACT)))
    }

    pub(super) fn rooms(&self) -> Option<&[RoomId]> {
        self.0.as_deref()
    }

    pub(super) fn has(&self, room: RoomId) -> bool {
        self.0.as_ref().is_none_or(|rooms| rooms.binary_search(&room).is_ok())
    }

    /// Whether there is any.
    pub(super) fn is_empty(&self) -> bool {
        self.0.as_ref().is_some_and(Vec::is_empty)
    }

    /// The rings that hold other rooms, too, whether these have reported anything or not.
    pub(super) async fn shared(&self, conn: &mut Conn, customer: TenantId) -> Result<HashSet<UpdateRingId>> {
        if self.0.is_none() {
            return Ok(HashSet::new());
        }
        let rings = update_rings::managed_rooms(conn, customer).await?;
        Ok(rings.into_iter().filter(|(_, rooms)| !rooms.iter().all(|room| self.has(*room))).map(|(ring, _)| ring).collect())
    }

    /// Whether an update passes through no ring of these.
    pub(super) fn may_pause(shared: &HashSet<UpdateRingId>, all: &Counted, update: &Update) -> bool {
        all.packages.iter().all(|it| it.package != update.package || !shared.contains(&it.ring))
    }

    pub(super) fn must_pause(shared: &HashSet<UpdateRingId>, all: &Counted, update: &Update) -> Result<()> {
        if Self::may_pause(shared, all, update) {
            return Ok(());
        }
        let why = "It is on its way through rooms that you do not manage: only the customer pauses and resumes it.";
        Err(Error::field(FieldCode::UpdateBeyondReach, "#", why))
    }
}
