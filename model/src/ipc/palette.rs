//! The command palette: what it finds of the synced copy, and what was used last.

use serde::{Deserialize, Serialize};

use super::{CustomerRow, IncidentRef, RoomKey, TypeWord};
use crate::id::TenantId;
use crate::incident::IncidentRow;
use crate::room::Health;

/// See [`super::SearchPalette`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaletteQuery {
    /// Words that a name, a number or what an incident is about must hold. None of them asks for what was used last.
    pub text: String,
    /// See [`IncidentFilter::type_words`](super::IncidentFilter::type_words).
    pub type_words: Vec<TypeWord>,
    /// What was used last, the latest first: it comes before the rest.
    pub recent: Vec<PaletteTarget>,
    /// The customer in the dropdown: among equals, its rooms come first.
    pub customer: Option<TenantId>,
    /// The one kind that is looked for; without it, each is.
    pub only: Option<NameKind>,
}

/// What is found by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum NameKind {
    /// Customers.
    Customer,
    /// Rooms.
    Room,
    /// Those who work on an incident now (A32); without words, whoever does.
    Person,
}

/// See [`super::SearchPalette`]: at most eight of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PaletteAnswer {
    /// Customers, rooms, people, incidents; of each kind the best first. Without words, what was used last, whatever it is.
    pub hits: Vec<PaletteHit>,
    /// Whether there is more of some kind than is shown.
    pub more: bool,
    /// See [`DataChange::generation`](super::DataChange::generation).
    pub generation: u64,
}

/// Something to go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "hit")]
pub enum PaletteHit {
    /// A customer.
    #[serde(rename_all = "camelCase")]
    Customer {
        /// Its line in the dropdown.
        row: CustomerRow,
    },
    /// A room.
    #[serde(rename_all = "camelCase")]
    Room {
        /// Which.
        key: RoomKey,
        /// Its name.
        name: String,
        /// The name of its device.
        host: String,
        /// How it is.
        health: Health,
        /// Whose it is.
        customer_name: String,
    },
    /// Everybody of a name who works on an open incident, put one out of sight or wrote in one's thread.
    #[serde(rename_all = "camelCase")]
    Person {
        /// The name.
        name: String,
        /// How many incidents in sight they work on now (A32).
        holds: u32,
    },
    /// An incident.
    #[serde(rename_all = "camelCase")]
    Incident {
        /// As lists show it.
        incident: Box<IncidentRow>,
        /// Whose it is.
        customer_name: String,
    },
}

/// What a hit leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "target")]
pub enum PaletteTarget {
    /// A customer.
    #[serde(rename_all = "camelCase")]
    Customer {
        /// Which.
        id: TenantId,
    },
    /// A room.
    #[serde(rename_all = "camelCase")]
    Room {
        /// Which.
        key: RoomKey,
    },
    /// An incident.
    #[serde(rename_all = "camelCase")]
    Incident {
        /// Which.
        key: IncidentRef,
    },
}

impl PaletteHit {
    /// What it leads to, where that is kept as used last: a person is a name alone, which is not kept longer than what it stands in.
    pub fn target(&self) -> Option<PaletteTarget> {
        Some(match self {
            Self::Customer { row } => PaletteTarget::Customer { id: row.id },
            Self::Room { key, .. } => PaletteTarget::Room { key: *key },
            Self::Person { .. } => return None,
            Self::Incident { incident, .. } => {
                PaletteTarget::Incident { key: IncidentRef { customer_id: incident.customer_id, number: incident.number } }
            }
        })
    }

    /// Whether it leads to the same, though what is told of it may have changed.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Person { name: one, .. }, Self::Person { name: other, .. }) => one == other,
            _ => self.target() == other.target(),
        }
    }
}
