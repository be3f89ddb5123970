//! A small whole number: typed, or stepped with the buttons or the arrow keys.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::form::{Field, described_by, typed};
use super::icon::{Icon, glyph};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub struct StepperProps {
    pub id: AttrValue,
    pub label: AttrValue,
    /// What stands in it; it may be no number while somebody types.
    pub value: AttrValue,
    pub least: u16,
    pub most: u16,
    /// What is counted, beside the number.
    #[prop_or_default]
    pub unit: AttrValue,
    #[prop_or_default]
    pub hint: AttrValue,
    #[prop_or_default]
    pub error: Option<AttrValue>,
    pub on_input: Callback<String>,
}

/// The number one step up or down; from what is no number, the nearest end.
fn stepped(text: &str, up: bool, least: u16, most: u16) -> u16 {
    match text.trim().parse::<u16>() {
        Ok(number) if up => number.saturating_add(1).clamp(least, most),
        Ok(number) => number.saturating_sub(1).clamp(least, most),
        Err(_) if up => least,
        Err(_) => most,
    }
}

#[component]
pub fn Stepper(props: &StepperProps) -> Html {
    let i18n = use_i18n();
    let (least, most) = (props.least, props.most);
    let step = {
        let (on_input, value) = (props.on_input.clone(), props.value.clone());
        Callback::from(move |up: bool| on_input.emit(stepped(&value, up, least, most).to_string()))
    };
    let onkeydown = {
        let step = step.clone();
        Callback::from(move |event: KeyboardEvent| {
            let up = match event.key().as_str() {
                "ArrowUp" => true,
                "ArrowDown" => false,
                _ => return,
            };
            event.prevent_default();
            step.emit(up);
        })
    };
    let oninput = props.on_input.reform(typed);
    let number = props.value.trim().parse::<u16>().ok();
    let button = |up: bool, icon: Icon, label: String, end: bool| {
        let testid = format!("{}-{}", props.id, if up { "more" } else { "less" });
        html! {
            <button type="button" class="icon-button stepper__step" tabindex="-1" aria-label={label.clone()} title={label} data-testid={testid}
                disabled={end} onclick={step.reform(move |_: MouseEvent| up)}>{glyph(icon)}</button>
        }
    };
    html! {
        <Field id={&props.id} label={&props.label} hint={&props.hint} error={props.error.clone()}>
            <div class="stepper">
                {button(false, Icon::Minus, t!(i18n, "stepper-less"), number == Some(least))}
                <input
                    id={&props.id}
                    class="field__input stepper__input"
                    type="text"
                    inputmode="numeric"
                    role="spinbutton"
                    aria-valuemin={least.to_string()}
                    aria-valuemax={most.to_string()}
                    aria-valuenow={number.map(|number| number.to_string())}
                    aria-invalid={props.error.is_some().to_string()}
                    aria-describedby={described_by(&props.id, !props.hint.is_empty(), props.error.is_some())}
                    autocomplete="off"
                    value={&props.value}
                    data-testid={&props.id}
                    {oninput}
                    {onkeydown}
                />
                {button(true, Icon::Plus, t!(i18n, "stepper-more"), number == Some(most))}
                <span class="stepper__unit">{&props.unit}</span>
            </div>
        </Field>
    }
}

#[cfg(test)]
mod tests {
    use super::stepped;

    #[test]
    fn r20_steps_stay_within_1_and_30_and_start_at_an_end_where_no_number_stands() {
        assert_eq!(stepped("14", true, 1, 30), 15);
        assert_eq!(stepped("30", true, 1, 30), 30);
        assert_eq!(stepped("1", false, 1, 30), 1);
        assert_eq!(stepped("400", false, 1, 30), 30);
        assert_eq!(stepped("", true, 1, 30), 1);
        assert_eq!(stepped("x", false, 1, 30), 30);
    }
}
