//! The rules, over the store. Reading functions take a read transaction and what the caller may see; writing functions take the one
//! write transaction, so that each is whole or not at all.

pub mod audit;
pub mod caller;
pub mod change_feed;
mod cursor;
pub mod customers;
pub mod incidents;
pub mod open_incidents;
pub mod rights;
pub mod rooms;
pub mod sync;

pub mod directory;
pub mod invitations;
pub mod partners;
pub mod plans;
pub mod primary_admins;
pub mod relationship;
pub mod requests;
pub mod roles;
pub mod tenant_managers;

pub mod estate;
pub mod ingest;

#[cfg(test)]
pub(crate) mod test_bed;
