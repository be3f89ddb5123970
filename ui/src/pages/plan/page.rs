use std::rc::Rc;

use tenantry_model::api::TenantRow;
use tenantry_model::api::plans::{ApplyPlan as Apply, Plan as Question, PlanRow, PlanStep};
use tenantry_model::collation::sort_key;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{ApplyPlan, GetTenants, PreviewPlan};
use tenantry_model::tenancy::TenantStatus;
use yew::prelude::*;

use super::preview::{preview, summary};
use super::step::step;
use super::view_model::{BATCH, Draft, Fate, applicable, by_name, fate, is_open, merged, sum};
use crate::components::confirm::Confirm;
use crate::components::icon::Icon;
use crate::components::live::Count;
use crate::components::loading::early;
use crate::components::notice::{Tone, cached, failed, notice, why_not_now};
use crate::components::tick_list::{TickItem, TickList};
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::hooks::{self, FormsOf, sets, use_command, use_draft, use_form_while, use_now, use_page_title, use_place, use_task};
use crate::i18n::{t, use_i18n};
use crate::route::{Route, Section};

const PREVIEW: usize = 2;

#[component]
pub fn Plan() -> Html {
    let (i18n, app, now, place) = (use_i18n(), use_app(), use_now(), use_place());
    let title = use_page_title();
    let tenants = use_command::<GetTenants>(Some(()), app.model.relations);
    let at = use_state(|| 0_usize);
    // Sorted, so that a customer is found quickly among thousands.
    let chosen = use_state(|| Rc::<[TenantId]>::from([]));
    let draft = use_draft(Draft::new);
    // The rows belong to the step that they were asked for.
    let rows = use_state(|| None::<(PlanStep, Rc<[PlanRow]>)>);
    let done = use_state(|| false);
    let opened = use_form_while::<()>(Route::Plan, FormsOf::Place, !*done);
    // Open from the first tick on.
    let touch = {
        let (opened, own) = (opened.clone(), app.user().map(|user| (user.tenant.id, user.tenant.display_name.clone())));
        Callback::from(move |touched: bool| {
            if let Some((id, name)) = own.clone() {
                opened.fill(id, name, move |_| touched.then_some(()));
            }
        })
    };
    let task = use_task();

    let known = use_memo(tenants.remote.clone(), |remote| {
        let mut rows: Vec<TenantRow> = remote.data().map(|seen| seen.value.clone()).unwrap_or_default();
        rows.retain(|row| row.status == TenantStatus::Active);
        rows.sort_by_cached_key(|row| sort_key(&row.display_name));
        let item = |row: &TenantRow| TickItem {
            key: row.id.to_string().into(),
            name: row.display_name.clone().into(),
            more: None,
            icon: Icon::Building,
            apart: false,
        };
        (Rc::<[TickItem]>::from_iter(rows.iter().map(item)), Rc::<[TenantRow]>::from(rows))
    });
    let (items, customers) = (known.0.clone(), known.1.clone());
    let ask = {
        let (task, rows, done) = (task.clone(), rows.clone(), done.clone());
        let (plan, all): (PlanStep, Vec<TenantId>) = (draft.step(), chosen.to_vec());
        Callback::from(move |()| {
            let (rows, plan, all) = (rows.clone(), plan.clone(), all.clone());
            done.set(false);
            rows.set(None);
            task.run(async move {
                let mut answered = vec![];
                for some in all.chunks(BATCH) {
                    answered.extend(hooks::call::<PreviewPlan>(Question { customers: some.to_vec(), step: plan.clone() }).await?);
                }
                rows.set(Some((plan, by_name(answered).into())));
                Ok(())
            });
        })
    };
    let on_step = {
        let (at, ask, touch) = (at.clone(), ask.clone(), touch.clone());
        Callback::from(move |to: usize| {
            at.set(to);
            touch.emit(true);
            if to == PREVIEW {
                ask.emit(());
            }
        })
    };
    // Whoever was chosen there, and not sent yet, is still there.
    let back = app.model.forms.iter().copied().find(|form| form.section() == Section::Tenants).unwrap_or(Route::Tenants);
    let leave = Callback::from(move |()| place.push(back));
    // While it is being applied, the rest goes on and its result stays to be looked at.
    let cancel = {
        let (leave, close, applying) = (leave.clone(), opened.on_close(), task.is_busy() && rows.is_some());
        Callback::from(move |()| {
            leave.emit(());
            if !applying {
                close.emit(());
            }
        })
    };
    let apply = {
        let (task, rows, done) = (task.clone(), rows.clone(), done.clone());
        Callback::from(move |()| {
            let Some((plan, known)) = (*rows).clone() else { return };
            let (rows, done) = (rows.clone(), done.clone());
            task.run(async move {
                let mut known = known;
                for some in applicable(&known).chunks(BATCH) {
                    let answered = hooks::call::<ApplyPlan>(Apply { customers: some.to_vec(), step: plan.clone() }).await?;
                    known = merged(&known, answered).into();
                    // What is done shows, also where a later batch fails.
                    rows.set(Some((plan.clone(), known.clone())));
                    done.set(true);
                }
                Ok(())
            });
        })
    };
    let what = match draft.template {
        None => t!(i18n, "plan-admins"),
        Some(_) => t!(i18n, "plan-template", role = draft.name.trim().to_owned()),
    };
    let known = rows.as_ref().map(|(_, rows)| rows.clone());
    let open = known.as_deref().map_or(0, |rows| applicable(rows).len());
    let steps = vec![
        Step::new(t!(i18n, "plan-customers"), !chosen.is_empty()),
        Step::new(t!(i18n, "plan-step"), draft.is_complete()),
        Step::new(if *done { t!(i18n, "plan-result") } else { t!(i18n, "plan-preview") }, true),
    ];
    let content = match *at {
        0 => early(&tenants.remote, &tenants.retry, |known| {
            let ticked: Rc<[bool]> = customers.iter().map(|row| chosen.binary_search(&row.id).is_ok()).collect();
            let on_change = {
                let (chosen, customers, touch, changed) = (chosen.clone(), customers.clone(), touch.clone(), draft.is_changed());
                Callback::from(move |ticked: Rc<[bool]>| {
                    let mut ids: Vec<TenantId> = customers.iter().zip(&*ticked).filter(|(_, on)| **on).map(|(row, _)| row.id).collect();
                    ids.sort_unstable();
                    touch.emit(changed || !ids.is_empty());
                    chosen.set(ids.into());
                })
            };
            let foot = html! { <p class="picker__foot"><Count class={classes!()} text={AttrValue::from(t!(i18n, "rows-customers-of", count = chosen.len(), all = customers.len()))} cause={chosen.len() as u32} testid="plan-count" /></p> };
            html! { <TickList id="plan-list" label={t!(i18n, "customers")} search={t!(i18n, "customer-search")} nothing={t!(i18n, "tenants-no-match")} {items} {ticked} {on_change} waiting={known.is_none()} {foot} /> }
        }),
        1 => {
            let (on_step, complete) = (on_step.clone(), draft.is_complete());
            step(
                &i18n,
                &draft,
                Callback::from(move |()| {
                    if complete {
                        on_step.emit(PREVIEW);
                    }
                }),
            )
        }
        _ => match &known {
            Some(rows) => html! { <>
                if *done { {notice(Tone::Good, "plan-summary", html! { {t!(i18n, "plan-summary", done = count(rows, Fate::Done), asked = count(rows, Fate::Asked), refused = count(rows, Fate::Refused))} })} }
                {match count(rows, Fate::Changed) {
                    0 => html! {},
                    changed => notice(Tone::Care, "plan-changed", html! { {t!(i18n, "plan-changed-more", count = changed)} }),
                }}
                if open > 0 { {summary(&i18n, &what, &sum(rows))} }
                {preview(&i18n, rows, now)}
            </> },
            None if task.is_busy() => {
                html! { <div class="list-message" role="status"><p><span class="spinner" aria-hidden="true" />{" "}{t!(i18n, "plan-asking", count = chosen.len())}</p></div> }
            }
            None => html! {},
        },
    };
    let over = *done && open == 0;
    let asking = known.is_none().then(|| t!(i18n, "plan-asking", count = chosen.len()));
    let nothing = (open == 0).then(|| t!(i18n, "plan-nothing"));
    let blocked = why_not_now(&i18n, &app).or(asking).or(nothing).filter(|_| !over);
    let finish = match (known.as_deref(), open) {
        _ if over => t!(i18n, "plan-over"),
        (Some(rows), 1) => {
            let name = rows.iter().find(|row| is_open(row)).map(|row| row.display_name.clone());
            t!(i18n, "plan-apply-one", name = name.unwrap_or_default())
        }
        _ => t!(i18n, "plan-apply", count = open),
    };
    let confirming = use_state(|| false);
    let confirm = sets(&confirming, |()| true);
    let on_no = sets(&confirming, |()| false);
    let on_yes = {
        let confirming = confirming.setter();
        Callback::from(move |()| {
            confirming.set(false);
            apply.emit(());
        })
    };
    let on_finish = if over { leave.clone() } else { confirm };
    // Once it is being applied, what was entered is done.
    let applies = *done || (task.is_busy() && known.is_some());
    let entered = !applies && (!chosen.is_empty() || draft.is_changed());
    let retry = ask.reform(|_: MouseEvent| ());
    let notices = html! { <>
        if let Some(error) = task.error() {
            {failed(&i18n, error)}
            if known.is_none() { <button type="button" class="button" data-testid="plan-retry" onclick={retry}>{t!(i18n, "try-again")}</button> }
        }
    </> };
    html! {
        <div class="page page--wizard">
            <section class="page__list" aria-label={title}>
                <Wizard page=true
                    title={t!(i18n, "plan-title")}
                    {steps}
                    at={*at}
                    {on_step}
                    finish={finish.clone()}
                    blocked={blocked.map(AttrValue::from)}
                    busy={task.is_busy()}
                    {on_finish}
                    {entered}
                    on_cancel={cancel}
                    testid="plan-form"
                    age={cached(&i18n, &app, tenants.remote.data())}
                    {notices}
                >{content}</Wizard>
                if let Some(rows) = known.as_deref().filter(|_| *confirming) {
                    <Confirm title={t!(i18n, "plan-confirm-title", count = open)} action={finish} danger={rows.iter().any(|row| is_open(row) && !row.loses.is_empty())} on_confirm={on_yes} on_cancel={on_no} testid="plan-confirm">
                        {summary(&i18n, &what, &sum(rows))}
                    </Confirm>
                }
            </section>
        </div>
    }
}

fn count(rows: &[PlanRow], wanted: Fate) -> usize {
    rows.iter().filter(|row| fate(row) == wanted).count()
}
