//! The table of pages. Navigation, frame, search box and headings read it: a new page is a row here, its folder, and its routes.

use std::collections::BTreeMap;
use std::rc::Rc;

use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::Name;
use tenantry_model::ipc::{CustomerRow, SignedInUser};
use yew::prelude::*;

use crate::components::icon::Icon;
use crate::domain_view::room_event::IssueStart;
use crate::hooks::UseCommand;
use crate::i18n::{I18n, filter_error, t};
use crate::pages::access::Access;
use crate::pages::approvals::Approvals;
use crate::pages::audit::Audit;
use crate::pages::incidents::{self, Incidents};
use crate::pages::partners::Partners;
use crate::pages::plan::Plan;
use crate::pages::reports::Reports;
use crate::pages::roles::Roles;
use crate::pages::room_groups::RoomGroups;
use crate::pages::rooms::{self, Rooms};
use crate::pages::settings::Settings;
use crate::pages::tenant_managers::TenantManagers;
use crate::pages::tenants::Tenants;
use crate::pages::update_rings::UpdateRings;
use crate::pages::updates::Updates;
use crate::route::{Route, Section, SettingsTab};

pub struct Page {
    pub section: Section,
    pub start: Route,
    pub title: fn(&I18n) -> String,
    pub icon: Icon,
    pub entry: Entry,
    pub shown_to: fn(&Viewer<'_>) -> bool,
    /// Whether it shows customers' things: without customers it has nothing to show.
    pub of_customers: bool,
    pub search: Option<Search>,
    pub view: fn(&Shown<'_>) -> Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A line of the navigation, with the id that tests find it by.
    Line(&'static str),
    /// A button of another page.
    Under(Section),
}

pub struct Viewer<'a> {
    pub user: &'a SignedInUser,
    pub administrator: bool,
    /// Whether they hold a role for any customer.
    pub customers: bool,
}

impl Viewer<'_> {
    /// Whether there are customers or invitations for them (R27).
    fn has_tenants(&self) -> bool {
        self.user.tenant.is_partner && (self.customers || !self.user.portal_roles.is_empty())
    }
}

pub struct Search {
    pub label: fn(&I18n) -> String,
    pub testid: &'static str,
    pub text: fn(&Lists) -> AttrValue,
    pub search: fn(&Lists, String),
    /// What is wrong with the text.
    pub wrong: fn(&I18n, &Lists) -> Option<String>,
    /// Whose filter the text is, where it is one.
    pub filter_of: Option<ViewPage>,
}

/// What lists are asked to show. It outlasts a change of page.
#[derive(Clone)]
pub struct Lists {
    pub incidents: UseReducerHandle<incidents::View>,
    pub rooms: UseReducerHandle<rooms::View>,
    pub texts: UseReducerHandle<Texts>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Texts(BTreeMap<Section, AttrValue>);

impl Texts {
    fn of(&self, section: Section) -> AttrValue {
        self.0.get(&section).cloned().unwrap_or_default()
    }
}

impl Reducible for Texts {
    type Action = (Section, String);

    fn reduce(self: Rc<Self>, (section, text): Self::Action) -> Rc<Self> {
        let mut texts = self.0.clone();
        texts.insert(section, text.into());
        Rc::new(Self(texts))
    }
}

pub struct Shown<'a> {
    /// The customer of the dropdown.
    pub customer: &'a UseCommand<CustomerRow>,
    pub lists: &'a Lists,
    /// Makes the incident list show the incidents of one room.
    pub on_room: &'a Callback<(String, Option<Name>)>,
    /// Opens the form for an issue in a room of the customer of this name.
    pub on_record: &'a Callback<IssueStart>,
}

impl Page {
    pub fn of(section: Section) -> &'static Self {
        // A test sees to it that each has one.
        PAGES.iter().find(|page| page.section == section).unwrap_or(&PAGES[0])
    }

    /// The page whose line of the navigation stands for this one.
    pub const fn line(&self) -> Section {
        match self.entry {
            Entry::Line(_) => self.section,
            Entry::Under(section) => section,
        }
    }
}

const TENANT_TEXT: Search = Search {
    label: |i18n| t!(i18n, "search-tenants"),
    testid: "tenant-search",
    text: |lists| lists.texts.of(Section::Tenants),
    search: |lists, text| lists.texts.dispatch((Section::Tenants, text)),
    wrong: |_, _| None,
    filter_of: None,
};

const AUDIT_TEXT: Search = Search {
    label: |i18n| t!(i18n, "search-audit"),
    testid: "audit-search",
    text: |lists| lists.texts.of(Section::Audit),
    search: |lists, text| lists.texts.dispatch((Section::Audit, text)),
    wrong: |_, _| None,
    filter_of: None,
};

const GROUP_TEXT: Search = Search {
    label: |i18n| t!(i18n, "search-groups"),
    testid: "group-search",
    text: |lists| lists.texts.of(Section::RoomGroups),
    search: |lists, text| lists.texts.dispatch((Section::RoomGroups, text)),
    wrong: |_, _| None,
    filter_of: None,
};

/// All pages; those with a line of the navigation in the order of the lines.
pub const PAGES: &[Page] = &[
    Page {
        section: Section::Incidents,
        start: Route::START,
        title: |i18n| t!(i18n, "incidents"),
        icon: Icon::Incidents,
        entry: Entry::Line("nav-incidents"),
        shown_to: |_| true,
        of_customers: true,
        search: Some(Search {
            label: |i18n| t!(i18n, "search-incidents"),
            testid: "incident-search",
            text: |lists| lists.incidents.text().to_owned().into(),
            search: |lists, text| lists.incidents.dispatch(incidents::ViewAction::Text(text)),
            wrong: |i18n, lists| lists.incidents.wrong().map(|wrong| filter_error(i18n, wrong)),
            filter_of: Some(ViewPage::Incidents),
        }),
        view: |shown| {
            html! { <Incidents view={shown.lists.incidents.clone()} customer={shown.customer.remote.clone()} on_retry={shown.customer.retry.clone()} /> }
        },
    },
    Page {
        section: Section::Rooms,
        start: Route::Rooms,
        title: |i18n| t!(i18n, "rooms"),
        icon: Icon::Rooms,
        entry: Entry::Line("nav-rooms"),
        shown_to: |_| true,
        of_customers: true,
        search: Some(Search {
            label: |i18n| t!(i18n, "search-rooms"),
            testid: "room-search",
            text: |lists| lists.rooms.text().to_owned().into(),
            search: |lists, text| lists.rooms.dispatch(rooms::ViewAction::Text(text)),
            wrong: |i18n, lists| lists.rooms.wrong().map(|wrong| filter_error(i18n, wrong)),
            filter_of: Some(ViewPage::Rooms),
        }),
        view: |shown| {
            html! { <Rooms view={shown.lists.rooms.clone()} customer={shown.customer.remote.clone()} on_retry={shown.customer.retry.clone()} on_room={shown.on_room.clone()} on_record={shown.on_record.clone()} /> }
        },
    },
    Page {
        section: Section::Reports,
        start: Route::Reports,
        title: |i18n| t!(i18n, "reports"),
        icon: Icon::Reports,
        entry: Entry::Line("nav-reports"),
        shown_to: |_| true,
        of_customers: true,
        search: None,
        view: |shown| html! { <Reports customer={shown.customer.remote.clone()} /> },
    },
    Page {
        section: Section::Roles,
        start: Route::Roles,
        title: |i18n| t!(i18n, "roles"),
        icon: Icon::Roles,
        entry: Entry::Line("nav-roles"),
        shown_to: |_| true,
        of_customers: true,
        search: None,
        view: |shown| html! { <Roles customer={shown.customer.remote.clone()} /> },
    },
    Page {
        section: Section::RoomGroups,
        start: Route::RoomGroups,
        title: |i18n| t!(i18n, "room-groups"),
        icon: Icon::Several,
        entry: Entry::Line("nav-groups"),
        shown_to: |_| true,
        of_customers: true,
        search: Some(GROUP_TEXT),
        view: |shown| html! { <RoomGroups customer={shown.customer.remote.clone()} text={(GROUP_TEXT.text)(shown.lists)} /> },
    },
    Page {
        section: Section::Updates,
        start: Route::Updates,
        title: |i18n| t!(i18n, "updates"),
        icon: Icon::Updates,
        entry: Entry::Line("nav-updates"),
        shown_to: |_| true,
        of_customers: true,
        search: None,
        view: |shown| html! { <Updates customer={shown.customer.remote.clone()} /> },
    },
    Page {
        section: Section::UpdateRings,
        start: Route::UpdateRings,
        title: |i18n| t!(i18n, "update-rings"),
        icon: Icon::Rings,
        entry: Entry::Under(Section::Updates),
        shown_to: |_| true,
        of_customers: true,
        search: None,
        view: |shown| html! { <UpdateRings customer={shown.customer.remote.clone()} /> },
    },
    Page {
        section: Section::Settings,
        start: Route::Settings { tab: SettingsTab::General },
        title: |i18n| t!(i18n, "settings-page"),
        icon: Icon::Settings,
        entry: Entry::Line("nav-settings"),
        shown_to: |_| true,
        of_customers: true,
        search: None,
        view: |shown| html! { <Settings customer={shown.customer.remote.clone()} /> },
    },
    Page {
        section: Section::Access,
        start: Route::Access,
        title: |i18n| t!(i18n, "access"),
        icon: Icon::Question,
        entry: Entry::Under(Section::Roles),
        shown_to: |_| true,
        of_customers: true,
        search: None,
        view: |shown| html! { <Access customer={shown.customer.remote.clone()} /> },
    },
    Page {
        section: Section::Tenants,
        start: Route::Tenants,
        title: |i18n| t!(i18n, "tenants"),
        icon: Icon::Tenants,
        entry: Entry::Line("nav-tenants"),
        shown_to: |viewer| viewer.has_tenants(),
        of_customers: false,
        search: Some(TENANT_TEXT),
        view: |shown| html! { <Tenants text={(TENANT_TEXT.text)(shown.lists)} /> },
    },
    Page {
        section: Section::Plan,
        start: Route::Plan,
        title: |i18n| t!(i18n, "plan"),
        icon: Icon::Several,
        entry: Entry::Under(Section::Tenants),
        shown_to: |viewer| viewer.has_tenants(),
        of_customers: false,
        search: None,
        view: |_| html! { <Plan /> },
    },
    Page {
        section: Section::TenantManagers,
        start: Route::TenantManagers,
        title: |i18n| t!(i18n, "tenant-managers"),
        icon: Icon::Group,
        entry: Entry::Line("nav-tenant-managers"),
        shown_to: |viewer| viewer.user.tenant.is_partner && viewer.administrator,
        of_customers: false,
        search: None,
        view: |_| html! { <TenantManagers /> },
    },
    Page {
        section: Section::Partners,
        start: Route::Partners,
        title: |i18n| t!(i18n, "partners"),
        icon: Icon::Partners,
        entry: Entry::Line("nav-partners"),
        shown_to: |viewer| viewer.user.tenant.is_customer && viewer.administrator,
        of_customers: false,
        search: None,
        view: |_| html! { <Partners /> },
    },
    Page {
        section: Section::Approvals,
        start: Route::Approvals,
        title: |i18n| t!(i18n, "approvals"),
        icon: Icon::Approvals,
        entry: Entry::Line("nav-approvals"),
        shown_to: |viewer| (viewer.user.tenant.is_customer && viewer.administrator) || viewer.has_tenants(),
        of_customers: false,
        search: None,
        view: |_| html! { <Approvals /> },
    },
    Page {
        section: Section::Audit,
        start: Route::Audit,
        title: |i18n| t!(i18n, "audit"),
        icon: Icon::Audit,
        entry: Entry::Line("nav-audit"),
        shown_to: |viewer| viewer.administrator,
        of_customers: false,
        search: Some(AUDIT_TEXT),
        view: |shown| html! { <Audit text={(AUDIT_TEXT.text)(shown.lists)} /> },
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::id::{PrincipalId, TenantId};
    use tenantry_model::tenancy::{PortalRole, Tenant, UserKey};

    fn user(is_partner: bool, is_customer: bool) -> SignedInUser {
        let id = TenantId::from_uuid(uuid::Uuid::from_u128(1));
        let tenant = Tenant { id, display_name: "Own".into(), is_partner, is_customer };
        let user = UserKey { tenant_id: id, user_id: PrincipalId::from_uuid(uuid::Uuid::from_u128(2)) };
        SignedInUser {
            id: user,
            display_name: "U".into(),
            tenant,
            acting_as: None,
            portal_roles: vec![],
            memory_only: None,
            clock_off: None,
        }
    }

    /// The lines of the navigation beyond those that everybody has.
    fn more_lines(user: &SignedInUser, administrator: bool, customers: bool) -> Vec<Section> {
        let viewer = Viewer { user, administrator, customers };
        let lines = PAGES.iter().filter(|page| page.line() == page.section && (page.shown_to)(&viewer));
        let lines: Vec<Section> = lines.map(|page| page.section).collect();
        assert_eq!(
            lines[..7],
            [
                Section::Incidents,
                Section::Rooms,
                Section::Reports,
                Section::Roles,
                Section::RoomGroups,
                Section::Updates,
                Section::Settings
            ]
        );
        lines[7..].to_vec()
    }

    #[test]
    fn r12_r27_pages_follow_the_kind_of_organisation_and_the_portal_roles() {
        use Section::{Approvals, Audit, Partners, TenantManagers, Tenants};
        assert_eq!(more_lines(&user(true, false), false, false), []);
        assert_eq!(more_lines(&user(true, false), false, true), [Tenants, Approvals], "what of its own waits (A18)");
        assert_eq!(more_lines(&user(true, false), true, false), [TenantManagers, Audit]);
        assert_eq!(more_lines(&user(false, true), true, true), [Partners, Approvals, Audit]);
        assert_eq!(more_lines(&user(false, true), false, true), []);
    }

    #[test]
    fn r27_a_tenant_manager_without_any_customer_sees_the_invitations() {
        let mut user = user(true, false);
        user.portal_roles.push(PortalRole::TenantManager);
        assert_eq!(more_lines(&user, false, false), [Section::Tenants, Section::Approvals], "and what of theirs waits (A7)");
    }

    #[test]
    fn each_section_has_one_page_and_each_button_a_line_above_it() {
        for &section in Section::ALL {
            assert_eq!(PAGES.iter().filter(|page| page.section == section).count(), 1, "{section:?}");
            assert_eq!(Page::of(section).start.section(), section);
            assert_eq!(Page::of(Page::of(section).line()).line(), Page::of(section).line());
        }
    }
}
