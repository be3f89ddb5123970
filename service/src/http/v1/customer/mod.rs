//! One customer of a partner.

pub(super) mod detail;
pub(super) mod remove;
