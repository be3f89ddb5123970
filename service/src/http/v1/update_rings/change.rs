//! `PATCH /v1/customers/{customer}/rings/{ring}`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::update_rings::ChangeUpdateRing;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{TenantId, UpdateRingId};

use super::NOT_FOUND;
use crate::domain::update_rings::controlled;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids, outcome_of};
use crate::http::headers::{LockedTo, SentAgain, VersionTag};

/// Another place, other words or days; what is left out stays. Needs `rings.view` and `rings.modify`: over everything as a user of the customer's own, else
/// in each room of a ring that is no preset one (A21).
#[utoipa::path(
    patch, path = "/customers/{customer}/rings/{ring}", tag = "rooms", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("ring" = UpdateRingId, Path),
        ("If-Match" = VersionTag, Header, description = "The ring's version, as the list of rings has it"), LockedTo, SentAgain,
    ),
    request_body = ChangeUpdateRing,
    responses(
        (status = 200, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24, A18)"),
        (status = 400, description = "No name, no place from 1 to 9, or no number of days"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "The name or the place is taken, fewer days are left of 60 (R101), or Staging would not be the first. The ring is a preset one, or holds rooms that the right does not cover"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn change_update_ring(
    request: WriteRequest,
    Ids((customer, ring)): Ids<(TenantId, UpdateRingId)>,
    Body(change): Body<ChangeUpdateRing>,
) -> Result<impl IntoResponse> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::UpdateRing, AuditOperation::Update, ring)).await?;
    if let Some(before) = write.answered(&change).await? {
        return Ok(outcome_of(before, false));
    }
    let (tx, caller, random) = write.parts();
    let outcome = controlled::change(tx, caller, (customer, ring), version, &change, random).await;
    write.finish(outcome).await.map(|outcome| outcome_of(outcome, false))
}
