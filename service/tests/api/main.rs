//! The service from outside: requests in, answers out, over a database of its own for each test.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on ends here")]

mod support;

mod agent;
mod attachments;
mod audit;
mod both_sides;
mod callers;
mod demo;
mod estate_change;
mod events;
mod frame;
mod health;
mod ingest;
mod lifecycle;
mod lists;
mod open_incident_index;
mod open_incidents;
mod openapi;
mod power_loss;
mod program;
mod read_marks;
mod relations;
mod revocation;
mod rights;
mod saved_views;
mod search;
mod slow_readers;
mod store;
mod sync;
mod tokens;
mod under_attack;
mod write_requests;
