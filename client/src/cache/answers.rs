//! Cached answers: what the service said last to each question about relationships, roles and requests.
//!
//! They stand under the same terms as rows. An answer at a customer's address is withheld while that customer is locked (A28), and deleted
//! with its rows when it is gone or its rights there changed; what was asked about its rooms and incidents goes with any of them, and after 90 days; the own organisation's answers may name a customer, and go with it. Of a customer that
//! the sync does not name (its relationship is seen, its rooms are not) no terms are known here and nobody says when it is gone: its answers are
//! read on line only, and do not outlast the app's run.
//!
//! An answer that was asked for before a deletion and arrives after it is not kept: it may say what was deleted.

use crate::db::{Connection, OptionalExtension, params};
use tenantry_model::id::TenantId;
use tenantry_model::time::Timestamp;

use super::{Contact, Store};
use crate::error::Error;

/// A cached answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CachedAnswer {
    /// The answer, as JSON.
    pub(crate) body: String,
    /// When the service gave it.
    pub(crate) as_of: Timestamp,
}

/// What became of an answer that was to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StoreOutcome {
    /// There was none to the question.
    New,
    /// It says what the one before said.
    Same,
    /// It says something else.
    Differs,
    /// Answers were deleted since it was asked for: it is not kept, and must be asked for again.
    Superseded,
}

/// How many times answers had to go; from before a question is sent to when its answer is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Invalidations(u64);

impl Store {
    /// The cached answer to a question. [`Error::Locked`] where there may be one, and the customer's terms have run out.
    pub(crate) fn cached_answer(
        &self,
        question: &str,
        customer: Option<TenantId>,
        contact: Contact,
    ) -> Result<Option<CachedAnswer>, Error> {
        match customer.map(|id| self.customers.by_id(id)) {
            Some(Some(customer)) if self.locked_since(customer, contact).is_some() => return Err(Error::Locked),
            Some(None) if !contact.live => return Ok(None),
            _ => {}
        }
        find(&self.db, question)
    }

    /// To be taken before a question is sent.
    pub(crate) fn invalidations(&self) -> Invalidations {
        Invalidations(self.invalidated)
    }

    /// Keeps an answer instead of the one before, unless it was overtaken.
    pub(crate) fn store_answer(
        &mut self,
        since: Invalidations,
        question: &str,
        customer: Option<TenantId>,
        kept: &CachedAnswer,
    ) -> Result<StoreOutcome, Error> {
        if since != self.invalidations() {
            return Ok(StoreOutcome::Superseded);
        }
        let before = find(&self.db, question)?;
        let customer = customer.map(|id| *id.uuid().as_bytes());
        self.db
            .prepare_cached(
                "INSERT INTO answers (question, customer, body, as_of) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (question) DO UPDATE SET body = excluded.body, as_of = excluded.as_of",
            )?
            .execute(params![question, customer.as_ref().map(<[u8; 16]>::as_slice), kept.body, kept.as_of.micros()])?;
        Ok(match before {
            None => StoreOutcome::New,
            Some(before) if before.body == kept.body => StoreOutcome::Same,
            Some(_) => StoreOutcome::Differs,
        })
    }

    /// Deletes an answer, so that it cannot be read back. Answers whether there was one.
    pub(crate) fn delete_answer(&mut self, question: &str) -> Result<bool, Error> {
        let dropped = self.db.execute("DELETE FROM answers WHERE question = ?1", [question])? > 0;
        if dropped {
            self.flush_log()?;
        }
        Ok(dropped)
    }
}

fn find(db: &Connection, question: &str) -> Result<Option<CachedAnswer>, Error> {
    let found = db
        .prepare_cached("SELECT body, as_of FROM answers WHERE question = ?1")?
        .query_row([question], |row| Ok(CachedAnswer { body: row.get(0)?, as_of: Timestamp::from_micros(row.get(1)?) }));
    Ok(found.optional()?)
}

/// Deletes the answers at a customer's address. Answers whether there were any.
pub(super) fn forget(db: &Connection, customer: TenantId) -> Result<bool, Error> {
    Ok(db.execute("DELETE FROM answers WHERE customer = ?1", [customer.uuid().as_bytes().as_slice()])? > 0)
}

/// Deletes what was asked about a customer's rooms and incidents, reports over them too: one of them is gone, and the answers about the others may name it. Answers whether there
/// was any.
pub(super) fn forget_rooms_and_incidents(db: &Connection, customer: TenantId) -> Result<bool, Error> {
    let sql = "DELETE FROM answers WHERE customer = ?1 AND (instr(question, '/rooms') > 0 OR instr(question, '/incidents') > 0 OR instr(question, '/reports/') > 0)";
    Ok(db.prepare_cached(sql)?.execute([customer.uuid().as_bytes().as_slice()])? > 0)
}

/// Deletes what was answered before then: what it says is kept nowhere else either. Answers whether there was any.
pub(super) fn forget_before(db: &Connection, at: Timestamp) -> Result<bool, Error> {
    Ok(db.prepare_cached("DELETE FROM answers WHERE as_of < ?1")?.execute([at.micros()])? > 0)
}

/// Deletes what names a customer that is gone: its answers, and the own organisation's, which may.
pub(super) fn forget_gone(db: &Connection, customer: TenantId) -> Result<bool, Error> {
    let sql = "DELETE FROM answers WHERE customer = ?1 OR customer IS NULL";
    Ok(db.execute(sql, [customer.uuid().as_bytes().as_slice()])? > 0)
}

/// Deletes all answers. Answers whether there were any.
pub(super) fn forget_all(db: &Connection) -> Result<bool, Error> {
    Ok(db.execute("DELETE FROM answers", [])? > 0)
}

/// Deletes the answers at addresses of customers that the sync does not name.
pub(super) fn forget_unnamed(db: &Connection) -> Result<(), Error> {
    db.execute("DELETE FROM answers WHERE customer IS NOT NULL AND customer NOT IN (SELECT id FROM customers)", [])?;
    Ok(())
}
