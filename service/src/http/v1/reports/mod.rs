//! Reports over the rooms of a customer on which the caller holds `reports.view`.

pub(super) mod health;
pub(super) mod incidents;
pub(super) mod overview;
mod period;
pub(super) mod rooms;
pub(super) mod usage;

/// What 404 says here. It is said before the query string is looked at.
const NOT_FOUND: &str = "There is no such customer, or group of rooms, or not for the caller";
