//! The audit log of the caller's own organisation, for its administrators alone (R109, A25).

pub(super) mod export;
pub(super) mod records;

/// What 404 says here. It is said before the query string is looked at: whoever may not read the log learns nothing of how to ask for it.
const NOT_FOUND: &str = "There is no log for the caller: they do not administer their organisation";
