//! What is read of a request beside its caller. Refusals are problems like all others.

use std::str::FromStr;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use http::StatusCode;
use http::request::Parts;
use serde::de::DeserializeOwned;
use tenantry_model::api::requests::Outcome;
use tenantry_model::problem::ProblemKind;
use url::form_urlencoded;

use crate::error::{Error, Result};

/// Ids of the path. What is not an id names nothing that exists, so it is not found, as an unknown one is.
pub(crate) struct Ids<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Ids<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        Path::from_request_parts(parts, state).await.map(|Path(ids)| Self(ids)).map_err(|_| Error::not_found())
    }
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

/// The parameters of the query string. Each is taken by name; one that nobody takes is refused, so that a misspelt filter never shows
/// everything.
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self { pairs: form_urlencoded::parse(query.as_bytes()).into_owned().collect() })
    }
}

/// How many values one parameter may have.
const ALTERNATIVES: usize = 200;
/// How many rows a page has where nobody says.
const PRESET_LIMIT: u32 = 100;
const LARGEST_LIMIT: u32 = 200;

impl Query {
    /// All values of a parameter: alternatives.
    pub(crate) fn all<T: FromStr<Err: std::fmt::Display>>(&mut self, name: &'static str) -> Result<Vec<T>> {
        let values: Vec<(String, String)> = self.pairs.extract_if(.., |(key, _)| key == name).collect();
        if values.len() > ALTERNATIVES {
            return Err(Error::bad_request(format!("{name}: at most {ALTERNATIVES} values")));
        }
        let parse = |(_, value): (String, String)| value.parse().map_err(|error| Error::bad_request(format!("{name}: {error}")));
        values.into_iter().map(parse).collect()
    }

    /// The value of a parameter that may be given once.
    pub(crate) fn one<T: FromStr<Err: std::fmt::Display>>(&mut self, name: &'static str) -> Result<Option<T>> {
        let mut values = self.all(name)?;
        let value = values.pop();
        if values.is_empty() { Ok(value) } else { Err(Error::bad_request(format!("{name}: give it once"))) }
    }

    /// `cursor`.
    pub(crate) fn cursor(&mut self) -> Result<Option<String>> {
        self.one("cursor")
    }

    /// `limit`, from 1 to 200.
    pub(crate) fn limit(&mut self) -> Result<u32> {
        match self.one("limit")? {
            None => Ok(PRESET_LIMIT),
            Some(limit @ 1..=LARGEST_LIMIT) => Ok(limit),
            Some(_) => Err(Error::bad_request(format!("limit: a whole number from 1 to {LARGEST_LIMIT}"))),
        }
    }

    /// Refuses what nobody took.
    pub(crate) fn finish(self) -> Result<()> {
        match self.pairs.into_iter().next() {
            None => Ok(()),
            Some((name, _)) => {
                let name: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
                Err(Error::bad_request(format!("{name:?} is no parameter of this address")))
            }
        }
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
