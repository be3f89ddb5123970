//! Roles and assignments at one customer: the partner's for its own staff, the customer's for its own; neither list contains the other (R44).
//!
//! 1. [`reading`]: lists and panes. 2. [`operation`]: what may be changed, as data. 3. [`rules`]: whether it may be; `fields`: one field of it.
//! 4. [`doing`]: doing it. 5. [`changing`]: the door to both. 6. [`explain`]: why somebody can, or can't, do something.
//!
//! A partner's change goes through [`crate::domain::requests`]: it may have to wait for the customer (R24).

pub mod changing;
pub mod doing;
pub mod explain;
mod fields;
pub mod operation;
pub mod reading;
pub mod rules;

pub use operation::RoleOperation;
pub use rules::{Ground, Reach};
