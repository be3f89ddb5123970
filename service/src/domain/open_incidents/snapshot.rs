//! All open incidents as one moment of the database had them.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::sync::Arc;

use tenantry_model::api::IncidentTab;
use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;

use crate::domain::open_incidents::row::OpenRow;
use crate::domain::open_incidents::shelf::{ByNumber, InOrder, OfCustomer, Shelf};
use crate::error::Result;
use crate::store::change_log::{self, Horizon, LoggedChange};
use crate::store::incidents::StoredRow;
use crate::store::lists::{self, ListKey};
use crate::store::{Conn, tenants};

/// How many rows are read at once.
const STEP: u32 = 1_000;
/// With so few customers their rows are merged, and nothing of others is touched.
const FEW: usize = 24;
/// With more, as long as they are at most one of so many.
const ONE_OF: usize = 16;

/// See the module. It never changes; the next moment is another one, which shares with it what did not change.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    horizon: Horizon,
    in_order: Shelf<InOrder>,
    of_customer: Shelf<OfCustomer>,
    by_number: Shelf<ByNumber>,
    /// Names of all customers that have had a row here, in lower case: words are looked for in them.
    names: Arc<HashMap<TenantId, Box<str>>>,
}

impl Snapshot {
    /// Reads everything. `horizon` must be where the log ends in this transaction.
    pub(super) async fn read(conn: &mut Conn, horizon: Horizon) -> Result<Self> {
        let mut all = Self { horizon, ..Self::default() };
        let mut after = None;
        loop {
            let step = lists::open_rows_after(conn, after, STEP).await?;
            let Some(last) = step.last() else { break };
            after = Some(ListKey::of(IncidentTab::Active, last));
            all.put(conn, step, BTreeSet::new()).await?;
        }
        Ok(all)
    }

    /// The moment at which the log ends at `horizon`, as this transaction sees it. The log must reach back to this moment.
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
                    LoggedChange::Room(..) | LoggedChange::Tenant(_) | LoggedChange::Rights { .. } => {}
                }
            }
        }
        let mut next = Self { horizon, ..self.clone() };
        let numbers: Vec<TicketNumber> = numbers.into_iter().collect();
        for number in &numbers {
            next.remove(*number);
        }
        let rows = lists::rows_of(conn, &numbers).await?;
        next.put(conn, rows.into_iter().filter(|stored| stored.row.status.is_active()).collect(), renamed).await?;
        Ok(next)
    }

    /// Where the log ended.
    pub const fn horizon(&self) -> Horizon {
        self.horizon
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.in_order.len()
    }

    /// Whether nothing is open.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A customer's name in lower case.
    pub(super) fn name(&self, customer: TenantId) -> &str {
        self.names.get(&customer).map_or("", |name| name)
    }

    /// The rows of these customers behind `after`, in order, and perhaps those of others.
    pub(super) fn walk(&self, customers: &[TenantId], after: Option<ListKey>) -> Box<dyn Iterator<Item = &OpenRow> + '_> {
        if customers.len() > FEW && customers.len() * ONE_OF > self.names.len() {
            return Box::new(self.in_order.rows_from(move |key| after.is_some_and(|after| key <= after)));
        }
        let rows_of = |customer: TenantId| {
            let before = move |(of, key)| of < customer || (of == customer && after.is_some_and(|after| key <= after));
            self.of_customer.rows_from(before).take_while(move |row| row.customer == customer)
        };
        Box::new(Merged::of(customers.iter().map(|customer| rows_of(*customer)).collect()))
    }

    async fn put(&mut self, conn: &mut Conn, rows: Vec<StoredRow>, renamed: BTreeSet<TenantId>) -> Result<()> {
        let mut unnamed: BTreeSet<TenantId> = renamed.into_iter().filter(|customer| self.names.contains_key(customer)).collect();
        unnamed.extend(rows.iter().map(|stored| stored.row.customer_id).filter(|customer| !self.names.contains_key(customer)));
        if !unnamed.is_empty() {
            let unnamed: Vec<TenantId> = unnamed.into_iter().collect();
            let found = tenants::names(conn, &unnamed).await?;
            let lower = found.into_iter().map(|(customer, name)| (customer, name.to_lowercase().into_boxed_str()));
            Arc::make_mut(&mut self.names).extend(lower);
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

/// Rows of several sources, each in order, in order.
struct Merged<'a, I> {
    sources: Vec<I>,
    heads: Vec<Option<&'a OpenRow>>,
    next: BinaryHeap<Reverse<(ListKey, usize)>>,
}

impl<'a, I: Iterator<Item = &'a OpenRow>> Merged<'a, I> {
    fn of(sources: Vec<I>) -> Self {
        let mut merged = Self { heads: vec![None; sources.len()], next: BinaryHeap::with_capacity(sources.len()), sources };
        for at in 0..merged.sources.len() {
            merged.draw(at);
        }
        merged
    }

    fn draw(&mut self, at: usize) {
        let head = self.sources[at].next();
        self.heads[at] = head;
        self.next.extend(head.map(|row| Reverse((row.key, at))));
    }
}

impl<'a, I: Iterator<Item = &'a OpenRow>> Iterator for Merged<'a, I> {
    type Item = &'a OpenRow;

    fn next(&mut self) -> Option<&'a OpenRow> {
        let Reverse((_, at)) = self.next.pop()?;
        let row = self.heads[at].take();
        self.draw(at);
        row
    }
}
