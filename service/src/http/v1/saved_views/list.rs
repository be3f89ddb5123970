//! `GET /v1/me/views`.

use axum::Json;
use tenantry_model::api::saved_views::SavedViews;

use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::store::saved_views;

/// The filters that the caller has saved, in their order.
#[utoipa::path(get, path = "/me/views", tag = "users", security(("user" = [])), responses((status = 200, body = SavedViews)))]
pub(crate) async fn saved_views(mut request: ReadRequest) -> Result<Json<SavedViews>> {
    let user = request.caller.user;
    Ok(Json(SavedViews { views: saved_views::of(request.tx.conn(), user).await? }))
}
