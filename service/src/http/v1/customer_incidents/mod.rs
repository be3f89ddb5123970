//! The incidents of one customer. The paths name it: nobody acts on another one's by mistake.

pub(super) mod claim;
pub(super) mod close;
pub(super) mod detail;
pub(super) mod edit;
pub(super) mod events;
pub(super) mod list;
pub(super) mod messages;
pub(super) mod record;
pub(super) mod snooze;
mod work;

const NOT_FOUND: &str = "It does not exist, or the caller may not change it";
