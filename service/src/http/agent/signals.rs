//! `POST /v1/agent/signals`.

use axum::Json;
use axum::extract::{FromRequest, Request, State};
use tenantry_model::api::{SignalsAnswer, SignalsReport};

use super::key::Key;
use crate::domain::ingest::reports;
use crate::error::Result;
use crate::http::AppState;
use crate::http::extract::Body;

/// A device reports, with its room's key as bearer: what changed or was polled. Signals that it does not name keep the state they had. At
/// most 200 readings.
#[utoipa::path(
    post, path = "/signals", tag = "rooms' door", security(("key" = [])), request_body = SignalsReport,
    responses(
        (status = 200, body = SignalsAnswer),
        (status = 400, description = "The request is not well formed"),
        (status = 401, description = "The key is not the room's present one: enrol again"),
    ),
)]
pub(crate) async fn signals(State(state): State<AppState>, Key(key): Key, request: Request) -> Result<Json<SignalsAnswer>> {
    let admitted = reports::admit(state.store(), &key).await?;
    let Body(report) = Body::<SignalsReport>::from_request(request, &state).await?;
    Ok(Json(reports::take(state.store(), admitted, &report, state.random()).await?))
}
