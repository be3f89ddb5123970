//! What can be done with the room that is open: buttons under its title, and the questions before its enrolment begins or ends (R67, R68).

use std::rc::Rc;

use tenantry_model::api::incidents::SnoozeIncident;
use tenantry_model::id::RoomId;
use tenantry_model::ipc::{About, CustomerRow, EndOf, RoomDetail, RoomKey, UnenrolRoom, Work, WorkItem, WorkKind, WorkOutcome};
use tenantry_model::permission::Permission;
use tenantry_model::room::{Enrolment, Room};
use yew::prelude::*;

use super::add_to_group::AddToGroup;
use super::awaited::Awaited;
use super::change_ring::ChangeRing;
use super::create::why_not_create;
use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, failed, no_right, standing, why_not_now};
use crate::context::{App, use_app};
use crate::domain_view::snooze_form::{SnoozeForm, Snoozing};
use crate::domain_view::suppression::{Suppressible, suppress};
use crate::domain_view::unsent::unsent_line;
use crate::hooks::{do_work, new_form, sets, use_outbox, use_place, use_question, use_task};
use crate::i18n::{I18n, t, use_i18n};
use crate::remote::Remote;
use crate::route::{Route, Section};

#[derive(Properties, PartialEq)]
pub(super) struct ActionsProps {
    pub(super) known: RoomDetail,
    pub(super) customer: Rc<Remote<CustomerRow>>,
    pub(super) on_record: Callback<RoomId>,
    pub(super) on_edit: Callback<Room>,
    /// Why no form can be opened: there is one.
    pub(super) form_open: Option<AttrValue>,
    /// Something was done: what to say about it.
    pub(super) on_told: Callback<String>,
    /// The room is no longer here.
    pub(super) on_gone: Callback<()>,
}

#[component]
pub(super) fn Actions(props: &ActionsProps) -> Html {
    let (i18n, app, place, outbox) = (use_i18n(), use_app(), use_place(), use_outbox());
    let room = &props.known.room;
    let key = RoomKey { customer_id: room.customer_id, id: room.id };
    let enrolling = use_question::<RoomKey>();
    let unenrolling = use_question::<RoomKey>();
    let quieting = use_state(|| false);
    let grouping = use_state(|| false);
    let ringing = use_state(|| false);
    let lifting = use_task();
    let cut_off = why_not_now(&i18n, &app);
    let no_right = |permission: Permission| no_right(&i18n, props.customer.data(), permission).map(AttrValue::from);
    let why = |permission: Permission| no_right(permission).or_else(|| cut_off.clone().map(AttrValue::from));
    let holds = |permission: Permission| props.customer.data().is_some_and(|row| row.permissions.contains(permission));
    let record = {
        let (app, place, on_record, id) = (app.clone(), place, props.on_record.clone(), room.id);
        Callback::from(move |_: MouseEvent| {
            app.prefer(|preferences| preferences.all_tickets = false);
            on_record.emit(id);
            place.push(Route::START);
        })
    };
    // That page has one form at a time.
    let report_open = app.model.forms.iter().any(|form| form.section() == Section::Incidents);
    let report_open = report_open.then(|| AttrValue::from(t!(i18n, "record-one-open")));
    let edit = {
        let (on_edit, room) = (props.on_edit.clone(), room.clone());
        Callback::from(move |_: MouseEvent| on_edit.emit(room.clone()))
    };
    let (name, customer) = (room.display_name.clone(), props.known.customer_name.clone());
    let on_enrol = {
        let (on_told, name) = (props.on_told.clone(), name.clone());
        let told = [t!(i18n, "room-enrolled", room = name.clone()), t!(i18n, "outbox-kept")];
        enrolling.on_confirm(move |RoomKey { customer_id: customer, id: room }| {
            let (on_told, told, work) = (on_told.clone(), told.clone(), Work::EnrolRoom { room, name: Some(name.clone()) });
            async move {
                let waits = do_work(WorkItem { form: new_form(), customer, work }).await? == WorkOutcome::Waits;
                let [done, kept] = told;
                on_told.emit(if waits { kept } else { done });
                Ok(())
            }
        })
    };
    let on_unenrol = {
        let (on_told, on_gone, told) = (props.on_told.clone(), props.on_gone.clone(), t!(i18n, "room-unenrolled", room = name.clone()));
        // The version of a room moves with every report of its device: what is confirmed is the room.
        let version = room.version;
        unenrolling.sends::<UnenrolRoom>(
            move |key| EndOf { key: *key, version },
            move |_, ()| {
                on_gone.emit(());
                on_told.emit(told.clone());
            },
        )
    };
    let set_quieting = |to: bool| {
        let (quieting, lifting) = (quieting.setter(), lifting.clone());
        Callback::from(move |()| {
            lifting.reset();
            quieting.set(to);
        })
    };
    let what = Suppressible { room: key, name: name.clone(), signal: None, holds: room.suppression.clone() };
    let suppresses = {
        let (i18n, on_told, task, quieting) = (i18n.clone(), props.on_told.clone(), lifting.clone(), quieting.setter());
        Callback::from(move |(wanted, done): (Option<SnoozeIncident>, String)| {
            let (i18n, on_told, quieting, what) = (i18n.clone(), on_told.clone(), quieting.clone(), what.clone());
            task.run(async move {
                on_told.emit(suppress(&i18n, new_form(), what, wanted, done).await?.told);
                quieting.set(false);
                Ok(())
            });
        })
    };
    let on_quiet = {
        let done = t!(i18n, "room-suppressed", room = name.clone());
        suppresses.reform(move |Snoozing { reason, until, .. }: Snoozing| (Some(SnoozeIncident { reason, until }), done.clone()))
    };
    let on_grouped = {
        let (grouping, on_told) = (grouping.setter(), props.on_told.clone());
        Callback::from(move |told: String| {
            grouping.set(false);
            on_told.emit(told);
        })
    };
    let on_ringed = {
        let (ringing, on_told) = (ringing.setter(), props.on_told.clone());
        Callback::from(move |told: String| {
            ringing.set(false);
            on_told.emit(told);
        })
    };
    let on_lift = {
        let done = t!(i18n, "room-lifted", room = name.clone());
        suppresses.reform(move |_: MouseEvent| (None, done.clone()))
    };
    let unsent = |kind: WorkKind| outbox.about(About::Room(key)).find(|mark| mark.kind == kind);
    // What a second change would be made of is not known before the first is sent.
    let (changes, enrols) = (unsent(WorkKind::ChangeRoom), unsent(WorkKind::EnrolRoom));
    let changing = changes.map(|mark| AttrValue::from(if mark.refused { t!(i18n, "edit-refused") } else { t!(i18n, "edit-waits") }));
    let enrolment_waits =
        enrols.map(|mark| AttrValue::from(if mark.refused { t!(i18n, "enrol-refused") } else { t!(i18n, "outbox-kept") }));
    // How it will be suppressed then is not known before.
    let suppressions = unsent(WorkKind::Suppress).or_else(|| unsent(WorkKind::Lift));
    let suppression_waits =
        suppressions.map(|mark| AttrValue::from(if mark.refused { t!(i18n, "suppress-refused") } else { t!(i18n, "suppress-waits") }));
    let why_not_suppressed = no_right(Permission::RoomsModify).or_else(|| suppression_waits.clone());
    let lines = [changes.zip(changing.clone()), enrols.zip(enrolment_waits.clone()), suppressions.zip(suppression_waits)];
    let hint = suppress_hint(&i18n, &app, t!(i18n, "room-suppress-hint"));
    html! { <>
        <>{for lines.into_iter().flatten().map(|(mark, waits)| unsent_line(&outbox, mark, waits.to_string(), "room-unsent"))}</>
        <div class="pane__actions">
            <Button class="button button--small" testid="room-record" letter="r" why={no_right(Permission::IncidentsCreate).or(report_open)} onclick={record}>{glyph(Icon::Plus)}{t!(i18n, "record")}</Button>
            <Button class="button button--small" testid="room-edit" letter="e" why={no_right(Permission::RoomsModify).or_else(|| props.form_open.clone()).or(changing)} onclick={edit}>{glyph(Icon::Pen)}{t!(i18n, "edit")}</Button>
            if room.suppression.is_some() {
                <Button class="button button--small" testid="room-lift" letter="z" why={why_not_suppressed} busy={lifting.is_busy()} onclick={on_lift}>{glyph(Icon::Pending)}{t!(i18n, "room-lift")}</Button>
            } else {
                <Button class="button button--small" testid="room-suppress" letter="z" why={why_not_suppressed} onclick={set_quieting(true).reform(|_: MouseEvent| ())}>{glyph(Icon::Quiet)}{t!(i18n, "room-suppress")}</Button>
            }
            // What nearly nobody may is shown to those who may.
            if room.awaits_device && holds(Permission::RoomsCreate) {
                <Awaited room={room.clone()} customer_name={customer.clone()} why={why(Permission::RoomsCreate).or_else(|| why_not_create(&i18n, &app, room.customer_id, &customer).map(AttrValue::from))} on_told={props.on_told.clone()} on_gone={props.on_gone.clone()} />
            }
            if room.enrolment == Enrolment::Onboarding && !room.awaits_device && holds(Permission::RoomsCreate) {
                <Button class="button button--small" testid="room-enrol" why={no_right(Permission::RoomsCreate).or(enrolment_waits)} onclick={enrolling.on_ask(move |_: MouseEvent| key)}>{glyph(Icon::Check)}{t!(i18n, "room-enrol")}</Button>
            }
            if holds(Permission::GroupsModify) && holds(Permission::GroupsView) {
                <Button class="button button--small" testid="room-group-add" why={why(Permission::GroupsModify)} onclick={sets(&grouping, |_: MouseEvent| true)}>{glyph(Icon::Several)}{t!(i18n, "room-group-add")}</Button>
            }
            if holds(Permission::RingsModify) && holds(Permission::RingsView) {
                <Button class="button button--small" testid="room-ring-change" why={why(Permission::RingsModify)} onclick={sets(&ringing, |_: MouseEvent| true)}>{glyph(Icon::Rings)}{t!(i18n, "room-ring-change")}</Button>
            }
            if !room.awaits_device && holds(Permission::RoomsUnenroll) {
                <Button class="button button--small button--danger" testid="room-unenrol" why={why(Permission::RoomsUnenroll)} onclick={unenrolling.on_ask(move |_: MouseEvent| key)}>{glyph(Icon::Unplugged)}{t!(i18n, "room-unenrol")}</Button>
            }
        </div>
        if let Some(error) = enrolling.task.error().or_else(|| unenrolling.task.error()) { <div class="pane__actions">{failed(&i18n, error)}</div> }
        if let Some(error) = lifting.error().filter(|_| !*quieting) { <div class="pane__actions">{failed(&i18n, error)}</div> }
        if *quieting {
            <SnoozeForm action={t!(i18n, "room-suppress")} title={t!(i18n, "room-suppress-title", room = name.clone(), name = customer.clone())} what={vec![]} {hint} busy={lifting.is_busy()} error={lifting.error().cloned()} on_submit={on_quiet} on_cancel={set_quieting(false)} />
        }
        if *grouping {
            <AddToGroup customer={key.customer_id} rooms={Rc::from([key.id])} name={AttrValue::from(name.clone())} has={room.groups.clone()} on_done={on_grouped} on_cancel={sets(&grouping, |()| false)} />
        }
        if *ringing {
            <ChangeRing room={room.clone()} customer_name={customer.clone()} on_done={on_ringed} on_cancel={sets(&ringing, |()| false)} />
        }
        if enrolling.about().is_some() {
            <Confirm title={t!(i18n, "room-enrol-title", room = name.clone(), name = customer.clone())} action={t!(i18n, "room-enrol-action", room = name.clone())} danger=false busy={enrolling.task.is_busy()} on_confirm={on_enrol} on_cancel={enrolling.on_cancel()} testid="confirm-enrol">
                <p>{t!(i18n, "room-enrol-text")}</p>
            </Confirm>
        }
        if unenrolling.about().is_some() {
            <Confirm title={t!(i18n, "room-unenrol-title", room = name.clone(), name = customer)} action={t!(i18n, "room-unenrol-action", room = name)} busy={unenrolling.task.is_busy()} on_confirm={on_unenrol} on_cancel={unenrolling.on_cancel()} testid="confirm-unenrol">
                <p>{t!(i18n, "room-unenrol-text")}</p>
            </Confirm>
        }
    </> }
}

/// What suppressing does, and whether it has to wait.
pub(super) fn suppress_hint(i18n: &I18n, app: &App, does: String) -> Html {
    html! { <>
        <p class="dim">{does}</p>
        if app.is_cut_off() { {standing(Tone::Waiting, "outbox-hint", html! { {t!(i18n, "outbox-hint")} })} }
    </> }
}
