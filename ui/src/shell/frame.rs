//! The shell: what is chosen and what the lists show lives here, so that it outlasts a change of page.

use tenantry_model::api::IncidentTab;
use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::ipc::{
    CustomerQuery, GetChangeRequests, GetCustomer, GetTenants, ListCustomers, ListWindow, NextCustomer, NextCustomerQuery,
};
use tenantry_model::permission::Permission;
use yew::prelude::*;
use yew_router::prelude::*;

use super::banners::Banners;
use super::header::header;
use super::keys::{KeySheet, use_keys};
use super::links::use_link;
use super::nav::{Counts, nav};
use super::nav_views::NavViews;
use super::palette::{Palette, use_palette};
use super::scope::{show_view, use_scope};
use super::start::{Facts, start};
use super::titles::{Titles, window_title};
use crate::api;
use crate::components::empty::{Empty, Failed};
use crate::components::focus::{focus_page_title, move_between_regions};
use crate::components::icon::Icon;
use crate::components::list_page::{ListPage, message};
use crate::components::pane::TellTitle;
use crate::context::{App, use_app};
use crate::hooks::{
    Here, Outbox, SavedFilters, Whose, WithWaitingFiles, said, sets, use_command, use_document_key, use_document_title, use_outbox_of_user,
    use_saved_filters_of_user,
};
use crate::i18n::{I18n, t, use_i18n};
use crate::page_table::{Lists, Page, Shown, Texts};
use crate::pages::approvals::waiting;
use crate::pages::{incidents, rooms};
use crate::remote::LoadState;
use crate::route::{Route, Section};

#[component]
pub(super) fn Shell() -> Html {
    let (app, i18n) = (use_app(), use_i18n());
    let tick = app.model.tick;
    let route = use_route::<Route>().unwrap_or(Route::Home);
    let lists = Lists {
        incidents: use_reducer(incidents::View::default),
        rooms: use_reducer(rooms::View::default),
        texts: use_reducer(Texts::default),
    };
    let chosen = app.model.preferences.customer;
    let customer = use_command::<GetCustomer>(chosen, tick);
    let summary = use_command::<ListCustomers>(Some(summary()), tick);
    let all = summary.remote.data().map(|page| page.all);
    let approves = app.is_administrator() && app.user().is_some_and(|user| user.tenant.is_customer);
    let requests = use_command::<GetChangeRequests>(approves.then_some(()), app.model.relations);
    let waiting = requests.remote.data().map(|seen| waiting(&seen.value));

    use_document_key(|event| {
        let is_plain = !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        if event.key() == "F6" && is_plain && move_between_regions(event.shift_key()) {
            event.prevent_default();
        }
    });
    let navigator = use_navigator();
    let dead_link = use_link(&lists, navigator.as_ref());
    let manages = app.user().is_some_and(|user| user.tenant.is_partner && !user.portal_roles.is_empty());
    let tenants = use_command::<GetTenants>(manages.then_some(()), app.model.relations);
    let invitations = tenants.remote.data().map(|seen| seen.value.iter().filter(|row| row.invitation.is_some()).count() as u32);
    let begin = start(Facts {
        manages,
        customers: all.filter(|all| *all > 0 || app.model.sync.as_of.is_some()),
        invitations: invitations.or_else(|| matches!(tenants.remote.load_state(), LoadState::Failed(_)).then_some(0)),
    });
    use_effect_with((route, begin, navigator.clone()), |(route, begin, navigator)| {
        if let (Route::Home, Some(begin), Some(navigator)) = (route, begin, navigator) {
            navigator.replace(begin);
        }
    });
    // Nobody has chosen yet: the first customer by name that has something open, or simply the first. The list over all needs none.
    use_effect_with((chosen.is_none() && !app.model.preferences.all_tickets, all.unwrap_or(0) > 0), {
        let app = app.clone();
        move |(needed, any)| {
            if *needed && *any {
                choose_first(app);
            }
        }
    });

    use_scope(&app, &lists);
    let (palette, on_palette) = use_palette();
    let sheet = use_state_eq(|| false);
    let on_sheet = {
        let sheet = sheet.setter();
        Callback::from(move |()| sheet.set(true))
    };
    let on_customer = {
        let (app, navigator) = (app.clone(), navigator.clone());
        Callback::from(move |back| go_to_customer(&app, navigator.clone(), route, back))
    };
    use_keys(&on_customer, &on_sheet);
    let outbox = use_outbox_of_user();
    let saved = use_saved_filters_of_user(lists.incidents.days());
    let on_room = {
        let incidents = lists.incidents.dispatcher();
        use_callback((), move |(room, customer), ()| incidents.dispatch(incidents::ViewAction::Room { room, customer }))
    };
    let on_record = {
        let incidents = lists.incidents.dispatcher();
        use_callback((), move |about, ()| incidents.dispatch(incidents::ViewAction::Record(Some(about))))
    };

    let open = if app.model.preferences.all_tickets {
        summary.remote.data().map(|page| page.open)
    } else {
        customer.remote.data().and_then(|row| row.open)
    };
    let section = route.section();
    let title = |section| (Page::of(section).title)(&i18n);
    let titles = use_reducer(Titles::default);
    let tell = {
        let titles = titles.dispatcher();
        use_callback((), move |told, ()| titles.dispatch(told))
    };
    let about =
        if app.is_over_all(section) { Some(t!(i18n, "all-customers")) } else { customer.remote.data().map(|row| row.display_name.clone()) };
    let about = about.filter(|_| Page::of(section).of_customers);
    use_document_title(window_title(titles.of(section).map(AttrValue::as_str), &title(section), about.as_deref()));
    let nothing = match (all, summary.remote.load_state()) {
        (Some(0), _) if app.model.sync.as_of.is_none() => {
            Some(html! { <div class="empty"><span class="spinner" aria-hidden="true" /><p>{t!(i18n, "first-sync")}</p></div> })
        }
        (Some(0), _) => Some(html! {
            <Empty icon={Icon::Building} title={t!(i18n, "no-customers-title")} text={t!(i18n, "no-customers-text")} testid="no-customers" />
        }),
        (_, LoadState::Failed(error)) => Some(html! { <Failed error={error.clone()} on_retry={summary.retry.clone()} /> }),
        _ => None,
    };
    let views = {
        let here = match section {
            Section::Incidents => Some((ViewPage::Incidents, lists.incidents.filter(), lists.incidents.wrong())),
            Section::Rooms => Some((ViewPage::Rooms, lists.rooms.filter(), lists.rooms.wrong())),
            _ => None,
        };
        let shown = here.filter(|(_, _, wrong)| wrong.is_none()).and_then(|(page, filter, _)| {
            let whose = Whose::of(page, &app.model.preferences, customer.remote.data())?;
            saved.showing(page, &said(filter, route.tab(), &whose), None).map(|saved| saved.view.id)
        });
        let (app, lists, navigator) = (app.clone(), lists.clone(), navigator.clone());
        let on_open = Callback::from(move |(page, filter)| show_view(&app, &lists, navigator.as_ref(), page, filter));
        NavViews { saved: saved.clone(), shown, on_open }
    };
    let page = |route: Route| {
        let page = Page::of(route.section());
        match &nothing {
            Some(nothing) if page.of_customers => {
                html! { <ListPage title={title(page.section)}>{message(nothing.clone())}</ListPage> }
            }
            _ => (page.view)(&Shown { customer: &customer, lists: &lists, on_room: &on_room, on_record: &on_record }),
        }
    };
    // The page where one is comes first: what is looked for by its id is found there.
    let places = std::iter::once(route).chain(app.model.forms.iter().copied().filter(|form| form.section() != section));
    html! {
        <ContextProvider<Outbox> context={outbox}><ContextProvider<SavedFilters> context={saved}><div class="shell">
            {skip_link(&i18n)}
            <WithWaitingFiles>{header(&i18n, &app, (route, all.unwrap_or(0) > 0), &customer.remote, &lists, &on_palette)}</WithWaitingFiles>
            {nav(&i18n, &app, navigator.as_ref(), route, all.unwrap_or(0) > 0, Counts { open, waiting, invitations }, &views)}
            <main id="content" class="main" tabindex="-1">
                <Banners />
                <>{for places.map(|place| {
                    let told = TellTitle { section: place.section(), tell: tell.clone() };
                    let here = Here { route: place, title: title(place.section()).into() };
                    html! {
                        <div key={place.section() as usize} class="form-place" hidden={place.section() != section}><ContextProvider<Here> context={here}><ContextProvider<TellTitle> context={told}>{page(place)}</ContextProvider<TellTitle>></ContextProvider<Here>></div>
                    }
                })}</>
            </main>
            if palette { <Palette lists={lists.clone()} customers={all.unwrap_or(0) > 0} on_close={on_palette.reform(|()| false)} on_keys={on_sheet} /> }
            {dead_link}
            if *sheet { <KeySheet on_close={sets(&sheet, |()| false)} /> }
        </div></ContextProvider<SavedFilters>></ContextProvider<Outbox>>
    }
}

/// How many customers and open incidents there are: beside any row.
pub(crate) fn summary() -> CustomerQuery {
    CustomerQuery { text: String::new(), window: ListWindow { offset: 0, limit: 1 } }
}

/// The first thing that Tab reaches: past header and navigation.
fn skip_link(i18n: &I18n) -> Html {
    let onclick = Callback::from(|event: MouseEvent| {
        event.prevent_default();
        focus_page_title();
    });
    html! { <a class="skip" href="#content" data-testid="skip-link" {onclick}>{t!(i18n, "skip-to-content")}</a> }
}

/// The next customer in the same view, or the one before; in a list over all there is none. Whoever works through incidents passes over those with
/// nothing open.
fn go_to_customer(app: &App, navigator: Option<Navigator>, route: Route, back: bool) {
    let section = route.section();
    if app.is_over_all(section) || !Page::of(section).of_customers {
        return;
    }
    let with_open = section == Section::Incidents && route.tab() == IncidentTab::Active;
    let query = NextCustomerQuery { from: app.model.preferences.customer, back, with_open };
    let app = app.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let Ok(Some(next)) = api::call::<NextCustomer>(query).await else { return };
        app.prefer(move |preferences| preferences.customer = Some(next));
        if let Some(navigator) = navigator.filter(|_| route.has_pane()) {
            navigator.push(&route.list());
        }
    });
}

fn choose_first(app: App) {
    wasm_bindgen_futures::spawn_local(async move {
        let query = CustomerQuery { text: String::new(), window: ListWindow { offset: 0, limit: 500 } };
        let Ok(page) = api::call::<ListCustomers>(query).await else { return };
        let useful = page.rows.iter().find(|row| row.open.unwrap_or(0) > 0 && row.permissions.contains(Permission::TicketsView));
        if let Some(row) = useful.or(page.rows.first()) {
            let id = row.id;
            // Somebody may have chosen meanwhile.
            app.prefer(move |preferences| preferences.customer = preferences.customer.or(Some(id)));
        }
    });
}
