//! What is kept: tables, transactions, the log of changes, the audit log. The only place that speaks SQL.
//!
//! One text serves all engines ([`db`]): `$1`, `RETURNING`, `ON CONFLICT`; ids TEXT, times BIGINT in microseconds, flags 0 or 1.
//! Rows are private to the module that reads them; a row that cannot be parsed is [`crate::error::Error::BadRow`].
//!
//! A reader takes [`Store::read`], and sees one snapshot of the database until it is dropped. A writer takes [`Store::write`], records with
//! [`Tx::record`] what it changes and with [`Tx::audit`] who changed it, and ends with [`Tx::commit`]; dropping it undoes everything. What is
//! committed is on disk, but for devices' reports ([`Store::write_intake`]).

/// Runs one statement with these values, and answers how many rows it touched.
macro_rules! run {
    ($conn:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        db::query($sql)$(.bind($value))*.execute(&mut *$conn).await?
    };
}

mod base;
mod column;
pub(crate) mod numbers;
mod sequences;
mod tx;

pub mod agents;
pub mod assignments;
pub mod attachments;
pub mod audit;
pub mod change_log;
pub mod customers;
pub mod db;
pub mod delegations;
pub mod enrolment_keys;
pub mod group_members;
pub mod idempotency;
pub mod inactive_incidents;
pub mod incident_list;
pub mod incident_rows;
pub mod incident_work;
pub mod incident_writes;
pub mod incidents;
pub mod ingest;
pub mod invitations;
pub mod people;
pub mod portal_roles;
pub mod read_marks;
pub mod relationships;
pub mod report_incidents;
pub mod requests;
pub mod rights;
pub mod roles;
pub mod room_days;
pub mod room_events;
pub mod room_groups;
pub mod room_usage;
pub mod rooms;
pub mod saved_views;
pub mod settings;
pub mod tenants;
pub mod update_rings;
pub mod updates;

pub use base::Store;
pub use db::{Conn, READERS};
pub use tx::{ReadTx, Tx};

pub use change_log::{Change, ChangeKind, RightsChange};
