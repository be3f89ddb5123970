//! `GET /v1/tenants`.

use axum::Json;
use tenantry_model::api::{Page, TenantRow};
use utoipa::IntoParams;

use crate::domain::customers;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::extract::Query;

/// How a list pages.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes what `Query` takes by name")]
pub(crate) struct Paging {
    /// The `nextCursor` of the page before.
    cursor: Option<String>,
    /// How many rows at most; 100 where nobody says.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// The customers that the caller may see and, for those who may answer them, the invitations that wait (R4, R27, R28).
#[utoipa::path(get, path = "/tenants", tag = "users", security(("user" = [])), params(Paging), responses((status = 200, body = Page<TenantRow>)))]
pub(crate) async fn tenants(mut request: ReadRequest, mut query: Query) -> Result<Json<Page<TenantRow>>> {
    let (cursor, limit) = (query.cursor()?, query.limit()?);
    query.finish()?;
    Ok(Json(customers::tenants(request.tx.conn(), &request.caller, request.now, cursor.as_deref(), limit).await?))
}
