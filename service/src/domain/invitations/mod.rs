//! Invitations of a partner by a customer (R17–R36, A1–A5).
//!
//! 1. [`answer`]: as the partner that they are addressed to answers them. 2. [`addressee`]: whom one would go to. 3. [`write`]: sending, withdrawing and
//!    expiring. The customer's view of them is [`crate::domain::partners`].

pub mod addressee;
pub mod answer;
pub mod write;
