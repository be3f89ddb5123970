//! `GET /v1/waiting-requests`.

use axum::Json;
use tenantry_model::api::Page;
use tenantry_model::api::requests::WaitingRequest;

use crate::domain::waiting;
use crate::error::Result;
use crate::http::auth::ReadRequest;
use crate::http::query::{Paging, Query};
use crate::http::v1::incidents::Customers;

/// Changes of the caller's own organisation that wait for a customer's approval (R24, A18), oldest first: those about roles need `roles.view` at the customer,
/// or that the caller asked; those about a room `rooms.view` on it. Of the customer's side there is `GET /v1/change-requests`.
#[utoipa::path(
    get, path = "/waiting-requests", tag = "change requests", security(("user" = [])), params(Customers, Paging),
    responses((status = 200, body = Page<WaitingRequest>)),
)]
pub(crate) async fn waiting_requests(mut request: ReadRequest, query: Query) -> Result<Json<Page<WaitingRequest>>> {
    let (Customers { customer }, Paging { cursor, limit }) = query.parse()?;
    Ok(Json(waiting::of_caller(request.tx.conn(), &request.caller, &customer, (cursor.as_deref(), limit)).await?))
}
