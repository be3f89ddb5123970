//! The saved views, under the line of their page.

use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::id::SavedViewId;
use tenantry_model::ipc::ViewCount;
use yew::prelude::*;
use yew_router::prelude::*;

use super::view_letters::letters;
use crate::hooks::{SavedFilter, SavedFilters};
use crate::i18n::{I18n, t};
use crate::route::{Route, Section};

/// What the navigation shows of them.
pub(super) struct NavViews {
    pub(super) saved: SavedFilters,
    /// The one whose filter the list shows.
    pub(super) shown: Option<SavedViewId>,
    /// Opens one, by its page and its filter.
    pub(super) on_open: Callback<(ViewPage, String)>,
}

/// A line for each of a page; nothing where there are none.
pub(super) fn view_lines(i18n: &I18n, views: &NavViews, section: Section) -> Html {
    // Of both pages: they stand one below the other.
    let letters = letters(views.saved.iter().map(|saved| saved.view.name.as_str()));
    let of_page = views.saved.iter().zip(letters).filter(|(saved, _)| start(saved.view.page).section() == section);
    let mut lines = of_page.map(|(saved, letters)| line(i18n, saved, letters, views)).peekable();
    if lines.peek().is_none() {
        return html! {};
    }
    html! { <div class="nav__views">{for lines}</div> }
}

fn start(page: ViewPage) -> Route {
    match page {
        ViewPage::Incidents => Route::START,
        ViewPage::Rooms => Route::Rooms,
    }
}

/// What is shown of a count, and how it is said.
fn counted(i18n: &I18n, page: ViewPage, found: ViewCount) -> (String, String) {
    let (shown, count) = (i18n.number(found.count), found.count);
    match (page, found.at_least) {
        (ViewPage::Incidents, false) => (shown, t!(i18n, "view-count", count = count)),
        (ViewPage::Incidents, true) => (format!("{shown}+"), t!(i18n, "view-count-least", count = count)),
        (ViewPage::Rooms, false) => (shown, t!(i18n, "view-count-rooms", count = count)),
        (ViewPage::Rooms, true) => (format!("{shown}+"), t!(i18n, "view-count-rooms-least", count = count)),
    }
}

fn line(i18n: &I18n, saved: &SavedFilter, letters: String, views: &NavViews) -> Html {
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
            href={format!("#{}", start(view.page).to_path())}
            class={classes!("nav__item", "nav__item--view", on.then_some("nav__item--on"))}
            aria-current={on.then_some("true")}
            title={view.name.clone()}
            data-testid="nav-view"
            {onclick}
        >
            <span class="nav__letters" aria-hidden="true" data-letters={letters} /><span class="nav__label clip" title={view.name.clone()}>{&view.name}</span>
            if let Some((shown, said)) = saved.count.map(|found| counted(i18n, view.page, found)) {
                <span class="nav__badge" title={said.clone()} aria-label={said}>{shown}</span>
            }
        </a>
    }
}

#[cfg(test)]
mod tests {
    use tenantry_model::ipc::Language;

    use super::*;

    #[test]
    fn what_has_not_all_come_is_said_to_be_at_least_so_many() {
        let of = |language, page, at_least| counted(&I18n::new(language), page, ViewCount { count: 3, at_least });
        assert_eq!(of(Language::English, ViewPage::Rooms, false), ("3".to_owned(), "3 rooms".to_owned()));
        assert_eq!(of(Language::English, ViewPage::Incidents, true), ("3+".to_owned(), "at least 3 incidents".to_owned()));
        assert_eq!(of(Language::German, ViewPage::Rooms, true).1, "mindestens 3 Räume");
    }
}
