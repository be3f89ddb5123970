//! The rooms of the chosen customer, or of all (R65, R72, A16), and one of them beside the list (W11).
//!
//! The list: `page`, `list`, `columns`, `counters`, `filters`, `view_model`; what is done with many of it: `bulk`. The room: `detail` and its tabs, `status` with `status_lines`, `settings`,
//! `activity` with `events`, `room_events`, `tickets`; what is done with it: `actions`, `awaited`, `edit`, `create`, `add_to_group`, `change_ring`.

mod actions;
mod activity;
mod add_to_group;
mod awaited;
mod bulk;
mod change_ring;
mod columns;
mod counters;
mod create;
mod detail;
mod edit;
mod events;
mod filters;
mod list;
mod page;
mod room_events;
mod settings;
mod status;
mod status_lines;
mod tickets;
mod updates;
mod view_model;
mod view_name;

pub use page::Rooms;
pub use view_model::{View, ViewAction};
