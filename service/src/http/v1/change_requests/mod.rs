//! Partners' changes that wait for the approval of the caller's organisation (R24, A19).

pub(super) mod approve;
pub(super) mod list;
pub(super) mod reject;

const NOT_FOUND: &str = "There is no such request, or the caller does not administer a customer";
