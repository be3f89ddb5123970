//! The sheet of the keys.

use yew::prelude::*;

use super::table::{KEYS, said};
use crate::components::dialog::Dialog;
use crate::hooks::is_mac;
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(in crate::shell) struct KeySheetProps {
    pub(in crate::shell) on_close: Callback<()>,
}

#[component]
pub(in crate::shell) fn KeySheet(props: &KeySheetProps) -> Html {
    let i18n = use_i18n();
    let palette = if is_mac() { t!(i18n, "palette-key-mac") } else { t!(i18n, "palette-key") };
    let row = |keys: Vec<String>, says: String| {
        html! {
            <div key={says.clone()} class="keys__row">
                <dt>{for keys.into_iter().map(|key| html! { <kbd class="palette__key">{key}</kbd> })}</dt>
                <dd>{says}</dd>
            </div>
        }
    };
    html! {
        <Dialog title={t!(i18n, "keys")} on_cancel={props.on_close.clone()} wide=true>
            <p class="dialog__text">{t!(i18n, "keys-text")}</p>
            <dl class="keys" data-testid="key-sheet">
                {row(vec![palette], t!(i18n, "palette"))}
                <>{for KEYS.iter().map(|key| row(key.keys.iter().map(|key| said(&i18n, key, is_mac())).collect(), (key.says)(&i18n)))}</>
            </dl>
            <div class="dialog__buttons">
                <button type="button" class="button" data-testid="key-sheet-close" onclick={props.on_close.reform(|_: MouseEvent| ())}>{t!(i18n, "close")}</button>
            </div>
        </Dialog>
    }
}
