//! An incident as whoever changes it finds it.

use tenantry_model::api::incidents::IncidentChanged;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::IncidentType;
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;
use tenantry_model::text::TicketNumber;

use crate::domain::actor::Actor;
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::store::audit::NewAudit;
use crate::store::incident_rows::IncidentState;
use crate::store::incident_writes::{self, KnownIncident};
use crate::store::{Change, Conn, Tx};

pub(super) struct Found {
    pub(super) state: IncidentState,
    pub(super) version: u64,
    /// All its rooms, in their order.
    pub(super) rooms: Vec<RoomId>,
    /// Places among them: those that the actor sees.
    pub(super) visible: Vec<usize>,
}

/// One that the actor may change: a caller must see it (A23), and hold `tickets.update` on one of the rooms that they see (R87), or over everything
/// where it has none. For any other there is no such incident. `customer` is the one at whose address it was asked for.
pub(super) async fn find(tx: &mut Tx, actor: Actor<'_>, customer: Option<TenantId>, number: TicketNumber) -> Result<Found> {
    find_in(tx.conn(), actor, customer, number).await
}

/// As [`find`], where nothing is written yet.
pub(super) async fn find_in(conn: &mut Conn, actor: Actor<'_>, customer: Option<TenantId>, number: TicketNumber) -> Result<Found> {
    if let (Actor::Caller(caller), Some(customer)) = (actor, customer) {
        caller.rights_with(customer, Permission::TicketsUpdate)?;
    }
    let known = incident_writes::find(conn, number).await?.filter(|known| customer.is_none_or(|named| named == known.state.customer));
    // Read also where there is no such incident, so that one that may not be seen takes no longer.
    let rooms = incident_writes::rooms(conn, number).await?;
    let KnownIncident { state, version, created_by_tenant } =
        known.ok_or_else(|| actor.missing(format!("there is no incident {number}")))?;
    let Actor::Caller(caller) = actor else {
        return Ok(Found { state, version, visible: (0..rooms.len()).collect(), rooms });
    };
    let rights = caller.rights_with(state.customer, Permission::TicketsUpdate)?;
    let seen = rights.see_incident(&rooms, created_by_tenant, caller.tenant.id).ok_or(Error::not_found())?;
    let changes = |at: &usize| rooms.get(*at).is_some_and(|room| rights.allow(Permission::TicketsUpdate, *room).is_some());
    let may = if rooms.is_empty() { rights.allow_everywhere(Permission::TicketsUpdate) } else { seen.visible.iter().any(changes) };
    if may { Ok(Found { state, version, rooms, visible: seen.visible }) } else { Err(Error::not_found()) }
}

impl Found {
    /// 412 where it has another version by now. The operator reads none.
    pub(super) fn of_version(self, named: Option<u64>) -> Result<Self> {
        check_version(self.version, named)?;
        Ok(self)
    }

    /// Refuses what is no recorded issue, or no open one.
    pub(super) fn open_issue(self) -> Result<Self> {
        if self.state.kind != IncidentType::CustomerReported {
            let why = "A signal's incident is not closed or edited by hand: it ends once its signal is healthy.";
            return Err(Error::field(FieldCode::SignalEndsByItself, "#", why));
        }
        self.active("The issue is closed already.")
    }

    /// Refuses what is resolved or closed, and says why that matters.
    pub(super) fn active(self, why: &str) -> Result<Self> {
        if self.state.status.is_active() { Ok(self) } else { Err(Error::field(FieldCode::IncidentInactive, "#", why)) }
    }

    /// The answer to a change that raised its version by so much.
    pub(super) const fn raised(&self, by: u64) -> IncidentChanged {
        IncidentChanged { number: self.state.number, version: self.version + by, was: self.version }
    }

    pub(super) fn entry(&self, actor: Actor<'_>, operation: AuditOperation) -> NewAudit {
        entry(actor, self.state.customer, self.state.number, operation)
    }
}

pub(super) fn entry(actor: Actor<'_>, customer: TenantId, number: TicketNumber, operation: AuditOperation) -> NewAudit {
    actor.record(customer, AuditCategory::Incident, operation, number.as_str())
}

/// Notes that an incident changed, and with it the state of these rooms.
pub(super) async fn record_change(tx: &mut Tx, customer: TenantId, number: TicketNumber, rooms: &[RoomId]) -> Result<()> {
    tx.record(Change::incident(customer, number)).await?;
    let rooms: Vec<Change> = rooms.iter().map(|room| Change::room(customer, *room)).collect();
    tx.record_all(&rooms).await
}
