//! What the app's window asks of its engine, declared once: a [`Command`] has a name, arguments and an answer; an [`Event`] a name and
//! a payload. The UI and the shell both use these declarations. Answers hold about one screen: rows stay in the engine.
//!
//! 1. `command`: the list of commands; `event`: the list of events; `link`: addresses of places; `error`: why a command failed. 2. What is answered from the synced cache, by
//!    area: `session`, `zoom`, `sync`, `customers`, `incidents`, `bulk`, `rooms`, `palette`, `saved_views`. 3. What the service is asked: `cached`, `forms`, and by area `invitations`,
//!    `roles`, `room_groups`, `update_rings`, `updates`, `settings`, `partners`, `reports`, `audit`, `attachments`.
//!
//! One more command: a line in `commands!`, its types, and the engine's method of its name. The shell makes the rest from the list.

mod command;
mod error;
mod event;
mod link;

mod bulk;
mod customers;
mod incidents;
mod palette;
mod rooms;
mod saved_views;
mod session;
mod sync;
mod zoom;

mod attachments;
mod audit;
mod cached;
mod forms;
mod invitations;
mod outbox;
mod outbox_index;
mod own_words;
mod partners;
mod reports;
mod roles;
mod room_groups;
mod settings;
mod update_rings;
mod updates;

pub use attachments::*;
pub use audit::*;
pub use bulk::*;
pub use cached::*;
pub use command::*;
pub use customers::*;
pub use error::*;
pub use event::*;
pub use forms::*;
pub use incidents::*;
pub use invitations::*;
pub use link::*;
pub use outbox::*;
pub use outbox_index::*;
pub use palette::*;
pub use partners::*;
pub use reports::*;
pub use roles::*;
pub use room_groups::*;
pub use rooms::*;
pub use saved_views::*;
pub use session::*;
pub use settings::*;
pub use sync::*;
pub use update_rings::*;
pub use updates::*;
pub use zoom::*;
