//! A room that is created ahead of its device.

use tenantry_model::api::rooms::MOST_SEATS;
use tenantry_model::api::waiting_rooms::CreateWaitingRoom as New;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::ipc::{CreateAt, CreateWaitingRoom};
use tenantry_model::name::{LONGEST_NAME, is_name};
use yew::prelude::*;

use crate::components::form::TextField;
use crate::components::form_dialog::FormDialog;
use crate::components::notice::{failed, why_not_now};
use crate::context::{App, use_app};
use crate::hooks::{new_form, use_draft, use_task};
use crate::i18n::{I18n, is_timezone, t, use_i18n};

/// Rooms are created ahead of their devices by the customer's own users: a partner's hear so before they fill anything in.
pub(super) fn why_not_create(i18n: &I18n, app: &App, customer: TenantId, name: &str) -> Option<String> {
    let is_own = app.user().is_some_and(|user| user.tenant.id == customer);
    why_not_now(i18n, app).or_else(|| (!is_own).then(|| t!(i18n, "room-create-own-users", name = name.to_owned())))
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Draft {
    name: String,
    /// As it is typed; empty where it is not known.
    capacity: String,
    timezone: String,
    account: String,
}

impl Draft {
    fn seats(&self) -> Result<Option<u32>, ()> {
        match self.capacity.trim() {
            "" => Ok(None),
            typed => typed.parse().ok().filter(|seats| *seats <= MOST_SEATS).map(Some).ok_or(()),
        }
    }

    /// None where something is missing, or cannot be sent.
    fn new_room(&self) -> Option<New> {
        let [name, timezone, account] = [&self.name, &self.timezone, &self.account].map(|text| text.trim().to_owned());
        let whole = is_name(&name, LONGEST_NAME) && is_timezone(&timezone) && account.contains('@');
        let capacity = self.seats().ok()?;
        whole.then_some(New { display_name: name, capacity, timezone, account })
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct CreateRoomProps {
    pub(super) customer: TenantId,
    pub(super) customer_name: AttrValue,
    pub(super) on_done: Callback<RoomId>,
    pub(super) on_cancel: Callback<()>,
}

#[component]
pub(super) fn CreateRoom(props: &CreateRoomProps) -> Html {
    let (i18n, app, customer) = (use_i18n(), use_app(), props.customer);
    let draft = use_draft(Draft::default);
    let task = use_task();
    let form = use_memo((), |()| new_form());
    let new = draft.new_room();
    let blocked = why_not_now(&i18n, &app).or_else(|| new.is_none().then(|| t!(i18n, "room-new-incomplete")));
    let is_blocked = blocked.is_some();
    let onsubmit = {
        let (on_done, form) = (props.on_done.clone(), *form);
        let send = task.sends::<CreateWaitingRoom>(move |done| {
            if let Some(id) = done.id {
                on_done.emit(RoomId::from_uuid(id));
            }
        });
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(new) = new.clone().filter(|_| !is_blocked) {
                send.emit(CreateAt { customer, form, new });
            }
        })
    };
    let seats_wrong = draft.seats().is_err().then(|| AttrValue::from(t!(i18n, "room-capacity-wrong", most = MOST_SEATS)));
    let zone = draft.timezone.trim();
    let zone_wrong = (!zone.is_empty() && !is_timezone(zone)).then(|| AttrValue::from(t!(i18n, "field-timezone-invalid")));
    html! {
        <FormDialog id="room-new" title={t!(i18n, "room-new-title", name = props.customer_name.to_string())} action={t!(i18n, "room-new-action")} {blocked} busy={task.is_busy()} {onsubmit} on_cancel={props.on_cancel.clone()}>
            <p>{t!(i18n, "room-new-text")}</p>
            <TextField id="new-room-name" label={t!(i18n, "column-name")} required=true autofocus=true value={draft.name.clone()} on_input={draft.edit(|draft: &mut Draft, text| draft.name = text)} />
            <TextField id="new-room-capacity" label={t!(i18n, "form-optional", what = t!(i18n, "capacity"))} error={seats_wrong} value={draft.capacity.clone()} on_input={draft.edit(|draft: &mut Draft, text| draft.capacity = text)} />
            <TextField id="new-room-timezone" label={t!(i18n, "timezone")} hint={t!(i18n, "room-timezone-hint")} required=true error={zone_wrong} value={draft.timezone.clone()} on_input={draft.edit(|draft: &mut Draft, text| draft.timezone = text)} />
            <TextField id="new-room-account" label={t!(i18n, "column-account")} hint={t!(i18n, "room-account-hint")} required=true value={draft.account.clone()} on_input={draft.edit(|draft: &mut Draft, text| draft.account = text)} />
            if let Some(error) = task.error() { {failed(&i18n, error)} }
        </FormDialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r67_a_room_is_created_with_a_name_a_time_zone_and_an_account() {
        let draft = Draft {
            name: " Aare ".into(),
            capacity: " 8".into(),
            timezone: "Europe/Zurich".into(),
            account: " aare@alpha.example ".into(),
        };
        let whole =
            New { display_name: "Aare".into(), capacity: Some(8), timezone: "Europe/Zurich".into(), account: "aare@alpha.example".into() };
        assert_eq!(draft.new_room(), Some(whole));
        assert_eq!(Draft { capacity: String::new(), ..draft.clone() }.new_room().unwrap().capacity, None);
        for wrong in [
            Draft { name: "\u{200b}".into(), ..draft.clone() },
            Draft { capacity: "eight".into(), ..draft.clone() },
            Draft { capacity: "10001".into(), ..draft.clone() },
            Draft { timezone: "Mars/Base".into(), ..draft.clone() },
            Draft { account: "aare".into(), ..draft },
        ] {
            assert_eq!(wrong.new_room(), None, "{wrong:?}");
        }
    }
}
