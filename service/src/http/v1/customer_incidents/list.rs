//! `GET /v1/customers/{customer}/incidents`.

use axum::extract::State;
use axum::response::Response;
use tenantry_model::api::IncidentPage;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;

use crate::error::Result;
use crate::http::AppState;
use crate::http::auth::SignedIn;
use crate::http::extract::Ids;
use crate::http::query::{Paging, Query};
use crate::http::v1::incidents::{Filters, answer};

/// The incidents of a customer that the caller may see. Needs `tickets.view`. A page may be short; only a missing `nextCursor` ends the list.
#[utoipa::path(
    get, path = "/customers/{customer}/incidents", tag = "incidents", security(("user" = [])),
    params(("customer" = TenantId, Path), Filters, Paging),
    responses((status = 200, body = IncidentPage), (status = 404, description = "It does not exist, or not for the caller")),
)]
pub(crate) async fn customer_incidents(
    State(state): State<AppState>,
    SignedIn(asking): SignedIn,
    Ids(customer): Ids<TenantId>,
    query: Query,
) -> Result<Response> {
    let (filters, paging): (Filters, Paging) = query.parse()?;
    answer(&state, asking, &filters.list(vec![customer], paging), |caller| caller.rights_with(customer, Permission::TicketsView).map(drop))
        .await
}
