//! The one kind of button that can be out of use. The keyboard gets to it all the same, and hears why.

use std::cell::Cell;

use yew::prelude::*;

use super::tip::place_tip;
use crate::i18n::{t, use_i18n};

thread_local! {
    static MADE: Cell<u32> = const { Cell::new(0) };
}

#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    #[prop_or(classes!("button"))]
    pub class: Classes,
    pub testid: AttrValue,
    /// Why it is out of use; none where it is not.
    #[prop_or_default]
    pub why: Option<AttrValue>,
    /// Whether what it did last is still under way.
    #[prop_or_default]
    pub busy: bool,
    /// Whether it sends the form around it.
    #[prop_or_default]
    pub submit: bool,
    /// Whether it has the focus in a dialog that opens.
    #[prop_or_default]
    pub autofocus: bool,
    /// Its name where its content is not enough.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    #[prop_or_default]
    pub title: Option<AttrValue>,
    /// The letter that presses it: see the shell's table of keys.
    #[prop_or_default]
    pub letter: Option<AttrValue>,
    /// `step` for the step of a form that is up.
    #[prop_or_default]
    pub current: Option<AttrValue>,
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    #[prop_or_default]
    pub children: Html,
}

/// See the module. `disabled` would take it out of the reach of Tab, and the focus away from it while it is busy.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let i18n = use_i18n();
    let id = use_memo((), |()| {
        let made = MADE.get().wrapping_add(1);
        MADE.set(made);
        format!("button-why-{made}")
    });
    let is_off = props.busy || props.why.is_some();
    let onclick = {
        let onclick = props.onclick.clone();
        Callback::from(move |event: MouseEvent| {
            if is_off {
                // Neither sends the form, nor answers what it lies in.
                event.prevent_default();
                event.stop_propagation();
            } else {
                onclick.emit(event);
            }
        })
    };
    let onfocus = Callback::from(|event: FocusEvent| place_tip(&event));
    html! { <>
        <button
            type={if props.submit { "submit" } else { "button" }}
            class={props.class.clone()}
            autofocus={props.autofocus}
            aria-disabled={is_off.then_some("true")}
            aria-busy={props.busy.then_some("true")}
            aria-label={props.label.clone()}
            aria-describedby={props.why.as_ref().map(|_| (*id).clone())}
            aria-current={props.current.clone()}
            title={props.why.clone().or_else(|| props.title.clone()).or_else(|| props.letter.as_ref().map(|letter| AttrValue::from(t!(i18n, "letter-key", key = letter.to_uppercase()))))}
            data-why={props.why.clone()}
            data-letter={props.letter.clone()}
            aria-keyshortcuts={props.letter.clone()}
            data-testid={&props.testid}
            {onclick}
            {onfocus}
        >{props.children.clone()}</button>
        if let Some(why) = &props.why { <span id={(*id).clone()} hidden=true>{why}</span> }
    </> }
}

#[cfg(test)]
mod tests {
    use crate::sources;

    #[test]
    fn fault_9_10_no_control_that_the_keyboard_reaches_is_disabled_without_a_word() {
        let found = sources::all();
        // The steps beside a number are for the mouse alone: the number itself takes arrows, and says its ends.
        let attribute = concat!(" dis", "abled={");
        let silent = found.iter().filter(|(path, text)| !path.ends_with("stepper.rs") && text.contains(attribute));
        assert_eq!(silent.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<&String>::new());
    }
}
