//! `GET /v1/directory`.

use axum::Json;
use tenantry_model::api::people::DirectoryEntry;
use utoipa::IntoParams;

use crate::domain::directory;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Query;

/// Whom to look for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Query` takes by name")]
pub(crate) struct Search {
    /// A part of a name or of a sign-in name.
    #[param(min_length = 1, max_length = 80)]
    q: String,
}

/// Users and security groups of the caller's own organisation, at most 50, by name. For those who may give somebody a role.
#[utoipa::path(
    get, path = "/directory", tag = "users", security(("user" = [])), params(Search),
    responses((status = 200, body = Vec<DirectoryEntry>), (status = 404, description = "The caller has nothing to give to anybody")),
)]
pub(crate) async fn directory(mut request: ReadRequest, mut query: Query) -> Result<Json<Vec<DirectoryEntry>>> {
    let text: String = query.one("q")?.unwrap_or_default();
    query.finish()?;
    Ok(Json(directory::search(request.tx.conn(), &request.caller, &text).await?))
}
