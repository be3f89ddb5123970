//! The API of devices: enrolment, signals, events, updates and usage, with the keys of customers and rooms.

mod enrol;
mod events;
mod key;
mod signals;
mod updates;
mod usage;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(enrol::enrol))
        .routes(routes!(signals::signals))
        .routes(routes!(events::report_events))
        .routes(routes!(updates::report_updates))
        .routes(routes!(usage::report_usage))
}
