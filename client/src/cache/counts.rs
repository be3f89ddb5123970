//! How many incidents and rooms several filters find: all of them in one pass over what is kept in memory, or through the history.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tenantry_model::filter::Name;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{CountQuery, ResolvedCountQuery, RoomCountQuery, ViewCount, ViewCounts};

use super::names::Names;
use super::room_sieve::RoomSieve;
use super::sieve::{Sieve, is_one_of};
use super::words::IncidentWords;
use super::{Contact, Store};
use crate::error::Error;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How far rooms are counted.
#[derive(Debug, Default)]
pub(crate) struct RoomsCounted {
    counts: Vec<u32>,
    /// The number in the tables of the last customer whose rooms are counted.
    last: Option<i64>,
    /// What the next piece goes by, as long as nothing changes.
    prepared: Option<Prepared>,
}

/// What filters of rooms mean.
#[derive(Debug)]
struct Prepared {
    generation: u64,
    meant: Vec<Arc<Meant>>,
    sieves: Vec<RoomSieve>,
    /// All customers that one of them means.
    customers: Vec<i64>,
}

/// The customers that a filter names: by their ids, and by names.
type Named<'a> = (&'a [TenantId], &'a [Name]);

/// Whether customers are meant by a filter, whether their rows may be read, and whether all has come of them.
#[derive(Debug)]
struct Meant {
    /// By their numbers in the tables, in order.
    customers: Vec<i64>,
    is_nobody: bool,
    /// Whether rows of one of them may not be read.
    is_locked: bool,
    /// Whether more may come of those that may be read.
    is_partial: bool,
}

impl Meant {
    fn by(store: &Store, ids: &[TenantId], names: &[Name], contact: Contact) -> Self {
        let names = Names::of(names);
        let is_nobody = names.mean_nobody(&store.customers);
        let mut meant = Self { customers: vec![], is_nobody, is_locked: false, is_partial: false };
        for customer in store.customers.iter().filter(|customer| is_one_of(ids, &customer.id) && names.mean_customer(customer)) {
            if store.locked_since(customer, contact).is_some() {
                meant.is_locked = true;
            } else {
                meant.customers.push(customer.customer);
                meant.is_partial |= store.meta.history_pending || store.meta.incomplete || customer.incomplete;
            }
        }
        meant.customers.sort_unstable();
        meant
    }

    fn has(&self, customer: i64) -> bool {
        self.customers.binary_search(&customer).is_ok()
    }

    /// The customers that one of them means, in order.
    fn all(meant: &[Arc<Self>]) -> Vec<i64> {
        let mut customers: Vec<i64> = by_customers(meant).into_iter().flat_map(|(meant, _)| &meant.customers).copied().collect();
        customers.sort_unstable();
        customers.dedup();
        customers
    }

    /// A count of what is in the first answer of a first sync already.
    fn count_open(&self, count: u32) -> Option<ViewCount> {
        // Where none of them may be read, not even that there is nothing is known.
        let is_unknown = self.is_nobody || (self.is_locked && self.customers.is_empty());
        (!is_unknown).then_some(ViewCount { count, at_least: self.is_locked })
    }

    fn count(&self, count: u32) -> Option<ViewCount> {
        self.count_open(count).map(|known| ViewCount { at_least: known.at_least || self.is_partial, ..known })
    }
}

/// Which filters mean the same customers: most mean all, and whether a customer is meant is asked once for them.
fn by_customers(meant: &[Arc<Meant>]) -> Vec<(&Meant, Vec<usize>)> {
    let mut alike: Vec<(&Meant, Vec<usize>)> = vec![];
    for (at, one) in meant.iter().enumerate() {
        match alike.iter_mut().find(|(known, _)| std::ptr::eq(*known, &**one)) {
            Some((_, filters)) => filters.push(at),
            None => alike.push((one, vec![at])),
        }
    }
    alike
}

impl Store {
    /// Of open incidents, over all customers whose rows may be read now.
    pub(crate) fn count_incidents(&mut self, query: &CountQuery, contact: Contact) -> Result<ViewCounts, Error> {
        self.wake_off_line(contact);
        let mut hosts = HashMap::new();
        let words =
            query.filters.iter().map(|filter| self.incident_words(filter, &mut hosts)).collect::<Result<Vec<IncidentWords<'_>>, _>>()?;
        self.load_all()?;
        let sieves: Vec<Sieve<'_>> =
            query.filters.iter().zip(&words).map(|(filter, words)| Sieve::of(self, filter, Some(words), contact.clock)).collect();
        let meant = self.customers_meant(query.filters.iter().map(|filter| (&*filter.customers, &*filter.customer_names)), contact);
        let mut counts = vec![0_u32; query.filters.len()];
        let (alike, mut filters) = (by_customers(&meant), Vec::<usize>::new());
        for customer in self.customers.iter() {
            filters.clear();
            filters.extend(alike.iter().filter(|(meant, _)| meant.has(customer.customer)).flat_map(|(_, filters)| filters));
            if filters.is_empty() {
                continue;
            }
            for entry in self.index.of_customer(customer.customer) {
                for at in &filters {
                    let holds = is_one_of(&query.filters[*at].statuses, &entry.status) && sieves[*at].holds(self, entry);
                    counts[*at] += u32::from(holds);
                }
            }
        }
        let counts = meant.iter().zip(counts).map(|(meant, count)| meant.count_open(count)).collect();
        Ok(ViewCounts { counts, generation: self.generation() })
    }

    /// Counts on how many rooms several filters find: all of them in one pass over what is kept in memory, which is cut between customers, so that other
    /// questions come in between. Answers once all are counted; `most` is how often a room is held against a filter before.
    pub(crate) fn count_more_rooms(
        &mut self,
        query: &RoomCountQuery,
        so_far: &mut RoomsCounted,
        most: usize,
        contact: Contact,
    ) -> Result<Option<ViewCounts>, Error> {
        // Where there is no contact, a customer's terms may have run out meanwhile.
        let still = so_far.prepared.take().filter(|prepared| contact.live && prepared.generation == self.generation());
        let prepared = match still {
            Some(prepared) => {
                // Another question may have failed to read rooms, and let go of all.
                self.load_rooms(Some(&prepared.customers))?;
                prepared
            }
            None => self.prepare_rooms(query, contact)?,
        };
        let Prepared { meant, sieves, customers, .. } = &prepared;
        so_far.counts.resize(query.filters.len(), 0);
        let begin = so_far.last.map_or(0, |last| customers.partition_point(|customer| *customer <= last));
        let mut held = 0;
        let (alike, mut filters) = (by_customers(meant), Vec::<usize>::new());
        for customer in customers[begin..].iter().copied() {
            if held >= most {
                so_far.prepared = Some(prepared);
                return Ok(None);
            }
            filters.clear();
            filters.extend(alike.iter().filter(|(meant, _)| meant.has(customer)).flat_map(|(_, filters)| filters));
            for entry in self.rooms.of_customer(customer).iter().filter_map(|slot| self.rooms.entry(*slot)) {
                held += filters.len();
                for at in &filters {
                    so_far.counts[*at] += u32::from(sieves[*at].holds(entry));
                }
            }
            so_far.last = Some(customer);
        }
        let counts = meant.iter().zip(&so_far.counts).map(|(meant, count)| meant.count(*count)).collect();
        Ok(Some(ViewCounts { counts, generation: self.generation() }))
    }

    /// Reads the rooms that are counted, and what the filters mean.
    fn prepare_rooms(&mut self, query: &RoomCountQuery, contact: Contact) -> Result<Prepared, Error> {
        let meant = self.customers_meant(query.filters.iter().map(|filter| (&[][..], &*filter.customer_names)), contact);
        let customers = Meant::all(&meant);
        // What groups and rings are meant is known of rooms that were read.
        self.load_rooms(Some(&customers))?;
        let sieves = query.filters.iter().map(|filter| RoomSieve::of(self, filter, true, contact.clock)).collect();
        Ok(Prepared { generation: self.generation(), meant, sieves, customers })
    }

    /// The customers that each filter means: looked for once for those that name the same.
    fn customers_meant<'a>(&self, filters: impl Iterator<Item = Named<'a>>, contact: Contact) -> Vec<Arc<Meant>> {
        let mut found: Vec<(Named<'_>, Arc<Meant>)> = vec![];
        for (ids, names) in filters {
            let known = found.iter().find(|(named, _)| *named == (ids, names)).map(|(_, meant)| Arc::clone(meant));
            let meant = known.unwrap_or_else(|| Arc::new(Meant::by(self, ids, names, contact)));
            found.push(((ids, names), meant));
        }
        found.into_iter().map(|(_, meant)| meant).collect()
    }

    /// How many of the incidents that were resolved within some days several filters find: all of them in one walk through the history of these days.
    pub(crate) fn count_resolved(&mut self, query: &ResolvedCountQuery, contact: Contact) -> Result<ViewCounts, Error> {
        let words = query.filters.iter().map(|filter| self.history_words(filter)).collect::<Result<Vec<_>, _>>()?;
        let meant = self.customers_meant(query.filters.iter().map(|filter| (&*filter.customers, &*filter.customer_names)), contact);
        let sieves: Vec<Sieve<'_>> = query.filters.iter().map(|filter| Sieve::of(self, filter, None, contact.clock)).collect();
        let customers = Meant::all(&meant);
        let with_text = words.iter().any(|words| !words.are_none()) || query.filters.iter().any(|filter| !filter.room_names.is_empty());
        let mut counts = vec![0_u32; query.filters.len()];
        self.each_resolved(&customers, contact.clock.minus(DAY * query.days), with_text, |entry| {
            for (at, filter) in query.filters.iter().enumerate() {
                let holds = meant[at].has(entry.customer)
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
