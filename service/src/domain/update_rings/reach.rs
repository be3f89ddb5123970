//! Who may change what of a customer's rings. They concern all its rooms, though a right may cover some (A21).

use tenantry_model::access::Rights;
use tenantry_model::id::{RoomId, TenantId, UpdateRingId};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;

use crate::domain::actor::Actor;
use crate::error::{Error, Result};
use crate::store::Conn;
use crate::store::update_rings::{self, UpdateRing};

/// How far somebody may change rings.
#[derive(Clone, Copy)]
pub(super) enum Reach<'a> {
    /// All of them: the customer's own users who hold the right over everything, and whoever runs the service.
    Everything,
    /// Those that hold no other rooms than these rights cover, and no preset one.
    Rooms(&'a Rights),
}

impl Reach<'_> {
    /// Who holds `rings.view` and `rings.modify` somewhere at the customer, of callers; for any other there is no such place.
    pub(super) fn of(actor: Actor<'_>, customer: TenantId) -> Result<Reach<'_>> {
        let Actor::Caller(caller) = actor else { return Ok(Reach::Everything) };
        caller.rights_with(customer, Permission::RingsView)?;
        let rights = caller.rights_with(customer, Permission::RingsModify)?;
        let is_own = caller.side_at(customer).is_none();
        Ok(if is_own && rights.allow_everywhere(Permission::RingsModify) { Reach::Everything } else { Reach::Rooms(rights) })
    }

    pub(super) const fn is_everything(self) -> bool {
        matches!(self, Self::Everything)
    }

    /// Whether a ring with these rooms may be changed.
    pub(super) fn has(self, ring: &UpdateRing, rooms: &[RoomId]) -> bool {
        match self {
            Self::Everything => true,
            Self::Rooms(rights) => ring.preset.is_none() && rooms.iter().all(|room| rights.allow(Permission::RingsModify, *room).is_some()),
        }
    }

    /// For making and deleting rings.
    pub(super) fn must_be_everything(self) -> Result<()> {
        if self.is_everything() {
            return Ok(());
        }
        let why = "Adding and deleting rings concerns all rooms: it needs rings.modify over all of them, as a user of the customer's own.";
        Err(Error::field(FieldCode::RingBeyondReach, "#", why))
    }

    /// For changing this one.
    pub(super) async fn must_have(self, conn: &mut Conn, ring: &UpdateRing) -> Result<()> {
        if self.is_everything() {
            return Ok(());
        }
        let mut rooms = update_rings::managed_rooms(conn, ring.customer).await?;
        if self.has(ring, &rooms.remove(&ring.id).unwrap_or_default()) {
            return Ok(());
        }
        let why = if ring.preset.is_some() {
            "Preset rings concern all rooms: changing one needs rings.modify over all of them, as a user of the customer's own."
        } else {
            "It holds rooms that you do not manage: only the customer changes it."
        };
        Err(Error::field(FieldCode::RingBeyondReach, "#", why))
    }
}

/// A ring of this customer's that whoever acts sees, and how far they may change rings.
pub(super) async fn found<'a>(
    conn: &mut Conn,
    actor: Actor<'a>,
    (customer, id): (TenantId, UpdateRingId),
) -> Result<(UpdateRing, Reach<'a>)> {
    let reach = Reach::of(actor, customer)?;
    let ring = update_rings::find(conn, id).await?.filter(|ring| ring.customer == customer);
    Ok((ring.ok_or_else(|| actor.missing(format!("there is no update ring {id}")))?, reach))
}
