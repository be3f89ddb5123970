//! Turns errors into responses. A handler's error travels as an extension of an empty response; [`super::around`] knows the request id, writes the
//! cause to the log once, and the problem to the caller.

use std::any::Any;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use tenantry_model::id::RequestId;
use tenantry_model::problem::{FieldError, Problem, ProblemKind};

use crate::error::Error;

#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) kind: ProblemKind,
    detail: Option<String>,
    retry_after_s: Option<u64>,
    errors: Vec<FieldError>,
    /// For the log alone.
    pub(super) cause: Option<String>,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let kind = self.kind();
        let failure = match self {
            Self::Refused { kind, detail, retry_after_s, errors } => Failure { kind, detail, retry_after_s, errors, cause: None },
            internal => Failure {
                kind,
                detail: None,
                retry_after_s: (kind == ProblemKind::Unavailable).then_some(1),
                errors: vec![],
                cause: Some(internal.to_string()),
            },
        };
        let mut response = StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response();
        response.extensions_mut().insert(failure);
        response
    }
}

/// The failure of a response, if it is one that has no body of its own yet: a handler's, or a layer's plain text.
pub(super) fn failure_of(response: &Response) -> Option<Failure> {
    if let Some(failure) = response.extensions().get::<Failure>() {
        return Some(failure.clone());
    }
    let status = response.status();
    let plain = response.headers().get(CONTENT_TYPE).is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !plain || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    let same = ProblemKind::ALL.iter().find(|kind| kind.status() == status.as_u16());
    let kind = match same {
        Some(kind) => *kind,
        None if status.is_client_error() => ProblemKind::BadRequest,
        None => ProblemKind::Internal,
    };
    Some(Failure {
        kind,
        detail: None,
        retry_after_s: None,
        errors: vec![],
        cause: status.is_server_error().then(|| format!("a layer answered {status}")),
    })
}

pub(super) fn write(response: Response, failure: &Failure, id: RequestId) -> Response {
    let problem = Problem::new(failure.kind, failure.detail.clone(), Some(id)).about(failure.errors.clone());
    let (mut parts, _) = response.into_parts();
    parts.status = StatusCode::from_u16(failure.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if let Some(seconds) = failure.retry_after_s {
        parts.headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if failure.kind == ProblemKind::Unauthorized || failure.kind == ProblemKind::KeyRefused {
        parts.headers.insert(http::header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    // A problem is made of texts and numbers: writing one cannot fail.
    Response::from_parts(parts, Body::from(serde_json::to_vec(&problem).unwrap_or_default()))
}

/// A handler panicked: the caller learns no more than of any other internal error.
pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let what = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    Error::Internal(format!("a handler panicked: {}", what.unwrap_or("no message"))).into_response()
}
