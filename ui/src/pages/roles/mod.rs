//! The roles at the customer of the dropdown (W5, W6, R39–R54), and one of them beside the list.

mod page;

pub use page::Roles;
