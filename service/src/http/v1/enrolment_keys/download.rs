//! `POST /v1/customers/{customer}/enrolment-keys`.

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

/// Another self-enrolment key, shown this once; those before go on (R106). A customer has at most 20: the oldest that nothing came by makes room. Needs
/// `rooms.download_key` over everything there. Nothing of the answer is stored, so that it is not answered again: sent again, it is another key.
#[utoipa::path(
    post, path = "/customers/{customer}/enrolment-keys", tag = "settings", security(("user" = [])), params(("customer" = TenantId, Path), LockedTo),
    responses(
        (status = 201, body = IssuedKey),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "As many keys as there may be are in use, or the right covers some rooms only"),
    ),
)]
pub(crate) async fn download_enrolment_key(request: WriteRequest, Ids(customer): Ids<TenantId>) -> Result<(StatusCode, Json<IssuedKey>)> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::EnrolmentKey, AuditOperation::Create, customer)).await?;
    let (tx, caller, random) = write.parts();
    let outcome = keys::download(tx, Actor::Caller(caller), customer, random).await;
    write.finish(outcome).await.map(|issued| (StatusCode::CREATED, Json(issued)))
}
