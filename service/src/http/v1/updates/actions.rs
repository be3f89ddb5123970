//! `POST /v1/customers/{customer}/updates/{update}/actions`.

use axum::response::IntoResponse;
use tenantry_model::api::requests::Outcome;
use tenantry_model::api::updates::UpdateAction;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{TenantId, UpdateId};

use super::NOT_FOUND;
use crate::domain::updates::controlled;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids, outcome_of};
use crate::http::headers::{LockedTo, SentAgain, VersionTag};

/// Pauses or resumes an update, has it tried again where it failed, or installed without waiting for ring and night (R105). Needs `rings.view` and `rings.modify`:
/// it is retried and forced in those rooms in which the caller has `rooms.view`, too; it is paused and resumed where these are all that have the package (A21).
#[utoipa::path(
    post, path = "/customers/{customer}/updates/{update}/actions", tag = "rooms", security(("user" = [])),
    params(
        ("customer" = TenantId, Path), ("update" = UpdateId, Path),
        ("If-Match" = VersionTag, Header, description = "The update's version, as the list of updates has it"), LockedTo, SentAgain,
    ),
    request_body = UpdateAction,
    responses(
        (status = 200, body = Outcome),
        (status = 202, body = Outcome, description = "It waits for the customer's approval (R24, A18)"),
        (status = 400, description = "No reason, or a room that there is not for the caller"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It is paused, is not, was withdrawn or is through; it concerns rooms that the right does not cover; or no room is left for it"),
        (status = 412, description = "It was paused or resumed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn act_on_update(
    request: WriteRequest,
    Ids((customer, update)): Ids<(TenantId, UpdateId)>,
    Body(action): Body<UpdateAction>,
) -> Result<impl IntoResponse> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::UpdateRing, AuditOperation::Update, update)).await?;
    if let Some(before) = write.answered(&action).await? {
        return Ok(outcome_of(before, false));
    }
    let (tx, caller, random) = write.parts();
    let outcome = controlled::act(tx, caller, (customer, update), version, &action, random).await;
    write.finish(outcome).await.map(|outcome| outcome_of(outcome, false))
}
