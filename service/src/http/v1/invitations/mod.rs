//! Invitations, as the invited partner answers them (R27–R36).

pub(super) mod accept;
pub(super) mod deny;
pub(super) mod detail;

const NOT_FOUND: &str = "It does not exist, was answered already, or is not the caller's to answer";
