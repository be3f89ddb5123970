//! The key that a device authenticates with.

use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use http::request::Parts;
use tenantry_model::problem::ProblemKind;

use crate::error::{Error, Result};

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
