//! Roles that are often wanted, as a start for a custom role.

use tenantry_model::permission::{Permission, PermissionSet};

use crate::i18n::{I18n, t};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// Incidents and nothing else (R47).
    Helpdesk,
    Technician,
    ReadOnly,
    /// Site Lead as the stricter of two sources has it (A11).
    SiteLeadStrict,
}

pub const TEMPLATES: [Template; 4] = [Template::Helpdesk, Template::Technician, Template::ReadOnly, Template::SiteLeadStrict];

impl Template {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Helpdesk => "helpdesk",
            Self::Technician => "technician",
            Self::ReadOnly => "read-only",
            Self::SiteLeadStrict => "site-lead-strict",
        }
    }

    /// What its holders may do, before any ceiling.
    pub const fn permissions(self) -> PermissionSet {
        use Permission::*;
        match self {
            Self::Helpdesk => PermissionSet::of(&[TicketsView, TicketsUpdate]),
            Self::Technician => PermissionSet::of(&[RoomsView, RoomsModify, IncidentsCreate, TicketsView, TicketsUpdate]),
            Self::ReadOnly => PermissionSet::of(&[RoomsView, GroupsView, RingsView, ReportsView, TicketsView]),
            Self::SiteLeadStrict => PermissionSet::of(&[
                RoomsView,
                RoomsModify,
                RoomsDownloadKey,
                RoomsUnenroll,
                GroupsView,
                ReportsView,
                IncidentsCreate,
                TicketsView,
                TicketsUpdate,
            ]),
        }
    }

    /// What of it a role may hold where this is the most (A9).
    pub const fn within(self, ceiling: PermissionSet) -> PermissionSet {
        self.permissions().and(ceiling)
    }

    /// Also the name that the role starts with.
    pub fn name(self, i18n: &I18n) -> String {
        match self {
            Self::Helpdesk => t!(i18n, "template-helpdesk"),
            Self::Technician => t!(i18n, "template-technician"),
            Self::ReadOnly => t!(i18n, "template-read-only"),
            Self::SiteLeadStrict => t!(i18n, "template-site-lead"),
        }
    }

    pub fn text(self, i18n: &I18n) -> String {
        match self {
            Self::Helpdesk => t!(i18n, "template-helpdesk-text"),
            Self::Technician => t!(i18n, "template-technician-text"),
            Self::ReadOnly => t!(i18n, "template-read-only-text"),
            Self::SiteLeadStrict => t!(i18n, "template-site-lead-text"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::permission::BuiltInRole;

    #[test]
    fn r47_helpdesk_holds_incident_permissions_alone() {
        assert_eq!(Template::Helpdesk.permissions().to_string(), "tickets.view, tickets.update");
    }

    #[test]
    fn a9_no_template_reaches_beyond_the_ceiling() {
        let preset = BuiltInRole::PrimaryAdmins.permissions();
        for template in TEMPLATES {
            assert!(template.within(preset).is_subset_of(preset));
        }
        assert!(!Template::SiteLeadStrict.permissions().is_subset_of(preset), "it is cut, not left out");
    }

    #[test]
    fn a11_the_strict_site_lead_is_stricter_than_the_matrix() {
        let strict = Template::SiteLeadStrict.permissions();
        assert!(strict.is_subset_of(BuiltInRole::SiteLead.permissions()) && strict.len() < 14);
        use Permission::*;
        for never in [GroupsModify, GroupsCreate, RingsView, RingsModify, RoomsCreate] {
            assert!(!strict.contains(never), "{never}");
        }
    }
}
