//! The HTTP API: one file per operation, under one folder per area.
//!
//! A handler extracts, calls the domain, answers. `auth` identifies the caller, `frame` has the layers around every route, `router` lists the
//! routes.

mod auth;
mod closed_bodies;
mod description;
mod extract;
mod frame;
mod headers;
mod query;
mod router;
mod spool;
mod state;
mod transfers;

mod agent;
mod operations;
mod v1;

pub(crate) use frame::{Counted, network_of};
pub use router::{openapi, router};
pub use state::AppState;
