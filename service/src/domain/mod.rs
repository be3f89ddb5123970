//! The rules, over the store. Reading functions take a read transaction and what the caller may see; writing functions take the one
//! write transaction, so that each is whole or not at all.

pub mod actor;
mod asked;
pub mod caller;
pub mod change_feed;
mod cursor;
mod delegations;
pub mod rights;
pub(crate) mod text;
mod version;

pub mod audit;
pub mod customers;
pub mod directory;
pub mod incidents;
pub mod ingest;
pub mod invitations;
pub mod open_incidents;
pub mod partners;
pub mod people;
pub mod plans;
pub mod portal_roles;
pub mod primary_admins;
pub mod read_marks;
pub mod relationships;
pub mod reports;
pub mod requests;
mod ring_requests;
pub mod roles;
pub mod room_groups;
pub mod rooms;
pub mod saved_views;
pub mod settings;
pub mod sync;
pub mod tenant_managers;
pub mod tenants;
pub mod update_rings;
pub mod updates;
pub mod waiting;

pub mod estate_change;
pub mod timed_work;
