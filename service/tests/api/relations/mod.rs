//! What ties a customer to a partner, told in stories: each test is one rule, asked of the service's routes, and looks at what people can then read
//! and at what the audit log says, not at status codes alone.
//!
//! The matrix of who may ask at all is in [`crate::rights`] and [`crate::changing`]; random lives are in [`crate::lifecycle`].

mod access;
mod answering;
mod approvals;
mod assignments;
mod audit_words;
mod delegation;
mod directory;
mod events;
mod future_rooms;
mod gone;
mod incidents;
mod inviting;
mod off_boarding;
mod plans;
mod primary_admins;
mod protocol;
mod reports;
mod roles;
mod room_groups;
mod room_names;
mod rooms;
mod settings;
mod signals;
mod tenant_managers;
mod update_rings;
mod updates;
mod waiting;
mod working;
mod world;

pub(crate) use world::World;
