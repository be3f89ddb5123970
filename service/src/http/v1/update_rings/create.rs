//! `POST /v1/customers/{customer}/rings`.

use axum::Json;
use http::StatusCode;
use tenantry_model::api::requests::Done;
use tenantry_model::api::update_rings::CreateUpdateRing;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{TenantId, UpdateRingId};

use crate::domain::actor::Actor;
use crate::domain::update_rings::write;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids};
use crate::http::headers::{LockedTo, SentAgain};
use crate::random::uuid_v7;

/// An update ring, without rooms. Needs `rings.view`, and `rings.modify` over everything, as a user of the customer's own (A21).
#[utoipa::path(
    post, path = "/customers/{customer}/rings", tag = "rooms", security(("user" = [])),
    params(("customer" = TenantId, Path), LockedTo, SentAgain), request_body = CreateUpdateRing,
    responses(
        (status = 201, body = Done),
        (status = 400, description = "No name, no place from 1 to 9, or no number of days"),
        (status = 404, description = "The customer does not exist, or the caller may not change rings there"),
        (status = 409, description = "The name or the place is taken, or fewer days are left of 60 (R101). The right covers some rooms only, or is a partner's"),
    ),
)]
pub(crate) async fn create_update_ring(
    request: WriteRequest,
    Ids(customer): Ids<TenantId>,
    Body(new): Body<CreateUpdateRing>,
) -> Result<(StatusCode, Json<Done>)> {
    request.about(customer)?;
    let mut write = request.open(Attempt::at(customer, AuditCategory::UpdateRing, AuditOperation::Create, &new.name)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok((StatusCode::CREATED, Json(before)));
    }
    let (tx, caller, random) = write.parts();
    let id = UpdateRingId::from_uuid(uuid_v7(tx.now(), random));
    let outcome = write::create(tx, Actor::Caller(caller), id, customer, &new).await;
    let outcome = outcome.map(|()| Done { id: Some(id.uuid()), version: Some(1) });
    write.finish(outcome).await.map(|done| (StatusCode::CREATED, Json(done)))
}
