//! One action at many incidents or rooms: what can be selected (`key`), what is (`chosen`, `selecting`) and the bar above the list (`bar`), what is shown before
//! it is begun (`plan`), how it goes (`progress`), what was left of one before (`unfinished`), and its words (`words`). `hook` ties them to a page, which says
//! what can be done and asks for what has to be said before.

mod bar;
mod chosen;
mod hook;
mod key;
mod plan;
mod progress;
mod selecting;
mod turns;
mod unfinished;
mod words;

pub use chosen::Form;
pub use hook::{Bulk, BulkList, use_bulk};
