//! The saved views, under the line of their page.

use tenantry_model::id::SavedViewId;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::hooks::{SavedFilter, SavedFilters};
use crate::i18n::{I18n, t};
use crate::route::Route;

/// What the navigation shows of them.
pub(super) struct NavViews {
    pub(super) saved: SavedFilters,
    /// The one whose filter the list shows.
    pub(super) shown: Option<SavedViewId>,
    /// Opens one, by its filter.
    pub(super) on_open: Callback<String>,
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

/// A line for each; nothing where there are none.
pub(super) fn view_lines(i18n: &I18n, views: &NavViews) -> Html {
    if views.saved.is_empty() {
        return html! {};
    }
    html! { <div class="nav__views">{for views.saved.iter().map(|saved| line(i18n, saved, views))}</div> }
}

fn line(i18n: &I18n, saved: &SavedFilter, views: &NavViews) -> Html {
    let view = &saved.view;
    let on = views.shown == Some(view.id);
    let onclick = {
        let (on_open, filter) = (views.on_open.clone(), view.filter.clone());
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            on_open.emit(filter.clone());
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
            <span class="nav__letters" aria-hidden="true" data-letters={letters(&view.name)} /><span class="nav__label clip">{&view.name}</span>
            if let Some(count) = saved.count {
                <span class="nav__badge" aria-label={t!(i18n, "view-count", count = count)}>{i18n.number(count)}</span>
            }
        </a>
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn a_view_is_told_from_others_by_two_letters() {
        let letters = |names: &[&str]| names.iter().map(|name| letters(name)).collect::<Vec<_>>();
        assert_eq!(
            letters(&["Critical and unread", "Mine", "Übergabe (Nacht)", "3rd floor", "A", "🎥"]),
            ["Cu", "Mi", "ÜN", "3f", "A", "…"]
        );
    }
}
