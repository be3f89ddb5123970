//! The pages, a folder each.

pub mod access;
pub mod approvals;
pub mod audit;
pub mod incidents;
pub mod partners;
pub mod plan;
pub mod reports;
pub mod roles;
pub mod room_groups;
pub mod rooms;
pub mod settings;
pub mod sign_in;
pub mod tenant_managers;
pub mod tenants;
pub mod update_rings;
pub mod updates;
