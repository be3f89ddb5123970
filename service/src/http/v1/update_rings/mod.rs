//! The update rings of one customer.

pub(super) mod change;
pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod rooms;

const NOT_FOUND: &str = "It does not exist, or the caller may not do that with it";
