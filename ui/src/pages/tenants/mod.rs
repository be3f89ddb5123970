//! The customers and the invitations that wait (W3, W4, W13, R27–R36), and one of them beside the list.

mod admins;
mod columns;
mod customer;
mod invitation;
mod page;
mod remove;
mod terms;
mod view_model;

pub use page::Tenants;
