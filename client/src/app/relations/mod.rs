//! Relationships, invitations, roles, approvals, plans and the audit log: commands that ask the service.
//!
//! 1. `asked`: which questions are being asked, and how current their kept answers are. 2. `asking`: answering with the kept answer and
//!    asking meanwhile, asking and waiting, and changing. 3. The commands by area, each a call of `service::relations` handed to one of the
//!    three. 4. `export`: the audit log as a file.

mod audit;
mod customers;
mod export;
mod invitations;
mod partners;
mod plans;
mod query;
mod query_cache;
mod roles;

pub(super) use query_cache::QueryCache;
