//! The doors: one file per operation, under one folder per area.
//!
//! A handler extracts, asks the domain, answers. `auth` tells who calls, `frame` stands around every route, `router` puts all together.

mod auth;
mod extract;
mod frame;
mod query;
mod router;
mod state;

mod agent;
mod operations;
mod v1;

pub use router::{openapi, router};
pub use state::AppState;
