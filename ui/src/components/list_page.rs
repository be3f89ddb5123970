//! A page with a list: its head, what narrows the list, the list or what stands in its place, and what is open beside it.

use tenantry_model::ipc::IpcError;
use yew::prelude::*;

use super::empty::{Empty, Failed};
use super::icon::Icon;
use super::loading::Loading;
use crate::i18n::{I18n, t};
use crate::remote::{LoadState, Remote};

#[derive(Properties, PartialEq)]
pub struct ListPageProps {
    pub title: AttrValue,
    /// The heading, where the focus goes to it.
    #[prop_or_default]
    pub heading: Option<NodeRef>,
    /// What follows the title: how old the page is, how many rows there are, buttons.
    #[prop_or_default]
    pub head: Html,
    pub children: Html,
    #[prop_or_default]
    pub pane: Option<Html>,
    /// Whether the pane shows: a page may keep a form there out of sight.
    #[prop_or(true)]
    pub split: bool,
}

#[component]
pub fn ListPage(props: &ListPageProps) -> Html {
    html! {
        <div class={classes!("page", (props.split && props.pane.is_some()).then_some("page--split"))}>
            <section class="page__list" aria-label={&props.title}>
                <div class="page__head">
                    <h1 ref={props.heading.clone().unwrap_or_default()} class="page__title" tabindex="-1">{&props.title}</h1>
                    {props.head.clone()}
                </div>
                {props.children.clone()}
            </section>
            // A node either way: a list of another length would be drawn anew, and lose focus and position.
            if let Some(pane) = &props.pane { {pane.clone()} }
        </div>
    }
}

/// How many there are, once it is known. Not of none: what stands in the place of the list says so.
pub fn page_count(known: Option<usize>, said: impl FnOnce(usize) -> String) -> Html {
    html! { <span class="page__count">{known.filter(|count| *count > 0).map(said)}</span> }
}

pub fn message(content: Html) -> Html {
    html! { <div class="list-message">{content}</div> }
}

/// A page without its list: its own heading stands all the same.
pub fn no_right(page: AttrValue, title: String, text: String) -> Html {
    html! { <ListPage title={page}>{message(html! { <Empty icon={Icon::Lock} {title} {text} testid="no-right" /> })}</ListPage> }
}

pub fn list_of<T>(remote: &Remote<T>, on_retry: &Callback<()>, ready: impl FnOnce(&T) -> Html) -> Html {
    match remote.load_state() {
        LoadState::Loading => html! { <Loading /> },
        LoadState::Failed(error) => message(html! { <Failed error={error.clone()} on_retry={on_retry.clone()} /> }),
        LoadState::Ready(data, _) => ready(data),
    }
}

/// Not spoken: lists are renewed because the world changed, and nobody asked.
pub fn not_renewed(i18n: &I18n, error: &IpcError, on_retry: &Callback<()>) -> Html {
    let onclick = on_retry.reform(|_: MouseEvent| ());
    html! { <p class="inline-error">{i18n.label(error.kind)}{" "}<button type="button" class="link" {onclick}>{t!(i18n, "try-again")}</button></p> }
}

/// A list that filters or the search leave without rows; with a button where there is something to take away.
pub fn no_match(i18n: &I18n, title: String, on_clear: Option<Callback<MouseEvent>>) -> Html {
    html! {
        <Empty icon={Icon::Search} {title} text={t!(i18n, "no-match-text")} testid="no-match">
            if let Some(onclick) = on_clear { <button type="button" class="button" {onclick}>{t!(i18n, "filter-clear-all")}</button> }
        </Empty>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_none_nothing_is_counted_above_what_says_so() {
        let count = |known| page_count(known, |count| format!("{count} changes"));
        assert_eq!(count(Some(0)), count(None));
        assert_ne!(count(Some(1)), count(None));
    }
}
