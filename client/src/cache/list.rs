//! The incident list: filter, count, sort, group, cut. One way for both tabs; only where the entries come from differs.
//!
//! What a query finds is kept as a list of keys until the rows, the locks or the minute change, so that scrolling only reads rows.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use crate::db::params;
use tenantry_model::api::IncidentTab;
use tenantry_model::collation::sort_key;
use tenantry_model::id::RoomId;
use tenantry_model::incident::{Category, IncidentStatus, IncidentType};
use tenantry_model::ipc::{
    Freshness, IncidentColumn, IncidentCounters, IncidentFilter, IncidentPage, IncidentQuery, IncidentScope, ListRow, UnreliableCustomer,
};

use super::customers::{Customer, LARGEST_WINDOW};
use super::entry::{Entry, title};
use super::names::Names;
use super::page::Rows;
use super::sieve::{Sieve, is_one_of};
use super::words::{IncidentWords, RoomsWithHost};
use super::{Contact, Store, before, incidents};
use crate::error::Error;
use crate::raw_json::RawJson;

/// How many customers a page names as unreliable.
const MOST_NAMED: usize = 20;
/// How many results are kept: the list on screen, and the ones before and after a switch.
const MOST_KEPT: usize = 4;
const HOUR: Duration = Duration::from_secs(60 * 60);
const MINUTE: Duration = Duration::from_secs(60);

/// Results of earlier queries, latest last.
#[derive(Default)]
pub(super) struct Results {
    kept: Vec<(u64, IncidentQuery, Arc<Found>)>,
}

/// What a query found, without the rows.
pub(super) struct Found {
    /// Incidents by their number in the tables; less than none for a category, by its index in `categories`.
    pub(super) lines: Vec<i64>,
    categories: Vec<ListRow>,
    matches: u32,
    counters: IncidentCounters,
}

impl Store {
    /// A window of the list. [`Error::NotFound`] for a customer that is not there.
    pub(crate) fn list_incidents(&mut self, query: &IncidentQuery, contact: Contact) -> Result<RawJson<IncidentPage>, Error> {
        if let IncidentScope::Customer { id } = query.scope {
            self.customers.by_id(id).ok_or(Error::NotFound)?;
        }
        self.wake_off_line(contact);
        let limit = query.limit.min(LARGEST_WINDOW);
        let (total, matches, counters, rows) = if self.is_plain(query, contact) {
            let counters = self.plain_counters(query.scope);
            (counters.all, counters.all, counters, self.plain_rows(query.scope, limit, counters.all)?)
        } else {
            let found = self.find(query, contact)?;
            let from = (query.offset as usize).min(found.lines.len());
            let to = from.saturating_add(limit as usize).min(found.lines.len());
            let mut rows = Rows::with_capacity(to - from);
            for line in &found.lines[from..to] {
                self.line(&mut rows, &found, *line)?;
            }
            (found.lines.len() as u32, found.matches, found.counters, rows)
        };
        let (unreliable, unreliable_total) = self.unreliable(query, contact);
        let generation = self.generation();
        rows.into_page(&IncidentPage { total, matches, rows: vec![], counters, unreliable, unreliable_total, generation })
    }

    /// Whether the tables answer it as it stands: the first window of the open incidents in their default order.
    fn is_plain(&self, query: &IncidentQuery, contact: Contact) -> bool {
        query.tab == IncidentTab::Active
            && query.offset == 0
            && query.sort == IncidentColumn::Urgency
            && !query.descending
            && !query.by_category
            && query.filter == IncidentFilter::default()
            && self.locked(contact) == 0
    }

    fn plain_counters(&self, scope: IncidentScope) -> IncidentCounters {
        match scope {
            IncidentScope::All => *self.customers.counters(),
            IncidentScope::Customer { id } => {
                let mut counters = IncidentCounters::default();
                self.customers.by_id(id).into_iter().for_each(|customer| customer.badge.count_into(&mut counters));
                counters
            }
        }
    }

    fn plain_rows(&self, scope: IncidentScope, limit: u32, all: u32) -> Result<Rows, Error> {
        let customer = match scope {
            IncidentScope::All => None,
            IncidentScope::Customer { id } => Some(self.customers.by_id(id).ok_or(Error::NotFound)?.customer),
        };
        let sql = match customer {
            None => "SELECT customer, number, messages, row FROM hot WHERE rank < 8 ORDER BY rank, newest, number, customer LIMIT ?1",
            Some(_) => {
                "SELECT customer, number, messages, row FROM hot INDEXED BY hot_of_customer
                 WHERE customer = ?2 AND rank < 8 ORDER BY rank, newest, number LIMIT ?1"
            }
        };
        let mut statement = self.db.prepare_cached(sql)?;
        let mut found = match customer {
            None => statement.query([i64::from(limit)])?,
            Some(customer) => statement.query([i64::from(limit), customer])?,
        };
        let mut rows = Rows::with_capacity(limit.min(all) as usize);
        while let Some(row) = found.next()? {
            self.show(&mut rows, row, text(row, 3)?)?;
        }
        Ok(rows)
    }

    fn line(&self, rows: &mut Rows, found: &Found, line: i64) -> Result<(), Error> {
        if let Some(category) = usize::try_from(-1 - line).ok().and_then(|at| found.categories.get(at)) {
            return rows.other(category);
        }
        // Open ones lie close together, and what is kept in memory knows where.
        if let Some(entry) = self.index.entry(line) {
            let mut statement = self.db.prepare_cached(
                "SELECT customer, number, messages, row FROM hot WHERE rank = ?1 AND newest = ?2 AND number = ?3 AND customer = ?4",
            )?;
            let mut one = statement.query(params![entry.rank(), entry.newest, entry.number.as_str(), entry.customer])?;
            if let Some(row) = one.next()? {
                return self.show(rows, row, text(row, 3)?);
            }
        }
        let Some(stored) = incidents::by_id(&self.db, line)? else {
            let old = before::shown(&self.db, line)?.ok_or(Error::BadRow("incidents"))?;
            return self.show_of(rows, old.customer, &old.number, old.messages, &old.row);
        };
        let (_, customer) = self.customers.by_number(stored.customer).ok_or(Error::BadRow("incidents"))?;
        let row = self.kept_row(customer, &stored)?;
        let json = serde_json::to_string(&row).map_err(|_| Error::BadRow("answer"))?;
        self.show_of(rows, stored.customer, &stored.number, row.messages, &json)
    }

    /// Adds a row whose first columns are its customer, its number and its messages.
    fn show(&self, rows: &mut Rows, row: &crate::db::Row<'_>, shown: &str) -> Result<(), Error> {
        self.show_of(rows, row.get(0)?, text(row, 1)?, row.get(2)?, shown)
    }

    fn show_of(&self, rows: &mut Rows, customer: i64, number: &str, messages: u32, shown: &str) -> Result<(), Error> {
        let Some((_, customer)) = self.customers.by_number(customer) else { return rows.incident(shown, "", 0) };
        // Most incidents have no messages at all: then their number does not matter.
        let unread = match messages {
            0 => 0,
            messages => self.marks.unread(customer.id, number.parse().map_err(|_| Error::BadRow("hot"))?, messages),
        };
        rows.incident(shown, &customer.name, unread)
    }

    /// Customers in scope that are not current. History that is still to come makes the Resolved tab incomplete.
    fn unreliable(&self, query: &IncidentQuery, contact: Contact) -> (Vec<UnreliableCustomer>, u32) {
        // The names of devices, which words are looked for in, come with the rooms: after the open incidents.
        let takes_the_rest = query.tab == IncidentTab::Resolved || !query.filter.text.is_empty();
        if !(takes_the_rest && self.meta.history_pending) && self.all_current(contact) {
            return (vec![], 0);
        }
        let (mut named, mut total) = (Vec::new(), 0);
        let meant = Names::of(&query.filter.customer_names);
        for customer in self.customers.iter().filter(|customer| in_scope(query, customer) && meant.mean_customer(customer)) {
            let freshness = if takes_the_rest { self.freshness_of_the_rest(customer, contact) } else { self.freshness(customer, contact) };
            if freshness == Freshness::Current {
                continue;
            }
            total += 1;
            if named.len() < MOST_NAMED {
                named.push(UnreliableCustomer { id: customer.id, display_name: customer.name.clone(), freshness });
            }
        }
        (named, total)
    }

    pub(super) fn find(&mut self, query: &IncidentQuery, contact: Contact) -> Result<Arc<Found>, Error> {
        // Everything that the answer follows from, but for the window.
        let mut key = DefaultHasher::new();
        self.generation().hash(&mut key);
        for customer in self.customers.iter().filter(|_| !contact.live) {
            self.locked_since(customer, contact).is_some().hash(&mut key);
        }
        let by_time = query.tab == IncidentTab::Resolved
            || query.filter.older_than_h.is_some()
            || query.filter.younger_than_h.is_some()
            || query.filter.claim.is_some();
        if by_time {
            (contact.clock.micros() / MINUTE.as_micros() as i64).hash(&mut key);
        }
        let key = key.finish();
        let bare = IncidentQuery { offset: 0, limit: 0, ..query.clone() };
        if let Some((_, _, found)) = self.results.kept.iter().find(|(kept, query, _)| *kept == key && *query == bare) {
            return Ok(Arc::clone(found));
        }
        let found = Arc::new(match query.tab {
            IncidentTab::Active => {
                let words = self.incident_words(&query.filter, &mut RoomsWithHost::new())?;
                self.load_all()?;
                self.arrange(None, query, Some(&words), contact)
            }
            IncidentTab::Resolved => {
                let since = contact.clock.minus(24 * HOUR * query.resolved_days);
                let with_text = matches!(query.sort, IncidentColumn::Problem | IncidentColumn::Room) || !query.filter.room_names.is_empty();
                let words = self.history_words(&query.filter)?;
                let entries = self.resolved(&self.readable_in_scope(query, contact), since, &words, with_text)?;
                self.arrange(Some(&entries), query, None, contact)
            }
        });
        if self.results.kept.len() >= MOST_KEPT {
            self.results.kept.remove(0);
        }
        self.results.kept.push((key, bare, Arc::clone(&found)));
        Ok(found)
    }

    /// Of these entries, or of all that are open.
    fn arrange<'a>(
        &'a self,
        entries: Option<&'a [Entry]>,
        query: &IncidentQuery,
        words: Option<&IncidentWords<'_>>,
        contact: Contact,
    ) -> Found {
        let filter = &query.filter;
        let readable = self.readable_in_scope(query, contact);
        // In history words were looked for while it was read.
        let sieve = Sieve::of(self, filter, words, contact.clock);
        let mut counters = IncidentCounters::default();
        let mut matching: Vec<&'a Entry> = Vec::new();
        let mut look = |entry: &'a Entry| {
            if sieve.holds(self, entry) {
                count(&mut counters, entry.status);
                if is_one_of(&filter.statuses, &entry.status) {
                    matching.push(entry);
                }
            }
        };
        match entries {
            Some(entries) => {
                let readable: HashSet<i64> = readable.into_iter().collect();
                entries.iter().filter(|entry| readable.contains(&entry.customer)).for_each(look);
            }
            None => readable.into_iter().for_each(|customer| self.index.of_customer(customer).iter().for_each(&mut look)),
        }
        let mut keyed: Vec<(String, &'a Entry)> = matching.into_iter().map(|entry| (text_key(query, entry), entry)).collect();
        keyed.sort_unstable_by(|(one_key, one), (other_key, other)| {
            let order = one_key.cmp(other_key).then_with(|| self.order(query.sort, one, other)).then_with(|| default_order(one, other));
            if query.descending { order.reverse() } else { order }
        });
        let matching: Vec<&Entry> = keyed.into_iter().map(|(_, entry)| entry).collect();
        let matches = matching.len() as u32;
        if !query.by_category {
            return Found { lines: matching.iter().map(|entry| entry.incident).collect(), categories: vec![], matches, counters };
        }
        let (mut lines, mut categories) = (Vec::new(), Vec::new());
        for category in Category::ALL {
            let under: Vec<&&Entry> = matching.iter().filter(|entry| entry.category == *category).collect();
            if under.is_empty() {
                continue;
            }
            lines.push(-1 - categories.len() as i64);
            categories.push(self.sums(*category, &under));
            if !query.collapsed.contains(category) {
                lines.extend(under.iter().map(|entry| entry.incident));
            }
        }
        Found { lines, categories, matches, counters }
    }

    /// The customers within the scope whose rows may be read, by their numbers in the tables; each once.
    fn readable_in_scope(&self, query: &IncidentQuery, contact: Contact) -> Vec<i64> {
        let meant = Names::of(&query.filter.customer_names);
        let may_be_read = |customer: &&Customer| meant.mean_customer(customer) && self.locked_since(customer, contact).is_none();
        let named = match query.scope {
            IncidentScope::Customer { id } => vec![id],
            IncidentScope::All if query.filter.customers.is_empty() => {
                return self.customers.iter().filter(may_be_read).map(|customer| customer.customer).collect();
            }
            IncidentScope::All => query.filter.customers.clone(),
        };
        let named = named.iter().filter_map(|id| self.customers.by_id(*id)).filter(may_be_read);
        let mut numbers: Vec<i64> = named.map(|customer| customer.customer).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    fn sums(&self, category: Category, under: &[&&Entry]) -> ListRow {
        let rooms: HashSet<RoomId> = under.iter().flat_map(|entry| entry.rooms.iter().copied()).collect();
        ListRow::Category {
            category,
            tickets: under.len() as u32,
            rooms: rooms.len() as u32,
            needs_action: under.iter().filter(|entry| entry.status == IncidentStatus::NeedsAction).count() as u32,
            unread: under.iter().filter(|entry| self.unread(entry) > 0).count() as u32,
        }
    }

    pub(super) fn unread(&self, entry: &Entry) -> u32 {
        if entry.messages == 0 {
            return 0;
        }
        self.customers.by_number(entry.customer).map_or(0, |(_, customer)| self.marks.unread(customer.id, entry.number, entry.messages))
    }

    fn order(&self, column: IncidentColumn, one: &Entry, other: &Entry) -> Ordering {
        let by_name = |entry: &Entry| self.customers.by_number(entry.customer).map(|(at, _)| at);
        match column {
            // Where it is a text, see `text_key`.
            IncidentColumn::Urgency | IncidentColumn::Problem | IncidentColumn::Room | IncidentColumn::Type => Ordering::Equal,
            IncidentColumn::Customer => by_name(one).cmp(&by_name(other)),
            IncidentColumn::Ticket => one.number.cmp(&other.number),
            IncidentColumn::Status => one.status.cmp(&other.status),
            IncidentColumn::Severity => one.severity.cmp(&other.severity),
            IncidentColumn::Unread => self.unread(other).cmp(&self.unread(one)),
            // Longest ago first.
            IncidentColumn::ActiveSince => other.newest.cmp(&one.newest),
        }
    }
}

/// What a column that shows text is sorted by, as the screen's language has it; nothing for the others.
fn text_key(query: &IncidentQuery, entry: &Entry) -> String {
    let titles = || query.titles.iter().find(|titles| titles.kind == entry.kind);
    match query.sort {
        IncidentColumn::Problem => match (entry.kind, entry.problem()) {
            (IncidentType::CustomerReported, problem) => sort_key(problem),
            (kind, which) => {
                let what = titles().map_or_else(|| title(kind), |titles| &titles.problem);
                if which.is_empty() { sort_key(what) } else { sort_key(&format!("{what} · {which}")) }
            }
        },
        IncidentColumn::Type => sort_key(titles().map_or_else(|| title(entry.kind), |titles| &titles.title)),
        IncidentColumn::Room => sort_key(entry.room()),
        _ => String::new(),
    }
}

/// Needs action first (R80), then gravest, then newest. Inactive ones have no rank: newest first.
fn default_order(one: &Entry, other: &Entry) -> Ordering {
    (one.rank(), one.newest, one.number, one.customer).cmp(&(other.rank(), other.newest, other.number, other.customer))
}

fn in_scope(query: &IncidentQuery, customer: &Customer) -> bool {
    match query.scope {
        IncidentScope::Customer { id } => customer.id == id,
        IncidentScope::All => is_one_of(&query.filter.customers, &customer.id),
    }
}

fn text<'a>(row: &'a crate::db::Row<'_>, at: usize) -> Result<&'a str, Error> {
    row.get_ref(at)?.as_str().map_err(|_| Error::BadRow("incidents"))
}

fn count(counters: &mut IncidentCounters, status: IncidentStatus) {
    counters.all += 1;
    match status {
        IncidentStatus::NeedsAction => counters.needs_action += 1,
        IncidentStatus::AssignedToService => counters.assigned_to_service += 1,
        IncidentStatus::PendingInvestigation => counters.pending_investigation += 1,
        IncidentStatus::Resolved => counters.resolved += 1,
        IncidentStatus::Closed => counters.closed += 1,
    }
}
