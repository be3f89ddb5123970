//! Recorded issues, and the threads of all incidents.

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{IncidentStatus, IncidentType};
use tenantry_model::text::TicketNumber;

use super::change::{CloseIssue, PostMessage, RecordIssue, SetIncidentStatus};
use super::relationships::check_rooms;
use super::{Outcome, people};
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::estate::issues::{self, IncidentPlace, NewIssue, NewMessage};
use crate::store::{Change, Tx};

const LONGEST_TEXT: usize = 10_000;

pub(super) async fn record(tx: &mut Tx, change: RecordIssue, random: &dyn Random) -> Result<Outcome> {
    let RecordIssue { customer, description, mut rooms, high_impact_reason, created_by } = change;
    let description = long_text("description", &description)?;
    let high_impact_reason = high_impact_reason.map(|reason| long_text("highImpactReason", &reason)).transpose()?;
    let reporter = people::find(tx, created_by).await?;
    let mut seen = std::collections::BTreeSet::new();
    rooms.retain(|room| seen.insert(*room));
    check_rooms(tx, customer, &rooms).await?;
    let created_at = tx.now();
    let created_by = (reporter.tenant, reporter.id);
    let new = NewIssue { customer, description, rooms, high_impact_reason, created_by, created_at };
    let number = issues::record(tx.conn(), &new, random).await?;
    record_change(tx, customer, number, &new.rooms).await?;
    Ok(Outcome { number: Some(number), ..Outcome::nothing() })
}

pub(super) async fn post(tx: &mut Tx, change: PostMessage) -> Result<Outcome> {
    let place = place(tx, change.number).await?;
    let author = match change.author {
        Some(author) => Some(people::find(tx, author).await?.display_name),
        None => None,
    };
    if change.assign_to_service && !place.status.is_active() {
        return Err(Error::conflict("an incident that is resolved or closed cannot be assigned to the service"));
    }
    let message =
        NewMessage { at: tx.now(), author, text: long_text("text", &change.text)?, assigned_to_service: change.assign_to_service };
    issues::post(tx.conn(), change.number, &message).await?;
    if change.assign_to_service {
        issues::set_status(tx.conn(), change.number, IncidentStatus::AssignedToService, message.at).await?;
    }
    record_change(tx, place.customer, place.number, &[]).await?;
    Ok(Outcome::nothing())
}

pub(super) async fn set_status(tx: &mut Tx, change: SetIncidentStatus) -> Result<Outcome> {
    let place = place(tx, change.number).await?;
    if !place.status.is_active() || !change.status.is_active() {
        return Err(Error::conflict("only an active incident changes hands; signals resolve, and time closes"));
    }
    let now = tx.now();
    issues::set_status(tx.conn(), change.number, change.status, now).await?;
    record_change(tx, place.customer, place.number, &[]).await?;
    Ok(Outcome::nothing())
}

pub(super) async fn close(tx: &mut Tx, change: CloseIssue) -> Result<Outcome> {
    let place = place(tx, change.number).await?;
    if place.kind != IncidentType::CustomerReported {
        return Err(Error::conflict("a signal ticket closes by itself, once its signal is healthy"));
    }
    if !place.status.is_active() {
        return Err(Error::conflict("the issue is closed already"));
    }
    let by = people::find(tx, change.closed_by).await?.display_name;
    let comment = change.comment.map(|comment| long_text("comment", &comment)).transpose()?;
    let now = tx.now();
    issues::close(tx.conn(), &place, &by, change.reason, comment.as_deref(), now).await?;
    let rooms = issues::rooms(tx.conn(), place.number).await?;
    record_change(tx, place.customer, place.number, &rooms).await?;
    Ok(Outcome::nothing())
}

async fn record_change(tx: &mut Tx, customer: TenantId, number: TicketNumber, rooms: &[RoomId]) -> Result<()> {
    tx.record(Change::incident(customer, number)).await?;
    let rooms: Vec<Change> = rooms.iter().map(|room| Change::room(customer, *room)).collect();
    tx.record_all(&rooms).await
}

async fn place(tx: &mut Tx, number: TicketNumber) -> Result<IncidentPlace> {
    issues::place(tx.conn(), number).await?.ok_or_else(|| Error::bad_request(format!("there is no incident {number}")))
}

fn long_text(what: &str, value: &str) -> Result<String> {
    let value = value.trim();
    let control = |c: char| c.is_control() && c != '\n' && c != '\t';
    if value.is_empty() || value.chars().count() > LONGEST_TEXT || value.chars().any(control) {
        return Err(Error::bad_request(format!("{what} must be 1 to {LONGEST_TEXT} characters, with no control characters but line ends")));
    }
    Ok(value.to_owned())
}
