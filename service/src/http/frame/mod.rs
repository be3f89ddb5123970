//! The layers around every route, from the outside in:
//!
//! 1. [`around`]: request id, one log line, problems in their form, headers.
//! 2. metrics; panics caught; 3. [`limits`]: requests per user or address, requests at once, time, size; 4. compression.

mod around;
mod limits;
mod problem;

use std::sync::Arc;
use std::sync::OnceLock;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum_prometheus::metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use axum_prometheus::{AXUM_HTTP_REQUESTS_DURATION_SECONDS, EndpointLabel, PrometheusMetricLayerBuilder};
use http::StatusCode;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

pub(crate) use limits::{ALWAYS_ANSWERED, Counted, Limiter, StreamPermit, network_of};

use crate::http::AppState;

/// The upper bounds of the histogram of durations, in seconds.
const DURATIONS_S: [f64; 11] = [0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// Around all routes; those of `room_sets` take larger bodies, and those of `transfers` move whole files, and see to time, size and number themselves.
pub(crate) fn put_around(routes: Router, room_sets: Router, transfers: Router, state: &AppState) -> Router {
    let limits = &state.settings().limits;
    metrics();
    let metrics = PrometheusMetricLayerBuilder::new()
        // Unmatched paths share one label: callers must not create labels by making up addresses.
        .with_endpoint_label_type(EndpointLabel::MatchedPathWithFallbackFn(|_| "unmatched".to_owned()))
        .build();
    let taking = |routes: Router, bytes: usize| routes.layer(CompressionLayer::new()).layer(RequestBodyLimitLayer::new(bytes));
    taking(routes, limits.body_bytes)
        .merge(taking(room_sets, limits.room_set_bytes.max(limits.body_bytes)))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, limits.timeout))
        .merge(transfers)
        .layer(from_fn_with_state(state.clone(), limits::at_once))
        .layer(from_fn_with_state(state.clone(), limits::per_caller))
        .layer(from_fn(limits::unambiguous))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(metrics)
        .layer(from_fn_with_state(Arc::new(state.clone()), around::around))
}

pub(crate) fn metrics() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE
        .get_or_init(|| {
            let durations = Matcher::Full(AXUM_HTTP_REQUESTS_DURATION_SECONDS.to_owned());
            let builder = PrometheusBuilder::new().set_buckets_for_metric(durations, &DURATIONS_S);
            // Only an empty list of buckets is refused.
            let recorder = builder.unwrap_or_default().build_recorder();
            let handle = recorder.handle();
            // It fails only where something that embeds this crate has set another recorder: the figures then go there.
            let _ = axum_prometheus::metrics::set_global_recorder(recorder);
            handle
        })
        .clone()
}
