//! The navigation: a line for each page that the user has.

use yew::prelude::*;
use yew_router::prelude::*;

use super::nav_views::{NavViews, view_lines};
use crate::components::focus::{Axis, move_by_arrows};
use crate::components::icon::{Icon, glyph};
use crate::context::App;
use crate::i18n::{I18n, t};
use crate::page_table::{Entry, PAGES, Page, Viewer};
use crate::route::{Route, Section};

pub(super) struct Counts {
    /// The open incidents of what the incident list shows.
    pub(super) open: Option<u32>,
    pub(super) waiting: Option<u32>,
    /// The invitations that wait for an answer.
    pub(super) invitations: Option<u32>,
}

impl Counts {
    fn badge(&self, i18n: &I18n, section: Section) -> Option<Html> {
        let (count, title) = match section {
            Section::Incidents => (self.open?, t!(i18n, "open-count", count = self.open?)),
            Section::Approvals => (self.waiting?, t!(i18n, "approvals-count", count = self.waiting?)),
            Section::Tenants => (self.invitations?, t!(i18n, "invitations-count", count = self.invitations?)),
            _ => return None,
        };
        (count > 0).then(|| html! { <span class="nav__badge" title={title.clone()} aria-label={title}>{i18n.number(count)}</span> })
    }
}

/// The navigation. `customers` is whether the user holds a role for one.
pub(super) fn nav(
    i18n: &I18n,
    app: &App,
    navigator: Option<&Navigator>,
    route: Route,
    customers: bool,
    counts: Counts,
    views: &NavViews,
) -> Html {
    let Some(user) = app.user() else { return html! {} };
    let viewer = Viewer { user, administrator: app.is_administrator(), customers };
    let lines = PAGES.iter().filter_map(|page| match page.entry {
        Entry::Line(testid) if (page.shown_to)(&viewer) => Some((page, testid)),
        _ => None,
    });
    let onkeydown = Callback::from(|event: KeyboardEvent| move_by_arrows(&event, ".nav", ".nav__item", Axis::Column));
    html! {
        <nav class="nav" aria-label={t!(i18n, "navigation")} {onkeydown}>
            {for lines.map(|(page, testid)| {
                let on = Page::of(route.section()).line() == page.section;
                let form = form_of(&app.model.forms, page.section);
                // A page with an open form is as one left it. Where the form's page has a button, the line is the way back from it.
                let to = form.filter(|form| form.section() == page.section || !on).unwrap_or(page.start);
                html! { <>
                    {line(i18n, navigator, page, to, on, testid, counts.badge(i18n, page.section), form.is_some())}
                    {view_lines(i18n, views, page.section)}
                </> }
            })}
        </nav>
    }
}

/// The open form that a line leads to: the one of its own page, before those of the pages under it.
fn form_of(forms: &[Route], line: Section) -> Option<Route> {
    let own = forms.iter().find(|form| form.section() == line);
    own.or_else(|| forms.iter().find(|form| Page::of(form.section()).line() == line)).copied()
}

#[expect(
    clippy::too_many_arguments,
    reason = "a line is drawn from what the navigation knows of it; a type for that would be used here alone"
)]
fn line(
    i18n: &I18n,
    navigator: Option<&Navigator>,
    page: &Page,
    to: Route,
    on: bool,
    testid: &'static str,
    count: Option<Html>,
    has_form: bool,
) -> Html {
    let navigator = navigator.cloned();
    let onclick = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        if let Some(navigator) = &navigator {
            navigator.push(&to);
        }
    });
    let label = (page.title)(i18n);
    let form_open = t!(i18n, "nav-form-open");
    html! {
        <a
            href={format!("#{}", to.to_path())}
            class={classes!("nav__item", on.then_some("nav__item--on"))}
            aria-current={on.then_some("page")}
            title={label.clone()}
            data-testid={testid}
            {onclick}
        >
            {glyph(page.icon)}<span class="nav__label clip" title={label.clone()}>{label}</span>
            if let Some(count) = count { {count} }
            if has_form { <span class="nav__badge" role="img" title={form_open.clone()} aria-label={form_open}>{glyph(Icon::Pen)}</span> }
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_leads_to_the_form_of_its_own_page_whichever_was_opened_first() {
        let own = Route::Tenant { customer: tenantry_model::id::TenantId::from_uuid(uuid::Uuid::from_u128(1)) };
        assert_eq!(form_of(&[Route::Plan, own], Section::Tenants), Some(own));
        assert_eq!(form_of(&[own, Route::Plan], Section::Tenants), Some(own));
        assert_eq!(form_of(&[Route::Plan], Section::Tenants), Some(Route::Plan));
        assert_eq!(form_of(&[own], Section::Rooms), None);
    }
}
