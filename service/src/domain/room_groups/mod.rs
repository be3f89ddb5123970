//! Groups of rooms. Assignments name them, and are evaluated when access is asked for (A20).
//!
//! 1. [`read`]: groups as far as their reader sees them. 2. [`write`]: the one place that changes them, whoever acts. 3. `found`: a group as whoever
//!    works on it finds it, and what depends on it.

mod found;
pub mod read;
pub mod write;

pub(in crate::domain) use found::{group_for_report, seen};
