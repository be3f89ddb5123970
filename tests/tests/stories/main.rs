//! The client's engine and the service together, without a window: what a person at a desk goes through.

mod acting_as;
mod attachment_cuts;
mod attachment_names;
mod attachments;
mod bulk;
mod cache_file;
mod claims;
mod events;
mod keychain;
mod offline;
mod online;
mod operator;
mod outbox;
mod outbox_changes;
mod outbox_conflicts;
mod outbox_cuts;
mod people;
mod read_marks;
mod relations;
mod rights;
mod saved_views;
mod settings;
mod sign_out;
mod terms;
mod tokens;
