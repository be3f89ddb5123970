//! What is selected in the room list: all that match a query, and what is known of rooms by their ids.

use std::collections::HashSet;

use tenantry_model::id::RoomId;
use tenantry_model::ipc::{MOST_SELECTED, Matching, RangeEnd, RangeQuery, RoomKey, RoomQuery, SelectionQuery};
use tenantry_model::room::Room;

use super::packed::Unpacker;
use super::rooms::Found;
use super::selected::{SelectedCustomer, between, shown};
use super::{Contact, Store};
use crate::error::Error;

/// A room, with what decides whether something can be done with it.
#[derive(Debug, Clone)]
pub(crate) struct SelectedRoom {
    pub(crate) key: RoomKey,
    /// None where its customer may not be seen, or not any longer.
    pub(crate) customer: Option<SelectedCustomer>,
    /// None where it is not here, or may not be read now.
    pub(crate) room: Option<Room>,
}

impl Store {
    /// All rooms that a list matches, in its order.
    pub(crate) fn match_rooms(&mut self, query: &RoomQuery, contact: Contact) -> Result<Matching<RoomKey>, Error> {
        let found = self.find_rooms(query, contact)?;
        Ok(self.matching_slots(&found.slots))
    }

    /// The rooms from one row of a list to another, in its order; none where one of these has left: nobody knows what lies between.
    pub(crate) fn match_room_range(
        &mut self,
        question: &RangeQuery<RoomQuery, RoomKey>,
        contact: Contact,
    ) -> Result<Option<Matching<RoomKey>>, Error> {
        let found = self.find_rooms(&question.list, contact)?;
        let places: Vec<usize> = question.ends.iter().filter_map(|end| self.place_of_room(&found, end)).collect();
        Ok(between(&found.slots, &places).map(|between| self.matching_slots(between)))
    }

    /// How many of what is selected is in a list.
    pub(crate) fn count_selected_rooms(&mut self, question: &SelectionQuery<RoomQuery, RoomKey>, contact: Contact) -> Result<u32, Error> {
        let selected: HashSet<(i64, RoomId)> = question
            .keys
            .iter()
            .take(MOST_SELECTED)
            .filter_map(|key| Some((self.customers.by_id(key.customer_id)?.customer, key.id)))
            .collect();
        let found = self.find_rooms(&question.list, contact)?;
        let is_selected = |slot: &&u32| self.rooms.entry(**slot).is_some_and(|entry| selected.contains(&(entry.customer, entry.id)));
        Ok(found.slots.iter().filter(is_selected).count() as u32)
    }

    fn matching_slots(&self, slots: &[u32]) -> Matching<RoomKey> {
        Matching { keys: shown(slots).iter().filter_map(|slot| self.room_key(*slot)).collect(), matches: slots.len() as u32 }
    }

    fn room_key(&self, slot: u32) -> Option<RoomKey> {
        let entry = self.rooms.entry(slot)?;
        let (_, customer) = self.customers.by_number(entry.customer)?;
        Some(RoomKey { customer_id: customer.id, id: entry.id })
    }

    /// Where a row stands by now; none where it has left.
    fn place_of_room(&self, found: &Found, end: &RangeEnd<RoomKey>) -> Option<usize> {
        let at = end.at as usize;
        let Some(key) = end.key else { return Some(at) };
        let is_it = |slot: &u32| self.room_key(*slot) == Some(key);
        if found.slots.get(at).is_some_and(is_it) { Some(at) } else { found.slots.iter().position(is_it) }
    }

    /// What is known of these rooms now, in their order.
    pub(crate) fn selected_rooms(&self, keys: &[RoomKey], contact: Contact) -> Result<Vec<SelectedRoom>, Error> {
        let mut unpacker = Unpacker::new()?;
        let one = |key: &RoomKey| {
            let Some(customer) = self.customers.by_id(key.customer_id) else {
                return Ok(SelectedRoom { key: *key, customer: None, room: None });
            };
            let known = self.selected_customer(customer, contact);
            let room = if known.is_locked { None } else { self.kept_room(&mut unpacker, customer.customer, key.id)? };
            Ok(SelectedRoom { key: *key, customer: Some(known), room })
        };
        keys.iter().map(one).collect()
    }
}
