//! What claims and snoozes have in common: one change of one incident, done once under the name of its form.

use axum::Json;
use serde::Serialize;
use tenantry_model::api::incidents::{IncidentChanged, SnoozeIncident};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use crate::domain::incidents::{claims, snoozes};
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};

pub(super) enum Work<'a> {
    Claim { take_over: bool },
    Release,
    Snooze(&'a SnoozeIncident),
    Wake,
}

/// `body` is what was sent: sent again under the same name, it is answered as before.
pub(super) async fn work(
    request: WriteRequest,
    (customer, number): (TenantId, TicketNumber),
    body: &(impl Serialize + Sync),
    work: Work<'_>,
) -> Result<Json<IncidentChanged>> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Incident, AuditOperation::Update, number)).await?;
    if let Some(before) = write.answered(body).await? {
        return Ok(Json(before));
    }
    let (tx, caller, _) = write.parts();
    let at = (customer, number);
    let outcome = match work {
        Work::Claim { take_over } => claims::claim(tx, caller, at, take_over).await,
        Work::Release => claims::release(tx, caller, at).await,
        Work::Snooze(new) => snoozes::snooze(tx, caller, at, new).await,
        Work::Wake => snoozes::wake(tx, caller, at).await,
    };
    write.finish(outcome).await.map(Json)
}
