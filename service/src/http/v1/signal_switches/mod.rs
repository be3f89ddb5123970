//! Which signals raise incidents at one customer (R74).

pub(super) mod list;
pub(super) mod switch;

const NOT_FOUND: &str = "The customer does not exist, or the caller may not do that there";
