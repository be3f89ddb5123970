//! Partners of the caller's own organisation, for its administrators (R17–R26, R37, R45, R61).

pub(super) mod change;
pub(super) mod delete_role;
pub(super) mod detail;
pub(super) mod domain;
pub(super) mod invite;
pub(super) mod list;
pub(super) mod remove;
pub(super) mod withdraw;

const NOT_FOUND: &str = "There is no such partner, or the caller does not administer a customer";
