//! `GET /v1/partners/{partner}`.

use axum::Json;
use axum::response::IntoResponse;
use tenantry_model::api::partners::PartnerDetail;
use tenantry_model::id::TenantId;

use super::NOT_FOUND;
use crate::domain::partners;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::{Ids, version_tag};

/// One partner: what is delegated to it, within which ceiling, and who there holds which role.
#[utoipa::path(
    get, path = "/partners/{partner}", tag = "partners", security(("user" = [])), params(("partner" = TenantId, Path)),
    responses(
        (status = 200, body = PartnerDetail, headers(("ETag" = String, description = "The relationship's version"))),
        (status = 404, description = NOT_FOUND),
    ),
)]
pub(crate) async fn partner(mut request: ReadRequest, Ids(partner): Ids<TenantId>) -> Result<impl IntoResponse> {
    let detail = partners::detail(request.tx.conn(), &request.caller, partner, request.now).await?;
    Ok((version_tag(detail.version), Json(detail)))
}
