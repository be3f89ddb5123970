//! One step for several customers: first shown, then done.

pub(super) mod apply;
pub(super) mod preview;
