//! The names of the rooms and of their devices in memory, as they are searched: they lie packed in their table, and unpacking all of them costs a
//! hundred times as much as looking through them. By customer, so that a room that comes or goes costs its customer's rooms alone.

use std::collections::HashMap;

use memchr::memmem;
use serde::Deserialize;
use tenantry_model::id::RoomId;
use tenantry_model::search::{add_variants, fold_into};
use uuid::Uuid;

use super::Store;
use super::packed::Unpacker;
use crate::db::Connection;
use crate::error::Error;

/// Stands behind each room's names; no word that is looked for holds it.
const END: char = '\u{1f}';
/// How many rooms are read between two questions of a screen.
const PIECE: usize = 2_000;

/// See the module. A customer that is missing is still to be read.
#[derive(Default)]
pub(super) struct RoomNames(HashMap<i64, OfCustomer>);

/// The rooms of one customer, by their ids.
#[derive(Default)]
pub(super) struct OfCustomer {
    text: String,
    /// Each with where its names end.
    rooms: Vec<(RoomId, u32)>,
}

/// What is read of a room.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    display_name: String,
    host_name: String,
}

impl RoomNames {
    pub(super) fn of(&self, customer: i64) -> Option<&OfCustomer> {
        self.0.get(&customer)
    }

    /// Forgets what is not so any more, after a room has come.
    pub(super) fn came(&mut self, customer: i64, room: RoomId, name: &str, host: &str) {
        if self.of(customer).is_some_and(|known| known.text_of(room) != Some(&searched(name, host))) {
            self.forget(customer);
        }
    }

    pub(super) fn forget(&mut self, customer: i64) {
        self.0.remove(&customer);
    }
}

impl OfCustomer {
    fn load(db: &Connection, unpacker: &mut Unpacker, customer: i64) -> Result<Self, Error> {
        let mut read: Vec<(RoomId, String)> = Vec::new();
        let mut statement = db.prepare_cached(
            "SELECT id, body FROM rooms WHERE customer = ?1 UNION ALL SELECT id, body FROM rooms_before WHERE customer = ?1",
        )?;
        let mut rows = statement.query([customer])?;
        while let Some(row) = rows.next()? {
            let id = row.get_ref(0)?.as_blob().ok().and_then(|id| Uuid::from_slice(id).ok()).ok_or(Error::BadRow("rooms"))?;
            let named: Named = super::rooms::read(unpacker, row, 1)?;
            read.push((RoomId::from_uuid(id), searched(&named.display_name, &named.host_name)));
        }
        read.sort_unstable_by_key(|(room, _)| *room);
        let mut of_customer = Self::default();
        for (room, text) in read {
            of_customer.text.push_str(&text);
            of_customer.text.push(END);
            of_customer.rooms.push((room, of_customer.text.len() as u32));
        }
        Ok(of_customer)
    }

    /// The rooms whose names hold this word, each with all that is searched of it.
    pub(super) fn with<'a>(&'a self, word: &'a memmem::Finder<'_>) -> impl Iterator<Item = (RoomId, &'a str)> {
        let (mut from, mut at) = (0_usize, 0_usize);
        std::iter::from_fn(move || {
            let place = from + word.find(&self.text.as_bytes()[from..])?;
            at += self.rooms[at..].partition_point(|(_, end)| *end as usize <= place);
            let (room, end) = self.rooms.get(at)?;
            let begin = at.checked_sub(1).map_or(0, |before| self.rooms[before].1 as usize);
            from = *end as usize;
            Some((*room, &self.text[begin..from - END.len_utf8()]))
        })
    }

    fn text_of(&self, room: RoomId) -> Option<&str> {
        let at = self.rooms.binary_search_by_key(&room, |(room, _)| *room).ok()?;
        let from = at.checked_sub(1).map_or(0, |before| self.rooms[before].1 as usize);
        self.text[from..self.rooms[at].1 as usize].strip_suffix(END)
    }
}

/// Name and device, with their other spellings; the name comes first.
fn searched(name: &str, host: &str) -> String {
    let mut text = String::with_capacity(name.len() + host.len() + 8);
    fold_into(&mut text, name);
    text.push('\n');
    fold_into(&mut text, host);
    add_variants(&mut text);
    // The sign that ends a room cannot be within one.
    if text.contains(END) { text.replace(END, " ") } else { text }
}

impl Store {
    /// Reads one more piece. Answers whether there is more.
    pub(crate) fn load_more_room_names(&mut self) -> Result<bool, Error> {
        self.load_room_names(PIECE)
    }

    /// Reads what is missing, up to about so many rooms. Answers whether there is more.
    pub(super) fn load_room_names(&mut self, most: usize) -> Result<bool, Error> {
        let all = self.customers.iter().map(|customer| customer.customer);
        let missing: Vec<i64> = all.filter(|customer| !self.room_names.0.contains_key(customer)).collect();
        if missing.is_empty() {
            return Ok(false);
        }
        let (mut unpacker, mut read) = (Unpacker::new()?, 0);
        for customer in missing {
            if read >= most {
                return Ok(true);
            }
            let of_customer = OfCustomer::load(&self.db, &mut unpacker, customer)?;
            // A customer without rooms costs a question all the same.
            read += of_customer.rooms.len() + 1;
            self.room_names.0.insert(customer, of_customer);
        }
        Ok(false)
    }
}
