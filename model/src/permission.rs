//! The permission matrix of the domain (§3), as data.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::word::words;

words! {
    /// One of the 19 permissions. Grouped by feature in [`Permission::feature`].
    Permission = "a permission" {
        /// See rooms.
        RoomsView = "rooms.view",
        /// Change rooms: settings, suppression.
        RoomsModify = "rooms.modify",
        /// Reset the self-enrolment key (R106).
        RoomsResetKey = "rooms.reset_key",
        /// Download the self-enrolment key (R106).
        RoomsDownloadKey = "rooms.download_key",
        /// Unenrol a room (R68).
        RoomsUnenroll = "rooms.unenroll",
        /// Enrol a room (R67).
        RoomsCreate = "rooms.create",
        /// See room groups.
        GroupsView = "groups.view",
        /// Change room groups.
        GroupsModify = "groups.modify",
        /// Create room groups.
        GroupsCreate = "groups.create",
        /// See update rings.
        RingsView = "rings.view",
        /// Change update rings (A21).
        RingsModify = "rings.modify",
        /// See reports.
        ReportsView = "reports.view",
        /// Record an issue on the customer's behalf (A10).
        IncidentsCreate = "incidents.create",
        /// See incidents.
        TicketsView = "tickets.view",
        /// Answer, close and assign incidents.
        TicketsUpdate = "tickets.update",
        /// See the customer's settings.
        SettingsView = "settings.view",
        /// Change the customer's settings.
        SettingsModify = "settings.modify",
        /// See roles and assignments.
        RolesView = "roles.view",
        /// Change roles and assignments (A9).
        RolesModify = "roles.modify",
    }

    /// The rows of the matrix that permissions are grouped under.
    Feature = "a feature" {
        /// Rooms.
        Rooms = "rooms",
        /// Room groups.
        Groups = "groups",
        /// Update rings.
        Rings = "rings",
        /// Reports.
        Reports = "reports",
        /// Tickets.
        Tickets = "tickets",
        /// Settings.
        Settings = "settings",
        /// Roles.
        Roles = "roles",
    }

    /// The four built-in roles: the columns of the matrix.
    BuiltInRole = "a built-in role" {
        /// Managed Service Administrator of the customer ("MMR Admin").
        ManagedServiceAdministrator = "managed_service_administrator",
        /// Site Lead of the customer.
        SiteLead = "site_lead",
        /// Site Tech of the customer.
        SiteTech = "site_tech",
        /// Primary admins: the one built-in role on the partner's side (R39).
        PrimaryAdmins = "primary_admins",
    }
}

impl Permission {
    /// The row of the matrix this permission stands under. `incidents.create` stands under Reports, as in the original (A10).
    pub const fn feature(self) -> Feature {
        use Permission::*;
        match self {
            RoomsView | RoomsModify | RoomsResetKey | RoomsDownloadKey | RoomsUnenroll | RoomsCreate => Feature::Rooms,
            GroupsView | GroupsModify | GroupsCreate => Feature::Groups,
            RingsView | RingsModify => Feature::Rings,
            ReportsView | IncidentsCreate => Feature::Reports,
            TicketsView | TicketsUpdate => Feature::Tickets,
            SettingsView | SettingsModify => Feature::Settings,
            RolesView | RolesModify => Feature::Roles,
        }
    }

    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

impl BuiltInRole {
    /// The column of the matrix: what a holder may do.
    pub const fn permissions(self) -> PermissionSet {
        use Permission::*;
        match self {
            Self::ManagedServiceAdministrator => PermissionSet::ALL,
            Self::SiteLead => PermissionSet::ALL.without(&[RoomsResetKey, SettingsView, SettingsModify, RolesView, RolesModify]),
            Self::SiteTech => {
                PermissionSet::of(&[RoomsView, RoomsModify, RoomsDownloadKey, RoomsUnenroll, IncidentsCreate, TicketsView, TicketsUpdate])
            }
            Self::PrimaryAdmins => PermissionSet::of(&[
                RoomsView,
                RoomsModify,
                GroupsView,
                RingsView,
                RingsModify,
                ReportsView,
                IncidentsCreate,
                TicketsView,
                TicketsUpdate,
                RolesView,
                RolesModify,
            ]),
        }
    }
}

/// A set of permissions: a list of their names in JSON, one number in tables.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Permission>", into = "Vec<Permission>")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = Vec<Permission>))]
pub struct PermissionSet(u32);

impl PermissionSet {
    /// No permission.
    pub const NONE: Self = Self(0);
    /// All 19.
    pub const ALL: Self = Self::of(Permission::ALL);

    /// Just these.
    pub const fn of(permissions: &[Permission]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < permissions.len() {
            bits |= permissions[at].bit();
            at += 1;
        }
        Self(bits)
    }

    /// These less some.
    pub const fn without(self, permissions: &[Permission]) -> Self {
        Self(self.0 & !Self::of(permissions).0)
    }

    /// What both hold.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What either holds.
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it holds this one.
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// Whether all of these are in `other`.
    pub const fn is_subset_of(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether it holds none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many it holds.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Its members in the order of the matrix.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.contains(*permission))
    }

    /// The number a table keeps.
    pub const fn to_bits(self) -> i64 {
        self.0 as i64
    }

    /// From the number a table keeps; bits that name no permission are dropped, so that they can never grant one later.
    pub const fn from_bits(bits: i64) -> Self {
        Self(bits as u32 & Self::ALL.0)
    }
}

impl From<Vec<Permission>> for PermissionSet {
    fn from(permissions: Vec<Permission>) -> Self {
        Self::of(&permissions)
    }
}

impl From<PermissionSet> for Vec<Permission> {
    fn from(set: PermissionSet) -> Self {
        set.iter().collect()
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions.into_iter().fold(Self::NONE, |set, permission| set.or(Self::of(&[permission])))
    }
}

impl fmt::Display for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, permission) in self.iter().enumerate() {
            write!(f, "{}{permission}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl fmt::Debug for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Permission::as_str)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn section_3_counts_19_14_7_and_11() {
        assert_eq!(Permission::ALL.len(), 19);
        let counts: Vec<u32> = BuiltInRole::ALL.iter().map(|role| role.permissions().len()).collect();
        assert_eq!(counts, [19, 14, 7, 11]);
    }

    #[test]
    fn section_3_cell_by_cell() {
        // Columns: MMR Admin, Site Lead, Site Tech, Primary admins; written out once more from the table.
        let table = "rooms.view 1111 rooms.modify 1111 rooms.reset_key 1000 rooms.download_key 1110 rooms.unenroll 1110 rooms.create 1100 \
             groups.view 1101 groups.modify 1100 groups.create 1100 rings.view 1101 rings.modify 1101 reports.view 1101 \
             incidents.create 1111 tickets.view 1111 tickets.update 1111 settings.view 1000 settings.modify 1000 \
             roles.view 1001 roles.modify 1001";
        let words: Vec<&str> = table.split_whitespace().collect();
        assert_eq!(words.len(), 38);
        for row in words.chunks(2) {
            let permission: Permission = row[0].parse().unwrap();
            let cells: String =
                BuiltInRole::ALL.iter().map(|role| if role.permissions().contains(permission) { '1' } else { '0' }).collect();
            assert_eq!(cells, row[1], "{permission}");
        }
    }

    #[test]
    fn r40_primary_admins_may_not_touch_keys_groups_or_settings() {
        use Permission::*;
        let column = BuiltInRole::PrimaryAdmins.permissions();
        for permission in
            [RoomsResetKey, RoomsDownloadKey, RoomsUnenroll, RoomsCreate, GroupsModify, GroupsCreate, SettingsView, SettingsModify]
        {
            assert!(!column.contains(permission), "{permission}");
        }
    }

    #[test]
    fn a_set_is_the_same_through_json_and_tables() {
        for role in BuiltInRole::ALL {
            let set = role.permissions();
            assert_eq!(PermissionSet::from_bits(set.to_bits()), set);
            let json = serde_json::to_string(&set).unwrap();
            assert_eq!(serde_json::from_str::<PermissionSet>(&json).unwrap(), set);
        }
        assert_eq!(PermissionSet::from_bits(-1), PermissionSet::ALL);
    }
}
