//! Incidents and rooms as they are worked on, relationships, invitations, roles, room groups, update rings, updates, settings, approvals, plans, reports and the audit log: commands that ask
//! the service.
//!
//! 1. `query`: answering with the cached answer and asking meanwhile, asking and waiting, and changing. 2. The commands by area, each one call handed to
//!    one of the three. 3. `export`, `spreadsheet`: the service's CSV as a file, and as spreadsheets open it.

mod audit;
mod customers;
mod export;
mod incidents;
mod invitations;
mod partners;
mod people;
mod plans;
mod query;
mod reports;
mod roles;
mod room_groups;
mod rooms;
mod settings;
mod spreadsheet;
mod update_rings;
mod updates;
