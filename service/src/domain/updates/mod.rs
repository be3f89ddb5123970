//! Updates on their way through rings (R103–R105, W12).
//!
//! 1. [`catalogue`]: which there are; the operator's. 2. `schedule`: where each stands at a customer, from kept counts. 3. [`night`]: when a room may install. 4.
//!    `due`: what a room is to do with one. 5. [`read`]: what people see of it. 6. `reach`: who may act on which rooms. 7. [`controlled`]: pausing, resuming, retrying and
//!    forcing, by whoever may, at once or once the customer approves it. What devices say is taken in [`crate::domain::ingest::updates`].

pub mod catalogue;
pub mod controlled;
pub(in crate::domain) mod due;
pub mod night;
mod reach;
pub mod read;
pub(in crate::domain) mod schedule;
