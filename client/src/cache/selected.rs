//! What is selected in the incident list: all that match a query, and what is known of incidents by their numbers.

use std::collections::HashSet;
use std::sync::Arc;

use tenantry_model::incident::IncidentRow;
use tenantry_model::ipc::{IncidentQuery, IncidentRef, IncidentScope, MOST_SELECTED, Matching, RangeEnd, RangeQuery, SelectionQuery};
use tenantry_model::permission::PermissionSet;

use super::customers::Customer;
use super::list::Found;
use super::{Contact, Store, before, incidents};
use crate::error::Error;

/// An incident, with what decides whether something can be done at it.
#[derive(Debug, Clone)]
pub(crate) struct Selected {
    pub(crate) key: IncidentRef,
    /// None where its customer may not be seen, or not any longer.
    pub(crate) customer: Option<SelectedCustomer>,
    /// None where it is not here, or may not be read now.
    pub(crate) row: Option<IncidentRow>,
    /// How many of its messages are unread.
    pub(crate) unread: u32,
}

/// What its customer's line says.
#[derive(Debug, Clone)]
pub(crate) struct SelectedCustomer {
    pub(crate) name: String,
    pub(crate) permissions: PermissionSet,
    pub(crate) is_locked: bool,
}

impl Store {
    /// All incidents that a list matches, in its order. Those under a category that is folded away match, too.
    pub(crate) fn match_incidents(&mut self, query: &IncidentQuery, contact: Contact) -> Result<Matching<IncidentRef>, Error> {
        let query = IncidentQuery { by_category: false, collapsed: vec![], offset: 0, limit: 0, ..query.clone() };
        let found = self.matching(&query, contact)?;
        self.matching_lines(&found.lines)
    }

    /// The incidents from one row of a list to another, in its order; none where one of these has left: nobody knows what lies between.
    pub(crate) fn match_range(
        &mut self,
        question: &RangeQuery<IncidentQuery, IncidentRef>,
        contact: Contact,
    ) -> Result<Option<Matching<IncidentRef>>, Error> {
        let query = IncidentQuery { offset: 0, limit: 0, ..question.list.clone() };
        let found = self.matching(&query, contact)?;
        let mut places = Vec::with_capacity(2);
        for end in &question.ends {
            places.extend(self.place_of(&found, end)?);
        }
        let Some(between) = between(&found.lines, &places) else { return Ok(None) };
        // A negative one is the heading of a category.
        let between: Vec<i64> = between.iter().copied().filter(|line| *line >= 0).collect();
        self.matching_lines(&between).map(Some)
    }

    fn matching_lines(&self, lines: &[i64]) -> Result<Matching<IncidentRef>, Error> {
        let keys = shown(lines).iter().map(|line| self.key_of(*line)).collect::<Result<_, _>>()?;
        Ok(Matching { keys, matches: lines.len() as u32 })
    }

    /// Where a row stands by now; none where it has left.
    fn place_of(&self, found: &Found, end: &RangeEnd<IncidentRef>) -> Result<Option<usize>, Error> {
        let Some(key) = end.key else { return Ok(Some(end.at as usize)) };
        let line = self.line_of(key)?;
        let at = end.at as usize;
        Ok(match line {
            Some(line) if found.lines.get(at) == Some(&line) => Some(at),
            line => found.lines.iter().position(|known| Some(*known) == line),
        })
    }

    /// The number of an incident in the tables.
    fn line_of(&self, key: IncidentRef) -> Result<Option<i64>, Error> {
        let Some(customer) = self.customers.by_id(key.customer_id) else { return Ok(None) };
        match incidents::find(&self.db, customer.customer, key.number.as_str())? {
            Some(stored) => Ok(Some(stored.incident)),
            None => before::line(&self.db, customer.customer, key.number.as_str()),
        }
    }

    /// How many of what is selected is in a list.
    pub(crate) fn count_selected(&mut self, question: &SelectionQuery<IncidentQuery, IncidentRef>, contact: Contact) -> Result<u32, Error> {
        let query = IncidentQuery { by_category: false, collapsed: vec![], offset: 0, limit: 0, ..question.list.clone() };
        let mut selected = HashSet::new();
        for key in question.keys.iter().take(MOST_SELECTED) {
            selected.extend(self.line_of(*key)?);
        }
        let found = self.matching(&query, contact)?;
        Ok(found.lines.iter().filter(|line| selected.contains(line)).count() as u32)
    }

    fn matching(&mut self, query: &IncidentQuery, contact: Contact) -> Result<Arc<Found>, Error> {
        if let IncidentScope::Customer { id } = query.scope {
            self.customers.by_id(id).ok_or(Error::NotFound)?;
        }
        self.wake_off_line(contact);
        self.find(query, contact)
    }

    fn key_of(&self, line: i64) -> Result<IncidentRef, Error> {
        let (customer, number) = match self.index.entry(line) {
            Some(entry) => (entry.customer, entry.number),
            None => {
                let (customer, number) = match incidents::by_id(&self.db, line)? {
                    Some(stored) => (stored.customer, stored.number),
                    None => before::shown(&self.db, line)?.map(|old| (old.customer, old.number)).ok_or(Error::BadRow("incidents"))?,
                };
                (customer, number.parse().map_err(|_| Error::BadRow("incidents"))?)
            }
        };
        let (_, customer) = self.customers.by_number(customer).ok_or(Error::BadRow("incidents"))?;
        Ok(IncidentRef { customer_id: customer.id, number })
    }

    /// What is known of these incidents now, in their order.
    pub(crate) fn selected(&self, keys: &[IncidentRef], contact: Contact) -> Result<Vec<Selected>, Error> {
        keys.iter().map(|key| self.selected_one(*key, contact)).collect()
    }

    fn selected_one(&self, key: IncidentRef, contact: Contact) -> Result<Selected, Error> {
        let Some(customer) = self.customers.by_id(key.customer_id) else {
            return Ok(Selected { key, customer: None, row: None, unread: 0 });
        };
        let known = self.selected_customer(customer, contact);
        let row = match incidents::find(&self.db, customer.customer, key.number.as_str())? {
            _ if known.is_locked => None,
            Some(stored) => Some(self.kept_row(customer, &stored)?),
            None => before::incident(&self.db, customer.customer, key.number.as_str())?.map(|whole| whole.row),
        };
        let unread = row.as_ref().map_or(0, |row| self.marks.unread(customer.id, key.number, row.messages));
        Ok(Selected { key, customer: Some(known), row, unread })
    }

    pub(super) fn selected_customer(&self, customer: &Customer, contact: Contact) -> SelectedCustomer {
        let is_locked = self.locked_since(customer, contact).is_some();
        SelectedCustomer { name: customer.name.clone(), permissions: customer.permissions, is_locked }
    }
}

/// What lies between two places of a list, in its order; none where there are not two.
pub(super) fn between<'a, T>(list: &'a [T], places: &[usize]) -> Option<&'a [T]> {
    let &[one, other] = places else { return None };
    let last = list.len().saturating_sub(1);
    Some(list.get(one.min(other).min(last)..=one.max(other).min(last)).unwrap_or_default())
}

/// As much as can be selected at once: all, or, of more than that, nothing.
pub(super) fn shown<T>(matching: &[T]) -> &[T] {
    if matching.len() > MOST_SELECTED { &[] } else { matching }
}
