//! A contact that is added or changed.

use tenantry_model::api::settings::{ChangeSettings as Change, Contact, CustomerSettings};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{ChangeOf, ChangeSettings, GetSettings, IpcError};
use yew::prelude::*;

use super::view_model::{ContactDraft, ContactEdit};
use crate::components::form::TextField;
use crate::components::form_dialog::FormDialog;
use crate::components::notice::{failed, why_not_now};
use crate::context::use_app;
use crate::hooks::{call, sent_again, use_draft, use_task};
use crate::i18n::{t, use_i18n};

/// Changes settings on top of what holds now, again where somebody else did meanwhile.
pub(super) async fn change_on_top(customer: TenantId, change: impl Fn(&CustomerSettings) -> Change) -> Result<(), IpcError> {
    sent_again(|| async {
        let now = call::<GetSettings>(customer).await?.value;
        let change = change(&now);
        call::<ChangeSettings>(ChangeOf { key: customer, version: now.version, change }).await.map(drop)
    })
    .await
}

/// The same of one contact.
pub(super) async fn edit_contact(customer: TenantId, edit: ContactEdit) -> Result<(), IpcError> {
    change_on_top(customer, |now| Change { contacts: Some(edit.on(&now.contacts)), ..Change::default() }).await
}

#[derive(Properties, PartialEq)]
pub(super) struct ContactFormProps {
    pub(super) customer: TenantId,
    pub(super) customer_name: AttrValue,
    /// As it was; none for a new one.
    pub(super) was: Option<Contact>,
    /// It was sent: what to say about it.
    pub(super) on_done: Callback<String>,
    pub(super) on_cancel: Callback<()>,
}

#[component]
pub(super) fn ContactForm(props: &ContactFormProps) -> Html {
    let (i18n, app, customer) = (use_i18n(), use_app(), props.customer);
    let draft = use_draft(|| props.was.as_ref().map(ContactDraft::of).unwrap_or_default());
    let task = use_task();
    let contact = draft.contact();
    let unchanged = props.was.is_some() && contact == props.was;
    let blocked = why_not_now(&i18n, &app)
        .or_else(|| contact.is_none().then(|| t!(i18n, "contact-incomplete")))
        .or_else(|| unchanged.then(|| t!(i18n, "form-unchanged")));
    let is_blocked = blocked.is_some();
    let onsubmit = {
        let (task, on_done, was, i18n) = (task.clone(), props.on_done.clone(), props.was.clone(), i18n.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(new) = contact.clone().filter(|_| !is_blocked) else { return };
            let told = t!(i18n, "contact-saved", who = format!("{} {}", new.first_name, new.last_name));
            let edit = match was.clone() {
                None => ContactEdit::Add(new),
                Some(was) => ContactEdit::Replace(was, new),
            };
            let on_done = on_done.clone();
            task.run(async move {
                edit_contact(customer, edit).await?;
                on_done.emit(told);
                Ok(())
            });
        })
    };
    let title = if props.was.is_some() {
        t!(i18n, "contact-edit-title", name = props.customer_name.to_string())
    } else {
        t!(i18n, "contact-new-title", name = props.customer_name.to_string())
    };
    html! {
        <FormDialog id="contact" {title} action={t!(i18n, "contact-save")} {blocked} busy={task.is_busy()} {onsubmit} on_cancel={props.on_cancel.clone()}>
            <TextField id="contact-first" label={t!(i18n, "contact-first")} required=true autofocus=true value={draft.first.clone()} on_input={draft.edit(|draft: &mut ContactDraft, text| draft.first = text)} />
            <TextField id="contact-last" label={t!(i18n, "contact-last")} required=true value={draft.last.clone()} on_input={draft.edit(|draft: &mut ContactDraft, text| draft.last = text)} />
            <TextField id="contact-email" label={t!(i18n, "contact-email")} required=true value={draft.email.clone()} on_input={draft.edit(|draft: &mut ContactDraft, text| draft.email = text)} />
            if let Some(error) = task.error() { {failed(&i18n, error)} }
        </FormDialog>
    }
}
