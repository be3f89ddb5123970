//! Update rings: in which order rooms get updates, and how many days that takes (R100–R102).
//!
//! 1. [`presets`]: the three that every customer has. 2. [`read`]: the list, as far as its reader sees rooms. 3. [`write`]: the one place that changes rings
//!    and moves rooms, whoever acts; [`controlled`]: what the customer may have to approve. 4. `reach`: who may change what of them. 5. `settings`: what a ring
//!    may be beside the others.

pub mod controlled;
pub(crate) mod presets;
mod reach;
pub mod read;
mod settings;
pub mod write;
