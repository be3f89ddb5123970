//! The self-enrolment keys of the customer (R106). The engine writes each into a file: no key comes here.

use tenantry_model::api::enrolment_keys::{EnrolmentKeyRow, MOST_KEYS};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{GetEnrolmentKeys, NewKey, OpenExportFolder, SaveEnrolmentKey, SaveKeyArgs, SavedAttachment};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::page::refused;
use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::notice::{cached, failed, why_not_now};
use crate::context::use_app;
use crate::domain_view::saved_key::saved_key;
use crate::hooks::{use_command, use_now, use_question, use_task};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct KeysProps {
    pub(super) customer: TenantId,
    pub(super) name: AttrValue,
}

#[component]
pub(super) fn Keys(props: &KeysProps) -> Html {
    let (i18n, app, now, customer) = (use_i18n(), use_app(), use_now(), props.customer);
    let keys = use_command::<GetEnrolmentKeys>(Some(customer), app.model.relations);
    let saved = use_state(|| None::<SavedAttachment>);
    let (saving, opening, resetting) = (use_task(), use_task(), use_question::<()>());
    let known = keys.remote.data().map(|seen| &seen.value);
    let cut_off = why_not_now(&i18n, &app).map(AttrValue::from);
    let no_right = |may: bool, text: String| known.filter(|_| !may).map(|_| AttrValue::from(text));
    let why_not_download = cut_off
        .clone()
        .or_else(|| no_right(known.is_some_and(|it| it.may_download), t!(i18n, "key-download-no-right", name = props.name.to_string())));
    let why_not_reset =
        cut_off.or_else(|| no_right(known.is_some_and(|it| it.may_reset), t!(i18n, "key-reset-no-right", name = props.name.to_string())));
    let on_download = {
        let (told, saved) = (saved.setter(), saved.setter());
        let send = saving.sends::<SaveEnrolmentKey>(move |file| told.set(Some(file)));
        send.reform(move |_: MouseEvent| {
            saved.set(None);
            SaveKeyArgs { customer, key: NewKey::Another }
        })
    };
    let on_reset = {
        let told = saved.setter();
        resetting.sends::<SaveEnrolmentKey>(move |()| SaveKeyArgs { customer, key: NewKey::Reset }, move |(), file| told.set(Some(file)))
    };
    let open_folder = opening.sends::<OpenExportFolder>(|()| {}).reform(|_: MouseEvent| ());
    let content = match refused(&i18n, &keys.remote, &props.name) {
        Some(refused) => refused,
        None => text_of(&keys.remote, &keys.retry, 4, |seen| {
            html! { <>
                if seen.value.keys.is_empty() { <p class="dim" data-testid="keys-none">{t!(i18n, "keys-none")}</p> }
                <ul class="persons persons--cards">{for seen.value.keys.iter().map(|key| row(&i18n, key, now))}</ul>
            </> }
        }),
    };
    html! { <>
        {cached(&i18n, &app, keys.remote.data())}
        <p class="sheet__text">{t!(i18n, "enrolment-keys-text", most = MOST_KEYS)}</p>
        <div class="sheet__actions">
            <Button class="button button--primary" testid="key-download" why={why_not_download} busy={saving.is_busy()} onclick={on_download}>{glyph(Icon::ArrowDown)}{t!(i18n, "key-download")}</Button>
            <Button class="button button--danger" testid="key-reset" why={why_not_reset} onclick={resetting.on_ask(|_: MouseEvent| ())}>{t!(i18n, "key-reset")}</Button>
        </div>
        if let Some(file) = &*saved { {saved_key(&i18n, file, &open_folder)} }
        if let Some(error) = saving.error().or(resetting.task.error()).or(opening.error()) { {failed(&i18n, error)} }
        {content}
        if resetting.about().is_some() {
            <Confirm title={t!(i18n, "key-reset-title", name = props.name.to_string())} action={t!(i18n, "key-reset-action", name = props.name.to_string())} busy={resetting.task.is_busy()} on_confirm={on_reset} on_cancel={resetting.on_cancel()} testid="key-reset-confirm">
                <p>{t!(i18n, "key-reset-text")}</p>
            </Confirm>
        }
    </> }
}

fn row(i18n: &I18n, key: &EnrolmentKeyRow, now: Timestamp) -> Html {
    let by = key.issued_by.clone().unwrap_or_else(|| t!(i18n, "key-by-operator"));
    let issued = t!(i18n, "key-issued", moment = i18n.moment(key.issued_at), who = by);
    let used = match key.last_used {
        None => t!(i18n, "key-unused"),
        Some(at) => t!(i18n, "key-used", count = key.devices, ago = i18n.ago(at, now)),
    };
    html! {
        <li key={key.id.to_string()} class="persons__row" data-testid="enrolment-key">
            <span class="person__text">
                <span class="clip" title={issued.clone()}>{&issued}</span>
                <span class="person__more clip" title={used.clone()}>{&used}</span>
            </span>
        </li>
    }
}
