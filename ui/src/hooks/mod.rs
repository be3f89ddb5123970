//! Effects that repeat, by name.

mod browser;
mod command;
mod event;
mod now;
mod rows;
mod rows_state;

pub use crate::api::call;
pub use browser::{apply_language, apply_theme, system_language, use_document_key};
pub use command::{UseCommand, use_command};
pub use event::use_event;
pub use now::use_now;
pub use rows::{ListQuery, UseRows, use_rows};
pub use rows_state::{Answer, RowAction, Rows};
