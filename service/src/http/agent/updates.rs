//! `POST /v1/agent/updates`.

use axum::Json;
use axum::extract::{FromRequest, Request, State};
use tenantry_model::api::updates::{UpdatesAnswer, UpdatesReport};

use super::key::Key;
use crate::domain::ingest::{reports, updates};
use crate::error::Result;
use crate::http::AppState;
use crate::http::extract::Body;

/// A device says which versions it runs and how its updates go, with the room's key as bearer, and is told which to install, and when it may: between
/// midnight and five in the morning of the room's time unless somebody forces it (R105). A failed update opens an incident, and an installed one
/// resolves it (R104). At most 40 packages and 40 lines of progress. Sent again, a report changes nothing.
#[utoipa::path(
    post, path = "/updates", tag = "rooms' door", security(("key" = [])), request_body = UpdatesReport,
    responses(
        (status = 200, body = UpdatesAnswer),
        (status = 400, description = "The request is not well formed; none of it is kept"),
        (status = 401, description = "The key is not the room's present one: enrol again"),
        (status = 413, description = "More than 64 KiB; none of it is kept"),
    ),
)]
pub(crate) async fn report_updates(State(state): State<AppState>, Key(key): Key, request: Request) -> Result<Json<UpdatesAnswer>> {
    let admitted = reports::admit(state.store(), &key).await?;
    let Body(report) = Body::<UpdatesReport>::from_request(request, &state).await?;
    Ok(Json(updates::take(state.store(), admitted, report, state.random()).await?))
}
