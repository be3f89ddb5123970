//! Roles and assignments at one customer: the partner's for its own staff, the customer's for its own; neither list contains the other (R44).
//!
//! 1. [`read`]: lists and panes; [`explain`]: why somebody can, or can't, do something.
//! 2. [`operation`]: what somebody may ask for, as data; [`rules`]: whether it may be, in which [`context`]; `fields`: one field of it.
//! 3. [`write`]: the one place that changes roles and assignments, whoever acts. A caller's way there is [`crate::domain::requests::change`], as a
//!    partner's change may have to wait for the customer (R24).

pub mod context;
pub mod explain;
mod fields;
pub(super) mod members;
pub mod operation;
pub mod read;
pub mod rules;
pub mod write;

pub use operation::RoleOperation;
