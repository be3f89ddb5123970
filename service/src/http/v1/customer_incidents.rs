//! `GET /v1/customers/{customer}/incidents`.

use axum::extract::State;
use axum::response::Response;
use tenantry_model::api::IncidentPage;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;

use crate::domain::incidents::ListQuery;
use crate::error::Result;
use crate::http::AppState;
use crate::http::auth::SignedIn;
use crate::http::extract::{Ids, Query};
use crate::http::v1::incidents::{Filters, answer, filters};
use crate::http::v1::tenants::Paging;

/// The incidents of a customer that the caller may see. Needs `tickets.view`. A page may be short; only a missing `nextCursor` ends the list.
#[utoipa::path(
    get, path = "/customers/{customer}/incidents", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), Filters, Paging),
    responses((status = 200, body = IncidentPage), (status = 404, description = "It does not exist, or not for the caller")),
)]
pub(crate) async fn customer_incidents(
    State(state): State<AppState>,
    SignedIn(token): SignedIn,
    Ids(customer): Ids<TenantId>,
    mut query: Query,
) -> Result<Response> {
    let list = ListQuery { customers: vec![customer], ..filters(&mut query)? };
    query.finish()?;
    answer(&state, token, &list, |caller| caller.rights_with(customer, Permission::TicketsView).map(drop)).await
}
