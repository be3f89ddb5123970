//! The API of devices: enrolment and signals, with the keys of customers and rooms.

mod enrol;
mod key;
mod signals;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(enrol::enrol)).routes(routes!(signals::signals))
}
