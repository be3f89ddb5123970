//! Which customers, rooms and people the names of a filter mean.

use tenantry_model::filter::Name;
use tenantry_model::ipc::MeantByName;
use tenantry_model::search::{fold, searchable, words};

use super::Store;
use super::customers::{Customer, Customers};
use super::entry::Entry;
use super::words::Finder;

/// What stands between the names of several rooms.
const BETWEEN: &str = ", ";

/// Names, made ready to be compared with many.
pub(super) struct Names(Vec<Meant>);

enum Meant {
    Words(Vec<String>, Finder),
    /// Folded.
    Whole(String),
    /// Of a customer's id.
    Mark(String),
}

impl Names {
    pub(super) fn of(names: &[Name]) -> Self {
        let meant = |name: &Name| match name {
            Name::Words(typed) => {
                let words = words(typed);
                let finder = Finder::new(&words);
                Meant::Words(words, finder)
            }
            Name::Whole(typed) => Meant::Whole(fold(typed)),
            Name::Marked { mark, .. } => Meant::Mark(mark.clone()),
        };
        Self(names.iter().map(meant).collect())
    }

    pub(super) fn are_none(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them means this customer; where there are none, each is meant.
    pub(super) fn mean_customer(&self, customer: &Customer) -> bool {
        self.are_none() || self.0.iter().any(|meant| meant.is_customer(customer))
    }

    /// Whether one of them means what is called so, and has no mark.
    pub(super) fn mean(&self, name: &str) -> bool {
        let (search, folded) = (searchable(name), fold(name));
        self.0.iter().any(|meant| match meant {
            Meant::Words(_, finder) => finder.is_in(&search),
            Meant::Whole(whole) => folded == *whole,
            Meant::Mark(_) => false,
        })
    }

    /// Whether they are whole names that none of these customers has.
    pub(super) fn mean_nobody(&self, customers: &Customers) -> bool {
        let is_nobodys = |meant: &Meant| match meant {
            Meant::Words(..) => false,
            Meant::Whole(_) | Meant::Mark(_) => !customers.iter().any(|customer| meant.is_customer(customer)),
        };
        !self.are_none() && self.0.iter().all(is_nobodys)
    }

    /// Whether one of them means a room of this incident; where there are none, each is meant.
    pub(super) fn mean_room_of(&self, entry: &Entry) -> bool {
        self.are_none() || self.0.iter().any(|meant| is_room_of(meant, entry))
    }
}

impl Meant {
    fn is_customer(&self, customer: &Customer) -> bool {
        match self {
            Self::Words(words, _) => words.iter().all(|word| customer.holds(word)),
            Self::Whole(name) => customer.is_called(name),
            Self::Mark(mark) => customer.mark == *mark,
        }
    }
}

impl Store {
    /// Which customers each of these names means.
    pub(crate) fn count_meant(&self, names: &[Name]) -> Vec<MeantByName> {
        let meant = |name: &Name| {
            let names = Names::of(std::slice::from_ref(name));
            let mut found = self.customers.iter().filter(|customer| names.mean_customer(customer));
            let called = if matches!(name, Name::Marked { .. }) { found.next().map(|customer| customer.name.clone()) } else { None };
            MeantByName { customers: found.count() as u32 + u32::from(called.is_some()), called }
        };
        names.iter().map(meant).collect()
    }
}

fn is_room_of(meant: &Meant, entry: &Entry) -> bool {
    let shown = entry.room();
    match meant {
        // What holds them, or their other spellings, stands in the text of all: most incidents are done with here.
        Meant::Words(_, finder) => finder.is_in(&entry.search) && finder.is_in(&searchable(shown)),
        Meant::Whole(name) => is_one_of(name, shown, entry.rooms.len()),
        // Rooms have none.
        Meant::Mark(_) => false,
    }
}

/// Whether a name is that of one of so many rooms, whose names stand together, or of all of them as they are shown. What parts them may be part of a
/// name: then it is one where what is left can be the names of the others.
fn is_one_of(name: &str, shown: &str, rooms: usize) -> bool {
    if shown == name {
        return rooms > 0;
    }
    let others = rooms.saturating_sub(1);
    shown.match_indices(name).any(|(at, _)| {
        let (before, after) = (&shown[..at], &shown[at + name.len()..]);
        let (before, after) = match (before.strip_suffix(BETWEEN), after.strip_prefix(BETWEEN)) {
            (Some(before), Some(after)) => (Some(before), Some(after)),
            (Some(before), None) if after.is_empty() => (Some(before), None),
            (None, Some(after)) if before.is_empty() => (None, Some(after)),
            _ => return false,
        };
        let sides = [before, after].into_iter().flatten();
        // Each side has one name at least, and at most as many as there are parts.
        let (least, most) = (sides.clone().count(), sides.map(|side| side.split(BETWEEN).count()).sum());
        (least..=most).contains(&others)
    })
}

#[cfg(test)]
mod tests {
    use super::is_one_of;

    #[test]
    fn a_room_is_found_by_its_whole_name_though_a_comma_stands_in_it() {
        for (name, shown, rooms) in [
            ("saal", "saal", 1),
            ("bau 2, saal", "bau 2, saal", 1),
            ("bau 2, saal", "bau 2, saal, halle", 2),
            ("bau 2, saal", "halle, bau 2, saal", 2),
            ("bau 2, saal", "a, bau 2, saal, b", 3),
            ("saal", "saalbau, saal", 2),
            ("bau 2, saal", "bau 2, saal", 2),
        ] {
            assert!(is_one_of(name, shown, rooms), "{name} of {shown}");
        }
        for (name, shown, rooms) in [
            ("saal", "bau 2, saal", 1),
            ("bau 2, saal", "bau 2, saal, halle", 3),
            ("saal", "halle, saalbau", 2),
            ("saal", "großer saal, halle", 2),
            ("saal", "", 0),
        ] {
            assert!(!is_one_of(name, shown, rooms), "{name} of {shown}");
        }
    }
}
