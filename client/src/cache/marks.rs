//! What was read, on this desk or another one of the same user: of an incident, how many messages from the oldest on. One beyond an unread one is read
//! once that is, too: so unread ones are a number that needs no list, and of two desks the higher number holds.
//!
//! What was read here and the service does not know is noted in the same row, and told when there is contact. There is a mark only of what is here: the
//! service sends it along with its incident.

use std::collections::HashMap;

use crate::db::{Connection, OptionalExtension, params};
use tenantry_model::api::read_marks::MOST_MARKS;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{BulkReason, DataChange, IncidentRef, SeenMessages, Touched};
use tenantry_model::sync::ReadMark;
use tenantry_model::text::TicketNumber;
use uuid::Uuid;

use super::{Contact, Store};
use crate::error::Error;

#[derive(Debug, Default)]
pub(super) struct Marks {
    read: HashMap<(TenantId, TicketNumber), u32>,
}

/// What became of incidents all of whose messages were to be marked as read.
#[derive(Debug)]
pub(crate) struct AllRead {
    /// None where nothing changed.
    pub(crate) change: Option<DataChange>,
    /// Those that could not be, and why. The others are read.
    pub(crate) unread: HashMap<IncidentRef, BulkReason>,
}

impl Marks {
    pub(super) fn load(db: &Connection) -> Result<Self, Error> {
        let mut statement = db.prepare_cached("SELECT customer, number, messages FROM marks")?;
        let mut rows = statement.query([])?;
        let mut read = HashMap::new();
        while let Some(row) = rows.next()? {
            let customer = Uuid::from_slice(&row.get::<_, Vec<u8>>(0)?).map_err(|_| Error::BadRow("marks"))?;
            let number = row.get::<_, String>(1)?.parse().map_err(|_| Error::BadRow("marks"))?;
            read.insert((TenantId::from_uuid(customer), number), row.get(2)?);
        }
        Ok(Self { read })
    }

    /// How many of so many messages are unread.
    pub(super) fn unread(&self, customer: TenantId, number: TicketNumber, messages: u32) -> u32 {
        // Most incidents have no messages at all: no need to look.
        if messages == 0 { 0 } else { messages.saturating_sub(self.read(customer, number)) }
    }

    /// Of incidents that are not kept any longer.
    pub(super) fn remove(&mut self, gone: &[IncidentRef]) {
        for key in gone {
            self.read.remove(&(key.customer_id, key.number));
        }
    }

    /// Of incidents that were read on another desk.
    pub(super) fn raise(&mut self, raised: &[ReadMark]) {
        for mark in raised {
            let read = self.read.entry((mark.customer_id, mark.number)).or_default();
            *read = mark.messages.max(*read);
        }
    }

    fn read(&self, customer: TenantId, number: TicketNumber) -> u32 {
        self.read.get(&(customer, number)).copied().unwrap_or(0)
    }
}

/// What was read of an incident that is not kept any longer.
pub(super) fn remove(db: &Connection, gone: IncidentRef) -> Result<(), Error> {
    db.prepare_cached("DELETE FROM marks WHERE customer = ?1 AND number = ?2")?
        .execute(params![gone.customer_id.uuid().as_bytes().as_slice(), gone.number.as_str()])?;
    Ok(())
}

/// Takes over what the service says, of an incident that is here. Answers whether it was news. What was read here beyond it is still to be told, also where
/// the service knew it once: its database may have been restored.
pub(super) fn take(db: &Connection, mark: &ReadMark) -> Result<bool, Error> {
    let customer = mark.customer_id.uuid();
    let (customer, number) = (customer.as_bytes().as_slice(), mark.number.as_str());
    let known: Option<u32> = db
        .prepare_cached("SELECT messages FROM marks WHERE customer = ?1 AND number = ?2")?
        .query_row(params![customer, number], |row| row.get(0))
        .optional()?;
    db.prepare_cached(
        "INSERT INTO marks (customer, number, messages, told) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT (customer, number) DO UPDATE SET told = excluded.messages >= messages, messages = max(messages, excluded.messages)",
    )?
    .execute(params![customer, number, mark.messages])?;
    Ok(mark.messages > known.unwrap_or(0))
}

/// Nothing counts as told: a snapshot begins, and says what the service knows.
pub(super) fn tell_anew(db: &Connection) -> Result<(), Error> {
    db.execute("UPDATE marks SET told = 0 WHERE told = 1", [])?;
    Ok(())
}

impl Store {
    /// What the service has not been told, as much of it as one request takes.
    pub(crate) fn untold_marks(&mut self) -> Result<Vec<ReadMark>, Error> {
        let most = i64::try_from(MOST_MARKS).unwrap_or(i64::MAX);
        let mut statement =
            self.db.prepare_cached("SELECT customer, number, messages FROM marks WHERE told = 0 ORDER BY customer, number LIMIT ?1")?;
        let mut rows = statement.query([most])?;
        let mut untold = vec![];
        while let Some(row) = rows.next()? {
            let customer = Uuid::from_slice(&row.get::<_, Vec<u8>>(0)?).map_err(|_| Error::BadRow("marks"))?;
            let number = row.get::<_, String>(1)?.parse().map_err(|_| Error::BadRow("marks"))?;
            untold.push(ReadMark { customer_id: TenantId::from_uuid(customer), number, messages: row.get(2)? });
        }
        Ok(untold)
    }

    /// The service knows these. What was read meanwhile is still to be told.
    pub(crate) fn marks_told(&mut self, told: &[ReadMark]) -> Result<(), Error> {
        let tx = self.db.transaction()?;
        for mark in told {
            tx.prepare_cached("UPDATE marks SET told = 1 WHERE customer = ?1 AND number = ?2 AND messages <= ?3")?.execute(params![
                mark.customer_id.uuid().as_bytes().as_slice(),
                mark.number.as_str(),
                mark.messages
            ])?;
        }
        Ok(tx.commit()?)
    }

    /// Marks messages that were on screen as read. None where they were already, or an unread one is before them.
    pub(crate) fn mark_read(&mut self, seen: SeenMessages, contact: Contact) -> Result<Option<DataChange>, Error> {
        let SeenMessages { incident: key, first, last } = seen;
        let messages = match self.incident(key, contact) {
            Ok(known) => last.min(known.incident.row.messages),
            // Shown, but not kept (A40): there is no list that says it is unread.
            Err(Error::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let read = self.marks.read(key.customer_id, key.number);
        if messages <= read || first > read.saturating_add(1) {
            return Ok(None);
        }
        self.db
            .prepare_cached(
                "INSERT INTO marks (customer, number, messages) VALUES (?1, ?2, ?3)
                 ON CONFLICT (customer, number) DO UPDATE SET messages = excluded.messages, told = 0",
            )?
            .execute(params![key.customer_id.uuid().as_bytes().as_slice(), key.number.as_str(), messages])?;
        self.marks.read.insert((key.customer_id, key.number), messages);
        Ok(Some(self.changed(vec![key.customer_id], Some(Touched { incidents: vec![key], ..Touched::default() }))))
    }

    /// Marks all messages of these incidents as read, as far as they are here and may be read.
    pub(crate) fn mark_all_read(&mut self, keys: &[IncidentRef], contact: Contact) -> Result<AllRead, Error> {
        let (mut raised, mut unread) = (vec![], HashMap::new());
        for known in self.selected(keys, contact)? {
            match known.row {
                Some(row) if known.unread > 0 => {
                    raised.push(ReadMark { customer_id: row.customer_id, number: row.number, messages: row.messages });
                }
                Some(_) => {}
                None => {
                    let is_locked = known.customer.is_some_and(|customer| customer.is_locked);
                    unread.insert(known.key, if is_locked { BulkReason::Locked } else { BulkReason::NotHere });
                }
            }
        }
        if raised.is_empty() {
            return Ok(AllRead { change: None, unread });
        }
        let tx = self.db.transaction()?;
        for mark in &raised {
            tx.prepare_cached(
                "INSERT INTO marks (customer, number, messages) VALUES (?1, ?2, ?3)
                 ON CONFLICT (customer, number) DO UPDATE SET messages = excluded.messages, told = 0",
            )?
            .execute(params![mark.customer_id.uuid().as_bytes().as_slice(), mark.number.as_str(), mark.messages])?;
        }
        tx.commit()?;
        self.marks.raise(&raised);
        let incidents: Vec<IncidentRef> =
            raised.iter().map(|mark| IncidentRef { customer_id: mark.customer_id, number: mark.number }).collect();
        let mut customers: Vec<TenantId> = incidents.iter().map(|key| key.customer_id).collect();
        customers.sort_unstable();
        customers.dedup();
        let change = self.changed(customers, Some(Touched { incidents, ..Touched::default() }));
        Ok(AllRead { change: Some(change), unread })
    }
}
