//! Fields of a form: what is asked, a hint, and what is wrong with the answer.

use web_sys::{HtmlInputElement, HtmlTextAreaElement, InputEvent, KeyboardEvent};
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

/// Esc in a search box takes its text away first; once that is empty, the key is for what the box stands in. Answers whether it was for the text.
pub fn empties(event: &KeyboardEvent, text: &str) -> bool {
    let is_for_text = is_for_text(&event.key(), text);
    if is_for_text {
        event.prevent_default();
        event.stop_propagation();
    }
    is_for_text
}

fn is_for_text(key: &str, text: &str) -> bool {
    key == "Escape" && !text.is_empty()
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
    /// The `type` of the control: `text`, `number`, `search`.
    #[prop_or(AttrValue::Static("text"))]
    pub kind: AttrValue,
}

#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let (node, oninput) = (use_focused(props.autofocus), props.on_input.reform(typed));
    let onkeydown = {
        let (on_input, text) = (props.on_input.clone(), props.value.clone());
        (props.kind == "search").then(|| {
            Callback::from(move |event: KeyboardEvent| {
                if empties(&event, &text) {
                    on_input.emit(String::new());
                }
            })
        })
    };
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
                {onkeydown}
            />
        </Field>
    }
}

#[derive(Properties, PartialEq)]
pub struct TextAreaProps {
    /// The control's id; also what tests find it by.
    pub id: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    pub on_input: Callback<String>,
    /// How many characters it may have: once few are left, the field says so.
    pub most: usize,
    #[prop_or_default]
    pub hint: AttrValue,
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or_default]
    pub required: bool,
    #[prop_or(4)]
    pub rows: u32,
    /// The node, where the focus is moved to it.
    #[prop_or_default]
    pub node: NodeRef,
}

/// Within so many characters of the end, what is left is counted.
const NEARLY: usize = 200;

/// How many characters a text has as the service counts them: without space around it.
pub fn characters(text: &str) -> usize {
    text.trim().chars().count()
}

/// Several lines. Ctrl or Cmd with Enter sends the form around it, as Enter does from a line.
#[component]
pub fn TextArea(props: &TextAreaProps) -> Html {
    let (i18n, oninput) = (use_i18n(), props.on_input.reform(typed));
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            if let Some(form) = event.target_dyn_into::<HtmlTextAreaElement>().and_then(|area| area.form()) {
                // Fails where the form is not in the page any more.
                let _ = form.request_submit();
            }
        }
    });
    let count = characters(&props.value);
    let over = (count > props.most).then(|| AttrValue::from(t!(i18n, "text-over", count = count - props.most)));
    let error = props.error.clone().or(over);
    let hint = if count <= props.most && count + NEARLY >= props.most {
        AttrValue::from(t!(i18n, "text-left", count = props.most - count))
    } else {
        props.hint.clone()
    };
    html! {
        <Field id={&props.id} label={&props.label} hint={hint.clone()} error={error.clone()} required={props.required}>
            <textarea
                ref={props.node.clone()}
                id={&props.id}
                class="field__input field__input--lines"
                rows={props.rows.to_string()}
                autocomplete="off"
                value={&props.value}
                aria-required={props.required.then_some("true")}
                aria-invalid={error.is_some().to_string()}
                aria-describedby={described_by(&props.id, !hint.is_empty(), error.is_some())}
                data-testid={&props.id}
                {oninput}
                {onkeydown}
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
            <>{for props.items.iter().enumerate().map(|(at, item)| {
                check(item, props.on_toggle.reform(move |event: Event| (at, ticked(event))))
            })}</>
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

#[cfg(test)]
mod tests {
    use super::{characters, is_for_text};

    #[test]
    fn keys_escape_empties_a_search_box_before_it_leaves_it() {
        assert!(is_for_text("Escape", "isar"));
        assert!(!is_for_text("Escape", "") && !is_for_text("Enter", "isar"));
    }

    #[test]
    fn r83_characters_are_counted_as_the_service_counts_them() {
        assert_eq!(characters(" \n Kein Ton ☎ \n"), 10);
        assert_eq!(characters("  "), 0);
    }
}
