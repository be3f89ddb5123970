//! The screens, a folder for each.

pub mod customers;
pub mod incidents;
pub mod rooms;
pub mod sign_in;
