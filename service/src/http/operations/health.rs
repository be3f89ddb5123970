//! `GET /healthz` and `GET /readyz`.

use axum::extract::State;
use tenantry_model::problem::ProblemKind;

use crate::error::{Error, Result};
use crate::http::AppState;

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "operations", responses((status = 200, description = "It does", body = String)))]
pub(crate) async fn healthz() -> &'static str {
    "ok"
}

/// Requests can be served: the database answers, and the service is not stopping.
#[utoipa::path(get, path = "/readyz", tag = "operations", responses(
    (status = 200, description = "They can", body = String),
    (status = 503, description = "Not at the moment", body = tenantry_model::problem::Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn readyz(State(state): State<AppState>) -> Result<&'static str> {
    if state.shutdown().is_cancelled() {
        return Err(Error::refused(ProblemKind::Unavailable));
    }
    match state.store().check().await {
        Ok(()) => Ok("ready"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            Err(Error::refused(ProblemKind::Unavailable))
        }
    }
}
