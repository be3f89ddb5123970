//! Ties bulk actions to the page of incidents.

use std::collections::HashSet;
use std::rc::Rc;

use tenantry_model::api::incidents::{CloseIssue, SnoozeIncident};
use tenantry_model::ipc::{
    BulkAction, BulkOrder, BulkPlan, BulkRows, BulkRun, BulkStep, CloseBulk, CountSelected, GetBulk, IncidentQuery, IncidentRef,
    IncidentScope, IpcError, IpcErrorKind, MOST_BULK_ROWS, MOST_SELECTED, MatchIncidents, PlanBulk, SelectionQuery, SteerArgs, SteerBulk,
};
use yew::prelude::*;

use super::bar::Bar;
use super::close_form::CloseForm;
use super::plan::Plan;
use super::progress::Progress;
use super::selecting::{Wanted, in_order};
use crate::components::focus::focus_list;
use crate::components::notice::{Tone, failed, notice};
use crate::components::table::Selection;
use crate::context::use_app;
use crate::domain_view::snooze_form::{SnoozeForm, Snoozing};
use crate::hooks::{UseTask, call, use_command, use_task};
use crate::i18n::{I18n, t, use_i18n};

/// The list that is shown.
#[derive(Clone, PartialEq)]
pub(in crate::pages::incidents) struct BulkList {
    /// What it asks, without a window; none where it shows nothing.
    pub(in crate::pages::incidents) query: Option<IncidentQuery>,
    pub(in crate::pages::incidents) matches: u32,
}

/// What stands before the page.
#[derive(Clone, PartialEq, Default)]
enum Step {
    #[default]
    Nothing,
    Snoozing,
    Closing,
    Planned(BulkAction, BulkPlan),
}

pub(in crate::pages::incidents) struct Bulk {
    keys: UseStateHandle<Rc<HashSet<IncidentRef>>>,
    step: UseStateHandle<Step>,
    task: UseTask,
    /// How many matched, where they were too many.
    too_many: UseStateHandle<Option<u32>>,
    in_list: Option<u32>,
    run: Option<BulkRun>,
    list: BulkList,
    i18n: I18n,
}

/// What is selected in a list of this scope, and what is done with it.
#[hook]
pub(in crate::pages::incidents) fn use_bulk(scope: IncidentScope, list: BulkList) -> Bulk {
    let (app, i18n) = (use_app(), use_i18n());
    let keys = use_state_eq(Rc::<HashSet<IncidentRef>>::default);
    let step = use_state_eq(Step::default);
    let too_many = use_state_eq(|| None::<u32>);
    let task = use_task();
    // Of another customer's list nothing that was selected before is shown: nobody must act on what they do not see.
    use_effect_with(scope, {
        let keys = keys.setter();
        move |_| keys.set(Rc::default())
    });
    use_effect_with((*keys).clone(), {
        let too_many = too_many.setter();
        move |_| too_many.set(None)
    });
    let selected = use_memo((*keys).clone(), |keys| in_order(keys));
    let counted = list.query.clone().filter(|_| !selected.is_empty());
    let counted = counted.map(|list| SelectionQuery { list, incidents: (*selected).clone() });
    let in_list = use_command::<CountSelected>(counted, app.model.tick).remote.data().copied();
    let run = use_command::<GetBulk>(Some(BulkRows { limit: MOST_BULK_ROWS }), app.model.bulk);
    let run = run.remote.data().cloned().flatten();
    Bulk { keys, step, task, too_many, in_list, run, list, i18n }
}

impl Bulk {
    pub(in crate::pages::incidents) fn selection(&self) -> Selection<IncidentRef> {
        let keys = self.keys.setter();
        Selection {
            keys: (*self.keys).clone(),
            on_change: Callback::from(move |changed| keys.set(Rc::new(changed))),
            on_all: Some(self.on_all()),
        }
    }

    pub(in crate::pages::incidents) fn bar(&self) -> Html {
        if self.keys.is_empty() {
            return html! {};
        }
        let on_clear = {
            let keys = self.keys.setter();
            Callback::from(move |()| {
                keys.set(Rc::default());
                focus_list();
            })
        };
        let too_many = self.too_many.map(|matches| t!(self.i18n, "bulk-too-many", number = matches, most = MOST_SELECTED));
        let is_here = *self.step == Step::Nothing && self.run.is_none();
        html! { <>
            <Bar keys={(*self.keys).clone()} in_list={self.in_list} matches={self.list.matches} busy={self.task.is_busy()} on_want={self.on_want()} on_all={self.on_all()} {on_clear} />
            if let Some(text) = too_many { {notice(Tone::Bad, "bulk-too-many", html! { {text} })} }
            if let Some(error) = self.task.error().filter(|_| is_here) { {failed(&self.i18n, error)} }
        </> }
    }

    /// What stands before the page: a question, the plan, or how it goes.
    pub(in crate::pages::incidents) fn dialog(&self) -> Html {
        if let Some(run) = &self.run {
            return html! { <Progress run={run.clone()} task={self.task.clone()} on_step={self.on_step(run)} on_close={self.on_close(run)} /> };
        }
        let on_cancel = {
            let (step, task) = (self.step.setter(), self.task.clone());
            Callback::from(move |()| {
                task.reset();
                step.set(Step::Nothing);
            })
        };
        let count = self.keys.len();
        match &*self.step {
            Step::Nothing => html! {},
            Step::Snoozing => {
                let on_plan = self.on_plan();
                let on_submit =
                    on_plan.reform(|Snoozing { reason, until, .. }| BulkAction::Snooze { snooze: SnoozeIncident { reason, until } });
                let (busy, error) = (self.task.is_busy(), self.task.error().cloned());
                html! { <SnoozeForm title={t!(self.i18n, "bulk-snooze-title", count = count)} action={t!(self.i18n, "bulk-to-plan")} what={vec![]} {busy} {error} {on_submit} {on_cancel} /> }
            }
            Step::Closing => {
                let on_submit = self.on_plan().reform(|change: CloseIssue| BulkAction::Close { change });
                html! { <CloseForm {count} {on_submit} {on_cancel} /> }
            }
            Step::Planned(action, plan) => {
                let on_start = {
                    let (step, task, id) = (self.step.setter(), self.task.clone(), plan.id);
                    Callback::from(move |()| {
                        let step = step.clone();
                        task.run(async move {
                            call::<SteerBulk>(SteerArgs { id, step: BulkStep::Start }).await?;
                            // The plan stands until the run does: in between, a second Enter would open a row of the list.
                            call::<GetBulk>(BulkRows { limit: 0 }).await?;
                            step.set(Step::Nothing);
                            Ok(())
                        });
                    })
                };
                html! { <Plan plan={plan.clone()} action={action.clone()} task={self.task.clone()} {on_start} {on_cancel} /> }
            }
        }
    }

    /// Selects all that match, whatever of it has been shown.
    fn on_all(&self) -> Callback<()> {
        let (task, keys, too_many, query) = (self.task.clone(), self.keys.setter(), self.too_many.setter(), self.list.query.clone());
        let held = (*self.keys).clone();
        Callback::from(move |()| {
            let Some(query) = query.clone() else { return };
            let (keys, too_many, held) = (keys.clone(), too_many.clone(), held.clone());
            task.run(async move {
                let matching = call::<MatchIncidents>(query).await?;
                let all: HashSet<IncidentRef> = held.iter().copied().chain(matching.incidents).collect();
                if matching.matches as usize > MOST_SELECTED || all.len() > MOST_SELECTED {
                    too_many.set(Some(matching.matches));
                } else {
                    keys.set(Rc::new(all));
                }
                Ok(())
            });
        })
    }

    fn on_want(&self) -> Callback<Wanted> {
        let (step, on_plan) = (self.step.setter(), self.on_plan());
        Callback::from(move |wanted: Wanted| match (wanted.action(), wanted) {
            (Some(action), _) => on_plan.emit(action),
            (None, Wanted::Close) => step.set(Step::Closing),
            (None, _) => step.set(Step::Snoozing),
        })
    }

    fn on_plan(&self) -> Callback<BulkAction> {
        let (task, step, incidents) = (self.task.clone(), self.step.setter(), in_order(&self.keys));
        Callback::from(move |action: BulkAction| {
            let (step, incidents) = (step.clone(), incidents.clone());
            task.run(async move {
                let plan = call::<PlanBulk>(BulkOrder { incidents, action: action.clone() }).await?;
                step.set(Step::Planned(action, plan));
                Ok(())
            });
        })
    }

    fn on_step(&self, run: &BulkRun) -> Callback<BulkStep> {
        let (task, id) = (self.task.clone(), run.id);
        Callback::from(move |step: BulkStep| task.run(async move { call::<SteerBulk>(SteerArgs { id, step }).await }))
    }

    fn on_close(&self, run: &BulkRun) -> Callback<bool> {
        let (task, id, keys) = (self.task.clone(), run.id, self.keys.setter());
        Callback::from(move |keep: bool| {
            let keys = keys.clone();
            task.run(async move {
                let rest: Result<Vec<IncidentRef>, IpcError> = call::<CloseBulk>(id).await;
                match rest {
                    Ok(rest) => keys.set(Rc::new(if keep { rest.into_iter().collect() } else { HashSet::new() })),
                    // It went on meanwhile, or is closed already: an event has said so.
                    Err(error) if error.kind == IpcErrorKind::Conflict => {}
                    Err(error) => return Err(error),
                }
                Ok(())
            });
        })
    }
}
