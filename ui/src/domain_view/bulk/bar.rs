//! Above the list, while something is selected: how much, of how many customers, and what can be done with it.

use yew::prelude::*;

use crate::components::button::Button;
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct BarProps {
    /// How many are selected.
    pub(super) count: usize,
    /// Of how many customers.
    pub(super) customers: usize,
    /// How many of them are not in the list any more.
    pub(super) gone: usize,
    /// How many match, where not all of them are selected.
    pub(super) all: Option<u32>,
    pub(super) busy: bool,
    pub(super) on_all: Callback<()>,
    pub(super) on_clear: Callback<()>,
    /// The buttons of what can be done.
    pub(super) children: Html,
}

#[component]
pub(super) fn Bar(props: &BarProps) -> Html {
    let i18n = use_i18n();
    let selected = t!(i18n, "bulk-selected", number = props.count, customers = t!(i18n, "bulk-customers", count = props.customers));
    html! {
        <div class="bulk" role="group" aria-label={t!(i18n, "bulk-bar")} data-testid="bulk-bar">
            <strong class="bulk__count" role="status" data-testid="bulk-count">{selected}</strong>
            if props.gone > 0 { <span class="bulk__count dim" data-testid="bulk-left">{t!(i18n, "bulk-left", count = props.gone)}</span> }
            if let Some(all) = props.all {
                <Button class="button button--small" testid="bulk-all" letter="a" busy={props.busy} onclick={props.on_all.reform(|_: MouseEvent| ())}>{t!(i18n, "bulk-all", number = all)}</Button>
            }
            {props.children.clone()}
            <button type="button" class="link link--quiet" data-testid="bulk-clear" onclick={props.on_clear.reform(|_: MouseEvent| ())}>{t!(i18n, "bulk-clear")}</button>
        </div>
    }
}
