//! What can be done with a room that waits for its device: its key's file, and its end. The engine writes the file: no key comes here (R106).

use tenantry_model::ipc::{CancelWaitingRoom, EndOf, NewKey, OpenExportFolder, RoomKey, SaveEnrolmentKey, SaveKeyArgs, SavedAttachment};
use tenantry_model::room::Room;
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::failed;
use crate::domain_view::saved_key::saved_key;
use crate::hooks::{use_question, use_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct AwaitedProps {
    pub(super) room: Room,
    pub(super) customer_name: AttrValue,
    /// Why neither can be done now.
    pub(super) why: Option<AttrValue>,
    pub(super) on_told: Callback<String>,
    pub(super) on_gone: Callback<()>,
}

#[component]
pub(super) fn Awaited(props: &AwaitedProps) -> Html {
    let i18n = use_i18n();
    let (room, name) = (&props.room, props.room.display_name.clone());
    let key = RoomKey { customer_id: room.customer_id, id: room.id };
    let saved = use_state(|| None::<SavedAttachment>);
    let (saving, opening, cancelling) = (use_task(), use_task(), use_question::<RoomKey>());
    let on_save = {
        let (told, saved) = (saved.setter(), saved.setter());
        let send = saving.sends::<SaveEnrolmentKey>(move |file| told.set(Some(file)));
        send.reform(move |_: MouseEvent| {
            saved.set(None);
            SaveKeyArgs { customer: key.customer_id, key: NewKey::Room(key.id) }
        })
    };
    let on_cancelled = {
        let (on_gone, on_told, told) = (props.on_gone.clone(), props.on_told.clone(), t!(i18n, "room-cancelled", room = name.clone()));
        let version = room.version;
        cancelling.sends::<CancelWaitingRoom>(
            move |key| EndOf { key: *key, version },
            move |_, ()| {
                on_gone.emit(());
                on_told.emit(told.clone());
            },
        )
    };
    let open_folder = opening.sends::<OpenExportFolder>(|()| {}).reform(|_: MouseEvent| ());
    html! { <>
        <Button class="button button--small" testid="room-key" why={props.why.clone()} busy={saving.is_busy()} onclick={on_save}>{glyph(Icon::Key)}{t!(i18n, "room-key")}</Button>
        <Button class="button button--small button--danger" testid="room-cancel" why={props.why.clone()} onclick={cancelling.on_ask(move |_: MouseEvent| key)}>{glyph(Icon::Close)}{t!(i18n, "room-cancel")}</Button>
        if let Some(file) = &*saved { {saved_key(&i18n, file, &open_folder)} }
        if let Some(error) = saving.error().or(cancelling.task.error()).or(opening.error()) { {failed(&i18n, error)} }
        if cancelling.about().is_some() {
            <Confirm title={t!(i18n, "room-cancel-title", room = name.clone(), name = props.customer_name.to_string())} action={t!(i18n, "room-cancel-action", room = name)} busy={cancelling.task.is_busy()} on_confirm={on_cancelled} on_cancel={cancelling.on_cancel()} testid="confirm-room-cancel">
                <p>{t!(i18n, "room-cancel-text")}</p>
            </Confirm>
        }
    </> }
}
