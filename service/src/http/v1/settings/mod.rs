//! The settings of one customer, and the caller's own organisation.

pub(super) mod change;
pub(super) mod detail;
pub(super) mod organisation;

const NOT_FOUND: &str = "The customer does not exist, or the caller may not do that there";
