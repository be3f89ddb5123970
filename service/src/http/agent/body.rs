//! What is read of a device's request: its key and its JSON. Refusals are problems like all others.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use tenantry_model::problem::ProblemKind;

use crate::error::{Error, Result};

/// No key is longer; what is longer is not looked at.
const LONGEST_KEY: usize = 128;

/// The bearer of a request: a key of ours, or anything else.
pub(crate) struct Key(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let key = bearer(&parts.headers).filter(|key| key.len() <= LONGEST_KEY);
        let missing = || Error::refused_because(ProblemKind::KeyRefused, "send the key as Authorization: Bearer <key>");
        key.map(|key| Self(key.to_owned())).ok_or_else(missing)
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(refusal(rejection)),
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
