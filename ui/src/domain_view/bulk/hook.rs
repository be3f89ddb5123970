//! Ties bulk actions to a page.

use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use tenantry_model::ipc::{
    About, BulkAction, BulkOrder, BulkRows, BulkRun, BulkStep, CloseBulk, FormId, GetBulk, IncidentScope, IpcError, IpcErrorKind,
    MOST_BULK_ROWS, MOST_SELECTED, Matching, PlanBulk, RangeEnd, RangeQuery, ResumeBulk, ResumedPlan, SelectionQuery, SteerArgs, SteerBulk,
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::bar::Bar;
use super::chosen::{At, Choice, Chosen, Form, Refused};
use super::key::Selectable;
use super::plan::Plan;
use super::progress::Progress;
use super::selecting::{customers, has_more, holds_all, in_order, left};
use super::turns::Turns;
use super::unfinished::Unfinished;
use crate::components::focus::focus_list;
use crate::components::notice::{Tone, failed, notice};
use crate::components::table::{Picked, Range, Selection};
use crate::context::use_app;
use crate::hooks::{UseTask, call, use_command, use_task};
use crate::i18n::{I18n, t, use_i18n};

/// The list that is shown.
#[derive(Clone, PartialEq)]
pub struct BulkList<K: Selectable> {
    /// What it asks, without a window; none where it shows nothing.
    pub query: Option<K::Query>,
    pub matches: u32,
    /// Whether what is shown answers what is asked.
    pub settled: bool,
}

/// When it was asked for, and of which list.
type AskedRange<K> = (At, <K as Selectable>::Query, Range<K>);

pub struct Bulk<K: Selectable> {
    scope: IncidentScope,
    chosen: UseReducerHandle<Chosen<K>>,
    /// What is selected, in order.
    selected: Rc<Vec<K>>,
    task: UseTask,
    in_list: Option<u32>,
    /// Ranges that are asked for.
    ranges: Rc<RefCell<Turns<AskedRange<K>>>>,
    run: Option<BulkRun>,
    list: BulkList<K>,
    i18n: I18n,
}

/// What is selected in a list of this scope, and what is done with it.
#[hook]
pub fn use_bulk<K: Selectable>(scope: IncidentScope, list: BulkList<K>) -> Bulk<K> {
    let (app, i18n) = (use_app(), use_i18n());
    let chosen = use_reducer_eq(|| Chosen::<K>::of(scope));
    let (task, ranges) = (use_task(), use_mut_ref(Turns::default));
    // Of another customer's list nothing that was selected before is shown: nobody must act on what they do not see.
    use_effect_with(scope, {
        let chosen = chosen.dispatcher();
        move |scope| chosen.dispatch(Choice::Scope(*scope))
    });
    let selected = use_memo(chosen.keys_in(scope), |keys| in_order(keys));
    let counted = list.query.clone().filter(|_| list.settled && !selected.is_empty());
    let counted = counted.map(|list| SelectionQuery { list, keys: (*selected).clone() });
    let in_list = use_command::<K::Count>(counted, app.model.tick).remote.data().copied();
    let run = use_command::<GetBulk>(Some(BulkRows { limit: MOST_BULK_ROWS }), app.model.bulk);
    let run = run.remote.data().cloned().flatten();
    // A plan on the screen may name a customer that is gone or locked by now (A28).
    use_effect_with(app.model.bulk, {
        let (chosen, starts) = (chosen.dispatcher(), task.is_busy());
        move |_| {
            if !starts {
                chosen.dispatch(Choice::DropPlan);
            }
        }
    });
    Bulk { scope, chosen, selected, task, in_list, ranges, run, list, i18n }
}

impl<K: Selectable> Bulk<K> {
    /// What is selected in the list that is shown.
    fn keys(&self) -> Rc<HashSet<K>> {
        self.chosen.keys_in(self.scope)
    }

    pub fn selection(&self) -> Selection<K> {
        let (chosen, scope) = (self.chosen.dispatcher(), self.scope);
        Selection {
            keys: self.keys(),
            on_pick: Callback::from(move |picked| chosen.dispatch(Choice::Pick(scope, picked))),
            on_all: self.on_all(),
            holds: holds_all(self.list.matches, self.selected.len(), self.in_list),
            on_range: self.on_range(),
        }
    }

    /// `buttons` are those of what can be done.
    pub fn bar(&self, buttons: Html) -> Html {
        let keys = self.keys();
        if keys.is_empty() {
            // Whoever has begun to select something is not interrupted.
            return html! { <>
                {self.refused()}
                <Unfinished has_run={self.run.is_some()} of_rooms={K::OF_ROOMS} over_all={self.scope == IncidentScope::All} planning={self.task.clone()} on_go_on={self.on_resume()} />
                if let Some(error) = self.task.error().filter(|_| self.chosen.plan.is_none() && self.run.is_none()) { {failed(&self.i18n, error)} }
            </> };
        }
        let on_clear = {
            let on_pick = self.selection().on_pick;
            Callback::from(move |()| {
                on_pick.emit(Picked::These(HashSet::new()));
                focus_list();
            })
        };
        let is_here = self.chosen.form == Form::Nothing && self.chosen.plan.is_none() && self.run.is_none();
        let (count, matches) = (keys.len(), self.list.matches);
        let all = has_more(matches, count, self.in_list).then_some(matches);
        html! { <>
            <Bar {count} customers={customers(&keys)} gone={left(count, self.in_list)} {all} busy={self.is_busy()} on_all={self.on_all()} {on_clear}>{buttons}</Bar>
            {self.refused()}
            if let Some(error) = self.task.error().filter(|_| is_here) { {failed(&self.i18n, error)} }
        </> }
    }

    /// Why no more was selected.
    fn refused(&self) -> Html {
        let say = |key: &'static str, text: String| notice(Tone::Bad, key, html! { {text} });
        match self.chosen.refused.as_ref().filter(|_| self.chosen.at().scope == self.scope) {
            None => html! {},
            Some(Refused::TooMany(many)) => say("bulk-too-many", t!(self.i18n, "bulk-too-many", number = *many, most = MOST_SELECTED)),
            Some(Refused::EndLeft) => say("bulk-range-left", t!(self.i18n, "bulk-range-left")),
            Some(Refused::Failed(error)) => failed(&self.i18n, error),
        }
    }

    /// What stands before the page: `form`, which is what was opened; the plan, or how it goes.
    pub fn dialog(&self, form: Html) -> Html {
        if let Some(run) = &self.run {
            return html! { <Progress run={run.clone()} task={self.task.clone()} on_step={self.on_step(run)} on_close={self.on_close(run)} /> };
        }
        if self.chosen.at().scope != self.scope {
            return html! {};
        }
        // The plan stands over the form that it was made by: who goes back finds there what they typed.
        html! { <>{form}{self.plan()}</> }
    }

    /// From the plan back to the form that it was made by, and from that to the list.
    pub fn on_back(&self) -> Callback<()> {
        let (chosen, task) = (self.chosen.dispatcher(), self.task.clone());
        Callback::from(move |()| {
            task.reset();
            chosen.dispatch(Choice::Back);
        })
    }

    /// Opens a form in which something has to be said first.
    pub fn on_form(&self, form: Form) -> Callback<MouseEvent> {
        let chosen = self.chosen.dispatcher();
        Callback::from(move |_: MouseEvent| chosen.dispatch(Choice::Open(form)))
    }

    /// Plans what needs nothing to be said.
    pub fn plans(&self, action: BulkAction) -> Callback<MouseEvent> {
        self.on_plan().reform(move |_: MouseEvent| action.clone())
    }

    /// Which form is open.
    pub fn form(&self) -> Form {
        self.chosen.form
    }

    /// What is selected, in order.
    pub fn selected(&self) -> &[K] {
        &self.selected
    }

    /// How many are selected.
    pub fn count(&self) -> usize {
        self.selected.len()
    }

    pub fn is_busy(&self) -> bool {
        self.task.is_busy()
    }

    /// Why no plan was made of what was said in the form.
    pub fn form_error(&self) -> Option<IpcError> {
        self.task.error().filter(|_| self.chosen.plan.is_none()).cloned()
    }

    fn plan(&self) -> Html {
        let Some((action, plan)) = &self.chosen.plan else { return html! {} };
        let on_start = {
            let (chosen, at, task, id) = (self.chosen.dispatcher(), self.chosen.at(), self.task.clone(), plan.id);
            Callback::from(move |()| {
                let chosen = chosen.clone();
                task.run(async move {
                    call::<SteerBulk>(SteerArgs { id, step: BulkStep::Start }).await?;
                    // The plan stands until the run does: in between, a second Enter would open a row of the list.
                    call::<GetBulk>(BulkRows { limit: 0 }).await?;
                    chosen.dispatch(Choice::Started(at));
                    Ok(())
                });
            })
        };
        html! { <Plan plan={plan.clone()} action={action.clone()} task={self.task.clone()} {on_start} on_cancel={self.on_back()} /> }
    }

    /// Selects all that match, whatever of it has been shown.
    fn on_all(&self) -> Callback<()> {
        let (task, query, selected) = (self.task.clone(), self.list.query.clone(), self.selected.clone());
        let (chosen, at) = (self.chosen.dispatcher(), self.chosen.at());
        Callback::from(move |()| {
            let Some(query) = query.clone() else { return };
            let (chosen, selected) = (chosen.clone(), selected.clone());
            task.run(async move {
                let matching = call::<K::Match>(query).await?;
                let all: HashSet<&K> = selected.iter().chain(&matching.keys).collect();
                let too_many = Refused::too_many(matching.matches, all.len());
                chosen.dispatch(too_many.map_or(Choice::All(at, matching.keys), |why| Choice::Refused(at, why)));
                Ok(())
            });
        })
    }

    /// Selects what lies between two rows of the list. Of several that were asked for one after the other, the last counts.
    fn on_range(&self) -> Callback<Range<K>> {
        let (query, ranges) = (self.list.query.clone(), self.ranges.clone());
        let (chosen, at) = (self.chosen.dispatcher(), self.chosen.at());
        Callback::from(move |range: Range<K>| {
            let Some(list) = query.clone() else { return };
            let Some(mut asked) = ranges.borrow_mut().ask((at, list, range)) else { return };
            let (chosen, ranges) = (chosen.clone(), ranges.clone());
            spawn_local(async move {
                loop {
                    let (at, list, Range { held, ends }) = asked;
                    let ends = ends.map(|(at, key)| RangeEnd { at, key });
                    let answer = call::<K::MatchRange>(RangeQuery { list, ends }).await;
                    match ranges.borrow_mut().next() {
                        Some(newer) => asked = newer,
                        None => return chosen.dispatch(with_range(at, &held, answer)),
                    }
                }
            });
        })
    }

    /// Plans an action at what is selected.
    pub fn on_plan(&self) -> Callback<BulkAction> {
        let (task, selected) = (self.task.clone(), self.selected.clone());
        let (chosen, at) = (self.chosen.dispatcher(), self.chosen.at());
        Callback::from(move |action: BulkAction| {
            let (chosen, targets) = (chosen.clone(), selected.iter().map(|key| key.about()).collect());
            task.run(async move {
                let plan = call::<PlanBulk>(BulkOrder { targets, action: action.clone() }).await?;
                chosen.dispatch(Choice::Plan(at, action, plan));
                Ok(())
            });
        })
    }

    /// Plans anew what a run before has not begun.
    fn on_resume(&self) -> Callback<FormId> {
        let task = self.task.clone();
        let (chosen, at) = (self.chosen.dispatcher(), self.chosen.at());
        Callback::from(move |run: FormId| {
            let chosen = chosen.clone();
            task.run(async move {
                let ResumedPlan { action, plan } = call::<ResumeBulk>(run).await?;
                chosen.dispatch(Choice::Plan(at, action, plan));
                Ok(())
            });
        })
    }

    fn on_step(&self, run: &BulkRun) -> Callback<BulkStep> {
        let (task, id) = (self.task.clone(), run.id);
        Callback::from(move |step: BulkStep| task.run(async move { call::<SteerBulk>(SteerArgs { id, step }).await }))
    }

    fn on_close(&self, run: &BulkRun) -> Callback<bool> {
        let (task, id, chosen, at) = (self.task.clone(), run.id, self.chosen.dispatcher(), self.chosen.at());
        let of_rooms = run.action.is_of_rooms();
        Callback::from(move |keep: bool| {
            let chosen = chosen.clone();
            task.run(async move {
                let rest: Result<Vec<About>, IpcError> = call::<CloseBulk>(id).await;
                match rest {
                    Ok(rest) => {
                        if let Some(rest) = still_selected(of_rooms, rest, keep) {
                            chosen.dispatch(Choice::Rest(at, rest));
                        }
                    }
                    // It went on meanwhile, or is closed already: an event has said so.
                    Err(error) if error.kind == IpcErrorKind::Conflict => {}
                    Err(error) => return Err(error),
                }
                Ok(())
            });
        })
    }
}

/// What is selected once a run is closed. One at incidents may be told while rooms are shown: what is selected of those it did not touch.
fn still_selected<K: Selectable>(of_rooms: bool, rest: Vec<About>, keep: bool) -> Option<HashSet<K>> {
    (of_rooms == K::OF_ROOMS).then(|| rest.into_iter().filter(|_| keep).filter_map(K::of).collect())
}

/// What is selected once it is known what lies between two rows.
fn with_range<K: Selectable>(at: At, held: &HashSet<K>, answer: Result<Option<Matching<K>>, IpcError>) -> Choice<K> {
    let between = match answer {
        Ok(Some(between)) => between,
        Ok(None) => return Choice::Refused(at, Refused::EndLeft),
        Err(error) => return Choice::Refused(at, Refused::Failed(error)),
    };
    let all: HashSet<K> = held.iter().copied().chain(between.keys).collect();
    match Refused::too_many(between.matches, all.len()) {
        Some(why) => Choice::Refused(at, why),
        None => Choice::Range(at, all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::{IncidentRef, RoomKey};

    #[test]
    fn bulk_a_run_that_is_closed_elsewhere_leaves_what_is_selected_there() {
        let id = "77777777-7777-4777-8777-777777777777";
        let incident = IncidentRef { customer_id: id.parse().unwrap(), number: "LBT9KC-XDBORS".parse().unwrap() };
        let rest = || vec![About::Incident(incident)];
        assert_eq!(still_selected::<RoomKey>(false, rest(), true), None);
        assert_eq!(still_selected(false, rest(), true), Some(HashSet::from([incident])));
        assert_eq!(still_selected::<IncidentRef>(false, rest(), false), Some(HashSet::new()), "it was not kept");
    }
}
