//! A field for a day. The web view's own writes days as the system does, whatever language the app speaks, and shows today where nothing was chosen.

use web_sys::{FocusEvent, KeyboardEvent};
use yew::prelude::*;

use super::focus::use_focused;
use super::form::{Field, described_by, typed};
use crate::i18n::use_i18n;

#[derive(Properties, PartialEq)]
pub struct DayInputProps {
    pub id: AttrValue,
    pub class: AttrValue,
    /// The day, such as `2026-03-01`; empty where there is none; what was typed where that is no day.
    pub value: AttrValue,
    pub on_input: Callback<String>,
    #[prop_or_default]
    pub invalid: bool,
    #[prop_or_default]
    pub described_by: Option<AttrValue>,
    #[prop_or_default]
    pub autofocus: bool,
}

/// See the module. What is no day yet, or may go on, counts once one leaves the field, or presses Enter.
#[component]
pub fn DayInput(props: &DayInputProps) -> Html {
    let (i18n, node) = (use_i18n(), use_focused(props.autofocus));
    let typing = use_state(|| None::<String>);
    let oninput = {
        let (typing, on_input, i18n) = (typing.setter(), props.on_input.clone(), i18n.clone());
        Callback::from(move |event: InputEvent| {
            let text = typed(event);
            if let Some(day) = i18n.day_while_typing(&text) {
                on_input.emit(day);
            }
            typing.set(Some(text));
        })
    };
    let leave = {
        let (typing, on_input, i18n) = (typing.clone(), props.on_input.clone(), i18n.clone());
        Callback::from(move |()| {
            if let Some(text) = &*typing {
                on_input.emit(i18n.day_typed(text));
                typing.set(None);
            }
        })
    };
    let onblur = leave.reform(|_: FocusEvent| ());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            leave.emit(());
        }
    });
    html! {
        <input
            ref={node}
            id={&props.id}
            type="text"
            inputmode="numeric"
            class={&props.class}
            placeholder={i18n.day_hint()}
            autocomplete="off"
            spellcheck="false"
            value={(*typing).clone().unwrap_or_else(|| i18n.day_shown(&props.value))}
            aria-invalid={props.invalid.to_string()}
            aria-describedby={props.described_by.clone()}
            data-testid={&props.id}
            {oninput}
            {onblur}
            {onkeydown}
        />
    }
}

#[derive(Properties, PartialEq)]
pub struct DayFieldProps {
    pub id: AttrValue,
    pub label: AttrValue,
    /// See [`DayInputProps::value`].
    pub value: AttrValue,
    pub on_input: Callback<String>,
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or_default]
    pub autofocus: bool,
}

/// A [`DayInput`] with its label and what is wrong with it.
#[component]
pub fn DayField(props: &DayFieldProps) -> Html {
    let bad = props.error.is_some();
    html! {
        <Field id={&props.id} label={&props.label} error={props.error.clone()}>
            <DayInput
                id={&props.id}
                class="field__input"
                value={&props.value}
                on_input={&props.on_input}
                invalid={bad}
                described_by={described_by(&props.id, false, bad).map(AttrValue::from)}
                autofocus={props.autofocus}
            />
        </Field>
    }
}
