//! Which rows hold the words of a search, by the rule of [`tenantry_model::search`].

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tenantry_model::id::RoomId;
use tenantry_model::incident::IncidentType;
use tenantry_model::ipc::IncidentFilter;
use tenantry_model::search::words;

use super::Store;
use super::entry::Entry;
use super::hosts::Hosts;
use crate::error::Error;

/// Searches for several words, in any order.
#[derive(Debug)]
pub(super) struct Finder {
    words: Vec<memchr::memmem::Finder<'static>>,
}

impl Finder {
    /// For what somebody typed.
    pub(super) fn of(typed: &str) -> Self {
        Self::new(&words(typed))
    }

    pub(super) fn new(words: &[String]) -> Self {
        Self { words: words.iter().map(|word| memchr::memmem::Finder::new(word).into_owned()).collect() }
    }

    /// Whether all of them are in this text, which must be a searchable one.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.is_in_or(text, |_| false)
    }

    /// Whether each of them is in this text, or is granted by its index.
    pub(super) fn is_in_or(&self, text: &str, granted: impl Fn(usize) -> bool) -> bool {
        self.words.iter().enumerate().all(|(at, word)| word.find(text.as_bytes()).is_some() || granted(at))
    }
}

/// The words that incidents are searched for, with what holds them beside an incident's own text.
pub(super) struct IncidentWords<'a> {
    finder: Finder,
    /// For each word, the types that the screen's language calls by it.
    types: Vec<&'a [IncidentType]>,
    /// For each word, the rooms whose device's name holds it.
    rooms: Vec<Arc<HashSet<RoomId>>>,
}

/// For each word that was looked up, the rooms whose device's name holds it.
pub(super) type RoomsWithHost = HashMap<String, Arc<HashSet<RoomId>>>;

impl IncidentWords<'_> {
    pub(super) fn hold(&self, entry: &Entry) -> bool {
        let granted =
            |word: usize| self.types[word].contains(&entry.kind) || entry.rooms.iter().any(|room| self.rooms[word].contains(room));
        self.finder.is_in_or(&entry.search, granted)
    }
}

impl Store {
    /// The words of a filter. What was looked up for filters before is kept beside it: no word is looked up twice.
    pub(super) fn incident_words<'a>(&mut self, filter: &'a IncidentFilter, hosts: &mut RoomsWithHost) -> Result<IncidentWords<'a>, Error> {
        let words = words(&filter.text);
        let types = |word: &String| filter.type_words.iter().find(|called| called.word == *word).map_or(&[][..], |called| &called.types);
        Ok(IncidentWords {
            finder: Finder::new(&words),
            types: words.iter().map(types).collect(),
            rooms: words
                .iter()
                .map(|word| match hosts.get(word) {
                    Some(rooms) => Ok(Arc::clone(rooms)),
                    None => {
                        let rooms = Arc::new(self.rooms_with_host(word)?);
                        Ok(Arc::clone(hosts.entry(word.clone()).or_insert(rooms)))
                    }
                })
                .collect::<Result<_, Error>>()?,
        })
    }

    /// The rooms whose device's name holds a word.
    pub(super) fn rooms_with_host(&mut self, word: &str) -> Result<HashSet<RoomId>, Error> {
        let hosts = match self.hosts.take() {
            Some(hosts) => hosts,
            None => Hosts::load(&self.db)?,
        };
        Ok(self.hosts.insert(hosts).with(word))
    }
}

#[cfg(test)]
mod tests {
    use tenantry_model::search::searchable;

    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        let finder = Finder::of("cafe MÜN");
        assert!(finder.is_in(&searchable("München, Café Nord")));
        assert!(!finder.is_in(&searchable("München")));
        assert!(Finder::of("  ").is_in(""));
    }
}
