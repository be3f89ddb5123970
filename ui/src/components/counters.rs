//! Counters above a list: each is a filter.

use yew::prelude::*;

use super::focus::{Axis, move_by_arrows};
use super::icon::{Icon, glyph};
use crate::i18n::{t, use_i18n};

#[derive(Clone, PartialEq)]
pub struct Counter {
    /// Names it in style sheets and for tests.
    pub name: &'static str,
    pub icon: Icon,
    pub label: String,
    /// None while it is not known.
    pub number: Option<u32>,
    pub pressed: bool,
    pub on_press: Callback<MouseEvent>,
}

#[derive(Properties, PartialEq)]
pub struct CountersProps {
    pub counters: Vec<Counter>,
}

#[component]
pub fn Counters(props: &CountersProps) -> Html {
    let i18n = use_i18n();
    let onkeydown = Callback::from(|event: KeyboardEvent| move_by_arrows(&event, ".counters", ".counter", Axis::Row));
    html! {
        <div class="counters" role="group" aria-label={t!(i18n, "counters")} {onkeydown}>
            {for props.counters.iter().map(|counter| html! {
                <button
                    type="button"
                    key={counter.name}
                    class={classes!("counter", format!("counter--{}", counter.name), counter.pressed.then_some("counter--on"))}
                    aria-pressed={counter.pressed.to_string()}
                    data-testid={format!("counter-{}", counter.name)}
                    title={counter.label.clone()}
                    onclick={counter.on_press.clone()}
                >
                    <span class="counter__number">{counter.number.map_or_else(|| "–".to_owned(), |number| i18n.number(number))}</span>
                    <span class="counter__label">{glyph(counter.icon)}<span class="clip" title={counter.label.clone()}>{&counter.label}</span></span>
                </button>
            })}
        </div>
    }
}
