//! Why many recorded issues are to be closed: said once, and of each (R86).

use tenantry_model::api::incidents::CloseIssue;
use tenantry_model::ipc::IpcError;
use yew::prelude::*;

use super::super::close::{Draft, fields};
use crate::components::button::Button;
use crate::components::confirm::use_leaving;
use crate::components::dialog::Dialog;
use crate::components::notice::failed;
use crate::hooks::use_draft;
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct CloseFormProps {
    pub(super) count: usize,
    pub(super) on_submit: Callback<CloseIssue>,
    pub(super) on_cancel: Callback<()>,
    pub(super) busy: bool,
    pub(super) error: Option<IpcError>,
}

/// See the module. The focus starts on the reasons: arrows choose, Enter goes on to the plan.
#[component]
pub(super) fn CloseForm(props: &CloseFormProps) -> Html {
    let i18n = use_i18n();
    let draft = use_draft(Draft::new);
    let (cancel, question) = use_leaving(draft.is_entered(), &props.on_cancel);
    let blocked = draft.is_too_long().then(|| t!(i18n, "message-too-long"));
    let onsubmit = {
        let (ready, on_submit) = (blocked.is_none() && !props.busy, props.on_submit.clone());
        let change = draft.change();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if ready {
                on_submit.emit(change.clone());
            }
        })
    };
    html! { <>
        <Dialog title={t!(i18n, "bulk-close-title", count = props.count)} on_cancel={cancel.clone()} wide=true>
            <form {onsubmit} data-testid="bulk-close-form">
                <div class="dialog__text">{fields(&i18n, &draft)}if let Some(error) = &props.error { {failed(&i18n, error)} }</div>
                <div class="dialog__buttons">
                    <Button testid="bulk-close-no" busy={props.busy} onclick={cancel.reform(|_: MouseEvent| ())}>{t!(i18n, "cancel")}</Button>
                    <Button class="button button--primary" testid="bulk-close-yes" submit=true why={blocked.map(AttrValue::from)} busy={props.busy}>{t!(i18n, "bulk-to-plan")}</Button>
                </div>
            </form>
        </Dialog>
        {question}
    </> }
}
