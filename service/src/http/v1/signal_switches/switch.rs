//! `PATCH /v1/customers/{customer}/signals`.

use axum::Json;
use tenantry_model::api::requests::Done;
use tenantry_model::api::signal_switches::SwitchSignals;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::settings::signals;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain, VersionTag};

/// Switches signals on or off, or back to how the catalogue has them. Switching one off closes its open incidents, of thousands in steps that take some
/// seconds, and lets none open; switching it on again reopens none (R74). Needs `settings.modify` over everything, as a user of the customer's own.
#[utoipa::path(
    patch, path = "/customers/{customer}/signals", tag = "settings", security(("user" = [])),
    params(("customer" = TenantId, Path), ("If-Match" = VersionTag, Header, description = "Their ETag"), LockedTo, SentAgain),
    request_body = SwitchSignals,
    responses(
        (status = 200, body = Done),
        (status = 400, description = "All are named, for something else than the default"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "The right covers some rooms only, or is a partner's"),
        (status = 412, description = "They have changed since they were read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn switch_signals(
    request: WriteRequest,
    Ids(customer): Ids<TenantId>,
    Body(change): Body<SwitchSignals>,
) -> Result<Json<Done>> {
    let version = request.version()?;
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::Settings, AuditOperation::Update, customer)).await?;
    if let Some(before) = write.answered(&change).await? {
        return Ok(Json(before));
    }
    let (tx, caller, random) = write.parts();
    let outcome = signals::switch(tx, Actor::Caller(caller), customer, &change, Some(version), random).await;
    let outcome = outcome.map(|version| Done { id: None, version: Some(version) });
    write.finish(outcome).await.map(Json)
}
