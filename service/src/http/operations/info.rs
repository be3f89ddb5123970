//! `GET /.well-known/tenantry`.

use axum::Json;
use axum::extract::State;
use tenantry_model::api::{API_VERSION, ServiceInfo};

use crate::http::AppState;

/// All that an app needs to know before sign-in.
#[utoipa::path(get, path = "/.well-known/tenantry", tag = "operations", responses((status = 200, body = ServiceInfo)))]
pub(crate) async fn info(State(state): State<AppState>) -> Json<ServiceInfo> {
    let settings = state.settings();
    Json(ServiceInfo {
        api_version: API_VERSION.to_owned(),
        service_version: env!("CARGO_PKG_VERSION").to_owned(),
        authority: settings.authority.as_str().trim_end_matches('/').to_owned(),
        client_id: settings.client_id.clone(),
        scopes: settings.scopes.clone(),
        redirect_host: settings.redirect_host.clone(),
        demo: settings.demo,
    })
}
