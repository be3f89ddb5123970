//! Request id, one log line, problems in their form, headers.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, HeaderValue};
use tenantry_model::id::RequestId;
use tracing::Instrument;

use crate::http::AppState;
use crate::http::frame::problem;
use crate::random::uuid_v7;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The outermost layer: what it returns is what the caller gets.
pub(super) async fn around(State(state): State<Arc<AppState>>, mut request: Request, next: Next) -> Response {
    let id = RequestId::from_uuid(uuid_v7(state.clock().now(), state.random()));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let sensitive = route.starts_with("/v1");
    // The audit log names it.
    request.extensions_mut().insert(id);
    let span = tracing::info_span!("request", id = %id);
    let started = Instant::now();

    let mut response = next.run(request).instrument(span.clone()).await;

    let _entered = span.enter();
    let failure = problem::failure_of(&response);
    if let Some(failure) = &failure {
        if let Some(cause) = &failure.cause {
            tracing::error!(kind = failure.kind.as_str(), cause, "a request failed");
        }
        response = problem::write(response, failure, id);
    }
    let duration_ms = started.elapsed().as_secs_f64() * 1_000.0;
    tracing::info!(%method, route, status = response.status().as_u16(), duration_ms, "request");
    set_headers(response.headers_mut(), id, sensitive || failure.is_some());
    response
}

fn set_headers(headers: &mut HeaderMap, id: RequestId, private: bool) {
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(X_REQUEST_ID, id);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if private && !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let is_page = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page && !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    }
}
