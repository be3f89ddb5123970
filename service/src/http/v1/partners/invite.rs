//! `POST /v1/partners`.

use axum::Json;
use http::StatusCode;
use tenantry_model::api::partners::InvitePartner;
use tenantry_model::api::requests::Done;
use tenantry_model::audit::{AuditCategory, AuditOperation};

use super::NOT_FOUND;
use crate::domain::partners;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Body;
use crate::http::headers::SentAgain;

/// Invites the partner that holds a domain (R17–R21, R25). Its administrators and tenant managers see it at once (R26). Answers the partner's id.
#[utoipa::path(
    post, path = "/partners", tag = "partners", security(("user" = [])), params(SentAgain), request_body = InvitePartner,
    responses(
        (status = 201, body = Done),
        (status = 400, description = "An unknown domain, one's own, or one of no onboarded partner (A4); no room (R25), unknown rooms or groups; terms not agreed to"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It has an invitation already, or works for the customer (A3)"),
    ),
)]
pub(crate) async fn invite(request: WriteRequest, Body(new): Body<InvitePartner>) -> Result<(StatusCode, Json<Done>)> {
    let mut write = request.open(Attempt::own(AuditCategory::PartnerInvitation, AuditOperation::Create, &new.domain)).await?;
    if let Some(before) = write.answered(&new).await? {
        return Ok((StatusCode::CREATED, Json(before)));
    }
    let (tx, caller, random) = write.parts();
    let outcome = partners::invite(tx, caller, new, random).await;
    let outcome = outcome.map(|partner| Done { id: Some(partner.uuid()), version: Some(1) });
    write.finish(outcome).await.map(|done| (StatusCode::CREATED, Json(done)))
}
