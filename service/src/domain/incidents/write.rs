//! Recorded issues, and the threads of all incidents. The log never has the text of a message or an issue.

use std::collections::BTreeSet;

use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{PrincipalId, RoomId, TenantId};
use tenantry_model::incident::{ClosureReason, IncidentStatus, IncidentType};
use tenantry_model::permission::Permission;
use tenantry_model::text::TicketNumber;

use crate::domain::actor::Actor;
use crate::domain::{people, rooms, text};
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::audit::NewAudit;
use crate::store::incident_rows::IncidentState;
use crate::store::incident_writes::{self, NewIssue, NewMessage};
use crate::store::{Change, Tx};

/// An issue that a person records (R83).
#[derive(Debug, Clone)]
pub struct Issue {
    pub customer: TenantId,
    pub description: String,
    pub rooms: Vec<RoomId>,
    pub high_impact_reason: Option<String>,
    /// Who reports it; a caller always themselves.
    pub created_by: PrincipalId,
}

pub async fn record(tx: &mut Tx, actor: Actor<'_>, issue: Issue, random: &dyn Random) -> Result<TicketNumber> {
    let Issue { customer, description, mut rooms, high_impact_reason, created_by } = issue;
    actor.needs(Permission::IncidentsCreate, customer, &rooms)?;
    let description = text::lines("description", &description)?;
    let high_impact_reason = high_impact_reason.map(|reason| text::lines("highImpactReason", &reason)).transpose()?;
    let reporter = people::find(tx, actor.author().unwrap_or(created_by)).await?;
    let mut seen = BTreeSet::new();
    rooms.retain(|room| seen.insert(*room));
    rooms::owned::check(tx.conn(), customer, &rooms).await?;
    let created_at = tx.now();
    let created_by = (reporter.tenant, reporter.id);
    let new = NewIssue { customer, description, rooms, high_impact_reason, created_by, created_at };
    let number = incident_writes::record(tx.conn(), &new, random).await?;
    record_change(tx, customer, number, &new.rooms).await?;
    tx.audit(entry(actor, customer, number, AuditOperation::Create)).await?;
    Ok(number)
}

/// A message in an incident's thread: of a caller themselves; otherwise of whoever is named, and of the service where nobody is.
pub async fn post(
    tx: &mut Tx,
    actor: Actor<'_>,
    number: TicketNumber,
    author: Option<PrincipalId>,
    message: &str,
    assign_to_service: bool,
) -> Result<()> {
    let (state, _) = find(tx, actor, number).await?;
    let author = match actor.author().or(author) {
        Some(author) => Some(people::find(tx, author).await?.display_name),
        None => None,
    };
    if assign_to_service && !state.status.is_active() {
        return Err(Error::conflict("an incident that is resolved or closed cannot be assigned to the service"));
    }
    let message = NewMessage { at: tx.now(), author, text: text::lines("text", message)?, assigned_to_service: assign_to_service };
    incident_writes::post(tx.conn(), number, &message).await?;
    if assign_to_service {
        incident_writes::set_status(tx.conn(), number, IncidentStatus::AssignedToService, message.at).await?;
    }
    record_change(tx, state.customer, number, &[]).await?;
    tx.audit(entry(actor, state.customer, number, AuditOperation::Update).added("messages", "1")).await
}

/// The service takes an active incident into its hands, or gives it back.
pub async fn set_status(tx: &mut Tx, actor: Actor<'_>, number: TicketNumber, status: IncidentStatus) -> Result<()> {
    let (state, _) = find(tx, actor, number).await?;
    if !state.status.is_active() || !status.is_active() {
        return Err(Error::conflict("only an active incident changes hands; signals resolve, and time closes"));
    }
    let now = tx.now();
    incident_writes::set_status(tx.conn(), number, status, now).await?;
    record_change(tx, state.customer, number, &[]).await?;
    let entry = entry(actor, state.customer, number, AuditOperation::Update);
    tx.audit(entry.changed("status", state.status.as_str(), status.as_str())).await
}

/// Closes a recorded issue (R85–R87). A caller closes it in their own name.
pub async fn close(
    tx: &mut Tx,
    actor: Actor<'_>,
    number: TicketNumber,
    reason: ClosureReason,
    comment: Option<&str>,
    closed_by: PrincipalId,
) -> Result<()> {
    let (state, rooms) = find(tx, actor, number).await?;
    if state.kind != IncidentType::CustomerReported {
        return Err(Error::conflict("a signal ticket closes by itself, once its signal is healthy"));
    }
    if !state.status.is_active() {
        return Err(Error::conflict("the issue is closed already"));
    }
    let by = people::find(tx, actor.author().unwrap_or(closed_by)).await?.display_name;
    let comment = comment.map(|comment| text::lines("comment", comment)).transpose()?;
    let now = tx.now();
    incident_writes::close(tx.conn(), &state, &by, reason, comment.as_deref(), now).await?;
    record_change(tx, state.customer, number, &rooms).await?;
    let entry = entry(actor, state.customer, number, AuditOperation::Update);
    tx.audit(entry.changed("status", state.status.as_str(), IncidentStatus::Closed.as_str())).await
}

fn entry(actor: Actor<'_>, customer: TenantId, number: TicketNumber, operation: AuditOperation) -> NewAudit {
    actor.record(customer, AuditCategory::Incident, operation, number.as_str())
}

async fn record_change(tx: &mut Tx, customer: TenantId, number: TicketNumber, rooms: &[RoomId]) -> Result<()> {
    tx.record(Change::incident(customer, number)).await?;
    let rooms: Vec<Change> = rooms.iter().map(|room| Change::room(customer, *room)).collect();
    tx.record_all(&rooms).await
}

/// One that a caller may change, with its rooms: anywhere among them suffices (R87), where there are any.
async fn find(tx: &mut Tx, actor: Actor<'_>, number: TicketNumber) -> Result<(IncidentState, Vec<RoomId>)> {
    let state = incident_writes::find(tx.conn(), number).await?.ok_or_else(|| actor.missing(format!("there is no incident {number}")))?;
    let rooms = incident_writes::rooms(tx.conn(), number).await?;
    let theirs = |room: &RoomId| actor.needs(Permission::TicketsUpdate, state.customer, &[*room]).is_ok();
    if !rooms.iter().any(theirs) {
        actor.needs(Permission::TicketsUpdate, state.customer, &[])?;
    }
    Ok((state, rooms))
}
