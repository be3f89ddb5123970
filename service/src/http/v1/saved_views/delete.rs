//! `DELETE /v1/me/views/{view}`.

use http::StatusCode;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::SavedViewId;

use crate::domain::saved_views;
use crate::error::Result;
use crate::http::auth::{Attempt, WriteRequest};
use crate::http::extract::Ids;
use crate::http::headers::VersionTag;

/// Away with a saved filter.
#[utoipa::path(
    delete, path = "/me/views/{view}", tag = "users", security(("user" = [])),
    params(("view" = SavedViewId, Path), ("If-Match" = VersionTag, Header, description = "The view's ETag")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = "The caller has none of this id"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn delete_view(request: WriteRequest, Ids(view): Ids<SavedViewId>) -> Result<StatusCode> {
    let version = request.version()?;
    let mut write = request.open(Attempt::own(AuditCategory::Incident, AuditOperation::Delete, "saved view")).await?;
    let (tx, caller, _) = write.parts();
    saved_views::delete(tx, caller.user, view, version).await?;
    write.commit().await.map(|()| StatusCode::NO_CONTENT)
}
