//! The customers and the invitations that wait (W3, W4, W13, R27–R36), and one of them beside the list.

mod page;

pub use page::Tenants;
