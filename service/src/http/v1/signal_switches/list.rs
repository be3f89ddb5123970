//! `GET /v1/customers/{customer}/signals`.

use axum::Json;
use axum::response::IntoResponse;
use tenantry_model::api::signal_switches::SignalSwitches;
use tenantry_model::id::TenantId;

use super::NOT_FOUND;
use crate::domain::settings::signals;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::{Ids, version_tag};

/// The catalogue of signals, which of them raise incidents, and how many are open, which switching them off would close (R74). Needs `settings.view` there.
#[utoipa::path(
    get, path = "/customers/{customer}/signals", tag = "settings", security(("user" = [])), params(("customer" = TenantId, Path)),
    responses(
        (status = 200, body = SignalSwitches, headers(("ETag" = String, description = "Their version"))),
        (status = 404, description = NOT_FOUND),
    ),
)]
pub(crate) async fn signal_switches(mut request: ReadRequest, Ids(customer): Ids<TenantId>) -> Result<impl IntoResponse> {
    let switches = signals::list(request.tx.conn(), &request.caller, customer).await?;
    Ok((version_tag(switches.version), Json(switches)))
}
