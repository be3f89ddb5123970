//! One incident, one room.

use crate::db::{OptionalExtension, params};
use tenantry_model::incident::{Incident, IncidentRow};
use tenantry_model::ipc::{IncidentDetail, IncidentRef, IncidentRest, RoomDetail, RoomKey};
use tenantry_model::permission::Permission;
use tenantry_model::room::Room;

use super::customers::Customer;
use super::{Contact, Store};
use crate::error::Error;

impl Store {
    /// An incident whole. [`Error::Locked`] where the customer's terms have run out, whether there is such an incident or not.
    pub(crate) fn incident(&mut self, key: IncidentRef, contact: Contact) -> Result<IncidentDetail, Error> {
        let customer = self.readable(key.customer_id, contact)?;
        let body: String = self
            .db
            .prepare_cached("SELECT body FROM incidents WHERE customer = ?1 AND number = ?2")?
            .query_row(params![customer.customer, key.number.as_str()], |row| row.get(0))
            .optional()?
            .ok_or(Error::NotFound)?;
        let incident: Incident = serde_json::from_str(&body).map_err(|_| Error::BadRow("incidents"))?;
        let mut open_rooms = vec![];
        if customer.permissions.contains(Permission::RoomsView) {
            let mut known = self.db.prepare_cached("SELECT 1 FROM rooms WHERE customer = ?1 AND id = ?2")?;
            for room in &incident.row.rooms {
                if known.exists(params![customer.customer, room.id.uuid().as_bytes().as_slice()])? {
                    open_rooms.push(room.id);
                }
            }
        }
        Ok(IncidentDetail {
            incident,
            rest: IncidentRest::Here,
            open_rooms,
            customer_name: customer.name.clone(),
            freshness: self.freshness(&customer, contact),
            generation: self.generation(),
        })
    }

    /// A room whole. [`Error::Locked`] as with [`Store::incident`].
    pub(crate) fn room(&mut self, key: RoomKey, contact: Contact) -> Result<RoomDetail, Error> {
        let customer = self.readable(key.customer_id, contact)?;
        let body: String = self
            .db
            .prepare_cached("SELECT body FROM rooms WHERE customer = ?1 AND id = ?2")?
            .query_row(params![customer.customer, key.id.uuid().as_bytes().as_slice()], |row| row.get(0))
            .optional()?
            .ok_or(Error::NotFound)?;
        let room: Room = serde_json::from_str(&body).map_err(|_| Error::BadRow("rooms"))?;
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

    fn open_of_room(&self, customer: &Customer, key: RoomKey) -> Result<Vec<IncidentRow>, Error> {
        let mut statement = self.db.prepare_cached("SELECT row FROM hot WHERE customer = ?1")?;
        let mut rows = statement.query([customer.customer])?;
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
