//! What the command palette finds: a few of each kind, from what is kept in memory; only what is shown is read from the tables.

use memchr::memmem;
use tenantry_model::incident::IncidentRow;
use tenantry_model::ipc::{IncidentFilter, IncidentRef, NameKind, PaletteAnswer, PaletteHit, PaletteQuery, PaletteTarget, RoomKey};
use tenantry_model::permission::Permission;
use tenantry_model::search::{fold, words};
use tenantry_model::text::TicketNumber;

use super::customers::Customer;
use super::entry::Entry;
use super::packed::Unpacker;
use super::words::RoomsWithHost;
use super::{Contact, Store, incidents};
use crate::error::Error;

/// The most of one kind.
const MOST: usize = 8;

/// The best of many: each with its place, the smallest first.
struct Best<P, T> {
    kept: Vec<(P, T)>,
    /// Whether any was left out.
    more: bool,
}

/// What was found of one kind, and whether there is more.
type FoundOfKind = (Vec<PaletteTarget>, bool);

impl<P: Ord, T> Best<P, T> {
    fn new() -> Self {
        Self { kept: Vec::with_capacity(MOST + 1), more: false }
    }

    fn offer(&mut self, place: P, one: T) {
        self.more |= self.kept.len() == MOST;
        if self.kept.len() == MOST && self.kept.last().is_some_and(|(last, _)| *last <= place) {
            return;
        }
        let at = self.kept.partition_point(|(known, _)| *known <= place);
        self.kept.insert(at, (place, one));
        self.kept.truncate(MOST);
    }

    fn found(self) -> (Vec<T>, bool) {
        (self.kept.into_iter().map(|(_, one)| one).collect(), self.more)
    }
}

impl Store {
    /// What holds the words; of nothing typed, what was used last and is still there.
    pub(crate) fn search_palette(&mut self, query: &PaletteQuery, contact: Contact) -> Result<PaletteAnswer, Error> {
        let looked_for = words(&query.text);
        let (mut hits, mut more) = (Vec::new(), false);
        if looked_for.is_empty() {
            for target in query.recent.iter().take(MOST) {
                hits.extend(self.palette_hit(*target, contact)?);
            }
        } else {
            let wants = |kind| query.only.is_none_or(|only| only == kind);
            if wants(NameKind::Room) {
                self.load_room_names(usize::MAX)?;
            }
            let customers = if wants(NameKind::Customer) { self.customers_of(query, &looked_for, contact) } else { FoundOfKind::default() };
            let rooms = if wants(NameKind::Room) { self.rooms_of(query, &looked_for, contact) } else { FoundOfKind::default() };
            let incidents = if query.only.is_none() {
                self.load_all()?;
                self.incidents_of(query, contact)?
            } else {
                FoundOfKind::default()
            };
            for (targets, is_cut) in [customers, rooms, incidents] {
                more |= is_cut;
                for target in targets {
                    hits.extend(self.palette_hit(target, contact)?);
                }
            }
        }
        Ok(PaletteAnswer { hits, more, generation: self.generation() })
    }

    fn customers_of(&self, query: &PaletteQuery, looked_for: &[String], contact: Contact) -> FoundOfKind {
        let typed = fold(query.text.trim());
        let mut best = Best::new();
        for (at, customer) in self.customers.iter().enumerate() {
            if looked_for.iter().all(|word| customer.holds(word)) {
                let target = PaletteTarget::Customer { id: customer.id };
                let locked = self.locked_since(customer, contact).is_some();
                best.offer((used(query, target), locked, !customer.starts_with(&typed), at), target);
            }
        }
        best.found()
    }

    /// Rooms whose names, together with their customer's, hold all words, and by themselves at least one.
    fn rooms_of(&self, query: &PaletteQuery, looked_for: &[String], contact: Contact) -> FoundOfKind {
        let typed = fold(query.text.trim());
        let finders: Vec<memmem::Finder<'_>> = looked_for.iter().map(memmem::Finder::new).collect();
        let mut best = Best::new();
        for (at, customer) in self.customers.iter().enumerate() {
            let Some(rooms) = self.room_names.of(customer.customer) else { continue };
            if !self.may_be_found(customer, Permission::RoomsView, contact) {
                continue;
            }
            let mut missing: Vec<&memmem::Finder<'_>> =
                finders.iter().zip(looked_for).filter(|(_, word)| !customer.holds(word)).map(|(finder, _)| finder).collect();
            let own = missing.is_empty();
            if own {
                missing = finders.iter().collect();
            }
            // Where the customer's name holds all of them, a room needs one of its own; otherwise all that the customer's lacks.
            let starts = if own { missing.as_slice() } else { &missing[..1] };
            let is_chosen = Some(customer.id) == query.customer;
            for start in starts {
                for (room, text) in rooms.with(start) {
                    if !own && !missing[1..].iter().all(|word| word.find(text.as_bytes()).is_some()) {
                        continue;
                    }
                    let key = RoomKey { customer_id: customer.id, id: room };
                    let target = PaletteTarget::Room { key };
                    let name = text.split('\n').next().unwrap_or_default();
                    let likeness = if name == typed { 0 } else { 1 + u8::from(!name.starts_with(&typed)) };
                    let place = (used(query, target), likeness, !is_chosen, at, name, room);
                    // Of several words, a second one may find it again.
                    if !own || !best.kept.iter().any(|(_, known)| *known == target) {
                        best.offer(place, target);
                    }
                }
            }
        }
        best.found()
    }

    fn incidents_of(&mut self, query: &PaletteQuery, contact: Contact) -> Result<FoundOfKind, Error> {
        let filter = IncidentFilter { text: query.text.clone(), type_words: query.type_words.clone(), ..IncidentFilter::default() };
        let typed = query.text.trim().to_ascii_uppercase();
        let words = self.incident_words(&filter, &mut RoomsWithHost::new())?;
        let mut best = Best::new();
        for customer in self.customers.iter().filter(|customer| self.may_be_found(customer, Permission::TicketsView, contact)) {
            for entry in self.index.of_customer(customer.customer).iter().filter(|entry| words.hold(entry)) {
                let target = target(customer, entry);
                let by_number = entry.number.as_str().starts_with(&typed);
                best.offer((used(query, target), !by_number, entry.rank(), entry.newest, entry.number, entry.customer), target);
            }
        }
        let (found, more) = best.found();
        match query.text.trim().parse::<TicketNumber>() {
            // One that is over is found by its whole number.
            Ok(number) if found.is_empty() => Ok((self.numbered(number, contact)?, false)),
            _ => Ok((found, more)),
        }
    }

    fn numbered(&self, number: TicketNumber, contact: Contact) -> Result<Vec<PaletteTarget>, Error> {
        let mut found = Vec::new();
        for customer in self.customers.iter().filter(|customer| self.may_be_found(customer, Permission::TicketsView, contact)) {
            if incidents::find(&self.db, customer.customer, number.as_str())?.is_some() {
                found.push(PaletteTarget::Incident { key: IncidentRef { customer_id: customer.id, number } });
            }
        }
        found.truncate(MOST);
        Ok(found)
    }

    fn may_be_found(&self, customer: &Customer, permission: Permission, contact: Contact) -> bool {
        customer.permissions.contains(permission) && self.locked_since(customer, contact).is_none()
    }

    /// What is shown of a target; none where it is not there, or may not be read now.
    fn palette_hit(&self, target: PaletteTarget, contact: Contact) -> Result<Option<PaletteHit>, Error> {
        let readable = |id| self.customers.by_id(id).filter(|customer| self.locked_since(customer, contact).is_none());
        Ok(match target {
            PaletteTarget::Customer { id } => self.customer(id, contact).ok().map(|row| PaletteHit::Customer { row }),
            PaletteTarget::Room { key } => {
                let Some(customer) = readable(key.customer_id) else { return Ok(None) };
                self.kept_room(&mut Unpacker::new()?, customer.customer, key.id)?.map(|room| PaletteHit::Room {
                    key,
                    name: room.display_name,
                    host: room.host_name,
                    health: room.health,
                    customer_name: customer.name.clone(),
                })
            }
            PaletteTarget::Incident { key } => {
                let Some(customer) = readable(key.customer_id) else { return Ok(None) };
                let Some(stored) = incidents::find(&self.db, customer.customer, key.number.as_str())? else { return Ok(None) };
                let incident: IncidentRow = self.kept_row(customer, &stored)?;
                Some(PaletteHit::Incident { incident: Box::new(incident), customer_name: customer.name.clone() })
            }
        })
    }
}

fn target(customer: &Customer, entry: &Entry) -> PaletteTarget {
    PaletteTarget::Incident { key: IncidentRef { customer_id: customer.id, number: entry.number } }
}

/// What was used last comes first; what was not, behind it.
fn used(query: &PaletteQuery, target: PaletteTarget) -> usize {
    query.recent.iter().position(|used| *used == target).unwrap_or(usize::MAX)
}
