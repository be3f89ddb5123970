//! The bar at the top.

use std::rc::Rc;

use tenantry_model::ipc::CustomerRow;
use yew::prelude::*;

use super::customer_dropdown::CustomerDropdown;
use super::preferences::demo_badge;
use super::search::SearchBox;
use super::sync_state::SyncState;
use super::user_menu::UserMenu;
use crate::components::icon::mark;
use crate::context::App;
use crate::i18n::I18n;
use crate::remote::Remote;
use crate::route::Route;

/// The header. Pages with one long list have a search box here: its text, and what takes another.
pub(super) fn header(
    i18n: &I18n,
    app: &App,
    route: Route,
    customer: &Rc<Remote<CustomerRow>>,
    search: Option<(AttrValue, Callback<String>)>,
) -> Html {
    html! {
        <header class="header">
            <div class="header__brand">{mark()}<span class="brand">{"Tenantry"}</span></div>
            <CustomerDropdown {route} customer={customer.clone()} />
            if let Some((text, on_text)) = search { <SearchBox section={route.section()} {text} {on_text} /> }
            <div class="header__end">{demo_badge(i18n, app)}<SyncState /><UserMenu /></div>
        </header>
    }
}
