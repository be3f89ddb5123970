//! Kept answers of the service to what is not synced. They are as disposable as rows, and go where rows go: with their customer, with the
//! sign-in, and, without contact, behind the customer's terms (A28).

use rusqlite::{Connection, OptionalExtension, params};
use tenantry_model::id::TenantId;
use tenantry_model::time::Timestamp;

use super::{Contact, Store};
use crate::error::Error;

/// What the service said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptAnswer {
    /// JSON.
    pub(crate) body: String,
    /// When.
    pub(crate) as_of: Timestamp,
}

impl Store {
    /// The last answer at this address; none where nothing was kept.
    ///
    /// # Errors
    /// [`Error::Locked`] where it is of a customer whose terms do not allow reading it now.
    pub(crate) fn answer(&self, path: &str, customer: Option<TenantId>, contact: Contact) -> Result<Option<KeptAnswer>, Error> {
        let known = customer.and_then(|id| self.customers.iter().find(|it| it.id == id));
        if known.is_some_and(|customer| self.locked_since(customer, contact).is_some()) {
            return Err(Error::Locked);
        }
        let row = self.db.prepare_cached("SELECT body, as_of FROM answers WHERE path = ?1")?;
        read(row, path)
    }

    /// Keeps an answer. Whether it says something else than the one before.
    pub(crate) fn keep_answer(&mut self, path: &str, customer: Option<TenantId>, body: &str, as_of: Timestamp) -> Result<bool, Error> {
        let before = read(self.db.prepare_cached("SELECT body, as_of FROM answers WHERE path = ?1")?, path)?;
        self.db
            .prepare_cached(
                "INSERT INTO answers (path, customer, body, as_of) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (path) DO UPDATE SET body = excluded.body, as_of = excluded.as_of",
            )?
            .execute(params![path, customer.map(key), body, as_of.micros()])?;
        Ok(before.is_none_or(|before| before.body != body))
    }

    /// Deletes an answer to what is no longer there, so that it cannot be read back. Whether there was one.
    pub(crate) fn forget_answer(&mut self, path: &str) -> Result<bool, Error> {
        let gone = self.db.prepare_cached("DELETE FROM answers WHERE path = ?1")?.execute([path])? > 0;
        if gone {
            self.settle()?;
        }
        Ok(gone)
    }
}

fn read(mut statement: rusqlite::CachedStatement<'_>, path: &str) -> Result<Option<KeptAnswer>, Error> {
    let row = |row: &rusqlite::Row<'_>| Ok(KeptAnswer { body: row.get(0)?, as_of: Timestamp::from_micros(row.get(1)?) });
    Ok(statement.query_row([path], row).optional()?)
}

/// Deletes the answers about a customer whose data goes. Whether there were any.
pub(super) fn forget_of(db: &Connection, customer: TenantId) -> Result<bool, Error> {
    Ok(db.prepare_cached("DELETE FROM answers WHERE customer = ?1")?.execute([key(customer)])? > 0)
}

/// Deletes all answers. Whether there were any.
pub(super) fn forget_all(db: &Connection) -> Result<bool, Error> {
    Ok(db.execute("DELETE FROM answers", [])? > 0)
}

fn key(customer: TenantId) -> Vec<u8> {
    customer.uuid().as_bytes().to_vec()
}
