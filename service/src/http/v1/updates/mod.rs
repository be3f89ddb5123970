//! Updates at one customer.

pub(super) mod actions;
pub(super) mod detail;
pub(super) mod list;
pub(super) mod room;

const NOT_FOUND: &str = "It does not exist, or not for the caller";
