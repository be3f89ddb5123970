//! A few choices side by side, of which one holds.

use yew::prelude::*;

use super::focus::{Axis, move_by_arrows};

pub struct Segment {
    pub label: String,
    pub testid: String,
    pub on: bool,
}

/// The choices; the callback is told the place of the one that is pressed.
pub fn segments(label: String, choices: Vec<Segment>, on_choose: &Callback<usize>) -> Html {
    let onkeydown = Callback::from(|event: KeyboardEvent| move_by_arrows(&event, ".segments", ".segment", Axis::Row));
    html! {
        <div class="segments" role="group" aria-label={label} {onkeydown}>
            {for choices.into_iter().enumerate().map(|(at, choice)| html! {
                <button
                    type="button"
                    key={at}
                    class={classes!("segment", choice.on.then_some("segment--on"))}
                    aria-pressed={choice.on.to_string()}
                    data-testid={choice.testid}
                    onclick={on_choose.reform(move |_: MouseEvent| at)}
                >{choice.label}</button>
            })}
        </div>
    }
}
