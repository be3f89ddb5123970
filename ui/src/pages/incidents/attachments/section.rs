//! The tab of attachments.

use tenantry_model::attachment::Attachment;
use tenantry_model::ipc::IncidentRef;
use tenantry_model::time::Timestamp;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::adding::Adding;
use super::row::{File, Sent};
use super::view_model::{Row, accepted};
use crate::components::button::Button;
use crate::components::empty::Empty;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::why_not_now;
use crate::context::use_app;
use crate::i18n::{t, use_i18n};

/// What the tab says of how many there are.
pub(in crate::pages::incidents) fn counted(attachments: &[Attachment]) -> u32 {
    u32::try_from(attachments.len()).unwrap_or(u32::MAX)
}

#[derive(Properties, PartialEq)]
pub(in crate::pages::incidents) struct AttachmentsTabProps {
    pub(in crate::pages::incidents) incident: IncidentRef,
    pub(in crate::pages::incidents) adding: Adding,
    pub(in crate::pages::incidents) now: Timestamp,
}

/// See the module. Its key must be the incident.
#[component]
pub(in crate::pages::incidents) fn AttachmentsTab(props: &AttachmentsTabProps) -> Html {
    let (i18n, app, input) = (use_i18n(), use_app(), use_node_ref());
    let Adding { rows: all, why, take, .. } = &props.adding;
    let offline = why_not_now(&i18n, &app);
    let onchange = {
        let take = take.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Some(files) = input.files() {
                take.emit(files);
            }
            // The same file can be chosen again.
            input.set_value("");
        })
    };
    let choose = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    html! {
        <div class="files">
            <div class="files__add">
                <Button class="button" testid="attachment-add" why={why.clone()} onclick={choose}>{glyph(Icon::Attachment)}{t!(i18n, "attachment-add")}</Button>
                <input ref={input} type="file" class="spoken" multiple=true accept={accepted()} tabindex="-1" aria-label={t!(i18n, "attachment-add")} data-testid="attachment-input" {onchange} />
                <p class="field__hint">{t!(i18n, "attachment-hint")}</p>
            </div>
            {props.adding.refusals(&i18n)}
            if all.is_empty() {
                <Empty icon={Icon::Attachment} title={t!(i18n, "no-attachments")} />
            } else {
                <ul class="files__list">
                    {for all.iter().map(|row| match row {
                        Row::Has(attachment, fetched) => html! {
                            <File key={attachment.id.to_string()} incident={props.incident} attachment={attachment.clone()} fetched={fetched.clone()} blocked={offline.clone().map(AttrValue::from)} now={props.now} />
                        },
                        Row::Sent(transfer) => html! { <Sent key={transfer.form.0.to_string()} transfer={transfer.clone()} /> },
                    })}
                </ul>
            }
        </div>
    }
}
