//! The self-enrolment keys of one customer (R106).

pub(super) mod download;
pub(super) mod list;
pub(super) mod reset;

const NOT_FOUND: &str = "The customer does not exist, or the caller may not do that there";
