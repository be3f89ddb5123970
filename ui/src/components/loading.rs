//! What shows while an answer is awaited.

use yew::prelude::*;

use super::empty::Failed;
use crate::remote::{LoadState, Remote};

#[derive(Properties, PartialEq)]
pub struct LoadingProps {
    /// So many lines stand for a text on its way; none, and a spinner stands for a list.
    #[prop_or_default]
    pub lines: usize,
}

#[component]
pub fn Loading(props: &LoadingProps) -> Html {
    if props.lines == 0 {
        return html! { <div class="list-message" role="status" aria-busy="true"><span class="spinner" aria-hidden="true" /></div> };
    }
    html! { <div class="pane__waiting" aria-busy="true">{for (0..props.lines).map(|_| html! { <span class="skeleton" /> })}</div> }
}

/// What can be used before the answer is there: it is drawn with it, or without it while it is awaited.
pub fn early<T>(remote: &Remote<T>, on_retry: &Callback<()>, ready: impl FnOnce(Option<&T>) -> Html) -> Html {
    match remote.load_state() {
        LoadState::Loading => ready(None),
        LoadState::Failed(error) => html! { <Failed error={error.clone()} on_retry={on_retry.clone()} /> },
        LoadState::Ready(data, _) => ready(Some(data)),
    }
}

pub fn text_of<T>(remote: &Remote<T>, on_retry: &Callback<()>, lines: usize, ready: impl FnOnce(&T) -> Html) -> Html {
    early(remote, on_retry, |known| known.map_or_else(|| html! { <Loading {lines} /> }, ready))
}
