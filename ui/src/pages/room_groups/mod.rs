//! The groups of rooms at the customer of the dropdown (A20), and one of them beside the list.

mod columns;
mod delete;
mod detail;
mod draft;
mod form;
mod page;
mod rooms;
mod view_model;

pub use page::RoomGroups;
