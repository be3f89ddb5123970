//! The people of open incidents, by name, as the palette and the search box find them: who works on one (A32), who put one out of sight (A33), who wrote
//! in a thread. All that is known of them are these names; two of one name are one here, as they are to a filter.

use std::cmp::Reverse;
use std::collections::HashMap;

use tenantry_model::collation::sort_key;
use tenantry_model::ipc::{NameKind, PaletteHit, PaletteQuery};
use tenantry_model::permission::Permission;
use tenantry_model::search::{fold, searchable};

use super::likeness::Sought;
use super::palette::Best;
use super::{Contact, Store};

/// Somebody who is looked for.
struct Person<'a> {
    name: &'a str,
    likeness: u8,
    holds: u32,
}

impl Store {
    /// Those whose names hold all words, and whether there are more. Where a filter is completed, those who work on something, at the customer whose list it
    /// is; who works on nothing but what is out of sight comes last: that stands in a list of its own.
    pub(super) fn people_of(&self, query: &PaletteQuery, contact: Contact) -> (Vec<PaletteHit>, bool) {
        let (sought, holders_alone) = (Sought::all(&query.text), query.only == Some(NameKind::Person));
        // As they are written: a name is looked into once. None where it is not looked for.
        let mut met: HashMap<&str, Option<Person<'_>>> = HashMap::new();
        let mut meet = |name, holds: bool| {
            let person = met.entry(name).or_insert_with(|| likeness(&sought, name).map(|likeness| Person { name, likeness, holds: 0 }));
            if let Some(person) = person {
                person.holds += u32::from(holds);
            }
        };
        let of = query.customer.filter(|_| holders_alone);
        let meant = self.customers.iter().filter(|customer| of.is_none_or(|of| customer.id == of));
        for customer in meant.filter(|customer| self.may_be_found(customer, Permission::TicketsView, contact)) {
            for entry in self.index.of_customer(customer.customer) {
                if let Some(claim) = entry.claim.as_deref().filter(|claim| claim.holds(contact.clock)) {
                    // What is out of sight is not in the list that they lead to.
                    meet(&claim.name, !entry.snoozed);
                }
                if holders_alone {
                    continue;
                }
                if let Some(name) = entry.snoozed_by.as_deref() {
                    meet(name, false);
                }
                self.authors.of(entry).iter().for_each(|name| meet(name, false));
            }
        }
        let mut people: HashMap<String, Person<'_>> = HashMap::new();
        for person in met.into_values().flatten() {
            let known = people.entry(fold(person.name)).or_insert(Person { holds: 0, ..person });
            known.holds += person.holds;
            known.name = known.name.min(person.name);
        }
        let mut best = Best::new();
        for person in people.into_values() {
            let hit = PaletteHit::Person { name: person.name.to_owned(), holds: person.holds };
            best.offer(
                (holders_alone && person.holds == 0, person.likeness, Reverse(person.holds), sort_key(person.name), person.name),
                hit,
            );
        }
        best.found()
    }
}

/// How little like what is looked for a name is, over all words; none where one is not in it, or where nothing can be seen of it.
fn likeness(looked_for: &[Sought], name: &str) -> Option<u8> {
    let (folded, search) = (fold(name), searchable(name));
    if folded.trim().is_empty() {
        return None;
    }
    looked_for.iter().try_fold(0_u8, |sum, word| {
        let of_word = word.likeness(&folded).or_else(|| search.contains(&word.short).then_some(2))?;
        Some(sum.saturating_add(of_word))
    })
}
