//! `GET /v1/customers/{customer}/settings`.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use tenantry_model::api::settings::CustomerSettings;
use tenantry_model::id::TenantId;

use super::NOT_FOUND;
use crate::domain::settings::general;
use crate::error::Result;
use crate::http::AppState;
use crate::http::auth::ReadRequest;
use crate::http::extract::{Ids, version_tag};

/// Name, domains, region, notification contacts, and what these hear (A29). Needs `settings.view` there.
#[utoipa::path(
    get, path = "/customers/{customer}/settings", tag = "settings", security(("user" = [])), params(("customer" = TenantId, Path)),
    responses(
        (status = 200, body = CustomerSettings, headers(("ETag" = String, description = "Their version"))),
        (status = 404, description = NOT_FOUND),
    ),
)]
pub(crate) async fn settings(
    State(state): State<AppState>,
    mut request: ReadRequest,
    Ids(customer): Ids<TenantId>,
) -> Result<impl IntoResponse> {
    let settings = general::read(request.tx.conn(), &request.caller, customer, state.settings().region).await?;
    Ok((version_tag(settings.version), Json(settings)))
}
