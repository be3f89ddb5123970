//! Tenant managers of the caller's own organisation (R11–R15).

pub(super) mod add;
pub(super) mod list;
pub(super) mod remove;

/// What 404 says here.
const NOT_FOUND: &str = "There are none for the caller: they do not administer a partner";
