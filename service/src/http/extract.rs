//! Ids and bodies of requests, and what answers have in common. Refusals are problems like all others.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use http::StatusCode;
use http::request::Parts;
use serde::de::DeserializeOwned;
use tenantry_model::api::requests::Outcome;
use tenantry_model::problem::ProblemKind;

use crate::error::{Error, Result};
use crate::http::AppState;

/// Ids of the path. A malformed id is not found, as an unknown one is.
pub(crate) struct Ids<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Ids<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        Path::from_request_parts(parts, state).await.map(|Path(ids)| Self(ids)).map_err(|_| Error::not_found())
    }
}

pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &AppState) -> Result<Self> {
        // While a body is awaited, the request holds one of the places that others wait for.
        match tokio::time::timeout(state.settings().limits.body_timeout, Json::<T>::from_request(request, state)).await {
            Ok(Ok(Json(body))) => Ok(Self(body)),
            Ok(Err(rejection)) => Err(refusal(rejection)),
            Err(_) => Err(Error::refused(ProblemKind::BodyTimeout)),
        }
    }
}

fn refusal(rejection: JsonRejection) -> Error {
    match rejection {
        JsonRejection::MissingJsonContentType(_) => Error::refused(ProblemKind::UnsupportedMediaType),
        rejection if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Error::refused(ProblemKind::PayloadTooLarge),
        rejection => Error::bad_request(rejection.body_text()),
    }
}

/// The header that names a version, as a change must name it in `If-Match`.
pub(crate) fn version_tag(version: u64) -> [(http::HeaderName, String); 1] {
    [(http::header::ETAG, format!("\"{version}\""))]
}

/// What a change of roles answers with: 202 where it waits for the customer (R24), 201 where it created something.
pub(crate) fn outcome_of(outcome: Outcome, creates: bool) -> (StatusCode, Json<Outcome>) {
    let status = match &outcome {
        Outcome::Requested(_) => StatusCode::ACCEPTED,
        Outcome::Done(_) if creates => StatusCode::CREATED,
        Outcome::Done(_) => StatusCode::OK,
    };
    (status, Json(outcome))
}
