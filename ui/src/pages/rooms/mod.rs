//! The rooms of the chosen customer (R65, R72, A16), and one of them beside the list.

mod actions;
mod columns;
mod counters;
mod detail;
mod edit;
mod list;
mod page;
mod view_model;

pub use page::Rooms;
pub use view_model::{View, ViewAction};
