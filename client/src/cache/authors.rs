//! Who wrote in the threads of open incidents, in memory: threads lie packed in their table, and most incidents have none. A thread is read again once it
//! has more messages, so that nothing has to be told of what the sync changes; it goes with its incident.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::Deserialize;
use tenantry_model::text::TicketNumber;

use super::Store;
use super::body;
use super::entry::Entry;
use super::index::Index;
use super::packed::Unpacker;
use crate::db::{Connection, OptionalExtension};
use crate::error::Error;

/// How many threads are read between two questions of a screen.
const PIECE: usize = 200;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Authors {
    /// By the customer's number in the tables and the incident's own.
    threads: HashMap<(i64, TicketNumber), Thread>,
    /// Each name once, since few people write most of it.
    names: HashSet<Arc<str>>,
    /// What is still to be read: the incident's number in the tables, its key, and how many messages it has.
    due: Vec<(i64, (i64, TicketNumber), u32)>,
    /// Of which generation that is.
    generation: Option<u64>,
}

#[derive(Debug)]
struct Thread {
    messages: u32,
    names: Box<[Arc<str>]>,
}

/// What is read of an incident.
#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    author: Option<String>,
}

impl Authors {
    /// As far as they were read.
    pub(super) fn of(&self, entry: &Entry) -> &[Arc<str>] {
        if entry.messages == 0 {
            return &[];
        }
        self.threads.get(&key(entry)).map_or(&[], |thread| &thread.names)
    }

    /// What is to be read of these incidents.
    fn begin(&mut self, index: &Index, generation: u64) {
        self.due.clear();
        for entry in index.iter().filter(|entry| entry.messages > 0) {
            let key = key(entry);
            if self.threads.get(&key).is_none_or(|thread| thread.messages != entry.messages) {
                self.due.push((entry.incident, key, entry.messages));
            }
        }
        self.generation = Some(generation);
    }

    /// Forgets what was read of these, which are open or here no more, and the names that stand in no other.
    pub(super) fn forget(&mut self, gone: &[Entry]) {
        let mut went = false;
        for entry in gone {
            went |= self.threads.remove(&key(entry)).is_some();
        }
        if went {
            self.names.retain(|name| Arc::strong_count(name) > 1);
        }
    }

    /// All names that are held.
    #[cfg(test)]
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.names.iter().map(|name| &**name).collect();
        names.sort_unstable();
        names
    }

    fn read(&mut self, names: HashSet<String>) -> Box<[Arc<str>]> {
        let mut one = |name: String| match self.names.get(name.as_str()) {
            Some(known) => Arc::clone(known),
            None => {
                let name: Arc<str> = name.into();
                self.names.insert(Arc::clone(&name));
                name
            }
        };
        names.into_iter().map(&mut one).collect()
    }
}

fn key(entry: &Entry) -> (i64, TicketNumber) {
    (entry.customer, entry.number)
}

impl Store {
    /// Reads one more piece. Answers whether there is more. While the first sync goes on, threads come after their rows, with each answer some: then they
    /// wait for its end.
    pub(crate) fn load_more_authors(&mut self) -> Result<bool, Error> {
        if self.meta.history_pending {
            return Ok(false);
        }
        if self.load_more()? {
            return Ok(true);
        }
        let generation = self.generation();
        if self.authors.generation != Some(generation) {
            self.authors.begin(&self.index, generation);
        }
        if self.authors.due.is_empty() {
            return Ok(false);
        }
        let mut unpacker = Unpacker::new()?;
        for _ in 0..PIECE {
            let Some((incident, key, messages)) = self.authors.due.pop() else { return Ok(false) };
            let names = match authors(&self.db, &mut unpacker, incident) {
                Ok(Some(names)) => names,
                // It comes after its row: it is due again with the next answer.
                Ok(None) => continue,
                // Nobody is found by it, and whoever looks for something else is not held up.
                Err(Error::BadRow(_)) => {
                    tracing::warn!("a thread cannot be read: those who wrote in it are not found");
                    HashSet::new()
                }
                Err(error) => return Err(error),
            };
            let names = self.authors.read(names);
            self.authors.threads.insert(key, Thread { messages, names });
        }
        Ok(!self.authors.due.is_empty())
    }
}

/// Who wrote in a thread; none where that is not here.
fn authors(db: &Connection, unpacker: &mut Unpacker, incident: i64) -> Result<Option<HashSet<String>>, Error> {
    let mut statement = db.prepare_cached("SELECT rest FROM incidents WHERE incident = ?1")?;
    let rest: Option<Vec<u8>> = statement.query_row([incident], |row| row.get(0)).optional()?.flatten();
    let Some(rest) = rest else { return Ok(None) };
    let written: Written = body::read_rest(&unpacker.unpack("incidents", &rest)?)?;
    Ok(Some(written.messages.into_iter().filter_map(|message| message.author).collect()))
}
