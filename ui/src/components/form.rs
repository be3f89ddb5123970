//! Fields of a form: what is asked, a hint, and what is wrong with the answer.

use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

use super::focus::use_focused;
use super::icon::{Icon, glyph};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// The id of the control inside, so that the label belongs to it.
    pub id: AttrValue,
    pub label: AttrValue,
    /// What helps to answer; its id is the control's id and `-hint`.
    #[prop_or_default]
    pub hint: AttrValue,
    /// What is wrong; its id is the control's id and `-error`.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or_default]
    pub required: bool,
    pub children: Html,
}

/// A label, a control and what is said about it. The control inside names hint and error through [`described_by`].
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let i18n = use_i18n();
    html! {
        <div class="field">
            <label class="field__label" for={&props.id}>
                {&props.label}
                if props.required { <span class="field__required" title={t!(i18n, "form-required")} aria-hidden="true">{"*"}</span> }
            </label>
            {props.children.clone()}
            {under(&props.id, &props.hint, props.error.as_ref())}
        </div>
    }
}

fn under(id: &str, hint: &str, error: Option<&AttrValue>) -> Html {
    html! { <>
        if let Some(error) = error {
            <span id={format!("{id}-error")} class="field__error" role="alert">{glyph(Icon::Important)}{error}</span>
        }
        if !hint.is_empty() { <span id={format!("{id}-hint")} class="field__hint">{hint}</span> }
    </> }
}

/// What a control's `aria-describedby` names.
pub fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    let parts: Vec<String> = error.then(|| format!("{id}-error")).into_iter().chain(hint.then(|| format!("{id}-hint"))).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// What stands in the field now.
pub fn typed(event: InputEvent) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

/// Whether the box is ticked now.
pub fn ticked(event: Event) -> bool {
    event.target_unchecked_into::<HtmlInputElement>().checked()
}

#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    /// The control's id; also what tests find it by.
    pub id: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    pub on_input: Callback<String>,
    #[prop_or_default]
    pub hint: AttrValue,
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or_default]
    pub required: bool,
    /// Whether it is shown but cannot be changed; the hint says why.
    #[prop_or_default]
    pub readonly: bool,
    #[prop_or_default]
    pub autofocus: bool,
    /// The `type` of the control: `text`, `number`.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
}

#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let (node, oninput) = (use_focused(props.autofocus), props.on_input.reform(typed));
    html! {
        <Field id={&props.id} label={&props.label} hint={&props.hint} error={props.error.clone()} required={props.required}>
            <input
                ref={node}
                id={&props.id}
                class="field__input"
                type={&props.kind}
                autocomplete="off"
                spellcheck="false"
                value={&props.value}
                readonly={props.readonly}
                aria-required={props.required.then_some("true")}
                aria-invalid={props.error.is_some().to_string()}
                aria-describedby={described_by(&props.id, !props.hint.is_empty(), props.error.is_some())}
                data-testid={&props.id}
                {oninput}
            />
        </Field>
    }
}

#[derive(Clone, PartialEq, Default)]
pub struct Check {
    pub testid: AttrValue,
    pub label: AttrValue,
    pub hint: Option<AttrValue>,
    pub checked: bool,
    /// Why it cannot be changed.
    pub disabled: Option<AttrValue>,
}

#[derive(Properties, PartialEq)]
pub struct CheckListProps {
    pub legend: AttrValue,
    pub items: Vec<Check>,
    /// Somebody ticked, or unticked, the box at this place.
    pub on_toggle: Callback<(usize, bool)>,
}

#[component]
pub fn CheckList(props: &CheckListProps) -> Html {
    html! {
        <fieldset class="checks">
            <legend class="checks__legend">{&props.legend}</legend>
            {for props.items.iter().enumerate().map(|(at, item)| {
                check(item, props.on_toggle.reform(move |event: Event| (at, ticked(event))))
            })}
        </fieldset>
    }
}

pub fn check(item: &Check, onchange: Callback<Event>) -> Html {
    let is_off = item.disabled.is_some();
    // The keyboard gets to it, and what stands beside it says why it stays as it is.
    let onclick = Callback::from(move |event: MouseEvent| {
        if is_off {
            event.prevent_default();
        }
    });
    html! {
        <label key={item.testid.to_string()} class={classes!("tick", item.disabled.is_some().then_some("tick--disabled"))} title={item.disabled.clone()}>
            <input type="checkbox" checked={item.checked} aria-disabled={is_off.then_some("true")} data-testid={&item.testid} {onchange} {onclick} />
            <span class="tick__text">
                <span>{&item.label}</span>
                if let Some(hint) = item.disabled.as_ref().or(item.hint.as_ref()) { <span class="tick__hint">{hint}</span> }
            </span>
        </label>
    }
}
