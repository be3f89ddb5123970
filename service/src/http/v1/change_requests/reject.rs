//! `POST /v1/change-requests/{request}/reject`.

use http::StatusCode;
use tenantry_model::id::ChangeRequestId;

use super::{NOT_FOUND, open};
use crate::domain::requests;
use crate::error::Result;
use crate::http::auth::WriteRequest;
use crate::http::extract::Ids;
use crate::http::headers::VersionTag;

/// Rejects it: nothing changes.
#[utoipa::path(
    post, path = "/change-requests/{request}/reject", tag = "change requests", security(("user" = [])),
    params(("request" = ChangeRequestId, Path), ("If-Match" = VersionTag, Header, description = "The request's version, in quotes")),
    responses(
        (status = 204, description = "Rejected"),
        (status = 404, description = NOT_FOUND),
        (status = 409, description = "It was decided already, has lapsed, or what it is about has changed"),
        (status = 412, description = "It has changed since it was read"),
        (status = 428, description = "No If-Match"),
    ),
)]
pub(crate) async fn reject(request: WriteRequest, Ids(id): Ids<ChangeRequestId>) -> Result<StatusCode> {
    let version = request.version()?;
    let mut write = open(request, id).await?;
    let (tx, caller, _) = write.parts();
    let outcome = requests::reject(tx, caller, id, version).await;
    write.finish(outcome).await.map(|()| StatusCode::NO_CONTENT)
}
