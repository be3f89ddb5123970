//! One incident, one room.

use std::collections::HashMap;

use crate::db::params;
use tenantry_model::incident::{Incident, IncidentRow};
use tenantry_model::ipc::{IncidentDetail, IncidentRef, IncidentRest, RoomDetail, RoomKey};
use tenantry_model::permission::Permission;
use tenantry_model::room::Room;

use super::answers::Invalidations;
use super::customers::Customer;
use super::entry::SNOOZED;
use super::incidents::{self, Stored};
use super::packed::Unpacker;
use super::{Contact, Store, before, body, history};
use crate::error::Error;

impl Store {
    /// What is here of an incident. [`Error::Locked`] where the customer's terms have run out, whether there is such an incident or not.
    pub(crate) fn incident(&mut self, key: IncidentRef, contact: Contact) -> Result<IncidentDetail, Error> {
        let customer = self.readable(key.customer_id, contact)?;
        let (incident, rest) = self.kept_incident(&customer, key)?.ok_or(Error::NotFound)?;
        self.detail(incident, rest, &customer, contact)
    }

    /// An incident that is not kept here, as the service showed it after `since`. [`Error::Locked`] as with [`Store::incident`].
    pub(crate) fn unkept_incident(&mut self, incident: Incident, since: Invalidations, contact: Contact) -> Result<IncidentDetail, Error> {
        if since != self.invalidations() {
            return Err(Error::Cut);
        }
        let customer = self.readable(incident.row.customer_id, contact)?;
        self.detail(incident, IncidentRest::Here, &customer, contact)
    }

    /// What is here of an incident, and whether all of it is.
    fn kept_incident(&self, customer: &Customer, key: IncidentRef) -> Result<Option<(Incident, IncidentRest)>, Error> {
        let Some(stored) = incidents::find(&self.db, customer.customer, key.number.as_str())? else {
            return Ok(before::incident(&self.db, customer.customer, key.number.as_str())?.map(|whole| (whole, IncidentRest::Here)));
        };
        let row = self.kept_row(customer, &stored)?;
        if !stored.is_whole {
            return Ok(Some((row.alone(), IncidentRest::OffLine)));
        }
        let rest: Vec<u8> =
            self.db.prepare_cached("SELECT rest FROM incidents WHERE incident = ?1")?.query_row([stored.incident], |row| row.get(0))?;
        let rest = Unpacker::new()?.unpack("incidents", &rest)?;
        let row = serde_json::to_string(&row).map_err(|_| Error::BadRow("incidents"))?;
        Ok(Some((body::whole(&row, &rest)?, IncidentRest::Here)))
    }

    /// What lists show of an incident.
    pub(super) fn kept_row(&self, customer: &Customer, stored: &Stored) -> Result<IncidentRow, Error> {
        let Some(rank) = stored.rank else {
            return history::row(&self.db, (customer.customer, customer.id), stored.newest, stored.incident);
        };
        let json: String = self
            .db
            .prepare_cached("SELECT row FROM hot WHERE rank = ?1 AND newest = ?2 AND number = ?3 AND customer = ?4")?
            .query_row(params![rank, stored.newest, stored.number, stored.customer], |row| row.get(0))?;
        serde_json::from_str(&json).map_err(|_| Error::BadRow("hot"))
    }

    fn detail(&self, incident: Incident, rest: IncidentRest, customer: &Customer, contact: Contact) -> Result<IncidentDetail, Error> {
        let mut open_rooms = vec![];
        if customer.permissions.contains(Permission::RoomsView) {
            let mut known = self.db.prepare_cached(
                "SELECT 1 FROM rooms WHERE customer = ?1 AND id = ?2 UNION ALL SELECT 1 FROM rooms_before WHERE customer = ?1 AND id = ?2",
            )?;
            for room in &incident.row.rooms {
                if known.exists(params![customer.customer, room.id.uuid().as_bytes().as_slice()])? {
                    open_rooms.push(room.id);
                }
            }
        }
        Ok(IncidentDetail {
            incident,
            rest,
            open_rooms,
            customer_name: customer.name.clone(),
            freshness: self.freshness(customer, contact),
            generation: self.generation(),
        })
    }

    /// A room whole. [`Error::Locked`] as with [`Store::incident`].
    pub(crate) fn room(&mut self, key: RoomKey, contact: Contact) -> Result<RoomDetail, Error> {
        let customer = self.readable(key.customer_id, contact)?;
        let room = self.kept_room(&mut Unpacker::new()?, customer.customer, key.id)?.ok_or(Error::NotFound)?;
        let sees_incidents = customer.permissions.contains(Permission::TicketsView);
        let incidents = if sees_incidents { Some(self.open_of_room(&customer, key)?) } else { None };
        Ok(RoomDetail {
            room,
            customer_name: customer.name.clone(),
            incidents,
            freshness: self.freshness(&customer, contact),
            generation: self.generation(),
        })
    }

    /// What these rooms are called, as far as they are here and may be read now.
    pub(crate) fn room_names(&mut self, rooms: &[RoomKey], contact: Contact) -> Result<HashMap<RoomKey, String>, Error> {
        let mut unpacker = Unpacker::new()?;
        let mut names = HashMap::new();
        for key in rooms {
            let Ok(customer) = self.readable(key.customer_id, contact) else { continue };
            if let Some(Room { display_name, .. }) = self.kept_room(&mut unpacker, customer.customer, key.id)? {
                names.insert(*key, display_name);
            }
        }
        Ok(names)
    }

    /// What is open in a room and not out of sight: as many as the list of rooms says.
    fn open_of_room(&self, customer: &Customer, key: RoomKey) -> Result<Vec<IncidentRow>, Error> {
        let mut statement = self.db.prepare_cached("SELECT row FROM hot WHERE customer = ?1 AND rank < ?2")?;
        let mut rows = statement.query([customer.customer, SNOOZED])?;
        let mut incidents: Vec<IncidentRow> = Vec::new();
        while let Some(row) = rows.next()? {
            let text = row.get_ref(0)?.as_str().map_err(|_| Error::BadRow("hot"))?;
            let incident: IncidentRow = serde_json::from_str(text).map_err(|_| Error::BadRow("hot"))?;
            if incident.rooms.iter().any(|room| room.id == key.id) {
                incidents.push(incident);
            }
        }
        incidents.sort_by_key(|incident| (incident.severity, std::cmp::Reverse(incident.active_since), incident.number));
        Ok(incidents)
    }

    /// A customer whose rows may be read.
    pub(super) fn readable(&self, id: tenantry_model::id::TenantId, contact: Contact) -> Result<Customer, Error> {
        let customer = self.customers.by_id(id).ok_or(Error::NotFound)?;
        if self.locked_since(customer, contact).is_some() {
            return Err(Error::Locked);
        }
        Ok(customer.clone())
    }
}
