//! Who works for whom with which rights: the calls, each with its address, its locks and what it answers.

pub(crate) mod audit;
pub(crate) mod customers;
pub(crate) mod invitations;
pub(crate) mod partners;
pub(crate) mod people;
pub(crate) mod plans;
pub(crate) mod roles;
