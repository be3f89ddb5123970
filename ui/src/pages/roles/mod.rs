//! The roles at the customer of the dropdown (W5, W6, R39–R54), and one of them beside the list.

mod assignment_form;
mod assignments;
mod columns;
mod delete;
mod detail;
mod draft;
mod fields;
mod page;
mod role_edit;
mod role_form;
mod view_model;

pub use page::Roles;
