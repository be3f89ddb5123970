//! All routes, and the document that describes them.

use axum::Router;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;

use crate::error::{Error, Result};
use crate::http::headers::VersionTag;
use crate::http::{AppState, agent, closed_bodies, description, frame, operations, v1};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tenantry",
        description = "Rooms and incidents of many customers, with exactly the rights that each customer granted. Errors are RFC 9457 problems.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    // What parameters alone refer to is not found by itself.
    components(schemas(tenantry_model::time::UtcDay, VersionTag))
)]
struct Document;

fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(operations::routes())
        .nest("/v1", v1::routes())
        .nest("/v1/agent", agent::routes())
}

/// What names whole sets of rooms.
fn room_sets() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().nest("/v1", v1::room_sets())
}

/// What moves whole files.
fn transfers() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().nest("/v1", v1::transfers())
}

pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = routes().merge(room_sets()).merge(transfers()).into_openapi();
    let bearer = |what: &str| SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(what)).build());
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(
        description::USER,
        bearer("An access token of a user, from the OpenID provider that /.well-known/tenantry names."),
    );
    components.add_security_scheme(description::KEY, bearer("The key of a customer or of a room."));
    description::complete(&mut document);
    closed_bodies::close(&mut document);
    document
}

/// The whole service: its routes and, beside them, `more` (the demo's directory), in one frame.
pub fn router(state: AppState, more: Router) -> Router {
    let ours: Router = Router::from(routes()).with_state(state.clone());
    let routes = ours.merge(more).fallback(async || Error::not_found()).method_not_allowed_fallback(async || method_not_allowed());
    let beside = |more: OpenApiRouter<AppState>| {
        Router::from(more).with_state(state.clone()).method_not_allowed_fallback(async || method_not_allowed())
    };
    frame::put_around(routes, beside(room_sets()), beside(transfers()), &state)
}

fn method_not_allowed() -> Result<()> {
    Err(Error::refused(tenantry_model::problem::ProblemKind::MethodNotAllowed))
}
