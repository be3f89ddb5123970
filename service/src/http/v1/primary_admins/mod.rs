//! The Primary admins of a customer (A7, R36, R48).

pub(super) mod add;
pub(super) mod list;
pub(super) mod remove;

/// How a log names the list in an attempt that failed.
const NAME: &str = "Primary admins";
const NOT_FOUND: &str = "The customer does not exist, or the caller may not change its Primary admins";
