//! Issues that people record, edit and close (R83–R89, A10).

use std::collections::BTreeSet;

use tenantry_model::api::incidents::{EditIssue, IncidentChanged, LONGEST_COMMENT, LONGEST_DESCRIPTION, LONGEST_IMPACT_REASON, MOST_ROOMS};
use tenantry_model::audit::AuditOperation;
use tenantry_model::id::{PrincipalId, RoomEventId, RoomId, TenantId};
use tenantry_model::incident::{ClosureReason, IncidentStatus};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;
use tenantry_model::text::TicketNumber;

use super::found::{Found, entry, find, record_change};
use crate::domain::actor::Actor;
use crate::domain::rooms::events as events_of_rooms;
use crate::domain::{people, text};
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::change_log::audiences::Audience;
use crate::store::incident_writes::{self, IssueText, NewIssue};
use crate::store::rooms as stored_rooms;
use crate::store::{Change, Conn, Tx, room_events};

/// An issue that a person records (R83).
#[derive(Debug, Clone)]
pub struct Issue {
    pub customer: TenantId,
    pub description: String,
    pub rooms: Vec<RoomId>,
    pub high_impact_reason: Option<String>,
    /// The events that it is recorded for (R113).
    pub events: Vec<RoomEventId>,
    /// Who reports it, where no caller does.
    pub created_by: Option<PrincipalId>,
}

/// Records it: a caller's is in their own name. Needs `incidents.create` in each of its rooms, or over everything where it names none.
pub async fn record(tx: &mut Tx, actor: Actor<'_>, issue: Issue, random: &dyn Random) -> Result<IncidentChanged> {
    let Issue { customer, description, rooms, high_impact_reason, events, created_by } = issue;
    if let Actor::Caller(caller) = actor {
        caller.rights_with(customer, Permission::IncidentsCreate)?;
    }
    let description = text::lines_at("#/description", &description, LONGEST_DESCRIPTION)?;
    let high_impact_reason =
        high_impact_reason.map(|reason| text::lines_at("#/highImpactReason", &reason, LONGEST_IMPACT_REASON)).transpose()?;
    let rooms = each_once(rooms)?;
    may_record_in(tx.conn(), actor, customer, &rooms, &rooms).await?;
    let events = events_of_rooms::for_issue(tx.conn(), actor, customer, &rooms, events).await?;
    let created_by = match (actor, created_by) {
        (Actor::Caller(caller), _) => (caller.user.tenant_id, caller.user.user_id),
        (_, Some(reporter)) => people::find(tx, reporter).await.map(|reporter| (reporter.tenant, reporter.id))?,
        (_, None) => return Err(Error::bad_request("createdBy: name who reports it")),
    };
    let created_at = tx.now();
    let new = NewIssue { customer, description, rooms, high_impact_reason, created_by, created_at };
    let number = incident_writes::record(tx.conn(), &new, random).await?;
    room_events::join_issue(tx.conn(), &events, number).await?;
    record_change(tx, customer, number, &new.rooms).await?;
    let mut entry = entry(actor, customer, number, AuditOperation::Create);
    if !events.is_empty() {
        entry = entry.added("events", events.len().to_string());
    }
    tx.audit(entry).await?;
    Ok(IncidentChanged { number, version: 1, was: 0 })
}

/// Changes an open one. Rooms that the caller does not see stay (A23); one that is added needs what recording it there needs, one that goes
/// `tickets.update`.
pub async fn edit(
    tx: &mut Tx,
    actor: Actor<'_>,
    (customer, number): (TenantId, TicketNumber),
    version: Option<u64>,
    edit: &EditIssue,
) -> Result<IncidentChanged> {
    let found = find(tx, actor, Some(customer), number).await?.of_version(version)?.open_issue()?;
    let before = incident_writes::text(tx.conn(), number).await?.ok_or_else(Error::not_found)?;
    let description = match &edit.description {
        None => before.description.clone(),
        Some(description) => text::lines_at("#/description", description, LONGEST_DESCRIPTION)?,
    };
    let high_impact_reason = match edit.high_impact_reason.as_deref() {
        None => before.high_impact_reason.clone(),
        Some(reason) if reason.trim().is_empty() => None,
        Some(reason) => Some(text::lines_at("#/highImpactReason", reason, LONGEST_IMPACT_REASON)?),
    };
    let rooms = match &edit.rooms {
        None => found.rooms.clone(),
        Some(named) => rooms_after(tx.conn(), actor, &found, each_once(named.clone())?).await?,
    };
    let after = IssueText { description, high_impact_reason };
    if after == before && rooms == found.rooms {
        return Ok(found.raised(0));
    }
    let now = tx.now();
    incident_writes::edit(tx.conn(), number, &after, now).await?;
    let moved: Vec<RoomId> = {
        let (old, new): (BTreeSet<RoomId>, BTreeSet<RoomId>) = (found.rooms.iter().copied().collect(), rooms.iter().copied().collect());
        old.symmetric_difference(&new).copied().collect()
    };
    if rooms != found.rooms {
        incident_writes::set_rooms(tx.conn(), number, &found.rooms, &rooms).await?;
    }
    record_change(tx, customer, number, &moved).await?;
    if rooms != found.rooms && (found.rooms.is_empty() || found.rooms.iter().any(|room| !rooms.contains(room))) {
        // Whoever saw it by a room that went loses it, and nobody else may learn of it.
        tx.record(Change::rights(customer, None, None).lost_by(Audience::NOBODY)).await?;
    }
    let mut entry = found.entry(actor, AuditOperation::Update);
    if after.description != before.description {
        entry = entry.changed("description", "…", "…");
    }
    if after.high_impact_reason != before.high_impact_reason {
        let said = |text: &IssueText| if text.high_impact_reason.is_some() { "yes" } else { "no" };
        entry = entry.changed("highImpact", said(&before), said(&after));
    }
    if rooms != found.rooms {
        entry = entry.changed("rooms", found.rooms.len().to_string(), rooms.len().to_string());
    }
    tx.audit(entry).await?;
    Ok(found.raised(1))
}

/// Why an issue is closed, and by whom where no caller does.
#[derive(Debug, Clone)]
pub struct Closing<'a> {
    pub reason: ClosureReason,
    pub comment: Option<&'a str>,
    pub closed_by: Option<PrincipalId>,
}

/// Closes a recorded issue (R85–R87). A caller closes it in their own name. `customer` is the one at whose address it was asked for; the operator
/// names none.
pub async fn close(
    tx: &mut Tx,
    actor: Actor<'_>,
    (customer, number): (Option<TenantId>, TicketNumber),
    version: Option<u64>,
    closing: Closing<'_>,
) -> Result<IncidentChanged> {
    // What nobody may do is said before what one came too late for.
    let found = find(tx, actor, customer, number).await?.open_issue()?.of_version(version)?;
    let comment = closing.comment.filter(|comment| !comment.trim().is_empty());
    let comment = comment.map(|comment| text::lines_at("#/comment", comment, LONGEST_COMMENT)).transpose()?;
    let by = match (actor, closing.closed_by) {
        (Actor::Caller(caller), _) => caller.display_name.clone(),
        (_, Some(closer)) => people::find(tx, closer).await?.display_name,
        (_, None) => return Err(Error::bad_request("closedBy: name who closes it")),
    };
    let now = tx.now();
    incident_writes::close(tx.conn(), &found.state, &by, closing.reason, comment.as_deref(), now).await?;
    record_change(tx, found.state.customer, number, &found.rooms).await?;
    let entry = found.entry(actor, AuditOperation::Update);
    tx.audit(entry.changed("status", found.state.status.as_str(), IncidentStatus::Closed.as_str())).await?;
    Ok(found.raised(1))
}

fn each_once(mut rooms: Vec<RoomId>) -> Result<Vec<RoomId>> {
    let mut seen = BTreeSet::new();
    rooms.retain(|room| seen.insert(*room));
    if rooms.len() > MOST_ROOMS {
        return Err(Error::field(FieldCode::RoomsTooMany, "#/rooms", format!("at most {MOST_ROOMS} rooms")));
    }
    Ok(rooms)
}

/// Whether an issue with `rooms` may be recorded as far as it concerns those that are `added`. A room where the caller may not record is told apart
/// from no room, and from one that is no longer managed (R68), by nothing.
async fn may_record_in(conn: &mut Conn, actor: Actor<'_>, customer: TenantId, rooms: &[RoomId], added: &[RoomId]) -> Result<()> {
    let unknown = |room: &RoomId| Error::field(FieldCode::RoomUnknown, "#/rooms", format!("there is no room {room}"));
    if let Actor::Caller(caller) = actor {
        let rights = caller.access.at(customer).ok_or(Error::not_found())?;
        if rooms.is_empty() && !rights.allow_everywhere(Permission::IncidentsCreate) {
            let why = "Name the rooms: your right to record issues covers some rooms only.";
            return Err(Error::field(FieldCode::RoomsMustBeNamed, "#/rooms", why));
        }
        if let Some(room) = added.iter().find(|room| rights.allow(Permission::IncidentsCreate, **room).is_none()) {
            return Err(unknown(room));
        }
    }
    let managed: BTreeSet<RoomId> = stored_rooms::managed(conn, customer, added).await?.into_iter().collect();
    added.iter().find(|room| !managed.contains(room)).map_or(Ok(()), |room| Err(unknown(room)))
}

/// The rooms of an issue whose visible ones are to be these: those that stay in their order, and then the new ones.
async fn rooms_after(conn: &mut Conn, actor: Actor<'_>, found: &Found, named: Vec<RoomId>) -> Result<Vec<RoomId>> {
    let customer = found.state.customer;
    let is_visible = |at: usize| found.visible.contains(&at);
    let mut after = Vec::with_capacity(found.rooms.len());
    let mut removed = Vec::new();
    for (at, room) in found.rooms.iter().enumerate() {
        if is_visible(at) && !named.contains(room) { removed.push(*room) } else { after.push(*room) }
    }
    if let Actor::Caller(caller) = actor {
        let rights = caller.rights_with(customer, Permission::TicketsUpdate)?;
        if removed.iter().any(|room| rights.allow(Permission::TicketsUpdate, *room).is_none()) {
            let why = "A room that you may only look at stays: your right to change incidents does not cover it.";
            return Err(Error::field(FieldCode::RoomUnknown, "#/rooms", why));
        }
    }
    // Against what the caller sees: whether a room that they do not see is in it already must make no difference (A23).
    let seen: Vec<RoomId> = found.visible.iter().filter_map(|at| found.rooms.get(*at).copied()).collect();
    let added: Vec<RoomId> = named.into_iter().filter(|room| !seen.contains(room)).collect();
    after.extend(added.iter().filter(|room| !found.rooms.contains(room)));
    if !added.is_empty() || (after.is_empty() && !found.rooms.is_empty()) {
        may_record_in(conn, actor, customer, &after, &added).await?;
    }
    Ok(after)
}
