//! Applying an answer of the sync: all of it in one transaction, or nothing.
//!
//! The lines are spooled while they arrive, in memory or, where there are many, in a table that no query reads; only when the answer is whole
//! does one closure apply it. So a cut answer leaves everything as it was, and no screen ever sees half of one.
//!
//! A line of a kind that this version does not know, or one that it cannot read, does not stop the rest: its customer is marked as incomplete
//! until the service sends that customer anew.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::DataChange;
use tenantry_model::sync::{Checkpoint, SyncCustomer, SyncLine};
use tenantry_model::time::Timestamp;

use super::body::{self, Body};
use super::incidents::{self, Ledger};
use super::meta;
use super::{Cache, Store};
use crate::error::Error;

/// An answer is held in parts of about so many bytes: large enough for the allocator to give each back to the system at once.
const PART: usize = 1024 * 1024;

/// How many parts are held in memory before they go to the table. A page of history fits in.
const IN_MEMORY: usize = 16;

/// How many customers a change names; beyond that it says "any".
const MOST_NAMED: usize = 100;

/// An answer while it arrives.
pub(crate) struct Spool {
    cache: Cache,
    /// How many parts are in the table.
    stored: u32,
    /// What came after those, in parts.
    held: Vec<Vec<u8>>,
}

/// What an answer brought.
#[derive(Debug, Clone)]
pub(crate) struct Applied {
    /// The moment the rows stand for now.
    pub(crate) as_of: Timestamp,
    /// Whether older rows are still to come.
    pub(crate) history_pending: bool,
    /// What screens have to ask again; none where nothing changed.
    pub(crate) change: Option<DataChange>,
}

impl Spool {
    /// An empty one. What a former answer left in the table goes.
    pub(crate) async fn new(cache: Cache) -> Result<Self, Error> {
        cache
            .run(|store| {
                let left: bool = store.db.query_row("SELECT EXISTS (SELECT 1 FROM incoming)", [], |row| row.get(0))?;
                if left {
                    store.db.execute("DELETE FROM incoming", [])?;
                    store.settle()?;
                }
                Ok(())
            })
            .await?;
        Ok(Self { cache, stored: 0, held: Vec::new() })
    }

    /// Takes the next bytes.
    pub(crate) async fn push(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match self.held.last_mut() {
            Some(part) if part.len() + bytes.len() <= PART => part.extend_from_slice(bytes),
            _ => {
                if self.held.len() == IN_MEMORY {
                    self.store().await?;
                }
                // Most answers are short: only a second part is sure to become a whole one.
                let mut part = Vec::with_capacity(if self.held.is_empty() { 0 } else { PART });
                part.extend_from_slice(bytes);
                self.held.push(part);
            }
        }
        Ok(())
    }

    /// Moves what is held to the table.
    async fn store(&mut self) -> Result<(), Error> {
        let (first, held) = (self.stored, std::mem::take(&mut self.held));
        self.stored += held.len() as u32;
        self.cache
            .run(move |store| {
                let tx = store.db.transaction()?;
                for (part, lines) in (first..).zip(held) {
                    tx.prepare_cached("INSERT INTO incoming (part, lines) VALUES (?1, ?2)")?.execute(params![part, lines])?;
                }
                Ok(tx.commit()?)
            })
            .await
    }

    /// The answer has ended: applies it. [`Error::Cut`] where its last line is missing, and then nothing has changed.
    pub(crate) async fn finish(self, now: Timestamp) -> Result<Applied, Error> {
        let Self { cache, stored, held } = self;
        cache.run(move |store| store.apply(stored, held, now)).await
    }
}

/// What was learned from an answer while it was being applied.
#[derive(Default)]
struct Run {
    ledger: Ledger,
    /// Customers by id: their number in the tables, and their name.
    known: HashMap<TenantId, (i64, Arc<str>)>,
    changed: BTreeSet<TenantId>,
    unreadable: BTreeSet<TenantId>,
    /// A line of which not even the customer could be read.
    unreadable_at_large: bool,
    began: bool,
    everything: bool,
    wiped: bool,
    checkpoint: Option<Checkpoint>,
}

impl Store {
    fn apply(&mut self, stored: u32, held: Vec<Vec<u8>>, now: Timestamp) -> Result<Applied, Error> {
        let mut meta = self.meta.clone();
        let tx = self.db.transaction()?;
        let mut run = Run::default();
        let mut open = Vec::new();
        for part in 0..stored {
            let lines: Vec<u8> = tx.query_row("SELECT lines FROM incoming WHERE part = ?1", [part], |row| row.get(0))?;
            run.take(&tx, &mut meta, &mut open, &lines)?;
        }
        for lines in held {
            run.take(&tx, &mut meta, &mut open, &lines)?;
        }
        if !open.is_empty() {
            let last = std::mem::take(&mut open);
            run.line(&tx, &mut meta, &last)?;
        }
        // Dropping the transaction takes everything back.
        let checkpoint = run.checkpoint.take().ok_or(Error::Cut)?;
        run.ledger.settle(&tx)?;
        for id in &run.unreadable {
            tx.execute("UPDATE customers SET incomplete = 1 WHERE id = ?1", [id.uuid().as_bytes().as_slice()])?;
        }
        if stored > 0 {
            tx.execute("DELETE FROM incoming", [])?;
        }
        meta.incomplete |= run.unreadable_at_large;
        meta.cursor = Some(checkpoint.cursor);
        // Time never runs backwards, not even where the service's does.
        meta.as_of = meta.as_of.max(Some(checkpoint.at));
        meta.seen = meta.seen.max(now);
        meta.contact = Some(meta.seen);
        meta.history_pending = checkpoint.history_pending;
        meta::save(&tx, &meta)?;
        tx.commit()?;
        let history_came_to_its_end = self.meta.history_pending && !meta.history_pending;
        self.meta = meta;
        if run.wiped {
            self.settle()?;
        }
        let unreadable = run.unreadable.len() + usize::from(run.unreadable_at_large);
        if unreadable > 0 {
            tracing::warn!(customers = unreadable, "an answer of the sync held lines that this version cannot read");
        }
        run.changed.append(&mut run.unreadable);
        let is_change = run.everything || !run.changed.is_empty() || run.unreadable_at_large || history_came_to_its_end;
        let change = if is_change { Some(self.take_over(run)?) } else { None };
        Ok(Applied { as_of: self.meta.as_of.unwrap_or(checkpoint.at), history_pending: self.meta.history_pending, change })
    }

    /// Brings what is kept in memory up to the tables.
    fn take_over(&mut self, run: Run) -> Result<DataChange, Error> {
        self.customers = super::customers::Customers::load(&self.db)?;
        if run.everything {
            self.marks = super::marks::Marks::load(&self.db)?;
            self.index = super::index::Index::default();
        } else {
            self.refresh_index(&run.ledger.touched)?;
        }
        let any = run.everything || run.unreadable_at_large || run.changed.len() > MOST_NAMED;
        Ok(self.changed(if any { vec![] } else { run.changed.into_iter().collect() }))
    }
}

impl Run {
    /// Takes whole lines; what is left of the last one waits in `open`.
    fn take(&mut self, db: &Connection, meta: &mut meta::Meta, open: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Error> {
        let mut rest = bytes;
        while let Some(end) = memchr::memchr(b'\n', rest) {
            let (line, after) = rest.split_at(end);
            if open.is_empty() {
                self.line(db, meta, line)?;
            } else {
                open.extend_from_slice(line);
                let whole = std::mem::take(open);
                self.line(db, meta, &whole)?;
            }
            rest = &after[1..];
        }
        open.extend_from_slice(rest);
        Ok(())
    }

    fn line(&mut self, db: &Connection, meta: &mut meta::Meta, line: &[u8]) -> Result<(), Error> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        let read = match serde_json::from_slice::<SyncLine>(line) {
            Ok(read) => read,
            // Without its first line, or after its last, nothing of the answer can be trusted.
            Err(_) if !self.began || self.checkpoint.is_some() => return Err(Error::Cut),
            Err(_) => {
                match serde_json::from_slice::<Value>(line).ok().as_ref().and_then(customer_in) {
                    Some(id) => self.unreadable.insert(id),
                    None => std::mem::replace(&mut self.unreadable_at_large, true),
                };
                return Ok(());
            }
        };
        if self.began == matches!(read, SyncLine::Begin(_)) || self.checkpoint.is_some() {
            return Err(Error::Cut);
        }
        self.step(db, meta, read, line)
    }

    fn step(&mut self, db: &Connection, meta: &mut meta::Meta, read: SyncLine, line: &[u8]) -> Result<(), Error> {
        match read {
            SyncLine::Begin(begin) => {
                self.began = true;
                if begin.snapshot {
                    self.wiped |= delete_everything(db)?;
                    meta.incomplete = false;
                    self.everything = true;
                } else if meta.cursor.is_none() {
                    // It goes on from nothing: the cache was emptied after it was asked for.
                    return Err(Error::Cut);
                }
            }
            SyncLine::Customer(customer) => self.customer(db, customer)?,
            SyncLine::CustomerGone(id) => {
                if let Some((customer, _)) = self.find(db, id)? {
                    self.empty(db, customer)?;
                    db.execute("DELETE FROM customers WHERE customer = ?1", [customer])?;
                    db.execute("DELETE FROM marks WHERE customer = ?1", [id.uuid().as_bytes().as_slice()])?;
                    self.known.remove(&id);
                    self.changed.insert(id);
                }
            }
            SyncLine::Room(room) => {
                let Some((customer, _)) = self.owner(db, room.customer_id)? else { return Ok(()) };
                let body = body::room(line, &room)?;
                db.prepare_cached("INSERT INTO rooms (customer, id, body) VALUES (?1, ?2, ?3) ON CONFLICT (customer, id) DO UPDATE SET body = excluded.body")?
                    .execute(params![customer, room.id.uuid().as_bytes().as_slice(), body])?;
            }
            SyncLine::RoomGone(gone) => {
                let Some((customer, _)) = self.owner(db, gone.customer_id)? else { return Ok(()) };
                db.prepare_cached("DELETE FROM rooms WHERE customer = ?1 AND id = ?2")?
                    .execute(params![customer, gone.id.uuid().as_bytes().as_slice()])?;
                self.wiped = true;
            }
            SyncLine::Incident(incident) => {
                let Some((customer, name)) = self.owner(db, incident.row.customer_id)? else { return Ok(()) };
                incidents::put(db, &mut self.ledger, customer, &name, &incident, &Body::of(line, &incident)?)?;
            }
            SyncLine::IncidentGone(gone) => {
                let Some((customer, _)) = self.owner(db, gone.customer_id)? else { return Ok(()) };
                self.wiped |= incidents::remove(db, &mut self.ledger, customer, gone.number)?;
            }
            SyncLine::Checkpoint(checkpoint) => self.checkpoint = Some(checkpoint),
        }
        Ok(())
    }

    fn customer(&mut self, db: &Connection, line: SyncCustomer) -> Result<(), Error> {
        let old = self.find(db, line.id)?;
        if let (Some((customer, _)), true) = (&old, line.reset) {
            self.empty(db, *customer)?;
        }
        let customer: i64 = db
            .prepare_cached(
                "INSERT INTO customers (id, name, permissions, offline_allowed, offline_days) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (id) DO UPDATE SET name = ?2, permissions = ?3, offline_allowed = ?4, offline_days = ?5,
                     incomplete = incomplete AND NOT ?6
                 RETURNING customer",
            )?
            .query_row(
                params![
                    line.id.uuid().as_bytes().as_slice(),
                    line.display_name,
                    line.permissions.to_bits(),
                    line.offline.allowed,
                    line.offline.days.days(),
                    line.reset
                ],
                |row| row.get(0),
            )?;
        if line.reset {
            self.unreadable.remove(&line.id);
        } else if old.is_some_and(|(_, name)| *name != *line.display_name) {
            incidents::rename(db, &mut self.ledger, customer, &line.display_name)?;
        }
        self.known.insert(line.id, (customer, line.display_name.into()));
        self.changed.insert(line.id);
        Ok(())
    }

    /// Deletes everything of a customer but the customer itself.
    fn empty(&mut self, db: &Connection, customer: i64) -> Result<(), Error> {
        incidents::remove_all_of(db, &mut self.ledger, customer)?;
        self.ledger.forget(customer);
        db.execute("DELETE FROM badges WHERE customer = ?1", [customer])?;
        db.execute("DELETE FROM rooms WHERE customer = ?1", [customer])?;
        self.wiped = true;
        Ok(())
    }

    /// The customer of a row. A row of a customer that was never named is one that this version cannot place.
    fn owner(&mut self, db: &Connection, id: TenantId) -> Result<Option<(i64, Arc<str>)>, Error> {
        let found = self.find(db, id)?;
        if found.is_some() {
            self.changed.insert(id);
        } else {
            self.unreadable_at_large = true;
        }
        Ok(found)
    }

    fn find(&mut self, db: &Connection, id: TenantId) -> Result<Option<(i64, Arc<str>)>, Error> {
        if let Some(known) = self.known.get(&id) {
            return Ok(Some(known.clone()));
        }
        let found = db
            .prepare_cached("SELECT customer, name FROM customers WHERE id = ?1")?
            .query_row([id.uuid().as_bytes().as_slice()], |row| Ok((row.get(0)?, row.get::<_, String>(1)?.into())))
            .optional()?;
        if let Some(found) = &found {
            self.known.insert(id, found.clone());
        }
        Ok(found)
    }
}

/// Deletes all rows that came from the service. Answers whether there were any.
pub(super) fn delete_everything(db: &Connection) -> Result<bool, Error> {
    // Every row is a customer's.
    if !db.query_row("SELECT EXISTS (SELECT 1 FROM customers)", [], |row| row.get(0))? {
        return Ok(false);
    }
    db.execute_batch(
        "DELETE FROM customers; DELETE FROM badges; DELETE FROM rooms; DELETE FROM incidents; DELETE FROM hot; DELETE FROM history;
         INSERT INTO history_words (history_words) VALUES ('delete-all');",
    )?;
    Ok(true)
}

/// The customer that a line is about, as far as it can be told.
fn customer_in(line: &Value) -> Option<TenantId> {
    let body = line.as_object()?.values().next()?;
    let id = [&body["customerId"], &body["row"]["customerId"], &body["id"]].into_iter().find_map(Value::as_str)?;
    id.parse().ok()
}
