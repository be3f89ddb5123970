//! What is known of an incident without reading its row: all that filters, counters and orders need.

use tenantry_model::id::RoomId;
use tenantry_model::incident::{Category, Claim, IncidentRow, IncidentStatus, IncidentType, Severity};
use tenantry_model::search::{add_variants, fold_into};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

/// Stands between the parts of a search text; nobody types it.
const BETWEEN: char = '\u{1f}';

/// An incident, as far as a list needs it to decide what stands where.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its number in the tables.
    pub(super) incident: i64,
    /// Its customer's number in the tables.
    pub(super) customer: i64,
    pub(super) number: TicketNumber,
    pub(super) severity: Severity,
    pub(super) status: IncidentStatus,
    /// Whether it is out of sight (A33).
    pub(super) snoozed: bool,
    /// Who works on it, and until when (A32).
    pub(super) claim: Option<Box<Claim>>,
    /// Who put it out of sight: a name.
    pub(super) snoozed_by: Option<Box<str>>,
    pub(super) category: Category,
    pub(super) kind: IncidentType,
    pub(super) active_since: Timestamp,
    /// The negated time that the list is ordered by.
    pub(super) newest: i64,
    pub(super) messages: u32,
    pub(super) rooms: Box<[RoomId]>,
    /// See [`search_text`].
    pub(super) search: Box<str>,
}

impl Entry {
    pub(super) fn of(incident: i64, customer: i64, row: &IncidentRow, snoozed: bool, search: Box<str>) -> Self {
        Self {
            incident,
            customer,
            number: row.number,
            severity: row.severity,
            status: row.status,
            snoozed,
            claim: row.claim.clone().map(Box::new),
            snoozed_by: row.snooze.as_ref().filter(|_| snoozed).and_then(|snooze| snooze.by.as_deref().map(Into::into)),
            category: row.category,
            kind: row.kind,
            active_since: row.active_since,
            newest: newest(row),
            messages: row.messages,
            rooms: row.rooms.iter().map(|room| room.id).collect(),
            search,
        }
    }

    /// Needs action first (R80), then by severity.
    pub(super) fn rank(&self) -> i64 {
        rank(self.status, self.severity, self.snoozed).unwrap_or_default()
    }

    /// What its problem says beside its type, folded.
    pub(super) fn problem(&self) -> &str {
        self.search.split(BETWEEN).next().unwrap_or_default()
    }

    /// The names of its rooms, folded.
    pub(super) fn room(&self) -> &str {
        self.search.split(BETWEEN).nth(3).unwrap_or_default()
    }
}

/// The first rank of what is out of sight.
pub(super) const SNOOZED: i64 = 8;

/// Where an open incident stands in the default order, what is snoozed behind all that is not; none for one that is not open.
pub(super) fn rank(status: IncidentStatus, severity: Severity, snoozed: bool) -> Option<i64> {
    let place = i64::from(status != IncidentStatus::NeedsAction) * 4 + severity as i64;
    status.is_active().then(|| place + if snoozed { SNOOZED } else { 0 })
}

/// The severity that a rank was made of.
pub(super) fn severity_of(rank: i64) -> Severity {
    usize::try_from(rank % 4).ok().and_then(|at| Severity::ALL.get(at).copied()).unwrap_or(Severity::Recommended)
}

/// The negated time that an incident is ordered by: since when it has been active, or when it was resolved.
pub(super) fn newest(row: &IncidentRow) -> i64 {
    let moment = if row.status.is_active() { row.active_since } else { row.resolved_at() };
    -moment.micros()
}

/// The English name of a type, as screens show it.
pub(super) fn title(kind: IncidentType) -> &'static str {
    match kind {
        IncidentType::Signal(signal) => signal.facts().title,
        IncidentType::CustomerReported => "Customer Reported",
    }
}

/// Everything that a search looks in: problem, type, ticket, rooms, customer.
pub(super) fn search_text(row: &IncidentRow, customer: &str) -> String {
    text_of(row, Some(customer))
}

/// The same of an inactive incident, less what is looked up once for all of a type or a customer, and less its number, which stands beside it.
pub(super) fn history_text(row: &IncidentRow) -> String {
    text_of(row, None)
}

fn text_of(row: &IncidentRow, customer: Option<&str>) -> String {
    let title = title(row.kind);
    let mut text = Folded::with_capacity(title.len() * 2 + row.problem.len() + customer.map_or(0, str::len) + 64);
    // Of a signal, only which peripheral it is about; some services repeat the type there, which says nothing new.
    if row.kind == IncidentType::CustomerReported || !row.problem.trim().eq_ignore_ascii_case(title) {
        text.add(row.problem.trim());
    }
    text.next();
    if customer.is_some() {
        text.add(title);
    }
    text.next();
    if customer.is_some() {
        text.add(row.number.as_str());
    }
    text.next();
    // As they are shown.
    for (at, room) in row.rooms.iter().enumerate() {
        if at > 0 {
            text.add(", ");
        }
        text.add(&room.name);
    }
    text.next();
    text.add(customer.unwrap_or_default());
    text.next();
    add_variants(&mut text.0);
    text.0
}

/// A search text in the making.
struct Folded(String);

impl Folded {
    fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    fn add(&mut self, part: &str) {
        let from = self.0.len();
        fold_into(&mut self.0, part);
        // A separator in a name would shift the parts.
        if self.0.as_bytes()[from..].contains(&(BETWEEN as u8)) {
            let part = self.0.split_off(from).replace(BETWEEN, " ");
            self.0.push_str(&part);
        }
    }

    fn next(&mut self) {
        self.0.push(BETWEEN);
    }
}
