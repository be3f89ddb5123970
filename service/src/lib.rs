//! The service: customers, roles, rooms, incidents. It alone decides who may do what.
//!
//! Read it in this order:
//!
//! 1. [`store`]: tables, transactions, the log of changes. The only place that speaks SQL.
//!    Beside it [`attachments`]: the content of files, which is in no table.
//! 2. [`domain`]: the rules over it, reading ones and writing ones.
//! 3. [`http`]: adapters, one file per operation; who calls, what they ask, what they get.
//! 4. [`demo`]: a directory and an estate of our own, so that everything runs on one machine.
//!
//! One more route: a file under `http/<area>/`, a line in that area's `mod.rs`, a row in the rights matrix of `service/tests`, a row in
//! docs/api.md. One more table: a new migration, a module under `store/`, its functions in the conformance suite.

pub mod clock;
pub mod config;
mod connections;
pub mod error;
mod files;
pub mod random;
mod write_timeout;

pub mod attachments;
pub mod store;

pub mod domain;

pub mod http;
pub mod serve;

pub mod demo;
