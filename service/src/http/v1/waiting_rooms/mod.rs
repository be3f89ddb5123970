//! Rooms of one customer that wait for their devices.

pub(super) mod cancel;
pub(super) mod create;
pub(super) mod key;

const NOT_FOUND: &str = "It does not exist, or the caller may not do that with it";
