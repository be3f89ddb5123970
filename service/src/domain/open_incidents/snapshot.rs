//! All open incidents in one state of the database.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use itertools::Itertools;
use tenantry_model::api::IncidentTab;
use tenantry_model::id::TenantId;
use tenantry_model::search::searchable;
use tenantry_model::text::TicketNumber;

use crate::domain::open_incidents::ordered_rows::{ByNumber, InOrder, OfCustomer, OrderedRows};
use crate::domain::open_incidents::row::OpenRow;
use crate::error::Result;
use crate::store::change_log::{self, Horizon, LoggedChange};
use crate::store::incident_list::{self, ListKey};
use crate::store::incidents::{self, StoredRow};
use crate::store::{Conn, tenants};

/// How many rows are read at once.
const STEP: u32 = 1_000;
/// Up to this many customers, their rows are merged and no others are touched.
const FEW: usize = 24;
/// Beyond that they are merged as long as they are at most one customer in this many.
const ONE_OF: usize = 16;

/// Immutable: the next snapshot is another value, which shares with this one what did not change.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    horizon: Horizon,
    in_order: OrderedRows<InOrder>,
    of_customer: OrderedRows<OfCustomer>,
    by_number: OrderedRows<ByNumber>,
    /// Names of all customers that have had a row here, as they are searched.
    names: Arc<HashMap<TenantId, Box<str>>>,
}

impl Snapshot {
    /// Reads everything. `horizon` must be where the log ends in this transaction.
    pub(super) async fn read(conn: &mut Conn, horizon: Horizon) -> Result<Self> {
        let mut all = Self { horizon, ..Self::default() };
        let mut after = None;
        loop {
            let step = incident_list::open_rows_after(conn, after, STEP).await?;
            let Some(last) = step.last() else { break };
            after = Some(ListKey::of(IncidentTab::Active, last));
            all.put(conn, step, BTreeSet::new()).await?;
        }
        Ok(all)
    }

    /// The snapshot at `horizon`, which must be where the log ends in this transaction. The log must reach back to this snapshot's horizon.
    pub(super) async fn followed(&self, conn: &mut Conn, horizon: Horizon) -> Result<Self> {
        let (mut numbers, mut renamed) = (BTreeSet::new(), BTreeSet::new());
        let mut after = self.horizon.seq;
        loop {
            let step = change_log::between(conn, after, horizon.seq, STEP).await?;
            let Some((last, _)) = step.last() else { break };
            after = *last;
            for (_, change) in step {
                match change {
                    LoggedChange::Incident(_, number) => {
                        numbers.insert(number);
                    }
                    LoggedChange::Customer(customer) => {
                        renamed.insert(customer);
                    }
                    // A renamed room names its incidents; rights are looked up by each reader.
                    LoggedChange::Room(..) | LoggedChange::Tenant(_) | LoggedChange::Marks(_) | LoggedChange::Rights { .. } => {}
                }
            }
        }
        let mut next = Self { horizon, ..self.clone() };
        let numbers: Vec<TicketNumber> = numbers.into_iter().collect();
        for number in &numbers {
            next.remove(*number);
        }
        let rows = incidents::rows_of(conn, &numbers).await?;
        next.put(conn, rows.into_iter().filter(|stored| stored.row.status.is_active()).collect(), renamed).await?;
        Ok(next)
    }

    pub const fn horizon(&self) -> Horizon {
        self.horizon
    }

    pub fn len(&self) -> usize {
        self.in_order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A customer's name, as it is searched.
    pub(super) fn name(&self, customer: TenantId) -> &str {
        self.names.get(&customer).map_or("", |name| name)
    }

    /// The rows after `after`, in order: at least those of these customers, perhaps those of others too.
    pub(super) fn walk(&self, customers: &[TenantId], after: Option<ListKey>) -> Box<dyn Iterator<Item = &OpenRow> + Send + '_> {
        if customers.len() > FEW && customers.len() * ONE_OF > self.names.len() {
            return Box::new(self.in_order.rows_from(move |key| after.is_some_and(|after| key <= after)));
        }
        let rows_of = |customer: TenantId| {
            let before = move |(of, key)| of < customer || (of == customer && after.is_some_and(|after| key <= after));
            self.of_customer.rows_from(before).take_while(move |row| row.customer == customer)
        };
        Box::new(customers.iter().map(|customer| rows_of(*customer)).kmerge_by(|a, b| a.key < b.key))
    }

    async fn put(&mut self, conn: &mut Conn, rows: Vec<StoredRow>, renamed: BTreeSet<TenantId>) -> Result<()> {
        let mut unnamed: BTreeSet<TenantId> = renamed.into_iter().filter(|customer| self.names.contains_key(customer)).collect();
        unnamed.extend(rows.iter().map(|stored| stored.row.customer_id).filter(|customer| !self.names.contains_key(customer)));
        if !unnamed.is_empty() {
            let unnamed: Vec<TenantId> = unnamed.into_iter().collect();
            let found = tenants::names(conn, &unnamed).await?;
            let searched = found.into_iter().map(|(customer, name)| (customer, searchable(&name).into_boxed_str()));
            Arc::make_mut(&mut self.names).extend(searched);
        }
        for stored in rows {
            let row = Arc::new(OpenRow::new(&stored)?);
            if let Some(before) = self.by_number.insert(row.clone()) {
                self.in_order.remove(before.key);
                self.of_customer.remove((before.customer, before.key));
            }
            self.in_order.insert(row.clone());
            self.of_customer.insert(row);
        }
        Ok(())
    }

    fn remove(&mut self, number: TicketNumber) {
        if let Some(before) = self.by_number.remove(number) {
            self.in_order.remove(before.key);
            self.of_customer.remove((before.customer, before.key));
        }
    }
}
