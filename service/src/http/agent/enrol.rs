//! `POST /v1/agent/enrol`.

use axum::Json;
use axum::extract::{FromRequest, Request, State};
use tenantry_model::api::{EnrolAnswer, EnrolRequest};

use super::key::Key;
use crate::domain::ingest::enrolment;
use crate::error::Result;
use crate::http::AppState;
use crate::http::extract::Body;

/// A device introduces itself, with its customer's self-enrolment key as bearer. The room appears as Onboarding, and raises no incident
/// until somebody enrols it (R67). Sent again with the same host name and account, it answers with the same room and a new key.
#[utoipa::path(
    post, path = "/enrol", tag = "rooms' door", security(("key" = [])), request_body = EnrolRequest,
    responses(
        (status = 200, body = EnrolAnswer),
        (status = 400, description = "The request is not well formed"),
        (status = 401, description = "The key is not a customer's present one; the same for an unknown customer"),
    ),
)]
pub(crate) async fn enrol(State(state): State<AppState>, Key(key): Key, request: Request) -> Result<Json<EnrolAnswer>> {
    let admitted = enrolment::admit(state.store(), &key).await?;
    let Body(device) = Body::<EnrolRequest>::from_request(request, &state).await?;
    Ok(Json(enrolment::enrol(state.store(), admitted, &device, state.random()).await?))
}
