//! `POST /v1/agent/usage`.

use axum::Json;
use axum::extract::{FromRequest, Request, State};
use tenantry_model::api::usage::{RoomUsage, UsageAnswer};

use super::key::Key;
use crate::domain::ingest::{reports, usage};
use crate::error::Result;
use crate::http::AppState;
use crate::http::extract::Body;

/// A device reports meetings and calls in its room, with the room's key as bearer (R97, R98). At most 200 together, of the last 90 days and up to a day ahead; of
/// one room at most 200 are kept a day, and `dropped` counts the others. Sent again, one changes nothing; with other words it is corrected.
#[utoipa::path(
    post, path = "/usage", tag = "rooms' door", security(("key" = [])), request_body = RoomUsage,
    responses(
        (status = 200, body = UsageAnswer),
        (status = 400, description = "The request is not well formed; nothing of it is kept"),
        (status = 413, description = "More than 64 KiB; nothing of it is kept: send fewer at a time"),
        (status = 401, description = "The key is not the room's present one: enrol again"),
    ),
)]
pub(crate) async fn report_usage(State(state): State<AppState>, Key(key): Key, request: Request) -> Result<Json<UsageAnswer>> {
    let admitted = reports::admit(state.store(), &key).await?;
    let Body(report) = Body::<RoomUsage>::from_request(request, &state).await?;
    Ok(Json(usage::take(state.store(), admitted, report).await?))
}
