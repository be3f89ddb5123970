//! An issue that a person reports: recorded, and edited while it is open (R83, W10).

use tenantry_model::api::incidents::{EditIssue as Edit, LONGEST_DESCRIPTION, LONGEST_IMPACT_REASON, MOST_ROOMS};
use tenantry_model::id::TenantId;
use tenantry_model::incident::Incident;
use tenantry_model::ipc::{GetIncident, IncidentDetail, IncidentRef, IncidentRest, IssueAsRead, Work, WorkItem, WorkOutcome};
use tenantry_model::problem::FieldCode;
use yew::prelude::*;

use super::compose::send_key;
use super::draft::{IssueDraft, Lack};
use super::forms::{FormContext, Went};
use crate::components::confirm::{Compared, Stale};
use crate::components::form::{Check, TextArea, check, ticked};
use crate::components::notice::{Tone, failed, standing};
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::domain_view::pickers::{Picked, RoomPicker};
use crate::hooks::{FormTarget, UseDraft, do_work, gives, use_command, use_draft, use_task, use_versioned_task};
use crate::i18n::{I18n, Names, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct RecordProps {
    pub(super) context: FormContext,
    /// What stands there at first.
    pub(super) start: IssueDraft,
}

#[component]
pub(super) fn Record(props: &RecordProps) -> Html {
    let (i18n, app, context) = (use_i18n(), use_app(), &props.context);
    let draft = use_draft(|| props.start.clone());
    let task = use_task();
    let name = context.target.name.to_string();
    let on_finish = {
        let (on_done, new) = (context.on_done.clone(), draft.record());
        let FormTarget { customer, form, .. } = context.target;
        let (i18n, name, task) = (i18n.clone(), name.clone(), task.clone());
        Callback::from(move |()| {
            let item = WorkItem { form, customer, work: Work::Record { new: new.clone() } };
            let (on_done, i18n, name) = (on_done.clone(), i18n.clone(), name.clone());
            task.run(async move {
                on_done.emit(match do_work(item).await? {
                    WorkOutcome::Done(recorded) => {
                        let told = t!(i18n, "record-done", number = recorded.number.to_string(), name = name);
                        let made = Some(IncidentRef { customer_id: customer, number: recorded.number });
                        Went { customer, told, made, waits: false }
                    }
                    WorkOutcome::Room(_) | WorkOutcome::Already | WorkOutcome::Waits => {
                        Went { customer, told: t!(i18n, "outbox-kept"), made: None, waits: true }
                    }
                });
                Ok(())
            });
        })
    };
    let blocked = draft.lacks().map(|lack| lacking(&i18n, lack));
    let is_refused_for_events =
        task.error().is_some_and(|error| error.fields.iter().any(|field| field.code().is_some_and(FieldCode::is_about_events)));
    let without_events = {
        let (clear, task) = (draft.edit(|draft: &mut IssueDraft, ()| draft.events.clear()), task.clone());
        Callback::from(move |_: MouseEvent| {
            clear.emit(());
            task.reset();
        })
    };
    let refused = html! { <>
        {task.error().map(|error| failed(&i18n, error)).unwrap_or_default()}
        if is_refused_for_events && !draft.events_here().is_empty() {
            <button type="button" class="button button--small" data-testid="record-without-events" onclick={without_events}>{t!(i18n, "record-without-events")}</button>
        }
    </> };
    let waits = app.is_cut_off().then(|| standing(Tone::Waiting, "outbox-hint", html! { {t!(i18n, "outbox-hint")} }));
    html! {
        <Wizard
            title={t!(i18n, "record")}
            over={&context.target.name}
            steps={vec![Step::new(t!(i18n, "record"), true)]}
            at={0}
            on_step={Callback::noop()}
            finish={t!(i18n, "record-for", name = name)}
            blocked={blocked.map(AttrValue::from)}
            busy={task.is_busy()}
            {on_finish}
            entered={draft.is_changed()}
            on_cancel={context.on_cancel.clone()}
            testid="record-form"
            notices={html! { <>{waits}{refused}</> }}
        >
            {fields(&i18n, &draft, context.target.customer, 0)}
        </Wizard>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct ChangeProps {
    pub(super) context: FormContext,
    /// As it was when the form was opened.
    pub(super) was: IncidentDetail,
}

#[component]
pub(super) fn Change(props: &ChangeProps) -> Html {
    let (i18n, app, context) = (use_i18n(), use_app(), &props.context);
    let was = &props.was.incident;
    let key = IncidentRef { customer_id: was.row.customer_id, number: was.row.number };
    let version = context.target.version;
    let current = use_command::<GetIncident>(Some(key), app.model.tick);
    let draft = use_draft(|| IssueDraft::of(was));
    let task = use_versioned_task(&current.retry);
    let change = draft.change(was);
    let unchanged = change == Edit::default();
    let send = {
        let (on_done, task, form) = (context.on_done.clone(), task.clone(), context.target.form);
        let told = [t!(i18n, "edit-done", number = was.row.number.to_string()), t!(i18n, "outbox-kept")];
        let read = Box::new(IssueAsRead::of(was));
        Callback::from(move |version: u64| {
            let IncidentRef { customer_id: customer, number } = key;
            let work = Work::Edit { number, version, was: Some(read.clone()), change: change.clone() };
            let (on_done, told) = (on_done.clone(), told.clone());
            task.run(async move {
                let waits = do_work(WorkItem { form, customer, work }).await? == WorkOutcome::Waits;
                let [done, kept] = told;
                on_done.emit(Went { customer, told: if waits { kept } else { done }, made: None, waits });
                Ok(())
            });
        })
    };
    // High impact without its reason sends nothing yet, and is more than nothing.
    let lack = draft.lacks().map(|lack| lacking(&i18n, lack));
    let blocked = lack.or_else(|| unchanged.then(|| t!(i18n, "form-unchanged")));
    let waits = app.is_cut_off().then(|| standing(Tone::Waiting, "outbox-hint", html! { {t!(i18n, "outbox-hint")} }));
    let stale = task.is_stale();
    // Lists show less of it: what is sent on top of it has to be seen whole first.
    let whole = current.remote.data().filter(|now| now.rest == IncidentRest::Here);
    let now = whole.map(|now| &now.incident).filter(|now| now.row.version != version);
    // What was typed was typed on top of what was read at first, whatever is looked at since.
    let on_mine = gives::<(), _>(&send, now.map_or(version, |now| now.row.version));
    let number = was.row.number.to_string();
    html! { <>
        <Wizard
            title={t!(i18n, "edit-issue", number = number.clone())}
            over={&context.target.name}
            steps={vec![Step::new(t!(i18n, "edit"), true)]}
            at={0}
            on_step={Callback::noop()}
            finish={t!(i18n, "edit-save", number = number.clone(), name = context.target.name.to_string())}
            blocked={blocked.map(AttrValue::from)}
            busy={task.is_busy()}
            on_finish={gives(&send, version)}
            entered={draft.is_changed()}
            on_cancel={context.on_cancel.clone()}
            testid="edit-form"
            notices={html! { <>{waits}{task.error().filter(|_| !stale).map(|error| failed(&i18n, error)).unwrap_or_default()}</> }}
        >
            {fields(&i18n, &draft, context.target.customer, was.row.redacted_rooms)}
        </Wizard>
        if stale {
            <Stale name={number} lines={now.map(|now| compare(&i18n, was, now, &draft))} on_theirs={context.on_cancel.clone()} {on_mine} on_cancel={task.on_reset()} />
        }
    </> }
}

fn lacking(i18n: &I18n, lack: Lack) -> String {
    match lack {
        Lack::Description => t!(i18n, "record-lacks-description"),
        Lack::ImpactReason => t!(i18n, "record-lacks-reason"),
        Lack::Shorter => t!(i18n, "message-too-long"),
        Lack::FewerRooms => t!(i18n, "record-rooms-too-many", most = MOST_ROOMS),
    }
}

/// `hidden` rooms are the issue's that the user does not see: they stay.
fn fields(i18n: &I18n, draft: &UseDraft<IssueDraft>, customer: TenantId, hidden: u32) -> Html {
    let high = Check {
        testid: "record-high-impact".into(),
        label: t!(i18n, "high-impact").into(),
        hint: Some(t!(i18n, "record-high-impact-hint").into()),
        checked: draft.high_impact,
        disabled: None,
    };
    html! { <>
        <TextArea id="record-description" label={t!(i18n, "description")} hint={t!(i18n, "record-description-hint", key = send_key(i18n))} required=true value={draft.description.clone()} on_input={draft.edit(|draft, text| draft.description = text)} most={LONGEST_DESCRIPTION} rows={6} />
        if !draft.events_here().is_empty() { <p class="field__hint" data-testid="record-events">{t!(i18n, "record-events", count = draft.events_here().len())}</p> }
        {check(&high, draft.edit(|draft: &mut IssueDraft, event: Event| draft.high_impact = ticked(event)))}
        if draft.high_impact {
            <TextArea id="record-reason" label={t!(i18n, "record-reason")} required=true value={draft.impact_reason.clone()} on_input={draft.edit(|draft, text| draft.impact_reason = text)} most={LONGEST_IMPACT_REASON} rows={2} />
        }
        <h3 class="checks__legend">{t!(i18n, "form-optional", what = t!(i18n, "rooms"))}</h3>
        <p class="field__hint">{t!(i18n, "record-rooms-hint")}</p>
        if hidden > 0 { <p class="pane__why">{t!(i18n, "record-rooms-hidden", count = hidden)}</p> }
        <RoomPicker id="record-rooms" owner={customer} picked={draft.picked.clone()} on_change={draft.edit(|draft, picked: Picked| draft.picked = picked.into())} />
    </> }
}

/// What the issue was, is and would be.
fn compare(i18n: &I18n, was: &Incident, now: &Incident, draft: &IssueDraft) -> Vec<Compared> {
    let names = |rooms: &[tenantry_model::incident::RoomRef]| rooms.iter().map(|room| room.name.as_str()).collect::<Names>().text();
    let known: Vec<_> = was.row.rooms.iter().chain(&now.row.rooms).collect();
    let mine = draft.picked.rooms.iter().map(|id| known.iter().find(|room| room.id == *id).map_or("…", |room| room.name.as_str()));
    // Untouched rooms are as they were, in whatever order they stand.
    let mine_rooms = if draft.picked == IssueDraft::of(was).picked { names(&was.row.rooms) } else { mine.collect::<Names>().text() };
    let impact = |incident: &Incident| incident.high_impact_reason.clone().unwrap_or_else(|| "–".to_owned());
    let mine_impact = if draft.high_impact { draft.impact_reason.clone() } else { "–".to_owned() };
    vec![
        Compared::new(t!(i18n, "description"), [was.description.clone(), now.description.clone(), draft.description.clone()]),
        Compared::new(t!(i18n, "rooms"), [names(&was.row.rooms), names(&now.row.rooms), mine_rooms]),
        Compared::new(t!(i18n, "high-impact"), [impact(was), impact(now), mine_impact]),
        Compared::new(t!(i18n, "column-status"), [i18n.label(was.row.status), i18n.label(now.row.status), i18n.label(was.row.status)]),
        Compared::new(
            t!(i18n, "pane-messages"),
            [i18n.number(was.row.messages), i18n.number(now.row.messages), i18n.number(was.row.messages)],
        ),
    ]
}
