//! Buttons in the head of a pane that copy something of it: a number, a link.

use gloo::timers::callback::Timeout;
use tenantry_model::ipc::NavigationTarget;
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::hooks;
use crate::i18n::{t, use_i18n};

/// For how long a button says what it did.
const SAYS_MS: u32 = 4_000;

#[derive(Properties, PartialEq)]
pub struct CopyingProps {
    /// The number, where it has one.
    #[prop_or_default]
    pub number: Option<AttrValue>,
    pub link: NavigationTarget,
}

/// What was done, and to which text.
#[derive(Clone, PartialEq)]
struct Done {
    text: String,
    copied: bool,
}

#[component]
pub fn Copying(props: &CopyingProps) -> Html {
    let i18n = use_i18n();
    let done = use_state_eq(|| None::<Done>);
    use_effect_with((*done).clone(), {
        let done = done.setter();
        move |said| {
            let timeout = said.is_some().then(|| Timeout::new(SAYS_MS, move || done.set(None)));
            move || drop(timeout)
        }
    });
    let button = |icon: Icon, text: String, label: String, testid: &'static str| {
        let is_copied = done.as_ref().is_some_and(|done| done.copied && done.text == text);
        let onclick = {
            let done = done.setter();
            Callback::from(move |_: MouseEvent| {
                let (done, text) = (done.clone(), text.clone());
                wasm_bindgen_futures::spawn_local(async move {
                    let copied = hooks::copy(&text).await;
                    done.set(Some(Done { text, copied }));
                });
            })
        };
        let label = AttrValue::from(label);
        html! {
            <button type="button" class="icon-button" aria-label={&label} title={&label} data-testid={testid} {onclick}>
                {glyph(if is_copied { Icon::Check } else { icon })}
            </button>
        }
    };
    let said = done.as_ref().map(|done| if done.copied { t!(i18n, "copied") } else { t!(i18n, "copy-failed") });
    html! {
        <>
            <span class="pane__said" role="status" data-testid="copy-said">{said}</span>
            if let Some(number) = &props.number { {button(Icon::Copy, number.to_string(), t!(i18n, "copy-number"), "copy-number")} }
            {button(Icon::Link, props.link.to_string(), t!(i18n, "copy-link"), "copy-link")}
        </>
    }
}
