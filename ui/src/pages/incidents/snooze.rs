//! Before an incident is put out of sight: alone, with its signal in its room, or with the whole room (A33, R73).

use tenantry_model::api::incidents::SnoozeIncident;
use tenantry_model::api::rooms::SignalOf;
use tenantry_model::incident::{IncidentRow, IncidentType, SnoozedBy};
use tenantry_model::ipc::{GetCustomer, IncidentDetail, OutboxMark, RoomKey, Work, WorkItem, WorkOutcome};
use tenantry_model::permission::Permission;
use yew::prelude::*;

use super::forms::{FormContext, Went};
use super::unsent_suppressions::use_unsent_suppressions;
use crate::components::notice::{Tone, no_right, standing};
use crate::context::use_app;
use crate::domain_view::snooze_form::{SnoozeForm, Snoozing, What};
use crate::domain_view::suppression::{Suppressed, Suppressible, suppress};
use crate::domain_view::unsent::unsent_text;
use crate::hooks::{do_work, use_command, use_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct SnoozeProps {
    pub(super) context: FormContext,
    /// As it was when the question was asked.
    pub(super) was: IncidentDetail,
}

/// What is put out of sight, in the order in which it is offered.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    Incident,
    Signal(RoomKey, SignalOf),
    Room(RoomKey),
}

impl Target {
    /// Of which room it is; none for the incident alone.
    pub(super) fn room(&self) -> Option<RoomKey> {
        match self {
            Self::Incident => None,
            Self::Signal(room, _) | Self::Room(room) => Some(*room),
        }
    }

    /// What of the room that is, as the incident shows it; none for the incident alone.
    fn suppressible(self, was: &IncidentDetail) -> Option<Suppressible> {
        let (room, signal) = match self {
            Self::Incident => return None,
            Self::Signal(room, signal) => (room, Some(signal)),
            Self::Room(room) => (room, None),
        };
        let row = &was.incident.row;
        let name = row.rooms.iter().find(|known| known.id == room.id).map(|known| known.name.clone()).unwrap_or_default();
        // What is in sight is suppressed in neither way.
        let of = if signal.is_some() { SnoozedBy::Signal } else { SnoozedBy::Room };
        let holds = row.snooze.clone().filter(|_| row.snoozed_by == Some(of));
        Some(Suppressible { room, name, signal, holds })
    }
}

/// A signal's incident that names its one room can be snoozed with either; a recorded issue by itself.
pub(super) fn targets(row: &IncidentRow) -> Vec<Target> {
    let (IncidentType::Signal(signal), [room]) = (row.kind, row.rooms.as_slice()) else { return vec![Target::Incident] };
    let key = RoomKey { customer_id: row.customer_id, id: room.id };
    // Of a signal that has none, the problem says nothing, or its name again.
    let instance = Some(row.problem.clone()).filter(|instance| signal.facts().per_peripheral && !instance.is_empty());
    vec![Target::Incident, Target::Signal(key, SignalOf { signal, instance }), Target::Room(key)]
}

/// What has to be lifted for it to come back, where it is out of sight with its signal or its room.
pub(super) fn suppressed_with(known: &IncidentDetail) -> Option<Suppressible> {
    let wanted = known.incident.row.snoozed_by.filter(|by| *by != SnoozedBy::Incident)?;
    let is_it = |target: &Target| match target {
        Target::Incident => false,
        Target::Signal(..) => wanted == SnoozedBy::Signal,
        Target::Room(_) => wanted == SnoozedBy::Room,
    };
    targets(&known.incident.row).into_iter().find(is_it)?.suppressible(known)
}

#[component]
pub(super) fn Snooze(props: &SnoozeProps) -> Html {
    let (i18n, app, context, task) = (use_i18n(), use_app(), &props.context, use_task());
    let row = &props.was.incident.row;
    let customer = use_command::<GetCustomer>(Some(row.customer_id), app.model.tick);
    let (targets, unsent) = (targets(row), use_unsent_suppressions(Some(row)));
    let not_rooms = no_right(&i18n, customer.remote.data(), Permission::RoomsModify);
    let room = row.rooms.first().map(|room| room.name.clone()).unwrap_or_default();
    // What a second decision would be made of is not known before the first is sent.
    let why = |unsent: &Option<OutboxMark>| {
        let why = not_rooms.clone().or_else(|| unsent.as_ref().map(|mark| unsent_text(&i18n, mark)));
        why.map(AttrValue::from)
    };
    let what = targets.iter().map(|target| match target {
        Target::Incident => What { id: "incident", label: t!(i18n, "snooze-this").into(), why: None },
        Target::Signal(..) => {
            let label = t!(i18n, "snooze-signal", signal = i18n.label(row.kind), room = room.clone()).into();
            What { id: "signal", label, why: why(&unsent.signal) }
        }
        Target::Room(_) => What { id: "room", label: t!(i18n, "snooze-room", room = room.clone()).into(), why: why(&unsent.room) },
    });
    let what: Vec<What> = what.collect();
    let on_submit = {
        let (form, customer, number) = (context.target.form, row.customer_id, row.number);
        let (on_done, task, targets) = (context.on_done.clone(), task.clone(), targets.clone());
        let told = t!(i18n, "snooze-done", number = number.to_string());
        let (i18n, kept, was) = (i18n.clone(), t!(i18n, "outbox-kept"), props.was.clone());
        Callback::from(move |Snoozing { what, reason, until }: Snoozing| {
            let of_room = targets.get(what).cloned().and_then(|target| target.suppressible(&was));
            let snooze = Some(SnoozeIncident { reason, until });
            let (i18n, on_done, told, kept) = (i18n.clone(), on_done.clone(), told.clone(), kept.clone());
            task.run(async move {
                let Suppressed { told, waits } = match of_room {
                    None => match do_work(WorkItem { form, customer, work: Work::Snooze { number, snooze } }).await? {
                        WorkOutcome::Done(_) | WorkOutcome::Already => Suppressed { told, waits: false },
                        WorkOutcome::Room(_) | WorkOutcome::Waits => Suppressed { told: kept, waits: true },
                    },
                    Some(of_room) => suppress(&i18n, form, of_room, snooze, told).await?,
                };
                on_done.emit(Went { customer, told, made: None, waits });
                Ok(())
            });
        })
    };
    let hint = html! { if app.is_cut_off() { {standing(Tone::Waiting, "outbox-hint", html! { {t!(i18n, "outbox-hint")} })} } };
    let title = t!(i18n, "snooze-title", number = row.number.to_string(), name = context.target.name.to_string());
    html! { <SnoozeForm {title} {what} {hint} busy={task.is_busy()} error={task.error().cloned()} {on_submit} on_cancel={context.on_cancel.clone()} /> }
}
