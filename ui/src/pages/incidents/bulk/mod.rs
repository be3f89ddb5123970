//! One action at many incidents: what is selected and the bar above the list (`chosen`, `bar`, `selecting`), what is asked for before (`close_form`, `plan`), how it
//! goes (`progress`), what was left of one before (`unfinished`), and its words (`words`). `hook` ties them to the page.

mod bar;
mod chosen;
mod close_form;
mod hook;
mod plan;
mod progress;
mod selecting;
mod turns;
mod unfinished;
mod words;

pub(super) use hook::{BulkList, use_bulk};
