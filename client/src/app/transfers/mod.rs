//! Files of incidents on their way (R82).
//!
//! 1. [`list`]: which there are, and how they stand, and of what is handed over how much is `hashed`. 2. [`sending`], [`fetching`]: up and down, gone on with
//!    after cuts, checked by SHA-256. 3. [`waiting`]: when what is kept is sent. 4. `commands`, `waiting_commands`, `dropping`: the engine's methods. What is sent is
//!    kept beside the outbox, encrypted, until it has arrived.

mod commands;
mod dropping;
mod fetching;
mod hashed;
mod list;
mod sending;
mod waiting;
mod waiting_commands;

pub(super) use list::Transfers;
pub(super) use waiting::start;
