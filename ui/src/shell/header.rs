//! The bar at the top.

use std::rc::Rc;

use tenantry_model::ipc::CustomerRow;
use yew::prelude::*;

use super::customer_dropdown::CustomerDropdown;
use super::outbox::OutboxState;
use super::palette::palette_button;
use super::preferences::demo_badge;
use super::search::SearchBox;
use super::sync_state::SyncState;
use super::user_menu::UserMenu;
use crate::components::icon::mark;
use crate::context::App;
use crate::i18n::I18n;
use crate::page_table::{Lists, Page};
use crate::remote::Remote;
use crate::route::Route;

/// The header. Pages about a customer have the dropdown here, where there are any, and pages with one long list a search box.
pub(super) fn header(
    i18n: &I18n,
    app: &App,
    (route, customers): (Route, bool),
    customer: &Rc<Remote<CustomerRow>>,
    lists: &Lists,
    on_palette: &Callback<bool>,
) -> Html {
    let search = Page::of(route.section()).search.as_ref().map(|search| {
        let lists = lists.clone();
        let wrong = (search.wrong)(i18n, &lists).map(AttrValue::from);
        let (text, on_text) = ((search.text)(&lists), Callback::from(move |text| (search.search)(&lists, text)));
        html! { <SearchBox label={(search.label)(i18n)} testid={search.testid} filter_of={search.filter_of} {text} {wrong} {on_text} /> }
    });
    html! {
        <header class="header">
            <div class="header__brand">{mark()}<span class="brand">{"Tenantry"}</span></div>
            if customers && Page::of(route.section()).of_customers { <CustomerDropdown {route} customer={customer.clone()} /> }
            if let Some(search) = search { {search} }
            {palette_button(i18n, on_palette)}
            <div class="header__end">{demo_badge(i18n, app)}<OutboxState /><SyncState /><UserMenu /></div>
        </header>
    }
}
