//! What signed-in users ask. One file per operation.

mod audit;
mod customer_incident;
mod customer_incidents;
mod events;
mod incidents;
mod me;
mod room;
mod rooms;
mod sync;
mod tenants;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::AppState;

/// The routes, under `/v1`.
pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(me::me))
        .routes(routes!(tenants::tenants))
        .routes(routes!(rooms::rooms))
        .routes(routes!(room::room))
        .routes(routes!(incidents::incidents))
        .routes(routes!(customer_incidents::customer_incidents))
        .routes(routes!(customer_incident::customer_incident))
        .routes(routes!(sync::sync))
        .routes(routes!(events::events))
        .routes(routes!(audit::records::records))
        .routes(routes!(audit::export::export))
}
