//! `PATCH /v1/customers/{customer}/settings`.

use axum::Json;
use tenantry_model::api::requests::Done;
use tenantry_model::api::settings::ChangeSettings;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::settings::general;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain, VersionTag};

/// Other contacts, other mail; what is left out stays. Needs `settings.modify` over everything, as a user of the customer's own.
#[utoipa::path(
    patch, path = "/customers/{customer}/settings", tag = "settings", security(("user" = [])),
    params(("customer" = TenantId, Path), ("If-Match" = VersionTag, Header, description = "Their ETag"), LockedTo, SentAgain),
    request_body = ChangeSettings,
    responses(
        (status = 200, body = Done),
        (status = 400, description = "More than 20 contacts, a contact without a name, no e-mail address, or one that two contacts have"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "The right covers some rooms only, or is a partner's"),
        (status = 412, description = "They have changed since they were read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn change_settings(
    request: WriteRequest,
    Ids(customer): Ids<TenantId>,
    Body(change): Body<ChangeSettings>,
) -> Result<Json<Done>> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Settings, AuditOperation::Update, customer)).await?;
    if let Some(before) = write.answered(&change).await? {
        return Ok(Json(before));
    }
    let (tx, caller, _) = write.parts();
    let outcome = general::change(tx, Actor::Caller(caller), customer, &change, Some(version)).await;
    let outcome = outcome.map(|version| Done { id: None, version: Some(version) });
    write.finish(outcome).await.map(Json)
}
