//! A customer in an answer, with its rooms and incidents as far as the caller may see them.

use tenantry_model::access::Rights;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;
use tenantry_model::sync::{SyncCustomer, SyncLine};
use tenantry_model::text::TicketNumber;

use crate::domain::caller::Caller;
use crate::domain::incidents::read::cut;
use crate::domain::sync::writer::LineWriter;
use crate::error::Result;
use crate::store::customers::CustomerFacts;
use crate::store::incident_list::InactivePosition;
use crate::store::{Conn, incident_list, incidents, rooms};

/// How many incidents are loaded at once.
const LOADED: usize = 1_000;

/// A reset customer: everything of it that is visible now, inactive incidents too.
pub(super) async fn whole_customer(
    conn: &mut Conn,
    caller: &Caller,
    facts: &CustomerFacts,
    rights: &Rights,
    out: &mut LineWriter,
) -> Result<()> {
    out.line(&customer_line(facts, rights, true)).await?;
    if rights.allow_somewhere(Permission::TicketsView) {
        let mut batch = Batch::default();
        for number in incident_list::open_of(conn, facts.id).await? {
            batch.add(conn, caller, number, out).await?;
        }
        let mut position: Option<InactivePosition> = None;
        loop {
            let step = incident_list::inactive_after(conn, facts.id, position, LOADED as u32).await?;
            let Some(last) = step.last().copied() else { break };
            position = Some(last);
            for inactive in step {
                batch.add(conn, caller, inactive.number, out).await?;
            }
        }
        batch.write(conn, caller, out).await?;
    }
    if rights.allow_somewhere(Permission::RoomsView) {
        rooms_of(conn, facts.id, rights, out).await?;
    }
    Ok(())
}

pub(super) fn customer_line(facts: &CustomerFacts, rights: &Rights, reset: bool) -> SyncLine {
    SyncLine::Customer(SyncCustomer {
        id: facts.id,
        display_name: facts.display_name.clone(),
        permissions: rights.permissions(),
        offline: facts.offline,
        reset,
    })
}

pub(super) async fn rooms_of(conn: &mut Conn, customer: TenantId, rights: &Rights, out: &mut LineWriter) -> Result<()> {
    for room in rooms::of_customer(conn, customer).await? {
        if rights.allow(Permission::RoomsView, room.id).is_some() {
            out.line(&SyncLine::Room(Box::new(room))).await?;
        }
    }
    Ok(())
}

/// Collects ticket numbers, to load many incidents at once.
#[derive(Default)]
pub(super) struct Batch {
    numbers: Vec<TicketNumber>,
}

impl Batch {
    pub(super) async fn add(&mut self, conn: &mut Conn, caller: &Caller, number: TicketNumber, out: &mut LineWriter) -> Result<()> {
        self.numbers.push(number);
        if self.numbers.len() >= LOADED { self.write(conn, caller, out).await } else { Ok(()) }
    }

    pub(super) async fn write(&mut self, conn: &mut Conn, caller: &Caller, out: &mut LineWriter) -> Result<()> {
        for stored in incidents::load(conn, &std::mem::take(&mut self.numbers)).await? {
            let rights = caller.access.at(stored.incident.row.customer_id);
            if let Some(incident) = rights.and_then(|rights| cut(stored, rights, caller.tenant.id)) {
                out.line(&SyncLine::Incident(Box::new(incident))).await?;
            }
        }
        Ok(())
    }
}
