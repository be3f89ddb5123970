//! Encrypted database files: the one place that names the engine behind them.
//!
//! 1. `key`: what a file is encrypted with. 2. `file`: opening one with its key, pragmas and migrations, or not at all. 3. `set_aside`: for files that
//!    may be lost: one that cannot be used makes way for an empty one. 4. `worker`: the one thread that owns what is open.
//!    5. `disk_fault`: faults of the disk, told apart from those of a database.
//!
//! A file that must never be lost is opened by `file::open` alone, and its owner decides about the error.

mod disk_fault;
mod file;
mod key;
mod set_aside;
mod worker;

pub(crate) use rusqlite::{Connection, OptionalExtension, Row, params};

pub(crate) use disk_fault::disk_fault;
pub(crate) use file::{DbError, DbResult, Location, Migration, flush_log, keep_log, open, opens, shrink_memory, step_with};
pub(crate) use key::StoreKey;
pub(crate) use set_aside::{SetAside, erase_files, is_file_damage, move_aside, open_or_set_aside, set_aside};
pub(crate) use worker::{Owned, Worker};

#[cfg(test)]
pub(crate) use file::PLAINTEXT_HEADER;
