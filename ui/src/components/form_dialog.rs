//! A dialog in which something is filled in or chosen, and sent.

use yew::prelude::*;

use super::button::Button;
use super::dialog::Dialog;
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub struct FormDialogProps {
    /// What the test ids of the form and its two buttons begin with.
    pub id: &'static str,
    pub title: AttrValue,
    /// What the button says that sends it.
    pub action: AttrValue,
    /// Why it cannot be sent.
    pub blocked: Option<String>,
    /// While it is sent, there is nothing to cancel any more.
    pub busy: bool,
    pub onsubmit: Callback<SubmitEvent>,
    pub on_cancel: Callback<()>,
    pub children: Html,
}

#[component]
pub fn FormDialog(props: &FormDialogProps) -> Html {
    let i18n = use_i18n();
    let FormDialogProps { id, busy, .. } = *props;
    html! {
        <Dialog title={&props.title} on_cancel={props.on_cancel.clone()} wide=true>
            <form onsubmit={props.onsubmit.clone()} data-testid={format!("{id}-form")}>
                <div class="dialog__text">{props.children.clone()}</div>
                <div class="dialog__buttons">
                    <Button testid={format!("{id}-no")} {busy} onclick={props.on_cancel.reform(|_: MouseEvent| ())}>{t!(i18n, "cancel")}</Button>
                    <Button class="button button--primary" testid={format!("{id}-yes")} submit=true why={props.blocked.clone().map(AttrValue::from)} {busy}>
                        if busy { <span class="spinner" aria-hidden="true" /> }
                        {&props.action}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
