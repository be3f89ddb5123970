//! The conformance suite of the store: one function for every behaviour that every backend must have.

mod attachments;
mod audit;
mod change_log;
mod delegations;
mod idempotency;
mod incident_work;
mod incidents;
mod ingest;
mod invitations;
mod people;
mod read_marks;
mod relationships;
mod reports;
mod requests;
mod rights;
mod roles;
mod room_events;
mod rooms;
mod saved_views;
mod settings;
mod tenants;
mod transactions;
mod update_rings;
mod updates;
