//! `GET /v1/directory`.

use axum::Json;
use tenantry_model::api::people::DirectoryEntry;
use utoipa::IntoParams;

use crate::domain::directory;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::query::{Parameters, Query};

/// How many are found where nobody says: who does not find theirs types more.
const MOST: u32 = 50;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Search {
    /// Words that name and sign-in name must hold, anywhere and in any order; without case and accents, `ä` being `a` and `ae`.
    #[param(min_length = 1, max_length = 80)]
    q: String,
    /// How many at most; 50 where nobody says.
    #[param(minimum = 1, maximum = 200, required = false)]
    limit: u32,
}

impl Parameters for Search {
    fn take(query: &mut Query) -> Result<Self> {
        Ok(Self { q: query.one("q")?.unwrap_or_default(), limit: query.limit(MOST)? })
    }
}

/// Users and security groups of the caller's own organisation, by name. For those who may give somebody a role.
#[utoipa::path(
    get, path = "/directory", tag = "users", security(("user" = [])), params(Search),
    responses((status = 200, body = Vec<DirectoryEntry>), (status = 404, description = "The caller has nothing to give to anybody")),
)]
pub(crate) async fn directory(mut request: ReadRequest, query: Query) -> Result<Json<Vec<DirectoryEntry>>> {
    let Search { q, limit } = query.parse()?;
    Ok(Json(directory::search(request.tx.conn(), &request.caller, &q, limit).await?))
}
