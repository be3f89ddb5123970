//! `POST /v1/customers/{customer}/rings/{ring}/rooms`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::update_rings::MoveRooms;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{TenantId, UpdateRingId};

use super::NOT_FOUND;
use crate::domain::update_rings::controlled;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids, outcome_of};
use crate::http::headers::{LockedTo, SentAgain, VersionTag};

/// Rooms into a ring, out of theirs; the version of the ring stays. Needs `rings.view`, and in each of the rooms `rooms.view`, `rings.view` and `rings.modify`.
#[utoipa::path(
    post, path = "/customers/{customer}/rings/{ring}/rooms", tag = "rooms", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("ring" = UpdateRingId, Path),
        ("If-Match" = VersionTag, Header, description = "The ring's version, as the list of rings has it"), LockedTo, SentAgain,
    ),
    request_body = MoveRooms,
    responses(
        (status = 200, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24, A18)"),
        (status = 400, description = "No room, more than 200, or a room that there is not for the caller"),
        (status = 404, description = NOT_FOUND),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn move_to_update_ring(
    request: WriteRequest,
    Ids((customer, ring)): Ids<(TenantId, UpdateRingId)>,
    Body(new): Body<MoveRooms>,
) -> Result<impl IntoResponse> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::UpdateRing, AuditOperation::Update, ring)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok(outcome_of(before, false));
    }
    let (tx, caller, random) = write.parts();
    let outcome = controlled::move_rooms(tx, caller, (customer, ring), version, &new.rooms, random).await;
    write.finish(outcome).await.map(|outcome| outcome_of(outcome, false))
}
