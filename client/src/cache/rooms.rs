//! The room list of one customer (R65).

use std::cmp::Ordering;
use std::collections::HashMap;

use serde::de::DeserializeOwned;
use tenantry_model::collation::sort_key;
use tenantry_model::id::RoomId;
use tenantry_model::incident::IncidentRow;
use tenantry_model::ipc::{RoomColumn, RoomPage, RoomQuery, RoomRow};
use tenantry_model::permission::Permission;
use tenantry_model::room::{Health, Room, RoomCounters};
use tenantry_model::search::searchable;

use super::customers::{Customer, LARGEST_WINDOW};
use super::packed::Unpacker;
use super::words::Finder;
use super::{Contact, Store};
use crate::db::{Row, params};
use crate::error::Error;

impl Store {
    /// A window of the list. A locked customer's list is empty, and says so. [`Error::NotFound`] for a customer that is not there.
    pub(crate) fn list_rooms(&mut self, query: &RoomQuery, contact: Contact) -> Result<RoomPage, Error> {
        let customer = self.customers.by_id(query.customer_id).ok_or(Error::NotFound)?.clone();
        let freshness = self.freshness_of_the_rest(&customer, contact);
        let mut counters = RoomCounters::default();
        let mut page = RoomPage { total: 0, rows: vec![], counters, freshness, generation: self.generation() };
        if self.locked_since(&customer, contact).is_some() {
            return Ok(page);
        }
        let sees_incidents = customer.permissions.contains(Permission::TicketsView);
        let open = if sees_incidents { Some(self.open_by_room(&customer)?) } else { None };
        let finder = Finder::of(&query.text);
        let mut rows = Vec::new();
        let mut statement = self
            .db
            .prepare_cached("SELECT body FROM rooms WHERE customer = ?1 UNION ALL SELECT body FROM rooms_before WHERE customer = ?1")?;
        let mut found = statement.query([customer.customer])?;
        let mut unpacker = Unpacker::new()?;
        while let Some(row) = found.next()? {
            let room: Room = read(&mut unpacker, row, 0)?;
            if !finder.is_in(&search_text(&room)) {
                continue;
            }
            counters.count(room.health);
            if query.health.is_none_or(|health| health == room.health) {
                let open_tickets = open.as_ref().map(|open| open.get(&room.id).copied().unwrap_or(0));
                rows.push((text_key(query.sort, &room), sort_key(&room.display_name), RoomRow { room, open_tickets }));
            }
        }
        rows.sort_by(|(one_key, one_name, one), (other_key, other_name, other)| {
            let by_name = || one_name.cmp(other_name).then_with(|| one.room.id.cmp(&other.room.id));
            let order = one_key.cmp(other_key).then_with(|| order(query.sort, one, other)).then_with(by_name);
            if query.descending { order.reverse() } else { order }
        });
        page.total = rows.len() as u32;
        page.counters = counters;
        let limit = query.limit.min(LARGEST_WINDOW) as usize;
        page.rows = rows.into_iter().skip(query.offset as usize).take(limit).map(|(_, _, row)| row).collect();
        Ok(page)
    }

    /// One room.
    pub(super) fn kept_room(&self, customer: i64, id: RoomId) -> Result<Option<Room>, Error> {
        let mut statement = self.db.prepare_cached(
            "SELECT body FROM rooms WHERE customer = ?1 AND id = ?2
             UNION ALL SELECT body FROM rooms_before WHERE customer = ?1 AND id = ?2",
        )?;
        let mut found = statement.query(params![customer, id.uuid().as_bytes().as_slice()])?;
        found.next()?.map(|row| read(&mut Unpacker::new()?, row, 0)).transpose()
    }

    fn open_by_room(&self, customer: &Customer) -> Result<HashMap<RoomId, u32>, Error> {
        let mut statement = self.db.prepare_cached("SELECT row FROM hot WHERE customer = ?1")?;
        let mut rows = statement.query([customer.customer])?;
        let mut open = HashMap::new();
        while let Some(row) = rows.next()? {
            let text = row.get_ref(0)?.as_str().map_err(|_| Error::BadRow("hot"))?;
            let incident: IncidentRow = serde_json::from_str(text).map_err(|_| Error::BadRow("hot"))?;
            for room in incident.rooms {
                *open.entry(room.id).or_default() += 1;
            }
        }
        Ok(open)
    }
}

/// A room, or what is wanted of it, by its body: packed, or as text where an earlier version kept it.
pub(super) fn read<T: DeserializeOwned>(unpacker: &mut Unpacker, row: &Row<'_>, at: usize) -> Result<T, Error> {
    let body = row.get_ref(at)?;
    let room = match body.as_blob() {
        Ok(packed) => serde_json::from_str(&unpacker.unpack("rooms", packed)?),
        Err(_) => serde_json::from_str(body.as_str().map_err(|_| Error::BadRow("rooms"))?),
    };
    room.map_err(|_| Error::BadRow("rooms"))
}

fn search_text(room: &Room) -> String {
    let groups: Vec<&str> = room.groups.iter().map(|group| group.name.as_str()).collect();
    let ring = room.ring.as_ref().map_or("", |ring| &ring.name);
    searchable(&[&room.display_name, &room.host_name, &room.account, groups.join("\u{1f}").as_str(), ring].join("\u{1f}"))
}

/// What a column that shows text is sorted by; nothing for the others, and for the name, which is looked at in any case.
fn text_key(column: RoomColumn, room: &Room) -> String {
    match column {
        RoomColumn::Host => sort_key(&room.host_name),
        RoomColumn::Account => sort_key(&room.account),
        // As they are shown.
        RoomColumn::Group => sort_key(&room.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>().join(", ")),
        _ => String::new(),
    }
}

fn order(column: RoomColumn, one: &RoomRow, other: &RoomRow) -> Ordering {
    match column {
        // Where it is another text than the name, see `text_key`.
        RoomColumn::Name | RoomColumn::Host | RoomColumn::Account | RoomColumn::Group => Ordering::Equal,
        RoomColumn::Health => badness(one.room.health).cmp(&badness(other.room.health)),
        RoomColumn::Warnings => other.room.has_warnings.cmp(&one.room.has_warnings),
        RoomColumn::Ring => one.room.ring.as_ref().map(|ring| ring.order).cmp(&other.room.ring.as_ref().map(|ring| ring.order)),
        RoomColumn::OpenTickets => other.open_tickets.cmp(&one.open_tickets),
        RoomColumn::LastSeen => one.room.last_seen.cmp(&other.room.last_seen),
    }
}

/// Worst first.
const fn badness(health: Health) -> u8 {
    match health {
        Health::Unhealthy => 0,
        Health::Disconnected => 1,
        Health::Suppressed => 2,
        Health::Onboarding => 3,
        Health::Healthy => 4,
    }
}
