//! The saved views, under the line of their page.

use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::id::SavedViewId;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::hooks::{SavedFilter, SavedFilters};
use crate::i18n::{I18n, t};
use crate::route::Route;

/// What the navigation shows of them.
pub(super) struct NavViews {
    pub(super) saved: SavedFilters,
    /// The one whose filter the list shows.
    pub(super) shown: Option<SavedViewId>,
    /// Opens one, by its page and its filter.
    pub(super) on_open: Callback<(ViewPage, String)>,
}

/// A line for each; nothing where there are none.
pub(super) fn view_lines(i18n: &I18n, views: &NavViews) -> Html {
    html! { {for views.saved.iter().map(|saved| line(i18n, saved, views))} }
}

fn line(i18n: &I18n, saved: &SavedFilter, views: &NavViews) -> Html {
    let view = &saved.view;
    let on = views.shown == Some(view.id);
    let onclick = {
        let (on_open, page, filter) = (views.on_open.clone(), view.page, view.filter.clone());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            on_open.emit((page, filter.clone()));
        })
    };
    html! {
        <a
            key={view.id.to_string()}
            href={format!("#{}", Route::START.to_path())}
            class={classes!("nav__item", "nav__item--view", on.then_some("nav__item--on"))}
            aria-current={on.then_some("true")}
            title={view.name.clone()}
            data-testid="nav-view"
            {onclick}
        >
            {glyph(Icon::Search)}<span class="nav__label clip">{&view.name}</span>
            if let Some(count) = saved.count {
                <span class="nav__badge" aria-label={t!(i18n, "view-count", count = count)}>{i18n.number(count)}</span>
            }
        </a>
    }
}
