//! The pages there are.

use tenantry_model::ipc::SignedInUser;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::context::App;
use crate::i18n::{I18n, t};
use crate::route::{Route, Section};

/// Which pages the user has (R12, R27, A25).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pages {
    tenants: bool,
    managers: bool,
    partners: bool,
    audit: bool,
}

impl Pages {
    /// `customers` is whether the user holds a role for one.
    fn of(user: &SignedInUser, administrator: bool, customers: bool) -> Self {
        let tenant = &user.tenant;
        Self {
            tenants: tenant.is_partner && (customers || !user.portal_roles.is_empty()),
            managers: tenant.is_partner && administrator,
            partners: tenant.is_customer && administrator,
            audit: administrator,
        }
    }
}

/// What is counted beside a page's name.
pub(super) struct Counts {
    /// The open incidents of what the incident list shows.
    pub(super) open: Option<u32>,
    /// The partners' changes that wait for approval.
    pub(super) waiting: Option<u32>,
}

fn badge(i18n: &I18n, count: Option<u32>, title: impl FnOnce(u32) -> String) -> Option<Html> {
    let count = count.filter(|count| *count > 0)?;
    let title = title(count);
    Some(html! { <span class="nav__badge" title={title.clone()} aria-label={title}>{i18n.number(count)}</span> })
}

/// The navigation.
pub(super) fn nav(i18n: &I18n, app: &App, navigator: Option<&Navigator>, route: Route, customers: bool, counts: Counts) -> Html {
    let section = route.section();
    let on = |sections: &[Section]| sections.contains(&section);
    // A page with an open form is as one left it.
    let at = |section: Section, list: Route| app.model.forms.iter().copied().find(|form| form.section() == section).unwrap_or(list);
    let written = |section: Section| {
        let title = t!(i18n, "nav-form-open");
        let open = app.model.forms.iter().any(|form| form.section() == section);
        open.then(|| html! { <span class="nav__badge" role="img" title={title.clone()} aria-label={title}>{glyph(Icon::Pen)}</span> })
    };
    // Within the tenants, the plan's form has its button.
    let tenants = if on(&[Section::Tenants, Section::Plan]) { Route::Tenants } else { at(Section::Plan, Route::Tenants) };
    let open = badge(i18n, counts.open, |count| t!(i18n, "open-count", count = count));
    let waiting = badge(i18n, counts.waiting, |count| t!(i18n, "approvals-count", count = count));
    let Some(pages) = app.user().map(|user| Pages::of(user, app.is_administrator(), customers)) else { return html! {} };
    html! {
        <nav class="nav" aria-label={t!(i18n, "navigation")}>
            {item(navigator, Route::START, on(&[Section::Incidents]), Icon::Incidents, t!(i18n, "incidents"), "nav-incidents", open)}
            {item(navigator, Route::Rooms, on(&[Section::Rooms]), Icon::Rooms, t!(i18n, "rooms"), "nav-rooms", None)}
            {item(navigator, at(Section::Roles, Route::Roles), on(&[Section::Roles, Section::Access]), Icon::Roles, t!(i18n, "roles"), "nav-roles", written(Section::Roles))}
            if pages.tenants {
                {item(navigator, tenants, on(&[Section::Tenants, Section::Plan]), Icon::Tenants, t!(i18n, "tenants"), "nav-tenants", written(Section::Plan))}
            }
            if pages.managers {
                {item(navigator, Route::TenantManagers, on(&[Section::TenantManagers]), Icon::Group, t!(i18n, "tenant-managers"), "nav-tenant-managers", None)}
            }
            if pages.partners {
                {item(navigator, at(Section::Partners, Route::Partners), on(&[Section::Partners]), Icon::Partners, t!(i18n, "partners"), "nav-partners", written(Section::Partners))}
                {item(navigator, Route::Approvals, on(&[Section::Approvals]), Icon::Approvals, t!(i18n, "approvals"), "nav-approvals", waiting)}
            }
            if pages.audit {
                {item(navigator, Route::Audit, on(&[Section::Audit]), Icon::Audit, t!(i18n, "audit"), "nav-audit", None)}
            }
        </nav>
    }
}

fn item(navigator: Option<&Navigator>, to: Route, on: bool, icon: Icon, label: String, testid: &'static str, badge: Option<Html>) -> Html {
    let navigator = navigator.cloned();
    let onclick = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        if let Some(navigator) = &navigator {
            navigator.push(&to);
        }
    });
    html! {
        <a
            href={format!("#{}", to.to_path())}
            class={classes!("nav__item", on.then_some("nav__item--on"))}
            aria-current={on.then_some("page")}
            title={label.clone()}
            data-testid={testid}
            {onclick}
        >
            {glyph(icon)}<span class="nav__label clip">{label}</span>{badge}
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::id::TenantId;
    use tenantry_model::tenancy::Tenant;

    fn user(is_partner: bool, is_customer: bool) -> SignedInUser {
        let id = TenantId::from_uuid(uuid::Uuid::from_u128(1));
        let tenant = Tenant { id, display_name: "Own".into(), is_partner, is_customer };
        SignedInUser { display_name: "U".into(), tenant, portal_roles: vec![], memory_only: None }
    }

    #[test]
    fn r12_r27_pages_follow_the_kind_of_organisation_and_the_portal_roles() {
        let none = Pages { tenants: false, managers: false, partners: false, audit: false };
        assert_eq!(Pages::of(&user(true, false), false, false), none);
        assert_eq!(Pages::of(&user(true, false), false, true), Pages { tenants: true, ..none });
        assert_eq!(Pages::of(&user(true, false), true, false), Pages { managers: true, audit: true, ..none });
        assert_eq!(Pages::of(&user(false, true), true, true), Pages { partners: true, audit: true, ..none });
        assert_eq!(Pages::of(&user(false, true), false, true), none);
    }

    #[test]
    fn r27_a_tenant_manager_without_any_customer_sees_the_invitations() {
        let mut user = user(true, false);
        user.portal_roles.push(tenantry_model::tenancy::PortalRole::TenantManager);
        assert!(Pages::of(&user, false, false).tenants && !Pages::of(&user, false, false).managers);
    }
}
