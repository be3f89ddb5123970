//! `PATCH /v1/partners/{partner}`.

use axum::Json;
use tenantry_model::api::partners::ChangePartner;
use tenantry_model::api::requests::Done;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::TenantId;

use super::NOT_FOUND;
use crate::domain::actor::Actor;
use crate::domain::relationships::write::change;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::VersionTag;

/// Changes what is delegated to a partner, by what is added and taken away (A36), its ceiling, change control or offline terms. Counts from the next request on
/// (R58, A9).
#[utoipa::path(
    patch, path = "/partners/{partner}", tag = "partners", security(("user" = [])),
    params(("partner" = TenantId, Path), ("If-Match" = VersionTag, Header, description = "The partner's ETag")), request_body = ChangePartner,
    responses(
        (status = 200, body = Done),
        (status = 400, description = "Unknown rooms or groups, more than 25,000 rooms, or a room that stays delegated by a group or by all"),
        (status = 404, description = NOT_FOUND),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn change_partner(
    request: WriteRequest,
    Ids(partner): Ids<TenantId>,
    Body(new): Body<ChangePartner>,
) -> Result<Json<Done>> {
    let version = request.version()?;
    let mut write = request.open(Attempt::own(AuditCategory::Assignment, AuditOperation::Update, partner)).await?;
    let (tx, caller, _) = write.parts();
    let outcome = change(tx, Actor::Caller(caller), (partner, caller.tenant.id), &new, Some(version)).await;
    let outcome = outcome.map(|version| Done { id: None, version: Some(version) });
    write.finish(outcome).await.map(Json)
}
