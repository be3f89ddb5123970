//! How many incidents and rooms several filters find: all of them in one pass over what is kept in memory, or through the history.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use tenantry_model::filter::Name;
use tenantry_model::ipc::{CountQuery, IncidentCounts, ResolvedCountQuery, RoomCountQuery, ViewCount, ViewCounts};

use super::names::Names;
use super::room_sieve::RoomSieve;
use super::sieve::{Sieve, is_one_of};
use super::words::IncidentWords;
use super::{Contact, Store};
use crate::error::Error;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Store {
    /// Of open incidents, over all customers whose rows may be read now.
    pub(crate) fn count_incidents(&mut self, query: &CountQuery, contact: Contact) -> Result<IncidentCounts, Error> {
        self.wake_off_line(contact);
        let mut hosts = HashMap::new();
        let words =
            query.filters.iter().map(|filter| self.incident_words(filter, &mut hosts)).collect::<Result<Vec<IncidentWords<'_>>, _>>()?;
        self.load_all()?;
        let sieves: Vec<Sieve<'_>> =
            query.filters.iter().zip(&words).map(|(filter, words)| Sieve::of(self, filter, Some(words), contact.clock)).collect();
        let meant: Vec<Names> = query.filters.iter().map(|filter| Names::of(&filter.customer_names)).collect();
        let mut counts = vec![0_u32; query.filters.len()];
        for customer in self.customers.iter() {
            let filters: Vec<usize> = (0..query.filters.len())
                .filter(|at| is_one_of(&query.filters[*at].customers, &customer.id) && meant[*at].mean_customer(customer))
                .collect();
            if filters.is_empty() || self.locked_since(customer, contact).is_some() {
                continue;
            }
            for entry in self.index.of_customer(customer.customer) {
                for at in &filters {
                    let holds = is_one_of(&query.filters[*at].statuses, &entry.status) && sieves[*at].holds(self, entry);
                    counts[*at] += u32::from(holds);
                }
            }
        }
        let counts = counts.into_iter().zip(&meant).map(|(count, names)| (!names.mean_nobody(&self.customers)).then_some(count)).collect();
        Ok(IncidentCounts { counts, generation: self.generation() })
    }
}

/// Whether customers are meant by the names of a filter, whether their rows may be read, and whether all has come of them.
struct Meant {
    /// By their numbers in the tables.
    customers: HashSet<i64>,
    at_least: bool,
    is_nobody: bool,
}

impl Meant {
    fn by(store: &Store, names: &[Name], contact: Contact) -> Self {
        let names = Names::of(names);
        let mut meant = Self { customers: HashSet::new(), at_least: false, is_nobody: names.mean_nobody(&store.customers) };
        for customer in store.customers.iter().filter(|customer| names.mean_customer(customer)) {
            if store.locked_since(customer, contact).is_none() {
                meant.customers.insert(customer.customer);
                meant.at_least |= store.meta.history_pending || store.meta.incomplete || customer.incomplete;
            }
        }
        meant
    }

    fn count(&self, count: u32) -> Option<ViewCount> {
        (!self.is_nobody).then_some(ViewCount { count, at_least: self.at_least })
    }
}

impl Store {
    /// How many rooms several filters find: all of them in one pass over what is kept in memory.
    pub(crate) fn count_rooms(&mut self, query: &RoomCountQuery, contact: Contact) -> Result<ViewCounts, Error> {
        let meant: Vec<Meant> = query.filters.iter().map(|filter| Meant::by(self, &filter.customer_names, contact)).collect();
        let mut customers: Vec<i64> = meant.iter().flat_map(|meant| meant.customers.iter().copied()).collect();
        customers.sort_unstable();
        customers.dedup();
        self.load_rooms(Some(&customers))?;
        let sieves: Vec<RoomSieve<'_>> = query.filters.iter().map(|filter| RoomSieve::of(self, filter, true, contact.clock)).collect();
        let mut counts = vec![0_u32; query.filters.len()];
        for customer in customers {
            let filters: Vec<usize> = (0..meant.len()).filter(|at| meant[*at].customers.contains(&customer)).collect();
            for entry in self.rooms.of_customer(customer).iter().filter_map(|slot| self.rooms.entry(*slot)) {
                for at in &filters {
                    counts[*at] += u32::from(sieves[*at].holds(entry));
                }
            }
        }
        let counts = meant.iter().zip(counts).map(|(meant, count)| meant.count(count)).collect();
        Ok(ViewCounts { counts, generation: self.generation() })
    }

    /// How many of the incidents that were resolved within some days several filters find: all of them in one walk through the history of these days.
    pub(crate) fn count_resolved(&mut self, query: &ResolvedCountQuery, contact: Contact) -> Result<ViewCounts, Error> {
        let words = query.filters.iter().map(|filter| self.history_words(filter)).collect::<Result<Vec<_>, _>>()?;
        let meant: Vec<Meant> = query.filters.iter().map(|filter| Meant::by(self, &filter.customer_names, contact)).collect();
        let sieves: Vec<Sieve<'_>> = query.filters.iter().map(|filter| Sieve::of(self, filter, None, contact.clock)).collect();
        let mut customers: Vec<i64> = meant.iter().flat_map(|meant| meant.customers.iter().copied()).collect();
        customers.sort_unstable();
        customers.dedup();
        let with_text = words.iter().any(|words| !words.are_none()) || query.filters.iter().any(|filter| !filter.room_names.is_empty());
        let mut counts = vec![0_u32; query.filters.len()];
        self.each_resolved(&customers, contact.clock.minus(DAY * query.days), with_text, |entry| {
            for (at, filter) in query.filters.iter().enumerate() {
                let holds = meant[at].customers.contains(&entry.customer)
                    && is_one_of(&filter.statuses, &entry.status)
                    && sieves[at].holds(self, &entry)
                    && words[at].hold(&entry);
                counts[at] += u32::from(holds);
            }
        })?;
        let counts = meant.iter().zip(counts).map(|(meant, count)| meant.count(count)).collect();
        Ok(ViewCounts { counts, generation: self.generation() })
    }
}
