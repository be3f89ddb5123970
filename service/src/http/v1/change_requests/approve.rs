//! `POST /v1/change-requests/{request}/approve`.

use axum::Json;
use tenantry_model::api::requests::Done;
use tenantry_model::id::ChangeRequestId;

use super::{NOT_FOUND, open};
use crate::domain::requests;
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::Ids;
use crate::http::headers::VersionTag;

/// Approves it: it takes effect now (R24). Refused where it no longer can, because what it is about has changed.
/// Where who sent it may not make the change any more, the request lapses with the refusal (A19).
#[utoipa::path(
    post, path = "/change-requests/{request}/approve", tag = "change requests", security(("user" = [])),
    params(("request" = ChangeRequestId, Path), ("If-Match" = VersionTag, Header, description = "The request's version, in quotes")),
    responses(
        (status = 200, body = Done),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It was decided already, has lapsed, lapses because who sent it may no longer, or what it is about has changed"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn approve(request: WriteRequest, Ids(id): Ids<ChangeRequestId>) -> Result<Json<Done>> {
    let version = request.version()?;
    let mut write = open(request, id).await?;
    let (tx, caller, random) = write.parts();
    let outcome = requests::approve(tx, caller, id, version, random).await;
    match outcome {
        Ok(None) => write.ended(requests::sender_may_not()).await,
        outcome => write.finish(outcome.map(Option::unwrap_or_default)).await.map(Json),
    }
}
