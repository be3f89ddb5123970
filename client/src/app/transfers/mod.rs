//! Files of incidents on their way (R82).
//!
//! 1. [`list`]: which there are, and how they stand. 2. [`sending`], [`fetching`]: up and down, gone on with after cuts, checked by SHA-256.
//!    3. `commands`: the engine's methods. What is sent is held in memory until it has arrived: nothing of it is written to this device's disk.

mod commands;
mod fetching;
mod list;
mod sending;

pub(super) use list::Transfers;
