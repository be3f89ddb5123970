//! Before an incident is put out of sight: alone, with its signal in its room, or with the whole room (A33, R73).

use tenantry_model::api::incidents::SnoozeIncident;
use tenantry_model::api::rooms::{SignalOf, SuppressRoom as Suppress};
use tenantry_model::incident::{IncidentType, SnoozedBy};
use tenantry_model::ipc::{ChangeAt, GetCustomer, IncidentDetail, IpcError, RoomKey, SignalKey, SuppressRoom, Work, WorkItem, WorkOutcome};
use tenantry_model::permission::Permission;
use yew::prelude::*;

use super::forms::{FormContext, Went};
use crate::components::notice::{Tone, no_right, said, standing, why_not_now};
use crate::context::use_app;
use crate::domain_view::snooze_form::{SnoozeForm, Snoozing, What};
use crate::hooks::{call, do_work, use_command, use_task};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct SnoozeProps {
    pub(super) context: FormContext,
    /// As it was when the question was asked.
    pub(super) was: IncidentDetail,
}

/// What is put out of sight, in the order in which it is offered.
#[derive(Debug, Clone, PartialEq)]
enum Target {
    Incident,
    Signal(RoomKey, SignalOf),
    Room(RoomKey),
}

/// A signal's incident that names its one room can be snoozed with either; a recorded issue by itself.
fn targets(was: &IncidentDetail) -> Vec<Target> {
    let row = &was.incident.row;
    let (IncidentType::Signal(signal), [room]) = (row.kind, row.rooms.as_slice()) else { return vec![Target::Incident] };
    let key = RoomKey { customer_id: row.customer_id, id: room.id };
    // Of a signal that has none, the problem says nothing, or its name again.
    let instance = Some(row.problem.clone()).filter(|instance| signal.facts().per_peripheral && !instance.is_empty());
    vec![Target::Incident, Target::Signal(key, SignalOf { signal, instance }), Target::Room(key)]
}

/// What has to be lifted for it to come back, where it is out of sight with its signal or its room.
pub(super) fn suppressed_with(known: &IncidentDetail) -> Option<SignalKey> {
    let wanted = known.incident.row.snoozed_by.filter(|by| *by != SnoozedBy::Incident)?;
    targets(known).into_iter().find_map(|target| match (target, wanted) {
        (Target::Signal(room, signal), SnoozedBy::Signal) => Some(SignalKey { room, signal: Some(signal) }),
        (Target::Room(room), SnoozedBy::Room) => Some(SignalKey { room, signal: None }),
        _ => None,
    })
}

#[component]
pub(super) fn Snooze(props: &SnoozeProps) -> Html {
    let (i18n, app, context, task) = (use_i18n(), use_app(), &props.context, use_task());
    let row = &props.was.incident.row;
    let customer = use_command::<GetCustomer>(Some(row.customer_id), app.model.tick);
    let targets = targets(&props.was);
    let not_rooms = no_right(&i18n, customer.remote.data(), Permission::RoomsModify).or_else(|| why_not_now(&i18n, &app));
    let room = row.rooms.first().map(|room| room.name.clone()).unwrap_or_default();
    let what = targets.iter().map(|target| match target {
        Target::Incident => What { id: "incident", label: t!(i18n, "snooze-this").into(), why: None },
        Target::Signal(..) => {
            let label = t!(i18n, "snooze-signal", signal = i18n.label(row.kind), room = room.clone()).into();
            What { id: "signal", label, why: not_rooms.clone().map(AttrValue::from) }
        }
        Target::Room(_) => {
            What { id: "room", label: t!(i18n, "snooze-room", room = room.clone()).into(), why: not_rooms.clone().map(AttrValue::from) }
        }
    });
    let what: Vec<What> = what.collect();
    let on_submit = {
        let (form, customer, number) = (context.target.form, row.customer_id, row.number);
        let (on_done, task, targets) = (context.on_done.clone(), task.clone(), targets.clone());
        let told = t!(i18n, "snooze-done", number = number.to_string());
        let (i18n, kept) = (i18n.clone(), t!(i18n, "outbox-kept"));
        Callback::from(move |Snoozing { what, reason, until }: Snoozing| {
            let target = targets.get(what).cloned().unwrap_or(Target::Incident);
            let (i18n, on_done, told, kept) = (i18n.clone(), on_done.clone(), told.clone(), kept.clone());
            task.run(async move {
                let (told, waits) = match target {
                    Target::Incident => {
                        let work = Work::Snooze { number, snooze: Some(SnoozeIncident { reason, until }) };
                        match do_work(WorkItem { form, customer, work }).await? {
                            WorkOutcome::Done(_) => (told, false),
                            WorkOutcome::Room(_) | WorkOutcome::Waits => (kept, true),
                        }
                    }
                    Target::Signal(room, signal) => {
                        (suppress(&i18n, room, Suppress { signal: Some(signal), reason, until }, told).await?, false)
                    }
                    Target::Room(room) => (suppress(&i18n, room, Suppress { signal: None, reason, until }, told).await?, false),
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

/// What to say about how it went.
async fn suppress(i18n: &I18n, key: RoomKey, change: Suppress, done: String) -> Result<String, IpcError> {
    Ok(said(i18n, &call::<SuppressRoom>(ChangeAt { key, change }).await?, done))
}
