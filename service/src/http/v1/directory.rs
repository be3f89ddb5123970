//! `GET /v1/directory`.

use axum::Json;
use tenantry_model::api::people::DirectoryEntry;
use utoipa::IntoParams;

use crate::domain::directory;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::query::{Parameters, Query};

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Search {
    /// A part of a name or of a sign-in name.
    #[param(min_length = 1, max_length = 80)]
    q: String,
}

impl Parameters for Search {
    fn take(query: &mut Query) -> Result<Self> {
        Ok(Self { q: query.one("q")?.unwrap_or_default() })
    }
}

/// Users and security groups of the caller's own organisation, at most 50, by name. For those who may give somebody a role.
#[utoipa::path(
    get, path = "/directory", tag = "users", security(("user" = [])), params(Search),
    responses((status = 200, body = Vec<DirectoryEntry>), (status = 404, description = "The caller has nothing to give to anybody")),
)]
pub(crate) async fn directory(mut request: ReadRequest, query: Query) -> Result<Json<Vec<DirectoryEntry>>> {
    let Search { q } = query.parse()?;
    Ok(Json(directory::search(request.tx.conn(), &request.caller, &q).await?))
}
