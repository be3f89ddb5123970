//! The engine from outside, as the shell uses it, against a provider and a service made of wiremock.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod attachments;
mod bulk;
mod bulk_rooms;
mod bulk_unfinished;
mod cached_answers;
mod calls;
mod disk_fault;
mod ended_access;
mod enrolment_keys;
mod export;
mod locked_keychain;
mod offline;
mod outbox;
mod partial_incidents;
mod read_marks;
mod redirect;
mod refusals;
mod room_signals;
mod saved_views;
mod session_flow;
mod suppression;
mod withheld;
mod world;
mod wrong_clock;
