//! How many open incidents several filters find: all of them in one pass over what is kept in memory.

use std::collections::HashMap;

use tenantry_model::ipc::{CountQuery, IncidentCounts};

use super::names::Names;
use super::sieve::{Sieve, is_one_of};
use super::words::IncidentWords;
use super::{Contact, Store};
use crate::error::Error;

impl Store {
    /// Over all customers whose rows may be read now.
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
