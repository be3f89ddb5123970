//! On which rooms somebody may act, with updates. An update passes through all rooms of a customer, though a right may cover some (A21): it is retried and forced in those,
//! and paused only where it concerns no others.

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;

use super::schedule::having;
use crate::domain::caller::Caller;
use crate::error::{Error, Result};
use crate::store::Conn;
use crate::store::updates::catalogue::Update;
use crate::store::updates::counts::{self, Counted};

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

    /// How its rooms are counted, where they are not all.
    pub(super) async fn counted(&self, conn: &mut Conn, customer: TenantId) -> Result<Option<Counted>> {
        match &self.0 {
            None => Ok(None),
            Some(rooms) => counts::of_rooms(conn, customer, rooms).await.map(Some),
        }
    }

    /// Whether an update concerns no other rooms: `own` counts its rooms where they are not all, `all` the customer's.
    pub(super) fn may_pause(own: Option<&Counted>, all: &Counted, update: &Update) -> bool {
        own.is_none_or(|own| having(own, &update.package) >= having(all, &update.package))
    }

    pub(super) fn must_pause(own: Option<&Counted>, all: &Counted, update: &Update) -> Result<()> {
        if Self::may_pause(own, all, update) {
            return Ok(());
        }
        let why = "It is on its way through rooms that you do not manage: only the customer pauses and resumes it.";
        Err(Error::field(FieldCode::UpdateBeyondReach, "#", why))
    }
}
