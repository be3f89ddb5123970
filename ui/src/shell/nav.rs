//! The pages there are.

use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::i18n::{I18n, t};
use crate::route::Route;

/// The navigation; the number is that of the open incidents of what the incident list shows.
pub(super) fn nav(i18n: &I18n, navigator: Option<&Navigator>, route: Route, open: Option<u32>) -> Html {
    let rooms = route.is_rooms();
    let badge = open.filter(|open| *open > 0).map(|open| {
        let title = t!(i18n, "open-count", count = open);
        html! { <span class="nav__badge" title={title.clone()} aria-label={title}>{i18n.number(open)}</span> }
    });
    html! {
        <nav class="nav" aria-label={t!(i18n, "navigation")}>
            {item(navigator, Route::START, !rooms, Icon::Incidents, t!(i18n, "incidents"), "nav-incidents", badge)}
            {item(navigator, Route::Rooms, rooms, Icon::Rooms, t!(i18n, "rooms"), "nav-rooms", None)}
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
            {glyph(icon)}<span class="nav__label">{label}</span>{badge}
        </a>
    }
}
