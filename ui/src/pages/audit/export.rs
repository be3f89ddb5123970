//! The export of some days (W14, R109–R111, A26).

use tenantry_model::audit::AUDIT_DAYS;
use tenantry_model::ipc::{CellSeparator, ExportAudit, OpenExportFolder, SavedFile};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::filters::range_error;
use super::view_model::{export_preset, export_range};
use crate::components::button::Button;
use crate::components::day_field::DayField;
use crate::components::dialog::Dialog;
use crate::components::notice::{Tone, failed, notice, why_not_now};
use crate::components::segments::{Segment, segments};
use crate::context::use_app;
use crate::hooks::use_task;
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct ExportProps {
    pub(super) now: Timestamp,
    pub(super) on_close: Callback<()>,
}

/// The dialog. It stays once the file is written, and says where that lies.
#[component]
pub(super) fn Export(props: &ExportProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let days = use_state(|| export_preset(props.now));
    let saved = use_state(|| None::<SavedFile>);
    let (task, opening) = (use_task(), use_task());
    let separator = use_state(|| CellSeparator::usual(i18n.language()));
    let range = export_range(&days.0, &days.1, *separator, props.now);
    let blocked = why_not_now(&i18n, &app);
    let is_blocked = blocked.is_some();
    let onsubmit = {
        let (told, saved) = (saved.setter(), saved.setter());
        let send = task.sends::<ExportAudit>(move |file| told.set(Some(file)));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Ok(range) = range else { return };
            if is_blocked {
                return;
            }
            saved.set(None);
            send.emit(range);
        })
    };
    let set = |first: bool| {
        let (days, saved) = (days.clone(), saved.setter());
        Callback::from(move |text: String| {
            saved.set(None);
            days.set(if first { (text, days.1.clone()) } else { (days.0.clone(), text) });
        })
    };
    let choose = {
        let (separator, saved) = (separator.clone(), saved.setter());
        Callback::from(move |place: usize| {
            saved.set(None);
            separator.set(CellSeparator::ALL[place]);
        })
    };
    let separators = CellSeparator::ALL.iter().map(|choice| Segment {
        label: i18n.label(*choice),
        testid: format!("export-separator-{}", choice.as_str()),
        on: *choice == *separator,
    });
    let open_folder = opening.sends::<OpenExportFolder>(|()| {}).reform(|_: MouseEvent| ());
    let error = |first: bool| range.err().filter(|error| error.is_first() == first).map(|error| AttrValue::from(range_error(&i18n, error)));
    let close = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <Dialog title={t!(i18n, "export-title")} on_cancel={props.on_close.clone()} wide=true>
            <form class="export" {onsubmit} data-testid="audit-export-form">
                <p class="dialog__text">{t!(i18n, "export-text", days = AUDIT_DAYS)}</p>
                <div class="export__days">
                    <DayField id="export-from" label={t!(i18n, "export-from")} value={days.0.clone()} error={error(true)} autofocus=true on_input={set(true)} />
                    <DayField id="export-to" label={t!(i18n, "export-to")} value={days.1.clone()} error={error(false)} on_input={set(false)} />
                </div>
                <div class="field">
                    <span class="field__label">{t!(i18n, "export-separator")}</span>
                    {segments(t!(i18n, "export-separator"), separators.collect(), &choose)}
                    <span class="field__hint">{t!(i18n, "export-separator-hint")}</span>
                </div>
                if let Some(failure) = task.error().or(opening.error()) { {failed(&i18n, failure)} }
                if let Some(file) = &*saved {
                    {notice(Tone::Good, "audit-exported", html! { <>
                        <p>{t!(i18n, "export-done", count = file.records)}</p>
                        <p class="selectable number">{&file.path}</p>
                        <button type="button" class="button button--small" data-testid="audit-export-folder" onclick={open_folder}>{t!(i18n, "export-open-folder")}</button>
                    </> })}
                }
                if let Some(blocked) = &blocked { <p class="pane__why">{blocked}</p> }
                <div class="dialog__buttons">
                    <button type="button" class="button" data-testid="audit-export-close" onclick={close}>{if saved.is_some() { t!(i18n, "close") } else { t!(i18n, "cancel") }}</button>
                    <Button class="button button--primary" testid="audit-export-save" submit=true why={blocked.clone().or_else(|| range.err().map(|error| range_error(&i18n, error)))} busy={task.is_busy()}>
                        if task.is_busy() { <span class="spinner" aria-hidden="true" /> }{t!(i18n, "export-save")}
                    </Button>
                </div>
            </form>
        </Dialog>
    }
}
