//! What was read on this device: of an incident, how many messages from the oldest on. One beyond an unread one is read once that is, too: so unread
//! ones are a number that needs no list.

use std::collections::HashMap;

use crate::db::{Connection, params};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{DataChange, IncidentRef, SeenMessages, Touched};
use tenantry_model::text::TicketNumber;
use uuid::Uuid;

use super::{Contact, Store};
use crate::error::Error;

#[derive(Debug, Default)]
pub(super) struct Marks {
    read: HashMap<(TenantId, TicketNumber), u32>,
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

impl Store {
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
                 ON CONFLICT (customer, number) DO UPDATE SET messages = excluded.messages",
            )?
            .execute(params![key.customer_id.uuid().as_bytes().as_slice(), key.number.as_str(), messages])?;
        self.marks.read.insert((key.customer_id, key.number), messages);
        Ok(Some(self.changed(vec![key.customer_id], Some(Touched { incidents: vec![key], ..Touched::default() }))))
    }
}
