//! Files that wait to be sent, in the list of what was not sent yet (A35, R82).

use tenantry_model::ipc::{
    CancelTransfer, FormId, IpcError, OpenExportFolder, SaveWaitingFile, SavedAttachment, SendFileAgain, TransferState, WaitingFile,
};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, failed, notice};
use crate::hooks::{use_question, use_task};
use crate::i18n::{I18n, t, use_i18n};

/// How many wait, and how many were refused.
pub(super) fn counted(files: &[WaitingFile]) -> (usize, usize) {
    let refused = files.iter().filter(|file| file.failure.is_some()).count();
    (files.len() - refused, refused)
}

/// What a file is, in a line.
fn title(i18n: &I18n, file: &WaitingFile) -> String {
    let file_name = file.file_name.clone();
    match &file.incident {
        Some(incident) => {
            let name = file.customer_name.clone().unwrap_or_else(|| t!(i18n, "outbox-unnamed"));
            t!(i18n, "outbox-file", file = file_name, number = incident.number.to_string(), name = name)
        }
        None => file_name,
    }
}

fn percent(file: &WaitingFile) -> u32 {
    u32::try_from(file.done.saturating_mul(100) / file.size.max(1)).unwrap_or(100)
}

/// How one that was not refused stands.
fn standing(i18n: &I18n, file: &WaitingFile) -> String {
    match file.state {
        _ if file.held => t!(i18n, "outbox-entry-held"),
        TransferState::Reading => t!(i18n, "attachment-copying", percent = percent(file)),
        TransferState::Moving => t!(i18n, "attachment-sending", percent = percent(file)),
        _ => t!(i18n, "outbox-entry-waits"),
    }
}

fn refused(i18n: &I18n, file: &WaitingFile, why: &IpcError) -> Html {
    if file.incident.is_none() {
        return html! { <p class="outbox__why">{glyph(Icon::Lock)}{t!(i18n, "outbox-file-right-lost")}</p> };
    }
    if why.fields.is_empty() {
        return failed(i18n, why);
    }
    html! { {for why.fields.iter().map(|field| html! { <p class="outbox__why">{glyph(Icon::Important)}{i18n.field_error(field)}</p> })} }
}

#[derive(Properties, PartialEq)]
pub(super) struct WaitingFileProps {
    pub(super) file: WaitingFile,
    pub(super) now: Timestamp,
}

#[component]
pub(super) fn WaitingFileEntry(props: &WaitingFileProps) -> Html {
    let (i18n, saved) = (use_i18n(), use_state(|| None::<SavedAttachment>));
    let (sending, saving, opening, discarding) = (use_task(), use_task(), use_task(), use_question::<FormId>());
    let WaitingFile { form, file_name, failure, incident, .. } = &props.file;
    let form = *form;
    let on_again = sending.sends::<SendFileAgain>(|()| ()).reform(move |_: MouseEvent| form);
    let on_save = {
        let saved = saved.setter();
        saving.sends::<SaveWaitingFile>(move |file| saved.set(Some(file))).reform(move |_: MouseEvent| form)
    };
    let on_discard = discarding.sends::<CancelTransfer>(|form| *form, |_, ()| ());
    let open_folder = opening.sends::<OpenExportFolder>(|()| {}).reform(|_: MouseEvent| ());
    html! {
        <li class="outbox__entry" data-testid="outbox-file">
            <p class="outbox__head"><strong>{title(&i18n, &props.file)}</strong><span class="dim">{i18n.ago(props.file.at, props.now)}</span></p>
            {match failure {
                None => html! { <p class="dim">{glyph(Icon::Pending)}{standing(&i18n, &props.file)}</p> },
                Some(why) => refused(&i18n, &props.file, why),
            }}
            if let Some(error) = sending.error().or(saving.error()).or(opening.error()).or(discarding.task.error()) { {failed(&i18n, error)} }
            if let Some(file) = &*saved {
                {notice(Tone::Good, "outbox-file-saved", html! { <>
                    <p>{t!(i18n, "attachment-saved")}</p>
                    <p class="selectable number">{&file.path}</p>
                    <button type="button" class="button button--small" data-testid="outbox-file-folder" onclick={open_folder}>{t!(i18n, "export-open-folder")}</button>
                </> })}
            }
            <div class="pane__buttons">
                <button type="button" class="button button--small" data-testid="outbox-file-discard" aria-label={t!(i18n, "outbox-discard-name", name = file_name.clone())} onclick={discarding.on_ask(move |_: MouseEvent| form)}>{t!(i18n, "form-discard")}</button>
                // Of one that is being copied, this device has a part.
                if props.file.state != TransferState::Reading { <Button class="button button--small" testid="outbox-file-save" busy={saving.is_busy()} label={t!(i18n, "attachment-save-name", name = file_name.clone())} onclick={on_save}>{t!(i18n, "attachment-save")}</Button> }
                if failure.is_some() && incident.is_some() {
                    <Button class="button button--small button--primary" testid="outbox-file-again" busy={sending.is_busy()} label={t!(i18n, "outbox-file-again-name", name = file_name.clone())} onclick={on_again}>{t!(i18n, "outbox-again")}</Button>
                }
            </div>
            if discarding.about().is_some() {
                <Confirm title={t!(i18n, "discard-file-title")} action={t!(i18n, "outbox-discard-name", name = file_name.clone())} busy={discarding.task.is_busy()} on_confirm={on_discard} on_cancel={discarding.on_cancel()} testid="confirm-discard-file">
                    <p>{t!(i18n, "discard-file-text", name = file_name.clone())}</p>
                </Confirm>
            }
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::id::TenantId;
    use tenantry_model::ipc::{IncidentRef, IpcErrorKind};
    use uuid::Uuid;

    fn file(n: u128, state: TransferState) -> WaitingFile {
        WaitingFile {
            form: FormId(Uuid::from_u128(n)),
            incident: Some(IncidentRef { customer_id: TenantId::from_uuid(Uuid::from_u128(1)), number: "LBT9KC-XDBORS".parse().unwrap() }),
            customer_name: Some("Contoso".into()),
            file_name: "a.png".into(),
            size: 10,
            done: 3,
            at: Timestamp::from_micros(0),
            state,
            held: false,
            failure: None,
        }
    }

    #[test]
    fn a35_a_file_that_waits_is_named_and_says_how_it_stands() {
        let i18n = I18n::default();
        let waits = file(1, TransferState::Waiting);
        assert_eq!(title(&i18n, &waits), "File a.png for LBT9KC-XDBORS, Contoso");
        let locked = WaitingFile { customer_name: None, ..waits.clone() };
        assert_eq!(title(&i18n, &locked), "File a.png for LBT9KC-XDBORS, a customer");
        let lost = WaitingFile { incident: None, customer_name: None, ..waits.clone() };
        assert_eq!(title(&i18n, &lost), "a.png");
        assert_eq!(standing(&i18n, &waits), "Waits for the service");
        assert_eq!(standing(&i18n, &file(2, TransferState::Moving)), "Sending, 30 %");
        assert_eq!(standing(&i18n, &file(2, TransferState::Reading)), "Being copied, 30 %");
        let held = WaitingFile { held: true, ..waits.clone() };
        assert_eq!(standing(&i18n, &held), "Waits for the one before it, which could not be sent");
        let refused = WaitingFile { failure: Some(IpcError::new(IpcErrorKind::Conflict, "no", false)), ..waits.clone() };
        assert_eq!((counted(&[waits, refused]), counted(&[])), ((1, 1), (0, 0)));
    }
}
