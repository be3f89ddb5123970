//! The threads of incidents, and whose turn it is (R81, R82).

use tenantry_model::api::incidents::{Assignee, IncidentChanged, LONGEST_MESSAGE};
use tenantry_model::audit::AuditOperation;
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::incident::IncidentStatus;
use tenantry_model::problem::FieldCode;
use tenantry_model::text::TicketNumber;

use super::found::{Found, find, record_change};
use crate::domain::actor::Actor;
use crate::domain::{people, text};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::store::incident_writes::{self, NewMessage};

/// A message to an incident, which may be inactive (R82).
#[derive(Debug, Clone)]
pub struct Posted<'a> {
    /// At whose address it was sent; the operator names no customer.
    pub customer: Option<TenantId>,
    pub number: TicketNumber,
    pub text: &'a str,
    pub assign_to: Option<Assignee>,
    /// Who wrote it, where no caller did: none for the service.
    pub author: Option<PrincipalId>,
}

/// A caller's message is in their own name.
pub async fn post(tx: &mut Tx, actor: Actor<'_>, posted: Posted<'_>) -> Result<IncidentChanged> {
    let Posted { customer, number, text: message, assign_to, author } = posted;
    let found = find(tx, actor, customer, number).await?;
    let text = text::lines_at("#/text", message, LONGEST_MESSAGE)?;
    let author = match (actor, author) {
        (Actor::Caller(caller), _) => Some(caller.display_name.clone()),
        (_, Some(author)) => Some(people::find(tx, author).await?.display_name),
        (_, None) => None,
    };
    if assign_to.is_some() && !found.state.status.is_active() {
        let why = "An incident that is resolved or closed is nobody's turn: send the message alone.";
        return Err(Error::field(FieldCode::IncidentInactive, "#/assignTo", why));
    }
    let status = match assign_to {
        None => found.state.status,
        Some(Assignee::Service) => IncidentStatus::AssignedToService,
        Some(Assignee::Helpdesk) => IncidentStatus::NeedsAction,
    };
    let message = NewMessage { at: tx.now(), author, text, assigned_to_service: assign_to == Some(Assignee::Service) };
    incident_writes::post(tx.conn(), number, &message).await?;
    let mut entry = found.entry(actor, AuditOperation::Update).added("messages", "1");
    let moves = status != found.state.status;
    if moves {
        incident_writes::set_status(tx.conn(), number, status, message.at).await?;
        entry = entry.changed("status", found.state.status.as_str(), status.as_str());
    }
    record_change(tx, found.state.customer, number, &[]).await?;
    tx.audit(entry).await?;
    Ok(found.raised(1 + u64::from(moves)))
}

/// The service takes an active incident into its hands, or gives it back.
pub async fn set_status(tx: &mut Tx, actor: Actor<'_>, number: TicketNumber, status: IncidentStatus) -> Result<()> {
    let found: Found = find(tx, actor, None, number).await?;
    if !found.state.status.is_active() || !status.is_active() {
        return Err(Error::conflict("only an active incident changes hands; signals resolve, and time closes"));
    }
    let now = tx.now();
    incident_writes::set_status(tx.conn(), number, status, now).await?;
    record_change(tx, found.state.customer, number, &[]).await?;
    let entry = found.entry(actor, AuditOperation::Update);
    tx.audit(entry.changed("status", found.state.status.as_str(), status.as_str())).await
}
