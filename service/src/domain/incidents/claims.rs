//! Who works on an incident (A32): a lease that locks nothing, and ends by itself.

use tenantry_model::api::incidents::IncidentChanged;
use tenantry_model::audit::AuditOperation;
use tenantry_model::id::TenantId;
use tenantry_model::incident::{Claim, HistoryKind};
use tenantry_model::problem::FieldCode;
use tenantry_model::text::TicketNumber;

use super::found::{Found, find, record_change};
use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::store::incident_work;
use crate::store::incident_writes::ALONE_FOR;

/// Claims it for the caller, or renews their claim. Where somebody else works on it, only by taking it over, which its history tells.
pub async fn claim(tx: &mut Tx, caller: &Caller, at: (TenantId, TicketNumber), take_over: bool) -> Result<IncidentChanged> {
    let (customer, number) = at;
    let found = find(tx, Actor::Caller(caller), Some(customer), number).await?.active("It is resolved or closed: nobody works on it.")?;
    let work = incident_work::of(tx.conn(), number).await?.unwrap_or_default();
    let (now, holder) = (tx.now(), caller.user.user_id);
    let held = work.claim.filter(|claim| claim.holds(now));
    let renews = held.as_ref().is_some_and(|claim| claim.holder == holder);
    let other = held.filter(|claim| claim.holder != holder);
    if let Some(other) = other.as_ref().filter(|_| !take_over) {
        let why = format!("{} works on it. Take it over if you agreed on that.", other.name);
        return Err(Error::field(FieldCode::ClaimedByOther, "#/takeOver", why));
    }
    let claim = Claim { holder, name: caller.display_name.clone(), until: now.plus(Claim::LASTS) };
    incident_work::claim(tx.conn(), found.state.number, Some(&claim), claim.until.plus(ALONE_FOR)).await?;
    if let Some(other) = other {
        incident_work::note(tx.conn(), found.state.number, now, HistoryKind::TakenOver, Some(&claim.name)).await?;
        tx.audit(entry(&found, caller).changed("claim", &*other.name, &*claim.name)).await?;
    } else if !renews {
        tx.audit(entry(&found, caller).added("claim", &*claim.name)).await?;
    }
    changed(tx, &found).await
}

/// Ends the caller's claim. Where they have none, nothing happens.
pub async fn release(tx: &mut Tx, caller: &Caller, at: (TenantId, TicketNumber)) -> Result<IncidentChanged> {
    let (customer, number) = at;
    let found = find(tx, Actor::Caller(caller), Some(customer), number).await?;
    let work = incident_work::of(tx.conn(), number).await?.unwrap_or_default();
    let Some(claim) = work.claim.filter(|claim| claim.holder == caller.user.user_id) else {
        return Ok(found.raised(0));
    };
    let now = tx.now();
    incident_work::claim(tx.conn(), number, None, now.plus(ALONE_FOR)).await?;
    if claim.holds(now) {
        tx.audit(entry(&found, caller).changed("claim", &*claim.name, "")).await?;
    }
    changed(tx, &found).await
}

fn entry(found: &Found, caller: &Caller) -> crate::store::audit::NewAudit {
    found.entry(Actor::Caller(caller), AuditOperation::Update)
}

async fn changed(tx: &mut Tx, found: &Found) -> Result<IncidentChanged> {
    record_change(tx, found.state.customer, found.state.number, &[]).await?;
    Ok(found.raised(0))
}
