//! What was typed and has not been sent, in an encrypted file of its own (A35). A cache may be lost, since it can be fetched again; this may not.
//!
//! An entry is on the disk before it is sent for the first time, and goes once the service has answered. Whatever breaks off in between, it is sent
//! again under the same name, which the service does once.

use std::path::PathBuf;

use tenantry_model::api::incidents::IncidentChanged;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{About, FormId, IpcError, SendAgainArgs, Work};
use tenantry_model::problem::FieldCode;
use tenantry_model::time::Timestamp;
use uuid::Uuid;

use crate::db::{self, Connection, Location, Migration, OptionalExtension as _, Owned, Row, StoreKey, Worker, params};
use crate::error::Error;

mod files;
mod lookup;
mod runs;
#[cfg(test)]
mod tests;

pub(crate) use files::{Files, NewFile, StoredFile};

fn steps() -> [Migration; 4] {
    [include_str!("outbox.sql"), include_str!("lines.sql"), include_str!("runs.sql"), include_str!("undoing.sql")].map(Migration::up)
}

/// A handle on the outbox of one signed-in person.
pub(crate) type Outbox = Worker<Entries>;

pub(crate) struct Entries {
    db: Connection,
}

/// Something that was typed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) form: FormId,
    /// Whose incident or room it is about; none once the right was lost.
    pub(crate) customer: Option<TenantId>,
    pub(crate) work: Work,
    pub(crate) at: Timestamp,
    /// Why it was refused; none while it waits.
    pub(crate) failure: Option<IpcError>,
    /// When it was first tried to be sent.
    pub(crate) tried: Option<Timestamp>,
}

impl Entry {
    /// What is sent in order: what is about the same incident or room; a new issue is in nobody's way.
    pub(crate) fn line(&self) -> Option<About> {
        self.work.about(self.customer)
    }
}

impl Outbox {
    /// Opens the file, or an outbox in memory. One that cannot be read makes way, with all that the engine keeps beside it, and is never deleted: the
    /// second value says where it is.
    pub(crate) async fn open(location: Location, key: Option<StoreKey>) -> Result<(Self, Option<PathBuf>), Error> {
        Self::start("outbox", move || Entries::open(&location, key.as_ref())).await
    }
}

impl Owned for Entries {
    fn after_failure(&mut self, error: &Error) {
        tracing::error!(%error, "the outbox failed");
    }

    fn flush(&mut self) -> Result<(), Error> {
        db::flush_log(&self.db)
    }
}

impl Entries {
    fn open(location: &Location, key: Option<&StoreKey>) -> Result<(Self, Option<PathBuf>), Error> {
        match (db::open(location, key, &steps()), location) {
            (Ok(db), _) => Ok((Self { db }, None)),
            (Err(error), Location::File(path)) if key.is_some() && path.exists() && db::is_file_damage(&error) => {
                let aside = db::move_aside(path)?;
                Ok((Self { db: db::open(location, key, &steps())? }, Some(aside)))
            }
            (Err(error), _) => Err(error),
        }
    }

    /// Keeps it, on the disk when this comes back. What has this name already, waiting or refused, is what is typed now; what lost its customer stays.
    pub(crate) fn keep(&mut self, form: FormId, customer: TenantId, work: &Work, at: Timestamp) -> Result<(), Error> {
        let work = written(work)?;
        let tx = self.db.transaction()?;
        tx.execute(
            "INSERT INTO entries (form, customer, work, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (form) DO UPDATE SET failure = NULL, work = excluded.work WHERE customer IS NOT NULL",
            params![form.0.to_string(), customer.to_string(), work, at.micros()],
        )?;
        // Where a bulk action does it, it has begun it.
        tx.execute("DELETE FROM run_rows WHERE form = ?1", [form.0.to_string()])?;
        tx.commit()?;
        Ok(())
    }

    /// All, in the order in which they were typed.
    pub(crate) fn all(&mut self) -> Result<Vec<Entry>, Error> {
        let mut statement = self.db.prepare_cached("SELECT form, customer, work, at, failure, tried FROM entries ORDER BY place")?;
        let rows = statement.query_map([], |row| columns(row, 0))?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(read).collect()
    }

    /// It is about to be sent for the first time; later ones do not count. Whether it is there still: what was discarded or taken back is not sent.
    pub(crate) fn try_first(&mut self, form: FormId, at: Timestamp) -> Result<bool, Error> {
        let sql = "UPDATE entries SET tried = coalesce(tried, ?1) WHERE form = ?2";
        Ok(self.db.execute(sql, params![at.micros(), form.0.to_string()])? > 0)
    }

    pub(crate) fn find(&mut self, form: FormId) -> Result<Option<Entry>, Error> {
        let sql = "SELECT form, customer, work, at, failure, tried FROM entries WHERE form = ?1";
        self.db.query_row(sql, [form.0.to_string()], |row| columns(row, 0)).optional()?.map(read).transpose()
    }

    /// It was sent, and made this of its incident. What was typed on top of the version before is on top of the new one now: one's own change is no
    /// news to oneself.
    pub(crate) fn settle(&mut self, form: FormId, changed: Option<IncidentChanged>) -> Result<(), Error> {
        let Some(changed) = changed else { return self.forget(form) };
        let mut raised = vec![];
        for mut entry in self.behind(form)? {
            if let Work::Close { version, .. } | Work::Edit { version, .. } = &mut entry.work
                && *version == changed.was
            {
                *version = changed.version;
                raised.push((entry.form, written(&entry.work)?));
            }
        }
        let tx = self.db.transaction()?;
        for (form, work) in raised {
            tx.execute("UPDATE entries SET work = ?1 WHERE form = ?2", params![work, form.0.to_string()])?;
        }
        tx.execute("DELETE FROM entries WHERE form = ?1", [form.0.to_string()])?;
        tx.commit()?;
        db::flush_log(&self.db)
    }

    /// It was discarded. What it said cannot be read back from the file.
    pub(crate) fn forget(&mut self, form: FormId) -> Result<(), Error> {
        self.db.execute("DELETE FROM entries WHERE form = ?1", [form.0.to_string()])?;
        db::flush_log(&self.db)
    }

    /// It was refused: it waits for its author to say what becomes of it.
    pub(crate) fn refuse(&mut self, form: FormId, why: &IpcError) -> Result<(), Error> {
        let why = serde_json::to_string(why).map_err(|error| Error::another_form(&error))?;
        self.db.execute("UPDATE entries SET failure = ?1 WHERE form = ?2", params![why, form.0.to_string()])?;
        Ok(())
    }

    /// Its author has no right to it any more: their own words stay, and nothing of the customer's. Without words, nothing is left of it.
    pub(crate) fn strip(&mut self, form: FormId, why: &IpcError) -> Result<(), Error> {
        let Some(text) = self.find(form)?.map(|entry| entry.work.words()) else { return Ok(()) };
        if text.is_empty() {
            return self.forget(form);
        }
        let words = written(&Work::Words { text })?;
        let why = serde_json::to_string(why).map_err(|error| Error::another_form(&error))?;
        // At once: without its reason it would neither be sent nor shown as refused.
        self.db.execute(
            "UPDATE entries SET customer = NULL, work = ?1, failure = ?2 WHERE form = ?3",
            params![words, why, form.0.to_string()],
        )?;
        db::flush_log(&self.db)
    }

    /// The same of all that holds what customers' data said.
    pub(crate) fn strip_customers_data(&mut self, why: &IpcError) -> Result<(), Error> {
        for entry in self.all()?.into_iter().filter(|entry| entry.work.holds_customers_data()) {
            self.strip(entry.form, why)?;
        }
        self.db.execute("DELETE FROM run_rows", [])?;
        db::flush_log(&self.db)
    }

    /// Lets it be sent again; what was made of something else than holds now, on top of what was looked at since.
    pub(crate) fn again(&mut self, again: SendAgainArgs) -> Result<(), Error> {
        let SendAgainArgs { form, version, settings, suppression } = again;
        let Some(mut entry) = self.find(form)? else { return Ok(()) };
        if matches!(entry.work, Work::Words { .. }) {
            return Err(Error::Invalid("this can be copied and discarded, and not be sent: the right to it was lost".into()));
        }
        match (&mut entry.work, version) {
            (Work::Close { version: read, .. } | Work::Edit { version: read, .. }, Some(version)) => *read = version,
            // It is nobody's turn any more: the message goes without.
            (Work::Message { new, .. }, _) if entry.failure.as_ref().is_some_and(is_nobodys_turn) => new.assign_to = None,
            // Its events are another issue's by now, or gone: what was written goes without them.
            (Work::Record { new }, _) if entry.failure.as_ref().is_some_and(is_about_events) => new.events.clear(),
            _ => {}
        }
        if let (Work::ChangeRoom { seen, .. }, Some(settings)) = (&mut entry.work, settings) {
            *seen = Some(settings);
        }
        if let (Work::Suppress { seen, .. }, Some(suppression)) = (&mut entry.work, suppression) {
            *seen = Some(suppression);
        }
        let work = written(&entry.work)?;
        self.db.execute("UPDATE entries SET failure = NULL, tried = NULL, work = ?1 WHERE form = ?2", params![work, form.0.to_string()])?;
        Ok(())
    }
}

fn is_nobodys_turn(why: &IpcError) -> bool {
    why.fields.iter().any(|field| field.code() == Some(FieldCode::IncidentInactive))
}

fn is_about_events(why: &IpcError) -> bool {
    why.fields.iter().any(|field| field.code().is_some_and(FieldCode::is_about_events))
}

type Columns = (String, Option<String>, String, i64, Option<String>, Option<i64>);

/// The columns of an entry, beginning at this one.
fn columns(row: &Row<'_>, at: usize) -> Result<Columns, db::DbError> {
    Ok((row.get(at)?, row.get(at + 1)?, row.get(at + 2)?, row.get(at + 3)?, row.get(at + 4)?, row.get(at + 5)?))
}

fn read((form, customer, work, at, failure, tried): Columns) -> Result<Entry, Error> {
    let bad = || Error::BadRow("entries");
    Ok(Entry {
        form: FormId(form.parse::<Uuid>().map_err(|_| bad())?),
        customer: customer.map(|customer| customer.parse()).transpose().map_err(|_| bad())?,
        work: serde_json::from_str(&work).map_err(|_| bad())?,
        at: Timestamp::from_micros(at),
        failure: failure.map(|failure| serde_json::from_str(&failure)).transpose().map_err(|_| bad())?,
        tried: tried.map(Timestamp::from_micros),
    })
}

fn written(work: &Work) -> Result<String, Error> {
    serde_json::to_string(work).map_err(|error| Error::another_form(&error))
}
