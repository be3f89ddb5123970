//! How far a customer's rows can be relied on, and whether they may be read at all (A28).
//!
//! On line, everything may be read. Without contact, a customer's terms say for how many days; then its rows are withheld from every
//! list, number and pane until the next contact. A customer that does not allow reading without contact is locked from the moment that
//! contact is lost, and from the start of the app until contact is made. Locked rows are not deleted: they lie encrypted in the file, and
//! deleting them would mean fetching the whole estate again, since the cursor says that they are here.
//!
//! The days count from the last checkpoint by this machine's own clock, and the present is the latest time that clock ever showed: a
//! clock set back unlocks nothing. With each contact both are cut at the service's time: what a clock showed beyond that was wrong, and the
//! days would stand still until it is reached. So a clock that is ahead shortens the days, and lengthens nothing.

use tenantry_model::ipc::Freshness;
use tenantry_model::time::Timestamp;

use super::Store;
use super::customers::Customer;

/// Whether there is contact with the service, and what time it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contact {
    /// Whether the service is in contact: the sync is current.
    pub(crate) live: bool,
    /// The present as A28 counts: never earlier than one that was seen since the last contact.
    pub(crate) now: Timestamp,
    /// What this machine's clock shows: for everything but A28's days.
    pub(crate) clock: Timestamp,
    /// Since when there is no contact; of no meaning where there is.
    pub(crate) lost: Timestamp,
}

impl Store {
    /// Since when a customer's rows are withheld; none where they may be read.
    pub(super) fn locked_since(&self, customer: &Customer, contact: Contact) -> Option<Timestamp> {
        if contact.live {
            return None;
        }
        let confirmed = self.meta.contact.unwrap_or_default();
        if customer.terms.allow(confirmed, contact.now.max(self.meta.latest_time)) {
            return None;
        }
        const DAY: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);
        let limit = confirmed.plus(DAY * u32::from(customer.terms.days.days()));
        Some(if customer.terms.allowed { limit } else { contact.lost })
    }

    pub(super) fn freshness(&self, customer: &Customer, contact: Contact) -> Freshness {
        match self.locked_since(customer, contact) {
            Some(_) if !customer.terms.allowed => Freshness::OnlineOnly,
            Some(since) => Freshness::Locked { since },
            None if !contact.live => Freshness::Stale { as_of: self.meta.as_of.unwrap_or_default() },
            None if customer.incomplete || self.meta.incomplete => Freshness::Incomplete,
            None => Freshness::Current,
        }
    }

    /// The same of what comes after the first answer of a first sync: rooms, and inactive incidents.
    pub(super) fn freshness_of_the_rest(&self, customer: &Customer, contact: Contact) -> Freshness {
        match self.freshness(customer, contact) {
            Freshness::Current if self.meta.history_pending => Freshness::Incomplete,
            freshness => freshness,
        }
    }

    /// Whether every customer's rows are what the service shows.
    pub(super) fn all_current(&self, contact: Contact) -> bool {
        contact.live && !self.meta.incomplete && !self.customers.is_incomplete()
    }

    /// How many customers are locked: when it changes, screens have to ask again.
    pub(crate) fn locked(&self, contact: Contact) -> usize {
        if contact.live {
            return 0;
        }
        self.customers.iter().filter(|customer| self.locked_since(customer, contact).is_some()).count()
    }
}
