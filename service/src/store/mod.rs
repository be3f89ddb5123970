//! What is kept: tables, transactions, the log of changes, the audit log. The only place that speaks SQL.
//!
//! One text serves all engines ([`db`]): `$1`, `RETURNING`, `ON CONFLICT`; ids TEXT, times BIGINT in microseconds, flags 0 or 1.
//! Rows are private to the module that reads them; a row that cannot be parsed is [`crate::error::Error::BadRow`].
//!
//! A reader takes [`Store::read`], and sees one moment of the database until it is dropped. A writer takes [`Store::write`], records with
//! [`Tx::record`] what it changes and with [`Tx::audit`] who changed it, and ends with [`Tx::commit`]; dropping it undoes everything.

mod base;
pub(crate) mod numbers;
mod sequences;

pub mod agents;
pub mod audit;
pub mod change_log;
pub mod db;
pub mod estate;
pub mod idempotency;
pub mod incidents;
pub mod ingest;
pub mod invitations;
pub mod lists;
pub mod people;
pub mod relationships;
pub mod requests;
pub mod rights;
pub mod roles;
pub mod rooms;
pub mod tenants;

pub use base::{ReadTx, Store, Tx};
pub use db::{Conn, READERS};

pub use change_log::{Change, ChangeKind, RightsChange};
