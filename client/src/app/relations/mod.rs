//! Who works for whom with which rights: the last answers of the service, kept and asked for again, and changes, which are sent at once or not at
//! all.
//!
//! 1. [`asking`]: kept answers. 2. [`commands`]: one method per command. 3. [`export`]: the log as a file.

mod asking;
mod commands;
mod export;

pub(super) use asking::Asked;
