//! `POST /v1/agent/events`.

use axum::Json;
use axum::extract::{FromRequest, Request, State};
use tenantry_model::api::room_events::{EventsAnswer, EventsReport};

use super::key::Key;
use crate::domain::ingest::{events, reports};
use crate::error::Result;
use crate::http::AppState;
use crate::http::extract::Body;

/// A device reports what happened in its room, with the room's key as bearer: a poor call, or a problem that somebody in the room reported (R113). At
/// most 50 events, of the last 90 days; of one room at most 100 of each kind are kept a day, and `dropped` counts the others. Sent again, an event changes nothing.
#[utoipa::path(
    post, path = "/events", tag = "rooms' door", security(("key" = [])), request_body = EventsReport,
    responses(
        (status = 200, body = EventsAnswer),
        (status = 400, description = "The request is not well formed; none of its events is kept"),
        (status = 413, description = "More than 64 KiB; none of its events is kept: send fewer at a time"),
        (status = 401, description = "The key is not the room's present one: enrol again"),
    ),
)]
pub(crate) async fn report_events(State(state): State<AppState>, Key(key): Key, request: Request) -> Result<Json<EventsAnswer>> {
    let admitted = reports::admit(state.store(), &key).await?;
    let Body(report) = Body::<EventsReport>::from_request(request, &state).await?;
    Ok(Json(events::take(state.store(), admitted, report, state.random()).await?))
}
