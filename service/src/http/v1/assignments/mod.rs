//! Assignments of a role: who holds it where (R50–R52).

pub(super) mod change;
pub(super) mod create;
pub(super) mod delete;
