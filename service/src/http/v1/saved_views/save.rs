//! `PUT /v1/me/views/{view}`.

use axum::Json;
use axum::response::IntoResponse;
use http::StatusCode;
use tenantry_model::api::saved_views::{SaveView, SavedView};
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::SavedViewId;

use crate::domain::saved_views::{self, Saved};
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::{Body, Ids, version_tag};
use crate::http::headers::ReplacedVersion;

/// Saves a filter under an id of the sender's choice, or replaces the version that was read: another name, filter or place. The filter is read, and
/// refused with its place where it is none. At most 50 a user, no two of one name.
#[utoipa::path(
    put, path = "/me/views/{view}", tag = "users", security(("user" = [])),
    params(("view" = SavedViewId, Path), ReplacedVersion),
    request_body = SaveView,
    responses(
        (status = 200, body = SavedView, description = "Replaced, or there already as it was sent"),
        (status = 201, body = SavedView, description = "Saved"),
        (status = 404, description = "There is none to replace"),
        (status = 409, description = "The name is taken, or there are 50 already"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "There is one, and no If-Match"),
    ),
)]
pub(crate) async fn save_view(request: WriteRequest, Ids(view): Ids<SavedViewId>, Body(sent): Body<SaveView>) -> Result<impl IntoResponse> {
    let (sent, version) = (saved_views::checked(sent)?, request.version_if_any()?);
    let mut write = request.open(Attempt::own(AuditCategory::Incident, AuditOperation::Update, "saved view")).await?;
    let (tx, caller, _) = write.parts();
    let saved = saved_views::save(tx, caller.user, view, version, sent).await?;
    write.commit().await?;
    let (status, view) = match saved {
        Saved::Created(view) => (StatusCode::CREATED, view),
        Saved::Kept(view) => (StatusCode::OK, view),
    };
    Ok((status, version_tag(view.version), Json(view)))
}
