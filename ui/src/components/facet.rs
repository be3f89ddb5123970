//! A filter: a button that opens what can be chosen, and, once something is, a chip that can be taken away.

use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use super::focus::{Axis, move_by_arrows};
use super::icon::{Icon, glyph};
use super::popover::Popover;
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub struct FacetProps {
    /// Names it for tests: `filter-` and this.
    pub name: AttrValue,
    pub label: AttrValue,
    pub chosen: Vec<String>,
    pub on_clear: Callback<()>,
    /// Whether it is open, and what is asked to open or close it, where the page sees to it that one is open at a time.
    #[prop_or_default]
    pub control: Option<(bool, Callback<bool>)>,
    #[prop_or(classes!("popover__panel--menu"))]
    pub panel_class: Classes,
    pub children: Html,
}

#[component]
pub fn Facet(props: &FacetProps) -> Html {
    let i18n = use_i18n();
    let open = use_state_eq(|| false);
    let summary = match props.chosen.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [first, more @ ..] => Some(t!(i18n, "filter-more", first = first.clone(), count = more.len())),
    };
    let (open, on_toggle) = props.control.clone().unwrap_or_else(|| {
        let set = open.setter();
        (*open, Callback::from(move |to: bool| set.set(to)))
    });
    let after = summary.is_some().then(|| {
        let label = t!(i18n, "filter-remove", name = props.label.to_string());
        html! {
            <button type="button" class="chip__remove" aria-label={label.clone()} title={label} data-testid={format!("filter-clear-{}", props.name)}
                onclick={props.on_clear.reform(|_: MouseEvent| ())}>{glyph(Icon::Close)}</button>
        }
    });
    html! {
        <div class={classes!("chip", summary.is_some().then_some("chip--on"))}>
            <Popover
                {open}
                {on_toggle}
                class="chip__button"
                panel_class={props.panel_class.clone()}
                testid={format!("filter-{}", props.name)}
                button={html! { <>
                    <span>{&props.label}</span>
                    if let Some(summary) = &summary { <span class="chip__value clip" title={summary.clone()}>{summary}</span> } else { {glyph(Icon::ChevronDown)} }
                </> }}
                after={after.unwrap_or_default()}
            >{props.children.clone()}</Popover>
        </div>
    }
}

/// Takes a value into those that are chosen, or out of them.
pub fn toggle<T: PartialEq>(values: &mut Vec<T>, value: T) {
    match values.iter().position(|held| *held == value) {
        Some(at) => drop(values.remove(at)),
        None => values.push(value),
    }
}

/// Arrows from one filter to the next; in what a filter opened they belong to that.
pub fn between_facets(event: &KeyboardEvent) {
    let is_below = event.target_dyn_into::<Element>().is_some_and(|target| target.closest(".popover__panel").ok().flatten().is_some());
    if !is_below {
        move_by_arrows(event, ".filters", ".chip__button:is(button), .chip__remove, .segment, .filters__clear", Axis::Row);
    }
}

pub fn facet_value(value: &str, label: String, checked: bool, on_toggle: Callback<Event>) -> Html {
    html! {
        <label key={value.to_owned()} class="menu-item">
            <input type="checkbox" {checked} data-testid={format!("filter-value-{value}")} onchange={on_toggle} /><span>{label}</span>
        </label>
    }
}

/// One of several, of which one is chosen.
pub fn facet_choice(label: String, on: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="menu-item" aria-pressed={on.to_string()} {onclick}>
            <span class="option__mark">if on { {glyph(Icon::Check)} }</span><span>{label}</span>
        </button>
    }
}

/// A filter that is on or off.
pub fn facet_switch(name: &str, label: String, on: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <div class={classes!("chip", on.then_some("chip--on"))}>
            <button type="button" class="chip__button" aria-pressed={on.to_string()} data-testid={format!("filter-{name}")} {onclick}>
                if on { {glyph(Icon::Check)} }<span>{label}</span>
            </button>
        </div>
    }
}

/// Takes all filters away.
pub fn clear_all(i18n: &I18n, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="link filters__clear" data-testid="filter-clear-all" {onclick}>{t!(i18n, "filter-clear-all")}</button> }
}
