//! All that one person sees, as one value: from the service's lists, from an engine's answers, or from sync lines folded by hand.
//! The oracle says that the three are equal.

mod folded;
mod listed;
pub mod queried;

use std::collections::BTreeMap;

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::Incident;
use tenantry_model::permission::PermissionSet;
use tenantry_model::room::Room;
use tenantry_model::sync::Kept;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

pub use folded::Folded;
pub use listed::listed;
pub use queried::queried;

/// All that one person sees.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// The customers, by id: their name and what the person may do there.
    pub customers: BTreeMap<TenantId, (String, PermissionSet)>,
    /// The rooms.
    pub rooms: BTreeMap<(TenantId, RoomId), Room>,
    /// The incidents of both tabs, with thread and history; those that a cache keeps as rows without ([`tenantry_model::incident::IncidentRow::alone`]).
    pub incidents: BTreeMap<(TenantId, TicketNumber), Incident>,
    /// The moment of a cache's last checkpoint, by which it keeps incidents whole, as rows or not at all (A40). The service shows them all.
    pub at: Option<Timestamp>,
}

impl View {
    /// Where two views differ, for people to read; empty where they do not.
    pub fn differences(&self, other: &Self, names: [&str; 2]) -> Vec<String> {
        let at = self.at.min(other.at).or(self.at).or(other.at);
        // What a cache holds is taken as it is; of what the service shows, what a cache keeps.
        let [one, two] = [self, other].map(|view| kept(&view.incidents, at.filter(|_| view.at.is_none())));
        let mut found = vec![];
        compare("customer", &self.customers, &other.customers, names, &mut found);
        compare("room", &self.rooms, &other.rooms, names, &mut found);
        compare("incident", &one, &two, names, &mut found);
        found
    }

    /// How many customers, rooms and incidents it holds.
    pub fn sizes(&self) -> [usize; 3] {
        [self.customers.len(), self.rooms.len(), self.incidents.len()]
    }
}

impl PartialEq for View {
    /// Whether both show the same, as far as a cache keeps it.
    fn eq(&self, other: &Self) -> bool {
        self.differences(other, ["", ""]).is_empty()
    }
}

/// What a cache keeps of these incidents.
fn kept<K: Ord + Copy>(incidents: &BTreeMap<K, Incident>, at: Option<Timestamp>) -> BTreeMap<K, Incident> {
    let kept = |incident: &Incident| match at.map_or(Kept::Whole, |at| Kept::of(&incident.row, at)) {
        Kept::Whole => Some(incident.clone()),
        Kept::Row => Some(incident.row.clone().alone()),
        Kept::Nothing => None,
    };
    incidents.iter().filter_map(|(key, incident)| Some((*key, kept(incident)?))).collect()
}

fn compare<K: Ord + std::fmt::Debug, V: PartialEq + std::fmt::Debug>(
    what: &str,
    one: &BTreeMap<K, V>,
    two: &BTreeMap<K, V>,
    names: [&str; 2],
    found: &mut Vec<String>,
) {
    for key in one.keys().chain(two.keys().filter(|key| !one.contains_key(key))) {
        match (one.get(key), two.get(key)) {
            (Some(left), Some(right)) if left == right => {}
            (Some(left), Some(right)) => {
                found.push(format!("{what} {key:?} differs:\n  {}: {left:?}\n  {}: {right:?}", names[0], names[1]));
            }
            (Some(left), None) => found.push(format!("{what} {key:?} is only in {}: {left:?}", names[0])),
            (None, Some(right)) => found.push(format!("{what} {key:?} is only in {}: {right:?}", names[1])),
            (None, None) => {}
        }
    }
}
