//! The customers, whole and in order of their names, in memory: few enough, and every query asks for them.

use std::collections::{HashMap, HashSet};

use crate::db::Connection;
use tenantry_model::collation::sort_key;
use tenantry_model::filter::Name;
use tenantry_model::id::TenantId;
use tenantry_model::incident::{IncidentStatus, Severity};
use tenantry_model::ipc::{CustomerPage, CustomerQuery, CustomerRow, IncidentCounters, NextCustomerQuery};
use tenantry_model::permission::PermissionSet;
use tenantry_model::search::{fold, searchable};
use tenantry_model::tenancy::OfflineTerms;
use tenantry_model::text::OfflineDays;
use uuid::Uuid;

use super::likeness::Sought;
use super::words::Finder;
use super::{Contact, Store};
use crate::error::Error;

/// The largest window that is answered.
pub(super) const LARGEST_WINDOW: u32 = 500;

/// A customer, and the sums over its open incidents.
#[derive(Debug, Clone)]
pub(super) struct Customer {
    /// Its number in the tables.
    pub(super) customer: i64,
    pub(super) id: TenantId,
    pub(super) name: String,
    /// What a search looks in.
    search: String,
    /// The name as names are compared.
    folded: String,
    /// What tells it from others of its name.
    pub(super) mark: String,
    /// Whether another is called so, too.
    pub(super) shares_name: bool,
    /// What the list is sorted by.
    key: String,
    pub(super) permissions: PermissionSet,
    pub(super) terms: OfflineTerms,
    pub(super) incomplete: bool,
    pub(super) badge: Badge,
}

/// Open incidents by severity and by status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Badge {
    pub(super) severities: [i64; 4],
    pub(super) statuses: [i64; 3],
}

impl Customer {
    /// Whether its name holds one of the [`words`](tenantry_model::search::words) of a search.
    pub(super) fn holds(&self, word: &str) -> bool {
        self.search.contains(word)
    }

    /// How a word stands in its name; see [`Sought::likeness`].
    pub(super) fn likeness(&self, word: &Sought) -> Option<u8> {
        word.likeness(&self.folded).or_else(|| self.holds(&word.short).then_some(2))
    }

    /// Whether this, folded, is its whole name.
    pub(super) fn is_called(&self, folded: &str) -> bool {
        self.folded == folded
    }

    /// What it is called where names of several customers stand together.
    pub(super) fn called(&self) -> String {
        Name::of_customer(self.id, &self.name, self.shares_name).said()
    }

    /// Whether its name, which a search looks in first, begins with a folded text.
    pub(super) fn starts_with(&self, folded: &str) -> bool {
        self.search.starts_with(folded)
    }
}

impl Badge {
    /// One incident more, or one less.
    pub(super) fn add(&mut self, severity: Severity, status: IncidentStatus, by: i64) {
        self.severities[severity as usize] += by;
        if let Some(count) = self.statuses.get_mut(status as usize) {
            *count += by;
        }
    }

    pub(super) fn open(&self) -> u32 {
        let sum: i64 = self.severities.iter().sum();
        u32::try_from(sum).unwrap_or(0)
    }

    fn worst(&self) -> Option<Severity> {
        Severity::ALL.iter().zip(self.severities).find(|(_, count)| *count > 0).map(|(severity, _)| *severity)
    }

    pub(super) fn count_into(&self, counters: &mut IncidentCounters) {
        let [needs_action, assigned, pending] = self.statuses.map(|count| u32::try_from(count).unwrap_or(0));
        counters.all += self.open();
        counters.needs_action += needs_action;
        counters.assigned_to_service += assigned;
        counters.pending_investigation += pending;
    }
}

/// All customers, by name.
#[derive(Debug, Default)]
pub(super) struct Customers {
    rows: Vec<Customer>,
    by_id: HashMap<TenantId, usize>,
    by_number: HashMap<i64, usize>,
    /// Over all of them.
    counters: IncidentCounters,
    /// Whether one of them is incomplete.
    is_incomplete: bool,
}

impl Customers {
    pub(super) fn load(db: &Connection) -> Result<Self, Error> {
        let mut statement = db.prepare_cached(
            "SELECT c.customer, c.id, c.name, c.permissions, c.offline_allowed, c.offline_days, c.incomplete,
                    ifnull(critical, 0), ifnull(important, 0), ifnull(warning, 0), ifnull(recommended, 0),
                    ifnull(needs_action, 0), ifnull(assigned_to_service, 0), ifnull(pending_investigation, 0)
             FROM customers c LEFT JOIN badges b ON b.customer = c.customer",
        )?;
        let mut rows = statement.query([])?;
        let mut customers = Vec::new();
        while let Some(row) = rows.next()? {
            let name: String = row.get(2)?;
            let days = OfflineDays::try_from(row.get::<_, u16>(5)?).map_err(|_| Error::BadRow("customers"))?;
            let id = TenantId::from_uuid(Uuid::from_slice(&row.get::<_, Vec<u8>>(1)?).map_err(|_| Error::BadRow("customers"))?);
            customers.push(Customer {
                customer: row.get(0)?,
                id,
                mark: Name::mark(id),
                search: searchable(&name),
                folded: fold(&name),
                shares_name: false,
                key: sort_key(&name),
                name,
                permissions: PermissionSet::from_bits(row.get(3)?),
                terms: OfflineTerms { allowed: row.get(4)?, days },
                incomplete: row.get(6)?,
                badge: Badge {
                    severities: [row.get(7)?, row.get(8)?, row.get(9)?, row.get(10)?],
                    statuses: [row.get(11)?, row.get(12)?, row.get(13)?],
                },
            });
        }
        customers.sort_by(|one, other| one.key.cmp(&other.key).then_with(|| one.id.cmp(&other.id)));
        let mut called: HashMap<&str, u32> = HashMap::new();
        customers.iter().for_each(|customer| *called.entry(&customer.folded).or_default() += 1);
        let shared: HashSet<String> = called.into_iter().filter(|(_, many)| *many > 1).map(|(name, _)| name.to_owned()).collect();
        customers.iter_mut().for_each(|customer| customer.shares_name = shared.contains(&customer.folded));
        let by_id = customers.iter().enumerate().map(|(at, customer)| (customer.id, at)).collect();
        let by_number = customers.iter().enumerate().map(|(at, customer)| (customer.customer, at)).collect();
        let mut counters = IncidentCounters::default();
        customers.iter().for_each(|customer| customer.badge.count_into(&mut counters));
        let is_incomplete = customers.iter().any(|customer| customer.incomplete);
        Ok(Self { rows: customers, by_id, by_number, counters, is_incomplete })
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Customer> {
        self.rows.iter()
    }

    pub(super) fn by_id(&self, id: TenantId) -> Option<&Customer> {
        self.rows.get(*self.by_id.get(&id)?)
    }

    /// By its number in the tables; with its position in the order of names.
    pub(super) fn by_number(&self, customer: i64) -> Option<(usize, &Customer)> {
        let at = *self.by_number.get(&customer)?;
        Some((at, self.rows.get(at)?))
    }

    /// The open incidents of all of them.
    pub(super) fn counters(&self) -> &IncidentCounters {
        &self.counters
    }

    /// Whether rows of any of them could not be read.
    pub(super) fn is_incomplete(&self) -> bool {
        self.is_incomplete
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }
}

impl Store {
    /// A window of the dropdown.
    pub(crate) fn list_customers(&mut self, query: &CustomerQuery, contact: Contact) -> CustomerPage {
        let finder = Finder::of(&query.text);
        let mut page = CustomerPage { total: 0, all: self.customers.len() as u32, open: 0, rows: vec![], generation: self.generation() };
        let from = query.window.offset;
        let to = from.saturating_add(query.window.limit.min(LARGEST_WINDOW));
        for customer in self.customers.iter() {
            let is_locked = self.locked_since(customer, contact).is_some();
            if !is_locked {
                page.open += customer.badge.open();
            }
            if !finder.is_in(&customer.search) {
                continue;
            }
            if (from..to).contains(&page.total) {
                page.rows.push(self.customer_row(customer, contact));
            }
            page.total += 1;
        }
        page
    }

    /// The line of one customer.
    pub(crate) fn customer(&self, id: TenantId, contact: Contact) -> Result<CustomerRow, Error> {
        self.customers.by_id(id).map(|customer| self.customer_row(customer, contact)).ok_or(Error::NotFound)
    }

    /// The next one by name whose rows can be read.
    pub(crate) fn next_customer(&self, query: NextCustomerQuery, contact: Contact) -> Option<TenantId> {
        let all = &self.customers.rows;
        let at = query.from.and_then(|id| self.customers.by_id.get(&id).copied());
        let fits = |customer: &&Customer| self.locked_since(customer, contact).is_none() && (!query.with_open || customer.badge.open() > 0);
        let next = if query.back {
            all[..at.unwrap_or(all.len())].iter().rev().find(fits)
        } else {
            all[at.map_or(0, |at| at + 1)..].iter().find(fits)
        };
        next.map(|customer| customer.id)
    }

    fn customer_row(&self, customer: &Customer, contact: Contact) -> CustomerRow {
        let is_locked = self.locked_since(customer, contact).is_some();
        CustomerRow {
            id: customer.id,
            display_name: customer.name.clone(),
            shares_name: customer.shares_name,
            open: (!is_locked).then(|| customer.badge.open()),
            worst: if is_locked { None } else { customer.badge.worst() },
            permissions: customer.permissions,
            freshness: self.freshness(customer, contact),
        }
    }
}
