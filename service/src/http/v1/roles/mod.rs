//! Roles at a customer: the partner's, or, for the customer's own staff, its own (R44).

pub(super) mod access;
pub(super) mod change;
pub(super) mod create;
pub(super) mod delete;
pub(super) mod detail;
pub(super) mod list;
pub(super) mod operation;
