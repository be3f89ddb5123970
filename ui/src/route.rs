//! Where one can be in the app: one enumeration, in the address.

use std::fmt;
use std::str::FromStr;

use tenantry_model::api::IncidentTab;
use tenantry_model::id::{InvitationId, RoleId, RoomGroupId, RoomId, TenantId, UpdateId, UpdateRingId};
use tenantry_model::ipc::{IncidentRef, RoomKey};
use tenantry_model::text::TicketNumber;
use yew_router::Routable;

/// What stands behind the place of the list of incidents or rooms: its filter, as the search box has it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FilterQuery {
    pub filter: String,
}

/// A place. What is open and which tab is up stands here, the filter of a list behind it; sorting does not, it belongs to the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Routable)]
pub enum Route {
    /// The start: goes on to the incidents.
    #[not_found]
    #[at("/")]
    Home,
    #[at("/incidents/:tab")]
    Incidents { tab: IncidentTab },
    #[at("/incidents/:tab/:customer/:number/:pane")]
    Incident { tab: IncidentTab, customer: TenantId, number: TicketNumber, pane: Pane },
    #[at("/rooms")]
    Rooms,
    #[at("/rooms/:customer/:room/:tab")]
    Room { customer: TenantId, room: RoomId, tab: RoomTab },
    #[at("/tenants")]
    Tenants,
    /// An invitation open beside them (W3).
    #[at("/tenants/invitation/:invitation")]
    Invitation { invitation: InvitationId },
    /// A customer open beside them (W4, W13).
    #[at("/tenants/customer/:customer")]
    Tenant { customer: TenantId },
    /// One step for several customers.
    #[at("/plan")]
    Plan,
    /// Who answers invitations (W1).
    #[at("/tenant-managers")]
    TenantManagers,
    /// Reports over the rooms of the customer of the dropdown (R91–R99).
    #[at("/reports")]
    Reports,
    #[at("/reports/:tab")]
    Report { tab: ReportTab },
    /// The roles at the customer of the dropdown (W5).
    #[at("/roles")]
    Roles,
    #[at("/roles/:role/:tab")]
    Role { role: RoleId, tab: RoleTab },
    /// The groups of rooms at the customer of the dropdown (A20).
    #[at("/groups")]
    RoomGroups,
    #[at("/groups/:group")]
    RoomGroup { group: RoomGroupId },
    /// The updates at the customer of the dropdown (W12).
    #[at("/updates")]
    Updates,
    #[at("/updates/update/:update")]
    Update { update: UpdateId },
    /// The update rings at the customer of the dropdown (W12).
    #[at("/updates/rings")]
    UpdateRings,
    #[at("/updates/rings/:ring")]
    UpdateRing { ring: UpdateRingId },
    /// Why somebody can, or can't.
    #[at("/access")]
    Access,
    /// The partners of the own organisation (W2).
    #[at("/partners")]
    Partners,
    #[at("/partners/:partner/:tab")]
    Partner { partner: TenantId, tab: PartnerTab },
    #[at("/approvals")]
    Approvals,
    /// The audit log (W14).
    #[at("/audit")]
    Audit,
    /// The settings of the customer of the dropdown.
    #[at("/settings/:tab")]
    Settings { tab: SettingsTab },
}

/// Declares the pages, and the list of them.
macro_rules! sections {
    ($($section:ident,)+) => {
        /// A page; `page_table` says the rest about it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Section {
            $($section,)+
        }

        impl Section {
            pub const ALL: &[Self] = &[$(Self::$section),+];
        }
    };
}

sections! {
    Incidents,
    Rooms,
    Reports,
    Tenants,
    Plan,
    TenantManagers,
    Roles,
    RoomGroups,
    Updates,
    UpdateRings,
    Access,
    Partners,
    Approvals,
    Audit,
    Settings,
}

macro_rules! tabs {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
        }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|tab| tab.as_str() == text).ok_or(())
            }
        }
    )*};
}

tabs! {
    /// A tab of the incident pane (W9).
    Pane {
        Overview = "overview",
        Messages = "messages",
        Attachments = "attachments",
        History = "history",
    }

    /// A tab of the room pane (W11).
    RoomTab {
        Status = "status",
        Settings = "settings",
        Activity = "activity",
        Events = "events",
        Updates = "updates",
        Tickets = "tickets",
        Peripherals = "peripherals",
    }

    /// A tab of the reports.
    ReportTab {
        Overview = "overview",
        Health = "health",
        Usage = "usage",
    }

    PartnerTab {
        Overview = "overview",
        Rooms = "rooms",
        Rights = "rights",
        Roles = "roles",
    }

    /// A tab of the settings.
    SettingsTab {
        General = "general",
        Keys = "keys",
        Signals = "signals",
    }

    /// A tab of the role pane (W5).
    RoleTab {
        Properties = "properties",
        Permissions = "permissions",
        Assignments = "assignments",
    }
}

impl Route {
    pub const START: Self = Self::Incidents { tab: IncidentTab::Active };

    pub const fn list(self) -> Self {
        match self {
            Self::Home => Self::START,
            Self::Incidents { tab } | Self::Incident { tab, .. } => Self::Incidents { tab },
            Self::Rooms | Self::Room { .. } => Self::Rooms,
            Self::Tenants | Self::Invitation { .. } | Self::Tenant { .. } => Self::Tenants,
            Self::Roles | Self::Role { .. } => Self::Roles,
            Self::RoomGroups | Self::RoomGroup { .. } => Self::RoomGroups,
            Self::Updates | Self::Update { .. } => Self::Updates,
            Self::UpdateRings | Self::UpdateRing { .. } => Self::UpdateRings,
            Self::Partners | Self::Partner { .. } => Self::Partners,
            // Its tabs are all there is: none of them stands beside a list.
            Self::Plan
            | Self::TenantManagers
            | Self::Access
            | Self::Approvals
            | Self::Audit
            | Self::Settings { .. }
            | Self::Reports
            | Self::Report { .. } => self,
        }
    }

    pub fn has_pane(self) -> bool {
        self != self.list()
    }

    pub const fn section(self) -> Section {
        match self {
            Self::Home | Self::Incidents { .. } | Self::Incident { .. } => Section::Incidents,
            Self::Rooms | Self::Room { .. } => Section::Rooms,
            Self::Tenants | Self::Invitation { .. } | Self::Tenant { .. } => Section::Tenants,
            Self::Reports | Self::Report { .. } => Section::Reports,
            Self::Plan => Section::Plan,
            Self::TenantManagers => Section::TenantManagers,
            Self::Roles | Self::Role { .. } => Section::Roles,
            Self::RoomGroups | Self::RoomGroup { .. } => Section::RoomGroups,
            Self::Updates | Self::Update { .. } => Section::Updates,
            Self::UpdateRings | Self::UpdateRing { .. } => Section::UpdateRings,
            Self::Access => Section::Access,
            Self::Partners | Self::Partner { .. } => Section::Partners,
            Self::Approvals => Section::Approvals,
            Self::Audit => Section::Audit,
            Self::Settings { .. } => Section::Settings,
        }
    }

    /// The list's tab; Active where there is none.
    pub const fn tab(self) -> IncidentTab {
        match self {
            Self::Incidents { tab } | Self::Incident { tab, .. } => tab,
            _ => IncidentTab::Active,
        }
    }

    /// The same on the other tab of the incident list.
    #[must_use]
    pub const fn with_tab(self, tab: IncidentTab) -> Self {
        match self {
            Self::Incidents { .. } => Self::Incidents { tab },
            Self::Incident { customer, number, pane, .. } => Self::Incident { tab, customer, number, pane },
            other => other,
        }
    }

    pub const fn incident(tab: IncidentTab, key: IncidentRef) -> Self {
        Self::Incident { tab, customer: key.customer_id, number: key.number, pane: Pane::Overview }
    }

    pub const fn room(key: RoomKey) -> Self {
        Self::Room { customer: key.customer_id, room: key.id, tab: RoomTab::Status }
    }

    /// This place with another room open; the pane's tab stays.
    pub const fn with_room(self, key: RoomKey) -> Self {
        match self {
            Self::Room { tab, .. } => Self::Room { customer: key.customer_id, room: key.id, tab },
            _ => Self::room(key),
        }
    }

    pub const fn open_room(self) -> Option<RoomKey> {
        match self {
            Self::Room { customer, room, .. } => Some(RoomKey { customer_id: customer, id: room }),
            _ => None,
        }
    }

    /// This place with another incident open; the pane's tab stays.
    pub const fn with_incident(self, key: IncidentRef) -> Self {
        match self {
            Self::Incident { tab, pane, .. } => Self::Incident { tab, customer: key.customer_id, number: key.number, pane },
            _ => Self::incident(self.tab(), key),
        }
    }

    pub const fn open_incident(self) -> Option<IncidentRef> {
        match self {
            Self::Incident { customer, number, .. } => Some(IncidentRef { customer_id: customer, number }),
            _ => None,
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
            Route::Room { customer: CUSTOMER.parse().unwrap(), room: CUSTOMER.parse().unwrap(), tab: RoomTab::Tickets },
            Route::Reports,
            Route::Report { tab: ReportTab::Health },
            Route::Tenants,
            Route::Invitation { invitation: CUSTOMER.parse().unwrap() },
            Route::Tenant { customer: CUSTOMER.parse().unwrap() },
            Route::Plan,
            Route::TenantManagers,
            Route::Roles,
            Route::Role { role: CUSTOMER.parse().unwrap(), tab: RoleTab::Assignments },
            Route::RoomGroups,
            Route::RoomGroup { group: CUSTOMER.parse().unwrap() },
            Route::Updates,
            Route::Update { update: CUSTOMER.parse().unwrap() },
            Route::UpdateRings,
            Route::UpdateRing { ring: CUSTOMER.parse().unwrap() },
            Route::Access,
            Route::Partners,
            Route::Partner { partner: CUSTOMER.parse().unwrap(), tab: PartnerTab::Rights },
            Route::Approvals,
            Route::Audit,
            Route::Settings { tab: SettingsTab::Signals },
        ];
        for place in places {
            assert_eq!(Route::recognize(&place.to_path()), Some(place));
            assert_eq!(place.list().section(), place.section());
            assert!(!place.list().has_pane());
        }
    }

    #[test]
    fn an_address_that_means_nothing_leads_home() {
        for path in ["/", "/nowhere", "/incidents/active/x/y/overview", "/rooms/7", "/rooms/7/7/status"] {
            assert_eq!(Route::recognize(path), Some(Route::Home), "{path}");
        }
    }
}
