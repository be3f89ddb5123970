//! Effects that repeat, by name.

mod activity;
mod browser;
mod callback;
mod changes;
mod clipboard;
mod command;
mod draft;
mod event;
mod filter_address;
mod form;
mod letters;
mod now;
mod outbox;
mod place;
mod question;
mod recounts;
mod rows;
mod rows_state;
mod saved_views;
mod task;
mod transfers;
mod waiting_files;
mod zoom;

pub use crate::api::{call, early};
pub use activity::use_active;
pub use browser::{
    apply_language, apply_theme, is_mac, is_typing, system_language, use_composition, use_document_key, use_document_title, use_return,
};
pub use callback::{dispatches, gives, sets};
pub use changes::use_changes;
pub use clipboard::copy;
pub use command::{UseCommand, use_command};
pub use draft::{UseDraft, use_draft};
pub use event::use_event;
pub use filter_address::use_filter_address;
pub use form::{FormTarget, FormsOf, OpenForm, UseForm, new_form, use_form, use_form_while};
pub use letters::{no_dialog_is_open, press_letter, takes_commands};
pub use now::use_now;
pub use outbox::{Entries, Outbox, OutboxPlace, do_work, use_entries, use_outbox, use_outbox_of_user};
pub use place::{Here, Place, use_page_title, use_place};
pub use question::{UseQuestion, use_question};
pub use rows::{ListQuery, UseRows, use_rows};
pub use rows_state::{Answer, RowAction, Rows};
pub use saved_views::{SavedFilter, SavedFilters, Whose, said, use_saved_filters, use_saved_filters_of_user};
pub use task::{UseTask, sent_again, tell, use_task, use_versioned_task};
pub use transfers::use_transfers;
pub use waiting_files::{WaitingFiles, WithWaitingFiles, use_waiting_files};
pub use zoom::{apply_zoom, use_zoom_keys};
