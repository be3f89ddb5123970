//! The room list: of one customer, or of all of them. Filter, count, sort, cut.
//!
//! As with incidents, what a query finds is kept until the rows, the locks or the minute change, so that scrolling only reads rows.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use tenantry_model::collation::sort_key;
use tenantry_model::id::RoomId;
use tenantry_model::incident::IncidentRow;
use tenantry_model::ipc::{Freshness, IncidentScope, MOST_CHOICES, RoomColumn, RoomPage, RoomQuery, RoomRow, UnreliableCustomer};
use tenantry_model::permission::Permission;
use tenantry_model::room::{Health, Room, RoomCounters};

use super::customers::{Customer, LARGEST_WINDOW};
use super::entry::SNOOZED;
use super::names::Names;
use super::packed::Unpacker;
use super::room_entry::RoomEntry;
use super::room_sieve::RoomSieve;
use super::{Contact, Store};
use crate::db::{Row, params};
use crate::error::Error;

/// How many customers a page names as unreliable.
const MOST_NAMED: usize = 20;
/// How many results are kept: the list on screen, and the ones before and after a switch.
const MOST_KEPT: usize = 4;
const MINUTE: Duration = Duration::from_secs(60);

/// Results of earlier queries, latest last.
#[derive(Default)]
pub(super) struct RoomResults {
    kept: Vec<(u64, RoomQuery, Arc<Found>)>,
}

/// What a query found, without the rows.
pub(super) struct Found {
    /// Slots of the index.
    pub(super) slots: Vec<u32>,
    counters: RoomCounters,
    groups: Vec<String>,
    rings: Vec<String>,
}

impl Store {
    /// A window of the list. A locked customer's rooms are not in it, and it says so. [`Error::NotFound`] for a customer that is not there.
    pub(crate) fn list_rooms(&mut self, query: &RoomQuery, contact: Contact) -> Result<RoomPage, Error> {
        let found = self.find_rooms(query, contact)?;
        let from = (query.offset as usize).min(found.slots.len());
        let to = from.saturating_add(query.limit.min(LARGEST_WINDOW) as usize).min(found.slots.len());
        let rows = self.room_rows(&found.slots[from..to])?;
        let (unreliable, unreliable_total) = self.unreliable_rooms(query, contact);
        Ok(RoomPage {
            total: found.slots.len() as u32,
            rows,
            counters: found.counters,
            groups: found.groups.clone(),
            rings: found.rings.clone(),
            unreliable,
            unreliable_total,
            generation: self.generation(),
        })
    }

    pub(super) fn find_rooms(&mut self, query: &RoomQuery, contact: Contact) -> Result<Arc<Found>, Error> {
        if let IncidentScope::Customer { id } = query.scope {
            self.customers.by_id(id).ok_or(Error::NotFound)?;
        }
        let key = self.state_of_rooms(query, contact);
        let bare = RoomQuery { offset: 0, limit: 0, ..query.clone() };
        if let Some((_, _, found)) = self.room_results.kept.iter().find(|(kept, query, _)| *kept == key && *query == bare) {
            return Ok(Arc::clone(found));
        }
        // None where it is every customer that there is.
        let readable = self.customers_of_rooms(query, contact);
        self.load_rooms(readable.as_deref())?;
        if query.sort == RoomColumn::OpenTickets {
            self.load_all()?;
        }
        let found = Arc::new(self.arrange_rooms(query, readable.as_deref(), contact));
        if self.room_results.kept.len() >= MOST_KEPT {
            self.room_results.kept.remove(0);
        }
        self.room_results.kept.push((key, bare, Arc::clone(&found)));
        Ok(found)
    }

    /// Everything that an answer follows from, but for the question.
    fn state_of_rooms(&self, query: &RoomQuery, contact: Contact) -> u64 {
        let mut key = DefaultHasher::new();
        self.generation().hash(&mut key);
        for customer in self.customers.iter().filter(|_| !contact.live) {
            self.locked_since(customer, contact).is_some().hash(&mut key);
        }
        if query.filter.seen_within_h.is_some() || query.filter.silent_for_h.is_some() {
            (contact.clock.micros() / MINUTE.as_micros() as i64).hash(&mut key);
        }
        key.finish()
    }

    /// The customers within the scope whose rooms may be read, by their numbers in the tables; each once. None where these are all there are.
    fn customers_of_rooms(&self, query: &RoomQuery, contact: Contact) -> Option<Vec<i64>> {
        let meant = Names::of(&query.filter.customer_names);
        let one = match query.scope {
            IncidentScope::Customer { id } => Some(id),
            IncidentScope::All if meant.are_none() && self.locked(contact) == 0 => return None,
            IncidentScope::All => None,
        };
        let found = self.customers.iter().filter(|customer| one.is_none_or(|id| customer.id == id) && meant.mean_customer(customer));
        Some(found.filter(|customer| self.locked_since(customer, contact).is_none()).map(|customer| customer.customer).collect())
    }

    fn arrange_rooms(&self, query: &RoomQuery, readable: Option<&[i64]>, contact: Contact) -> Found {
        let index = &self.rooms;
        let sieve = RoomSieve::of(self, &query.filter, query.scope == IncidentScope::All, contact.clock);
        let mut counters = RoomCounters::default();
        let (mut groups, mut rings) = (vec![0_u32; index.names().len()], vec![0_u32; index.names().len()]);
        let mut matching: Vec<(u32, &RoomEntry)> = Vec::new();
        let mut look = |slot: u32| {
            let Some(entry) = index.entry(slot) else { return };
            entry.groups.iter().for_each(|group| groups[*group as usize] += 1);
            entry.ring.iter().for_each(|ring| rings[ring.name as usize] += 1);
            if sieve.holds_but_health(entry) {
                counters.count(entry.health);
                if sieve.wants(entry) {
                    matching.push((slot, entry));
                }
            }
        };
        match readable {
            None => index.by_name().iter().copied().for_each(&mut look),
            Some(customers) => {
                customers.iter().flat_map(|customer| index.of_customer(*customer)).copied().for_each(&mut look);
                matching.sort_unstable_by(|(_, one), (_, other)| one.by_name(other));
            }
        }
        self.sort_rooms(query.sort, &mut matching);
        if query.descending {
            matching.reverse();
        }
        Found {
            slots: matching.into_iter().map(|(slot, _)| slot).collect(),
            counters,
            groups: self.choices(&groups),
            rings: self.choices(&rings),
        }
    }

    /// The names that most rooms have, by name.
    fn choices(&self, counts: &[u32]) -> Vec<String> {
        let mut numbers: Vec<u32> = (0..counts.len() as u32).filter(|number| counts[*number as usize] > 0).collect();
        numbers.sort_by_key(|number| std::cmp::Reverse(counts[*number as usize]));
        numbers.truncate(MOST_CHOICES);
        let mut names: Vec<String> = numbers.into_iter().map(|number| self.rooms.names().name(number).to_owned()).collect();
        names.sort_by_cached_key(|name| sort_key(name));
        names
    }

    /// Puts rooms that stand by name in the order of a column. What is alike there stays by name.
    fn sort_rooms(&self, column: RoomColumn, rooms: &mut [(u32, &RoomEntry)]) {
        match column {
            RoomColumn::Name => {}
            RoomColumn::Customer => {
                rooms.sort_by_cached_key(|(_, entry)| self.customers.by_number(entry.customer).map(|(at, _)| at));
            }
            RoomColumn::Host => rooms.sort_by_cached_key(|(_, entry)| sort_key(entry.host())),
            RoomColumn::Account => rooms.sort_by_cached_key(|(_, entry)| sort_key(entry.account())),
            // As they are shown.
            RoomColumn::Group => rooms.sort_by_cached_key(|(_, entry)| {
                let names: Vec<&str> = entry.groups.iter().map(|group| self.rooms.names().name(*group)).collect();
                sort_key(&names.join(", "))
            }),
            RoomColumn::Health => rooms.sort_by_key(|(_, entry)| badness(entry.health)),
            RoomColumn::Warnings => rooms.sort_by_key(|(_, entry)| !entry.has_warnings),
            RoomColumn::Ring => rooms.sort_by_key(|(_, entry)| entry.ring.map(|ring| ring.order)),
            RoomColumn::OpenTickets => {
                let customers: HashSet<i64> = rooms.iter().map(|(_, entry)| entry.customer).collect();
                let open = self.open_by_room(&customers);
                rooms.sort_by_cached_key(|(_, entry)| std::cmp::Reverse(open.get(&entry.id).copied().unwrap_or(0)));
            }
            RoomColumn::LastSeen => rooms.sort_by_key(|(_, entry)| entry.last_seen),
        }
    }

    /// How many incidents are open, and not out of sight, in each room of these customers that has any.
    fn open_by_room(&self, customers: &HashSet<i64>) -> HashMap<RoomId, u32> {
        let mut open = HashMap::new();
        let entries = customers.iter().flat_map(|customer| self.index.of_customer(*customer));
        for entry in entries.filter(|entry| !entry.snoozed) {
            entry.rooms.iter().for_each(|room| *open.entry(*room).or_default() += 1);
        }
        open
    }

    /// The same from the tables: right after the start, while the open incidents are still being read into memory.
    fn open_in_tables(&self, customers: &HashSet<i64>) -> Result<HashMap<RoomId, u32>, Error> {
        let mut statement = self.db.prepare_cached("SELECT row FROM hot WHERE customer = ?1 AND rank < ?2")?;
        let mut open = HashMap::new();
        for customer in customers {
            let mut rows = statement.query([*customer, SNOOZED])?;
            while let Some(row) = rows.next()? {
                let text = row.get_ref(0)?.as_str().map_err(|_| Error::BadRow("hot"))?;
                let incident: IncidentRow = serde_json::from_str(text).map_err(|_| Error::BadRow("hot"))?;
                incident.rooms.iter().for_each(|room| *open.entry(room.id).or_default() += 1);
            }
        }
        Ok(open)
    }

    fn room_rows(&self, slots: &[u32]) -> Result<Vec<RoomRow>, Error> {
        let shown: Vec<(i64, RoomId)> =
            slots.iter().filter_map(|slot| self.rooms.entry(*slot)).map(|entry| (entry.customer, entry.id)).collect();
        let customers = shown.iter().map(|(customer, _)| *customer).collect();
        let open = if self.index.is_whole() { self.open_by_room(&customers) } else { self.open_in_tables(&customers)? };
        let mut rows = Vec::with_capacity(shown.len());
        let mut unpacker = Unpacker::new()?;
        for (number, id) in shown {
            let room = self.kept_room(&mut unpacker, number, id)?;
            let (Some((_, customer)), Some(room)) = (self.customers.by_number(number), room) else { continue };
            let sees_incidents = customer.permissions.contains(Permission::TicketsView);
            let open_tickets = sees_incidents.then(|| open.get(&id).copied().unwrap_or(0));
            rows.push(RoomRow { room, customer_name: customer.name.clone(), open_tickets });
        }
        Ok(rows)
    }

    /// Customers in scope, with rooms that the user may see, whose rooms are not current. They come after the first answer of a first sync.
    fn unreliable_rooms(&self, query: &RoomQuery, contact: Contact) -> (Vec<UnreliableCustomer>, u32) {
        if !self.meta.history_pending && self.all_current(contact) {
            return (vec![], 0);
        }
        let meant = Names::of(&query.filter.customer_names);
        let in_scope = |customer: &&Customer| {
            let is_listed = match query.scope {
                IncidentScope::Customer { id } => customer.id == id,
                IncidentScope::All => true,
            };
            is_listed && meant.mean_customer(customer)
        };
        let (mut named, mut total) = (Vec::new(), 0);
        for customer in self.customers.iter().filter(in_scope).filter(|it| it.permissions.contains(Permission::RoomsView)) {
            let freshness = self.freshness_of_the_rest(customer, contact);
            if freshness == Freshness::Current {
                continue;
            }
            total += 1;
            if named.len() < MOST_NAMED {
                named.push(UnreliableCustomer { id: customer.id, display_name: customer.name.clone(), freshness });
            }
        }
        (named, total)
    }

    /// One room.
    pub(super) fn kept_room(&self, unpacker: &mut Unpacker, customer: i64, id: RoomId) -> Result<Option<Room>, Error> {
        let mut statement = self.db.prepare_cached(
            "SELECT body FROM rooms WHERE customer = ?1 AND id = ?2
             UNION ALL SELECT body FROM rooms_before WHERE customer = ?1 AND id = ?2",
        )?;
        let mut found = statement.query(params![customer, id.uuid().as_bytes().as_slice()])?;
        found.next()?.map(|row| read(unpacker, row, 0)).transpose()
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
