//! `GET /metrics`.

use crate::http::frame;

/// Figures of this process, as Prometheus reads them. Labels are route templates, methods and statuses: nothing of a customer.
#[utoipa::path(get, path = "/metrics", tag = "operations", responses((status = 200, description = "Prometheus text", body = String)))]
pub(crate) async fn metrics() -> String {
    let registry = frame::metrics();
    registry.run_upkeep();
    registry.render()
}
