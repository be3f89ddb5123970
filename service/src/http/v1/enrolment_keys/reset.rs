//! `POST /v1/customers/{customer}/enrolment-keys/reset`.

use axum::Json;
use http::StatusCode;
use tenantry_model::api::enrolment_keys::IssuedKey;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::settings::keys;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Ids;
use crate::http::headers::LockedTo;

/// A new self-enrolment key, shown this once. All others end at once, also those of rooms that wait for their devices (R106). Needs `rooms.reset_key` over
/// everything, as a user of the customer's own. Nothing of the answer is stored, so that it is not answered again: sent again, it is another key.
#[utoipa::path(
    post, path = "/customers/{customer}/enrolment-keys/reset", tag = "settings", security(("user" = [])), params(("customer" = TenantId, Path), LockedTo),
    responses(
        (status = 201, body = IssuedKey),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "The right covers some rooms only, or is a partner's"),
    ),
)]
pub(crate) async fn reset_enrolment_keys(request: WriteRequest, Ids(customer): Ids<TenantId>) -> Result<(StatusCode, Json<IssuedKey>)> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::EnrolmentKey, AuditOperation::Update, customer)).await?;
    let (tx, caller, random) = write.parts();
    let outcome = keys::reset(tx, Actor::Caller(caller), customer, random).await;
    write.finish(outcome).await.map(|issued| (StatusCode::CREATED, Json(issued)))
}
