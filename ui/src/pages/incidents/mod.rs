//! The incidents of one customer, or of all (W7, W8), and one of them beside the list (W9).

mod actions;
mod attachments;
mod bulk;
mod claim;
mod close;
mod columns;
mod compose;
mod counters;
mod detail;
mod draft;
mod filters;
mod forms;
mod history;
mod issue;
mod issue_events;
mod list;
mod page;
mod recorder;
mod rest;
mod snooze;
mod thread;
mod unsent;
mod unsent_suppressions;
mod view_model;
mod view_name;

pub use page::Incidents;
pub use view_model::{View, ViewAction};
