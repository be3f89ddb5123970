//! Which inactive incidents hold the words of a search. What is the same for a type, for a customer or for a room is looked up once for each word;
//! what is kept for each of them is searched row by row.

use std::collections::HashSet;

use memchr::memmem::Finder;
use tenantry_model::id::RoomId;
use tenantry_model::incident::IncidentType;
use tenantry_model::ipc::IncidentFilter;
use tenantry_model::search::{searchable, words};
use tenantry_model::signal::SignalId;
use tenantry_model::text::TicketNumber;

use super::Store;
use super::entry::{Entry, title};
use crate::error::Error;

/// The words, with what holds them.
pub(super) struct HistoryWords(Vec<Word>);

struct Word {
    finder: Finder<'static>,
    types: HashSet<IncidentType>,
    customers: HashSet<i64>,
    /// Those whose device's name holds it.
    rooms: HashSet<RoomId>,
    /// Whether a number can.
    is_of_numbers: bool,
}

impl HistoryWords {
    pub(super) fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn hold(&self, entry: &Entry) -> bool {
        self.0.iter().all(|word| word.is_in(entry))
    }
}

impl Word {
    fn is_in(&self, entry: &Entry) -> bool {
        self.types.contains(&entry.kind)
            || self.customers.contains(&entry.customer)
            || self.finder.find(entry.search.as_bytes()).is_some()
            || (!self.rooms.is_empty() && entry.rooms.iter().any(|room| self.rooms.contains(room)))
            || (self.is_of_numbers && self.is_in_number(entry.number))
    }

    fn is_in_number(&self, number: TicketNumber) -> bool {
        let as_written = number.as_str().to_ascii_lowercase();
        self.finder.find(as_written.as_bytes()).is_some()
            // Some numbers look like words that have a short form.
            || (["aa", "ae", "oe", "ue"].iter().any(|long| as_written.contains(long))
                && self.finder.find(searchable(&as_written).as_bytes()).is_some())
    }
}

impl Store {
    /// The words of a filter.
    pub(super) fn history_words(&mut self, filter: &IncidentFilter) -> Result<HistoryWords, Error> {
        words(&filter.text).into_iter().map(|word| self.history_word(filter, &word)).collect::<Result<_, _>>().map(HistoryWords)
    }

    fn history_word(&mut self, filter: &IncidentFilter, word: &str) -> Result<Word, Error> {
        let all = SignalId::ALL.iter().map(|signal| IncidentType::Signal(*signal)).chain([IncidentType::CustomerReported]);
        // In English, and as the screen calls them.
        let called = filter.type_words.iter().filter(|called| called.word == word).flat_map(|called| called.types.iter().copied());
        Ok(Word {
            finder: Finder::new(word).into_owned(),
            types: all.filter(|kind| searchable(title(*kind)).contains(word)).chain(called).collect(),
            customers: self.customers.iter().filter(|customer| customer.holds(word)).map(|customer| customer.customer).collect(),
            rooms: self.rooms_with_host(word)?,
            is_of_numbers: word.len() <= 13 && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
        })
    }
}
