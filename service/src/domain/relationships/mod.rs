//! What ties a customer to a partner.
//!
//! 1. [`detail`]: one customer as its partner sees it, and the partner's goodbye. 2. [`write`]: the one place that changes relationships, whoever
//!    acts. The customer's view of the same is [`crate::domain::partners`].

pub mod detail;
pub mod write;
