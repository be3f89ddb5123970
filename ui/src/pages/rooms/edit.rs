//! Another name, capacity or time zone of a room (A18: the customer may have to approve it).

use tenantry_model::api::rooms::{ChangeRoom as Change, MOST_SEATS, RoomSettings};
use tenantry_model::ipc::{GetRoom, RoomKey, Work, WorkItem, WorkOutcome};
use tenantry_model::name::{LONGEST_NAME, is_name};
use tenantry_model::room::Room;
use yew::prelude::*;

use crate::components::confirm::{Compared, Stale};
use crate::components::form::TextField;
use crate::components::notice::{Tone, failed, standing};
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::hooks::{FormTarget, do_work, gives, use_command, use_draft, use_versioned_task};
use crate::i18n::{I18n, is_timezone, t, use_i18n};

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Draft {
    name: String,
    /// As it is typed; empty where it is not known.
    capacity: String,
    timezone: String,
}

impl Draft {
    fn of(settings: &RoomSettings) -> Self {
        Self {
            name: settings.display_name.clone(),
            capacity: settings.capacity.map(|seats| seats.to_string()).unwrap_or_default(),
            timezone: settings.timezone.clone(),
        }
    }

    /// How many seats; 0 for not known, none where what is typed is no such number.
    fn seats(&self) -> Option<u32> {
        match self.capacity.trim() {
            "" => Some(0),
            typed => typed.parse().ok().filter(|seats| *seats <= MOST_SEATS),
        }
    }

    /// Whether the service takes it for a name; what is empty is asked for otherwise.
    fn has_name(&self) -> bool {
        self.name.trim().is_empty() || is_name(self.name.trim(), LONGEST_NAME)
    }

    fn has_timezone(&self) -> bool {
        self.timezone.trim().is_empty() || is_timezone(self.timezone.trim())
    }

    /// What is different; none where something cannot be sent.
    fn change(&self, was: &RoomSettings) -> Option<Change> {
        let seats = self.seats()?;
        let (name, timezone) = (self.name.trim(), self.timezone.trim());
        if name.is_empty() || timezone.is_empty() || !self.has_name() || !(self.has_timezone() || timezone == was.timezone) {
            return None;
        }
        Some(Change {
            display_name: (name != was.display_name).then(|| name.to_owned()),
            capacity: (seats != was.capacity.unwrap_or(0)).then_some(seats),
            timezone: (timezone != was.timezone).then(|| timezone.to_owned()),
        })
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct EditProps {
    pub(super) target: FormTarget,
    /// As it was when the form was opened.
    pub(super) was: Room,
    /// It was sent: how it went, and in words what was done.
    pub(super) on_done: Callback<(WorkOutcome, String)>,
    pub(super) on_cancel: Callback<()>,
}

#[component]
pub(super) fn Edit(props: &EditProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let was = RoomSettings::of(&props.was);
    let key = RoomKey { customer_id: props.target.customer, id: props.was.id };
    let current = use_command::<GetRoom>(Some(key), app.model.tick);
    let draft = use_draft(|| Draft::of(&was));
    let task = use_versioned_task(&current.retry);
    let now = current.remote.data().map(|known| known.room.clone());
    let change = draft.change(&was);
    let send = {
        let (on_done, change, task) = (props.on_done.clone(), change.clone().unwrap_or_default(), task.clone());
        let (told, form) = (t!(i18n, "room-changed", room = draft.name.trim().to_owned()), props.target.form);
        let read = was.clone();
        Callback::from(move |(version, seen): (u64, Option<RoomSettings>)| {
            let RoomKey { customer_id: customer, id: room } = key;
            let work = Work::ChangeRoom { room, version, was: Some(read.clone()), seen, change: change.clone() };
            let (on_done, told) = (on_done.clone(), told.clone());
            task.run(async move {
                on_done.emit((do_work(WorkItem { form, customer, work }).await?, told));
                Ok(())
            });
        })
    };
    let blocked = match &change {
        None => Some(t!(i18n, "room-incomplete")),
        Some(change) if *change == Change::default() => Some(t!(i18n, "form-unchanged")),
        Some(_) => None,
    };
    let waits = app.is_cut_off().then(|| standing(Tone::Waiting, "outbox-hint", html! { {t!(i18n, "outbox-hint")} }));
    let stale = task.is_stale();
    // The version of a room moves with every report of its device: what is read, and sent again, is what people have set.
    let read = (props.was.version, None);
    let theirs = now.as_ref().map(|now| (now.version, RoomSettings::of(now))).filter(|(_, now)| *now != was);
    let on_mine = gives::<(), _>(&send, theirs.clone().map_or_else(|| read.clone(), |(version, now)| (version, Some(now))));
    let seats_wrong = draft.seats().is_none().then(|| AttrValue::from(t!(i18n, "room-capacity-wrong", most = MOST_SEATS)));
    let name_wrong = (!draft.has_name()).then(|| AttrValue::from(t!(i18n, "field-name-invalid")));
    let timezone_wrong =
        (!draft.has_timezone() && draft.timezone.trim() != was.timezone).then(|| AttrValue::from(t!(i18n, "field-timezone-invalid")));
    let name = was.display_name.clone();
    html! { <>
        <Wizard
            title={t!(i18n, "room-edit", room = name.clone())}
            over={&props.target.name}
            steps={vec![Step::new(t!(i18n, "room"), true)]}
            at={0}
            on_step={Callback::noop()}
            finish={t!(i18n, "room-save", room = name.clone(), name = props.target.name.to_string())}
            blocked={blocked.map(AttrValue::from)}
            busy={task.is_busy()}
            on_finish={gives(&send, read)}
            entered={draft.is_changed()}
            on_cancel={props.on_cancel.clone()}
            testid="room-edit-form"
            notices={html! { <>{waits}{task.error().filter(|_| !stale).map(|error| failed(&i18n, error)).unwrap_or_default()}</> }}
        >
            <TextField id="room-name" label={t!(i18n, "column-name")} required=true error={name_wrong} value={draft.name.clone()} on_input={draft.edit(|draft: &mut Draft, text| draft.name = text)} />
            <TextField id="room-capacity" label={t!(i18n, "form-optional", what = t!(i18n, "capacity"))} hint={t!(i18n, "room-capacity-hint")} error={seats_wrong} value={draft.capacity.clone()} on_input={draft.edit(|draft: &mut Draft, text| draft.capacity = text)} />
            <TextField id="room-timezone" label={t!(i18n, "timezone")} hint={t!(i18n, "room-timezone-hint")} required=true error={timezone_wrong} value={draft.timezone.clone()} on_input={draft.edit(|draft: &mut Draft, text| draft.timezone = text)} />
        </Wizard>
        if stale {
            <Stale {name} lines={theirs.map(|(_, now)| compare(&i18n, &was, &now, &draft))} on_theirs={props.on_cancel.clone()} {on_mine} on_cancel={task.on_reset()} />
        }
    </> }
}

fn compare(i18n: &I18n, was: &RoomSettings, now: &RoomSettings, mine: &Draft) -> Vec<Compared> {
    let seats = |of: &RoomSettings| of.capacity.map(|seats| seats.to_string()).unwrap_or_default();
    vec![
        Compared::new(t!(i18n, "column-name"), [was.display_name.clone(), now.display_name.clone(), mine.name.clone()]),
        Compared::new(t!(i18n, "capacity"), [seats(was), seats(now), mine.capacity.clone()]),
        Compared::new(t!(i18n, "timezone"), [was.timezone.clone(), now.timezone.clone(), mine.timezone.clone()]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a18_what_was_changed_of_a_room_is_sent_and_nothing_else() {
        let was = RoomSettings { display_name: "Isar (6)".into(), capacity: Some(6), timezone: "Europe/Berlin".into() };
        let draft = Draft::of(&was);
        assert_eq!(draft.change(&was), Some(Change::default()));
        let changed = Draft { name: " Isar ".into(), capacity: " 8 ".into(), ..draft.clone() };
        let expected = Change { display_name: Some("Isar".into()), capacity: Some(8), timezone: None };
        assert_eq!(changed.change(&was), Some(expected));
        let unknown = Draft { capacity: String::new(), ..draft.clone() };
        assert_eq!(unknown.change(&was).unwrap().capacity, Some(0), "no number is not known");
        for wrong in ["six", "-1", "10001", "6.5"] {
            assert_eq!(Draft { capacity: wrong.into(), ..draft.clone() }.change(&was), None, "{wrong}");
        }
        assert_eq!(Draft { name: " ".into(), ..draft.clone() }.change(&was), None);
        assert_eq!(Draft { timezone: String::new(), ..draft }.change(&was), None);
    }

    #[test]
    fn a_name_or_a_time_zone_that_the_service_would_refuse_is_not_kept_for_it() {
        let was = RoomSettings { display_name: "Isar".into(), capacity: None, timezone: "W. Europe".into() };
        let draft = Draft::of(&was);
        let renamed = Draft { name: "Isar 2".into(), ..draft.clone() };
        assert!(renamed.change(&was).is_some(), "what a device said and nobody changed does not stand in the way");
        for name in ["Isar\u{202e}2", "\u{200b}", &"x".repeat(121)] {
            assert_eq!(Draft { name: name.into(), ..draft.clone() }.change(&was), None, "{name:?}");
        }
        assert_eq!(Draft { timezone: "Europa/Muenchen".into(), ..draft.clone() }.change(&was), None);
        assert!(Draft { timezone: "Europe/Vienna".into(), ..draft }.change(&was).is_some());
    }
}
