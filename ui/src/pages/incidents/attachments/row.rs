//! One file of an incident.

use tenantry_model::attachment::{Attachment, AttachmentState, FileKind};
use tenantry_model::ipc::{
    AttachmentRef, CancelTransfer, FormId, IncidentRef, OpenExportFolder, SaveArgs, SaveAttachment, SaveWaitingFile, SavedAttachment,
    SendFileAgain, Transfer, TransferState,
};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::picture::Picture;
use super::view_model::{Length, is_shown, percent};
use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, failed, notice};
use crate::hooks::{new_form, use_question, use_task};
use crate::i18n::{I18n, t, use_i18n};

pub(super) fn length(i18n: &I18n, bytes: u64) -> String {
    match Length::of(bytes) {
        Length::Kilobytes(count) => t!(i18n, "file-kilobytes", size = count),
        Length::Megabytes(count) => t!(i18n, "file-megabytes", size = count),
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct FileProps {
    pub(super) incident: IncidentRef,
    pub(super) attachment: Attachment,
    /// What fetches it.
    pub(super) fetched: Option<Transfer>,
    /// Why nothing can be fetched now.
    pub(super) blocked: Option<AttrValue>,
    pub(super) now: Timestamp,
}

/// One that the incident has. Its key must be the attachment.
#[component]
pub(super) fn File(props: &FileProps) -> Html {
    let (i18n, saving, opening) = (use_i18n(), use_task(), use_task());
    let (is_open, saved) = (use_state_eq(|| false), use_state(|| None::<SavedAttachment>));
    let Attachment { id, file_name, size, date, state, file_type, author, .. } = &props.attachment;
    let at = AttachmentRef { incident: props.incident, id: *id };
    let is_ready = *state == AttachmentState::Ready;
    let save = {
        let (told, saved) = (saved.setter(), saved.setter());
        let send = saving.sends::<SaveAttachment>(move |file| told.set(Some(file)));
        Callback::from(move |_: MouseEvent| {
            saved.set(None);
            send.emit(SaveArgs { form: new_form(), attachment: at });
        })
    };
    let open_folder = opening.sends::<OpenExportFolder>(|()| {}).reform(|_: MouseEvent| ());
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let (look, look_name) = if *is_open {
        (t!(i18n, "attachment-hide"), t!(i18n, "attachment-hide-name", name = file_name.clone()))
    } else {
        (t!(i18n, "attachment-show"), t!(i18n, "attachment-show-name", name = file_name.clone()))
    };
    let icon = match file_type.map(|kind| kind.kind()) {
        Some(FileKind::Picture) => Icon::Picture,
        Some(FileKind::Video) => Icon::Video,
        _ => Icon::File,
    };
    html! {
        <li class="file" data-testid="attachment">
            <div class="file__head">
                <span class="file__icon">{glyph(icon)}</span>
                <span class="file__name clip" title={file_name.clone()}>{file_name}</span>
                <span class="file__state" data-testid="attachment-state">{i18n.label(*state)}</span>
            </div>
            <p class="file__facts">{length(&i18n, *size)}{" · "}{author}{" · "}<span title={i18n.moment(*date)}>{i18n.ago(*date, props.now)}</span></p>
            if is_ready {
                <div class="file__buttons">
                    if is_shown(&props.attachment) {
                        <Button class="button button--small" testid="attachment-show" why={props.blocked.clone().filter(|_| !*is_open)} label={look_name} onclick={toggle}>
                            {look}
                        </Button>
                    }
                    <Button class="button button--small" testid="attachment-save" why={props.blocked.clone()} busy={saving.is_busy()} label={t!(i18n, "attachment-save-name", name = file_name.clone())} onclick={save}>
                        if saving.is_busy() { <span class="spinner" aria-hidden="true" /> }{t!(i18n, "attachment-save")}
                    </Button>
                </div>
            }
            if let Some(transfer) = &props.fetched { {progress(&i18n, transfer, true)} }
            if let Some(error) = saving.error().or(opening.error()) { {failed(&i18n, error)} }
            {saved_notice(&i18n, saved.as_ref(), &open_folder)}
            if *is_open { <Picture attachment={at} name={file_name.clone()} /> }
        </li>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct SentProps {
    pub(super) transfer: Transfer,
}

/// One that is sent from here. Its key must be the transfer.
#[component]
pub(super) fn Sent(props: &SentProps) -> Html {
    let (i18n, saved, sending, saving, opening) = (use_i18n(), use_state(|| None::<SavedAttachment>), use_task(), use_task(), use_task());
    let (ending, discarding) = (use_task(), use_question::<FormId>());
    let transfer = &props.transfer;
    let (form, name) = (transfer.form, transfer.file_name.clone());
    let again = sending.sends::<SendFileAgain>(|()| ()).reform(move |_: MouseEvent| form);
    let save = {
        let saved = saved.setter();
        saving.sends::<SaveWaitingFile>(move |file| saved.set(Some(file))).reform(move |_: MouseEvent| form)
    };
    let open_folder = opening.sends::<OpenExportFolder>(|()| {}).reform(|_: MouseEvent| ());
    let on_discard = discarding.sends::<CancelTransfer>(|form| *form, |_, ()| ());
    let is_over = matches!(transfer.state, TransferState::Failed | TransferState::Done);
    // This device may have the only copy of it by now.
    let is_kept = !matches!(transfer.state, TransferState::Reading | TransferState::Done);
    let end = if is_kept {
        discarding.on_ask(move |_: MouseEvent| form)
    } else {
        ending.sends::<CancelTransfer>(|()| ()).reform(move |_: MouseEvent| form)
    };
    let (label, end_name) = match transfer.state {
        TransferState::Failed => (t!(i18n, "form-discard"), t!(i18n, "outbox-discard-name", name = name.clone())),
        _ => (t!(i18n, "cancel"), t!(i18n, "attachment-cancel-name", name = name.clone())),
    };
    let errors = [sending.error(), saving.error(), opening.error(), ending.error(), discarding.task.error()];
    html! {
        <li class="file" data-testid="attachment-transfer">
            <div class="file__head">
                <span class="file__icon">{glyph(Icon::File)}</span>
                <span class="file__name clip" title={name.clone()}>{&name}</span>
                <span class="file__state" data-testid="attachment-state">{standing(&i18n, transfer)}</span>
            </div>
            <p class="file__facts">{length(&i18n, transfer.size)}</p>
            if !is_over { {progress(&i18n, transfer, false)} }
            if let Some(error) = errors.into_iter().flatten().next().or(transfer.failure.as_ref()) { {failed(&i18n, error)} }
            {saved_notice(&i18n, saved.as_ref(), &open_folder)}
            if transfer.state != TransferState::Done {
                <div class="file__buttons">
                    <Button class="button button--small" testid="attachment-cancel" busy={ending.is_busy()} label={end_name} onclick={end}>{label}</Button>
                    if is_kept {
                        <Button class="button button--small" testid="attachment-keep" busy={saving.is_busy()} label={t!(i18n, "attachment-save-name", name = name.clone())} onclick={save}>{t!(i18n, "attachment-save")}</Button>
                    }
                    if transfer.state == TransferState::Failed {
                        <Button class="button button--small" testid="attachment-again" busy={sending.is_busy()} label={t!(i18n, "outbox-file-again-name", name = name.clone())} onclick={again}>{t!(i18n, "outbox-again")}</Button>
                    }
                </div>
            }
            if discarding.about().is_some() {
                <Confirm title={t!(i18n, "discard-file-title")} action={t!(i18n, "form-discard")} busy={discarding.task.is_busy()} on_confirm={on_discard} on_cancel={discarding.on_cancel()} testid="confirm-discard-file">
                    <p>{t!(i18n, "discard-file-text", name = name)}</p>
                </Confirm>
            }
        </li>
    }
}

/// Where it was saved.
fn saved_notice(i18n: &I18n, saved: Option<&SavedAttachment>, open_folder: &Callback<MouseEvent>) -> Html {
    let Some(file) = saved else { return html! {} };
    notice(
        Tone::Good,
        "attachment-saved",
        html! { <>
            <p>{t!(i18n, "attachment-saved")}</p>
            <p class="selectable number">{&file.path}</p>
            <button type="button" class="button button--small" data-testid="attachment-folder" onclick={open_folder.clone()}>{t!(i18n, "export-open-folder")}</button>
        </> },
    )
}

fn standing(i18n: &I18n, transfer: &Transfer) -> String {
    match transfer.state {
        TransferState::Reading => t!(i18n, "attachment-copying", percent = percent(transfer)),
        TransferState::Moving => t!(i18n, "attachment-sending", percent = percent(transfer)),
        TransferState::Waiting => t!(i18n, "attachment-waiting"),
        TransferState::Failed => t!(i18n, "attachment-failed"),
        TransferState::Done => i18n.label(AttachmentState::Ready),
    }
}

fn progress(i18n: &I18n, transfer: &Transfer, down: bool) -> Html {
    let name = transfer.file_name.clone();
    let label = if down { t!(i18n, "attachment-fetching-name", name = name) } else { t!(i18n, "attachment-sending-name", name = name) };
    html! { <progress class="file__progress" max="100" value={percent(transfer).to_string()} aria-label={label} /> }
}
