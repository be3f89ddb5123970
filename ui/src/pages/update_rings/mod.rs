//! The update rings at the customer of the dropdown (W12, R100–R102), and one of them beside the list.

mod columns;
mod delete;
mod detail;
mod draft;
mod form;
mod move_rooms;
mod page;
mod view_model;

pub use page::UpdateRings;
