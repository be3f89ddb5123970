//! What a customer sets for itself.
//!
//! 1. [`reach`]: what concerns the customer as a whole is its own users' to change.
//! 2. [`general`]: contacts, and what they hear. [`signals`]: which signals raise incidents (R74). [`closing`]: what is closed then, in steps.
//! 3. [`keys`]: the keys by which devices enrol (R106).

pub mod closing;
pub mod general;
pub mod keys;
mod reach;
pub mod signals;

pub(in crate::domain) use reach::whole_customer;
