//! Which customers and rooms the names of a filter mean.

use tenantry_model::filter::Name;
use tenantry_model::search::{fold, holds, searchable, words};

use super::customers::Customer;
use super::entry::Entry;

/// Names, made ready to be compared with many.
pub(super) struct Names(Vec<Meant>);

enum Meant {
    Words(Vec<String>),
    /// Folded.
    Whole(String),
}

impl Names {
    pub(super) fn of(names: &[Name]) -> Self {
        let meant = |name: &Name| match name {
            Name::Words(typed) => Meant::Words(words(typed)),
            Name::Whole(typed) => Meant::Whole(fold(typed)),
        };
        Self(names.iter().map(meant).collect())
    }

    pub(super) fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them means this customer; where there are none, each is meant.
    pub(super) fn mean_customer(&self, customer: &Customer) -> bool {
        self.are_none()
            || self.0.iter().any(|meant| match meant {
                Meant::Words(words) => words.iter().all(|word| customer.holds(word)),
                Meant::Whole(name) => fold(&customer.name) == *name,
            })
    }

    /// Whether one of them means a room of this incident; where there are none, each is meant.
    pub(super) fn mean_room_of(&self, entry: &Entry) -> bool {
        self.are_none() || self.0.iter().any(|meant| is_room_of(meant, entry))
    }
}

fn is_room_of(meant: &Meant, entry: &Entry) -> bool {
    let shown = entry.room();
    match meant {
        // What holds them, or their other spellings, stands in the text of all: most incidents are done with here.
        Meant::Words(words) => holds(&entry.search, words) && holds(&searchable(shown), words),
        // The comma between several may be part of one name.
        Meant::Whole(name) => shown == name || (entry.rooms.len() > 1 && shown.split(", ").any(|room| room == name)),
    }
}
