//! `GET /v1/tenants`.

use axum::Json;
use tenantry_model::api::{Page, TenantRow};

use crate::domain::customers;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::query::{Paging, Query};

/// The customers that the caller may see and, for those who may answer them, the invitations that wait (R4, R27, R28).
#[utoipa::path(get, path = "/tenants", tag = "users", security(("user" = [])), params(Paging), responses((status = 200, body = Page<TenantRow>)))]
pub(crate) async fn tenants(mut request: ReadRequest, query: Query) -> Result<Json<Page<TenantRow>>> {
    let Paging { cursor, limit } = query.parse()?;
    Ok(Json(customers::tenants(request.tx.conn(), &request.caller, request.now, cursor.as_deref(), limit).await?))
}
