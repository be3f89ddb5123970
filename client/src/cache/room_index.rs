//! The rooms in memory, as lists look at them: those of one customer are read with the first list of it, and all of them with the first list over all
//! customers. After each change only what it touched is read again.

use std::collections::{HashMap, HashSet};

use tenantry_model::filter::Name;
use tenantry_model::id::RoomId;

use super::Store;
use super::names::Names;
use super::room_entry::{GroupNames, Reader, RoomEntry};
use crate::db::{Connection, params};
use crate::error::Error;

/// With so many changes at once, reading them again one by one costs more than the next list does.
const MOST_CHANGES: usize = 20_000;

/// How many rooms are read between two questions of a screen, at least.
const PIECE: usize = 2_000;

const OF_ONE: &str = "SELECT customer, body FROM rooms WHERE customer = ?1 AND id = ?2
                      UNION ALL SELECT customer, body FROM rooms_before WHERE customer = ?1 AND id = ?2";
const OF_CUSTOMER: &str = "SELECT customer, body FROM rooms WHERE customer = ?1
                           UNION ALL SELECT customer, body FROM rooms_before WHERE customer = ?1";
/// What an answer of the sync did to rooms.
#[derive(Debug, Default)]
pub(super) struct RoomChanges {
    /// Rooms that came, changed or went, with their customers' numbers in the tables.
    pub(super) touched: Vec<(i64, RoomId)>,
    /// Customers whose rooms were all deleted; some may have come again.
    pub(super) emptied: Vec<i64>,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct RoomIndex {
    slots: Vec<Option<RoomEntry>>,
    free: Vec<u32>,
    /// The slots of each customer that was read, by the rooms' ids.
    of_customer: HashMap<i64, Vec<u32>>,
    /// The slots of all, by name, once all were read.
    by_name: Vec<u32>,
    is_whole: bool,
    names: GroupNames,
}

impl RoomIndex {
    pub(super) fn names(&self) -> &GroupNames {
        &self.names
    }

    pub(super) fn entry(&self, slot: u32) -> Option<&RoomEntry> {
        self.slots.get(slot as usize)?.as_ref()
    }

    /// The slots of a customer that was read, in no order that matters.
    pub(super) fn of_customer(&self, customer: i64) -> &[u32] {
        self.of_customer.get(&customer).map_or(&[], Vec::as_slice)
    }

    /// All slots by name, where all were read.
    pub(super) fn by_name(&self) -> &[u32] {
        &self.by_name
    }

    fn has(&self, customer: i64) -> bool {
        self.is_whole || self.of_customer.contains_key(&customer)
    }

    /// Reads the rooms of a customer, where they have not been read. Answers how many it read.
    fn load(&mut self, db: &Connection, reader: &mut Reader, customer: i64) -> Result<usize, Error> {
        if self.has(customer) {
            return Ok(0);
        }
        self.of_customer.insert(customer, vec![]);
        let read = self.read(db, reader, customer);
        if read.is_err() {
            // Half of them is none.
            *self = Self::default();
        }
        read.map(|filled| filled.len())
    }

    /// The rooms of every customer were read.
    fn finish(&mut self) {
        self.is_whole = true;
        self.by_name = (0..self.slots.len() as u32).filter(|slot| self.entry(*slot).is_some()).collect();
        self.sort();
    }

    /// Answers the slots that were filled.
    fn read(&mut self, db: &Connection, reader: &mut Reader, customer: i64) -> Result<Vec<u32>, Error> {
        let mut statement = db.prepare_cached(OF_CUSTOMER)?;
        let mut rows = statement.query([customer])?;
        let mut filled = vec![];
        while let Some(row) = rows.next()? {
            let entry = reader.entry(row, &mut self.names)?;
            filled.push(self.put(entry));
        }
        Ok(filled)
    }

    fn put(&mut self, entry: RoomEntry) -> u32 {
        let (customer, id) = (entry.customer, entry.id);
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            self.slots.len() as u32 - 1
        });
        self.slots[slot as usize] = Some(entry);
        let of_customer = self.of_customer.entry(customer).or_default();
        // Rows come by id, as a rule.
        let at = match of_customer.last() {
            Some(last) if self.slots[*last as usize].as_ref().is_some_and(|last| last.id > id) => {
                of_customer.partition_point(|slot| self.slots[*slot as usize].as_ref().is_some_and(|entry| entry.id < id))
            }
            _ => of_customer.len(),
        };
        of_customer.insert(at, slot);
        slot
    }

    fn position(&self, customer: i64, id: RoomId) -> Option<usize> {
        self.of_customer(customer).binary_search_by(|slot| self.entry(*slot).map(|entry| entry.id).cmp(&Some(id))).ok()
    }

    fn sort(&mut self) {
        let slots = &self.slots;
        self.by_name.sort_by(|one, other| match (&slots[*one as usize], &slots[*other as usize]) {
            (Some(one), Some(other)) => one.by_name(other),
            (one, other) => one.is_some().cmp(&other.is_some()),
        });
    }

    /// Takes over what an answer did to rooms of customers that were read.
    fn follow(&mut self, db: &Connection, changes: &RoomChanges) -> Result<(), Error> {
        // What is emptied now is filled later: until then its slot stands in `by_name` for what it held.
        let (mut vacated, mut filled) = (vec![], vec![]);
        let mut reader = Reader::new()?;
        let emptied: HashSet<i64> = changes.emptied.iter().copied().filter(|customer| self.has(*customer)).collect();
        for customer in &emptied {
            for slot in self.of_customer.insert(*customer, vec![]).unwrap_or_default() {
                self.slots[slot as usize] = None;
                vacated.push(slot);
            }
            filled.extend(self.read(db, &mut reader, *customer)?);
        }
        let mut statement = db.prepare_cached(OF_ONE)?;
        let mut seen = HashSet::new();
        for (customer, id) in changes.touched.iter().copied().filter(|(customer, _)| !emptied.contains(customer)) {
            if !self.has(customer) || !seen.insert((customer, id)) {
                continue;
            }
            let mut rows = statement.query(params![customer, id.uuid().as_bytes().as_slice()])?;
            let entry = rows.next()?.map(|row| reader.entry(row, &mut self.names)).transpose()?;
            let place = self.position(customer, id).map(|at| (at, self.of_customer(customer)[at]));
            match (entry, place) {
                (Some(entry), Some((_, slot))) if self.entry(slot).is_some_and(|before| before.key == entry.key) => {
                    self.slots[slot as usize] = Some(entry);
                }
                (entry, place) => {
                    if let Some((at, slot)) = place {
                        self.slots[slot as usize] = None;
                        self.of_customer.entry(customer).or_default().remove(at);
                        vacated.push(slot);
                    }
                    filled.extend(entry.map(|entry| self.put(entry)));
                }
            }
        }
        if self.is_whole {
            if !vacated.is_empty() {
                let slots = &self.slots;
                self.by_name.retain(|slot| slots[*slot as usize].is_some());
            }
            if !filled.is_empty() {
                self.by_name.extend(filled);
                self.sort();
            }
        }
        self.free.extend(vacated);
        Ok(())
    }
}

impl Store {
    /// Reads the rooms of these customers where they have not been read, or of all.
    pub(super) fn load_rooms(&mut self, customers: Option<&[i64]>) -> Result<(), Error> {
        match customers {
            None => {
                while self.load_more_rooms()? {}
                Ok(())
            }
            Some(customers) => {
                let mut reader = Reader::new()?;
                customers.iter().try_for_each(|customer| self.rooms.load(&self.db, &mut reader, *customer).map(|_| ()))
            }
        }
    }

    /// Reads one more piece of all rooms, so that other questions come in between. Answers whether there is more.
    pub(crate) fn load_more_rooms(&mut self) -> Result<bool, Error> {
        if self.rooms.is_whole {
            return Ok(false);
        }
        let (mut reader, mut read) = (Reader::new()?, 0);
        for customer in self.customers.iter() {
            read += self.rooms.load(&self.db, &mut reader, customer.customer)?;
            if read >= PIECE {
                return Ok(true);
            }
        }
        self.rooms.finish();
        Ok(false)
    }

    /// The same of the customers that one of these lists of names means.
    pub(crate) fn load_more_rooms_of(&mut self, names: &[Vec<Name>]) -> Result<bool, Error> {
        if self.rooms.is_whole {
            return Ok(false);
        }
        let names: Vec<Names> = names.iter().map(|names| Names::of(names)).collect();
        if names.iter().any(Names::are_none) {
            return self.load_more_rooms();
        }
        let (mut reader, mut read) = (Reader::new()?, 0);
        for customer in self.customers.iter().filter(|customer| names.iter().any(|names| names.mean_customer(customer))) {
            read += self.rooms.load(&self.db, &mut reader, customer.customer)?;
            if read >= PIECE {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// After a transaction: takes over what it did to rooms. Starts anew where that was most of them.
    pub(super) fn refresh_rooms(&mut self, changes: &RoomChanges) -> Result<(), Error> {
        let is_whole = self.rooms.is_whole;
        if changes.touched.len() > MOST_CHANGES || (!is_whole && self.rooms.of_customer.is_empty()) {
            self.rooms = RoomIndex::default();
            return Ok(());
        }
        let followed = self.rooms.follow(&self.db, changes);
        if followed.is_err() {
            self.rooms = RoomIndex::default();
        }
        followed
    }
}
