//! The saved views, under the line of their page.

use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::id::SavedViewId;
use tenantry_model::ipc::ViewCount;
use yew::prelude::*;
use yew_router::prelude::*;

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

/// Stands for a view where its name has no room: the first letters of the first and last words of its name, or the first two of its only word.
fn letters(name: &str) -> String {
    let words: Vec<Vec<char>> =
        name.split(|c: char| !c.is_alphanumeric()).map(|word| word.chars().collect()).filter(|word: &Vec<_>| !word.is_empty()).collect();
    match words.as_slice() {
        [] => "…".to_owned(),
        [only] => only.iter().take(2).collect(),
        [first, .., last] => [first[0], last[0]].iter().collect(),
    }
}

/// A line for each of a page; nothing where there are none.
pub(super) fn view_lines(i18n: &I18n, views: &NavViews, section: Section) -> Html {
    let of_page = views.saved.iter().filter(|saved| start(saved.view.page).section() == section);
    let mut lines = of_page.map(|saved| line(i18n, saved, views)).peekable();
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
            href={format!("#{}", start(view.page).to_path())}
            class={classes!("nav__item", "nav__item--view", on.then_some("nav__item--on"))}
            aria-current={on.then_some("true")}
            title={view.name.clone()}
            data-testid="nav-view"
            {onclick}
        >
            <span class="nav__letters" aria-hidden="true" data-letters={letters(&view.name)} /><span class="nav__label clip">{&view.name}</span>
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

    #[test]
    fn a_view_is_told_from_others_by_two_letters() {
        let letters = |names: &[&str]| names.iter().map(|name| letters(name)).collect::<Vec<_>>();
        assert_eq!(
            letters(&["Critical and unread", "Mine", "Übergabe (Nacht)", "3rd floor", "A", "🎥"]),
            ["Cu", "Mi", "ÜN", "3f", "A", "…"]
        );
    }
}
