//! Where one can be in the app: one enumeration, in the address.

use std::fmt;
use std::str::FromStr;

use tenantry_model::api::IncidentTab;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::ipc::{IncidentRef, Place};
use tenantry_model::text::TicketNumber;
use yew_router::Routable;

/// A place. What is open and which tab is up stands here; filters and sorting do not, they belong to the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Routable)]
pub enum Route {
    /// The start: goes on to the incidents.
    #[not_found]
    #[at("/")]
    Home,
    /// The incident list.
    #[at("/incidents/:tab")]
    Incidents {
        /// Active or Resolved.
        tab: IncidentTab,
    },
    /// The incident list with one incident open beside it.
    #[at("/incidents/:tab/:customer/:number/:pane")]
    Incident {
        /// Active or Resolved.
        tab: IncidentTab,
        /// Its customer.
        customer: TenantId,
        /// Its number.
        number: TicketNumber,
        /// The pane's tab.
        pane: Pane,
    },
    /// The room list.
    #[at("/rooms")]
    Rooms,
    /// The room list with one room open beside it.
    #[at("/rooms/:room")]
    Room {
        /// Which.
        room: RoomId,
    },
}

/// A tab of the incident pane (W9).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// Its facts.
    Overview,
    /// Its thread.
    Messages,
    /// When it was active.
    History,
}

impl Pane {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Overview, Self::Messages, Self::History];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Messages => "messages",
            Self::History => "history",
        }
    }
}

impl fmt::Display for Pane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Pane {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|pane| pane.as_str() == text).ok_or(())
    }
}

impl Route {
    /// The home page.
    pub const START: Self = Self::Incidents { tab: IncidentTab::Active };

    /// The list that stands behind this place.
    pub const fn list(self) -> Self {
        match self {
            Self::Home => Self::START,
            Self::Incidents { tab } | Self::Incident { tab, .. } => Self::Incidents { tab },
            Self::Rooms | Self::Room { .. } => Self::Rooms,
        }
    }

    /// Whether this place belongs to the rooms.
    pub const fn is_rooms(self) -> bool {
        matches!(self, Self::Rooms | Self::Room { .. })
    }

    /// The list's tab; Active where there is none.
    pub const fn tab(self) -> IncidentTab {
        match self {
            Self::Incidents { tab } | Self::Incident { tab, .. } => tab,
            _ => IncidentTab::Active,
        }
    }

    /// This list with an incident open in it.
    pub const fn incident(tab: IncidentTab, key: IncidentRef) -> Self {
        Self::Incident { tab, customer: key.customer_id, number: key.number, pane: Pane::Overview }
    }

    /// This place with another incident open; the pane's tab stays.
    pub const fn with_incident(self, key: IncidentRef) -> Self {
        match self {
            Self::Incident { tab, pane, .. } => Self::Incident { tab, customer: key.customer_id, number: key.number, pane },
            _ => Self::incident(self.tab(), key),
        }
    }

    /// The incident that is open.
    pub const fn open_incident(self) -> Option<IncidentRef> {
        match self {
            Self::Incident { customer, number, .. } => Some(IncidentRef { customer_id: customer, number }),
            _ => None,
        }
    }
}

impl From<Place> for Route {
    fn from(place: Place) -> Self {
        match place {
            Place::Incidents => Self::START,
            Place::Incident { key } => Self::incident(IncidentTab::Active, key),
            Place::Rooms => Self::Rooms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CUSTOMER: &str = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23";

    #[test]
    fn every_place_survives_the_address() {
        let key = IncidentRef { customer_id: CUSTOMER.parse().unwrap(), number: "LBT9KC-XDBORS".parse().unwrap() };
        let places = [
            Route::START,
            Route::Incidents { tab: IncidentTab::Resolved },
            Route::incident(IncidentTab::Resolved, key),
            Route::Incident { tab: IncidentTab::Active, customer: key.customer_id, number: key.number, pane: Pane::History },
            Route::Rooms,
            Route::Room { room: CUSTOMER.parse().unwrap() },
        ];
        for place in places {
            assert_eq!(Route::recognize(&place.to_path()), Some(place));
        }
    }

    #[test]
    fn an_address_that_means_nothing_leads_home() {
        for path in ["/", "/nowhere", "/incidents/active/x/y/overview", "/rooms/7"] {
            assert_eq!(Route::recognize(path), Some(Route::Home), "{path}");
        }
    }
}
