//! A new ring, or another place, other words or days of one: one step.

use tenantry_model::api::requests::Outcome;
use tenantry_model::api::update_rings::{ChangeUpdateRing as Change, UpdateRingRow};
use tenantry_model::ipc::{ChangeOf, ChangeUpdateRing, CreateAt, CreateUpdateRing, IpcError, UpdateRingKey};
use tenantry_model::name::LONGEST_DESCRIPTION;
use tenantry_model::update_ring::{MOST_DAYS, RingPreset};
use yew::prelude::*;

use super::draft::RingDraft;
use super::page::{FormContext, use_rings};
use super::view_model::{compare, others, ring};
use crate::components::confirm::Stale;
use crate::components::form::{TextArea, TextField};
use crate::components::notice::{failed, why_not_now};
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::hooks::{FormTarget, gives, use_draft, use_versioned_task};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct RingFormProps {
    pub(super) context: FormContext,
    /// As it was when the form was opened; none for a new one.
    pub(super) was: Option<UpdateRingRow>,
}

/// What the service says of this member.
fn said(i18n: &I18n, error: Option<&IpcError>, pointer: &str) -> Option<String> {
    error?.fields.iter().find(|field| field.pointer == pointer).map(|field| i18n.field_error(field))
}

#[component]
pub(super) fn RingForm(props: &RingFormProps) -> Html {
    let (i18n, app, context) = (use_i18n(), use_app(), &props.context);
    let FormTarget { customer, version, form, .. } = context.target;
    let (list, reload) = use_rings(context);
    let others = others(&list, props.was.as_ref().map(|was| was.id));
    let draft = use_draft(|| props.was.as_ref().map_or_else(|| RingDraft::behind(&others), RingDraft::of));
    let task = use_versioned_task(&reload);
    let (name, called) = (context.target.name.to_string(), draft.name.trim().to_owned());
    let send = {
        let on_done = context.on_done.clone();
        match &props.was {
            None => {
                let (new, told) = (draft.create(), t!(i18n, "ring-created", ring = called, name = name.clone()));
                let send = task.sends::<CreateUpdateRing>(move |done| on_done.emit((Outcome::Done(done), told.clone())));
                Callback::from(move |_: u64| {
                    if let Some(new) = new.clone() {
                        send.emit(CreateAt { customer, form, new });
                    }
                })
            }
            Some(was) => {
                let (key, change) = (UpdateRingKey { customer, ring: was.id }, draft.change(was));
                let told = t!(i18n, "ring-changed", ring = called, name = name.clone());
                let send = task.sends::<ChangeUpdateRing>(move |outcome| on_done.emit((outcome, told.clone())));
                send.reform(move |version: u64| ChangeOf { key, version, change: change.clone() })
            }
        }
    };
    let stale = task.is_stale();
    let error = task.error().filter(|_| !stale);
    let wrong = draft.wrong(&i18n, &others, props.was.as_ref());
    let at = |mine: Option<String>, pointer: &str| mine.or_else(|| said(&i18n, error, pointer)).map(AttrValue::from);
    let unchanged = props.was.as_ref().is_some_and(|was| draft.change(was) == Change::default());
    let blocked = why_not_now(&i18n, &app)
        .or_else(|| unchanged.then(|| t!(i18n, "form-unchanged")))
        .or_else(|| wrong.first())
        .or_else(|| (!draft.is_complete()).then(|| t!(i18n, "ring-incomplete")));
    let (title, finish) = match &props.was {
        None => (t!(i18n, "ring-new"), t!(i18n, "ring-add", name = name)),
        Some(was) => (t!(i18n, "ring-edit", ring = was.name.clone()), t!(i18n, "ring-save", ring = was.name.clone(), name = name)),
    };
    let now = props.was.as_ref().and_then(|was| ring(&list, was.id)).filter(|now| now.version != version);
    let on_mine = gives::<(), _>(&send, now.map_or(version, |now| now.version));
    let staging = props.was.as_ref().is_some_and(|was| was.built_in == Some(RingPreset::Staging));
    let order_hint = if staging { t!(i18n, "ring-staging-first") } else { t!(i18n, "ring-order-hint") };
    let [rollout_left, test_left] = draft.left(&others).map(|left| t!(i18n, "ring-days-left", count = left, most = MOST_DAYS));
    // What is wrong with a field stands at the field.
    let other = error.filter(|error| error.fields.iter().all(|field| field.pointer == "#")).map(|error| failed(&i18n, error));
    let notices = html! { <>
        {props.was.is_some().then(|| context.asks(&i18n, &list))}
        {other.unwrap_or_default()}
    </> };
    html! { <>
        <Wizard
            {title}
            over={&context.target.name}
            steps={vec![Step::new(t!(i18n, "ring"), true)]}
            at={0}
            on_step={Callback::noop()}
            {finish}
            blocked={blocked.map(AttrValue::from)}
            busy={task.is_busy()}
            on_finish={gives(&send, version)}
            entered={draft.is_changed()}
            on_cancel={context.on_cancel.clone()}
            testid="ring-form"
            {notices}
        >
            <TextField id="ring-name" label={t!(i18n, "column-name")} required=true error={at(wrong.name, "#/name")} value={draft.name.clone()} on_input={draft.edit(|draft, text| draft.name = text)} />
            <TextField id="ring-order" label={t!(i18n, "ring-order")} required=true readonly={staging} hint={order_hint} error={at(wrong.order, "#/order")} value={draft.order.clone()} on_input={draft.edit(|draft, text| draft.order = text)} />
            <TextField id="ring-deferral" label={t!(i18n, "ring-deferral-label")} required=true hint={t!(i18n, "ring-deferral-hint")} error={at(wrong.deferral, "#/deferralDays")} value={draft.deferral.clone()} on_input={draft.edit(|draft, text| draft.deferral = text)} />
            <TextField id="ring-rollout" label={t!(i18n, "ring-rollout-label")} required=true hint={rollout_left} error={at(wrong.rollout, "#/rolloutDays")} value={draft.rollout.clone()} on_input={draft.edit(|draft, text| draft.rollout = text)} />
            <TextField id="ring-test" label={t!(i18n, "ring-test-label")} required=true hint={test_left} error={at(wrong.test, "#/testDays")} value={draft.test.clone()} on_input={draft.edit(|draft, text| draft.test = text)} />
            <TextArea id="ring-description" label={t!(i18n, "description")} most={LONGEST_DESCRIPTION} rows=3 error={said(&i18n, error, "#/description").map(AttrValue::from)} value={draft.description.clone()} on_input={draft.edit(|draft, text| draft.description = text)} />
        </Wizard>
        if let Some(was) = props.was.as_ref().filter(|_| stale) {
            <Stale name={was.name.clone()} lines={now.map(|now| compare(&i18n, was, now, &draft))} on_theirs={context.on_cancel.clone()} {on_mine} on_cancel={task.on_reset()} />
        }
    </> }
}
