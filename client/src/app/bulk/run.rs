//! How a bulk action goes: its rows, and what is begun next. It sends nothing.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{
    About, BulkAction, BulkCounts, BulkReason, BulkRow, BulkRowState, BulkRun, BulkState, FormId, IncidentRef, Work,
};
use tokio::sync::Notify;
use tokio::task::AbortHandle;
use tokio::time::Instant;

use super::judge::Deed;
use super::plan::Plan;
use crate::cache::{Cache, Contact};
use crate::error::Error;

/// How many rows are under way at once: a few more than are sent at once, so that there is always one to send.
const UNDER_WAY: usize = 8;
/// How many are marked as read at once.
const MARKED: usize = 200;
/// What was not answered for so long waits on this device.
const PATIENCE: Duration = Duration::from_secs(5);

/// The bulk action of an account: one plan, and one run.
#[derive(Default)]
pub(in crate::app) struct Bulk {
    stand: Mutex<Stand>,
    steps: tokio::sync::Mutex<()>,
    turn: Arc<Notify>,
    task: Mutex<Option<AbortHandle>>,
}

#[derive(Default)]
struct Stand {
    plan: Option<Plan>,
    run: Option<Run>,
}

pub(super) struct Run {
    id: FormId,
    action: BulkAction,
    undoes: bool,
    stopped: bool,
    rows: Vec<Row>,
    /// Which row a form is of.
    forms: HashMap<FormId, usize>,
    /// The first row that may not have been begun.
    next: usize,
    /// What the run before it, which it undoes, did not do.
    left: Vec<About>,
    /// The forms of that which were refused.
    left_refused: Vec<FormId>,
}

pub(super) struct Row {
    pub(super) about: About,
    pub(super) form: FormId,
    /// None where nothing is done.
    pub(super) deed: Option<Deed>,
    /// What it undoes.
    pub(super) undoes: Option<Box<Work>>,
    pub(super) state: BulkRowState,
    pub(super) begun: Option<Instant>,
}

/// What is begun next.
pub(super) enum Begun {
    Send { form: FormId, about: About, work: Box<Work>, undoes: Option<Box<Work>> },
    MarkRead(Vec<(FormId, IncidentRef)>),
}

impl Drop for Bulk {
    fn drop(&mut self) {
        self.stop_task();
    }
}

impl Bulk {
    fn stand(&self) -> MutexGuard<'_, Stand> {
        self.stand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Resolves when something was decided about the run.
    pub(super) fn turn(&self) -> Arc<Notify> {
        Arc::clone(&self.turn)
    }

    pub(super) fn set_task(&self, task: AbortHandle) {
        if let Some(before) = self.task.lock().unwrap_or_else(PoisonError::into_inner).replace(task) {
            before.abort();
        }
    }

    /// Begins nothing more: the account is closed.
    pub(in crate::app) fn stop_task(&self) {
        if let Some(task) = self.task.lock().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
    }

    pub(super) fn keep_plan(&self, plan: Plan) {
        self.stand().plan = Some(plan);
    }

    /// One step at a time: what is judged to be possible still is when it is done.
    pub(super) async fn alone(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.steps.lock().await
    }

    /// The plan of this name, to be started; none where another one was made since, or a run goes on. It stays until its run begins.
    pub(super) fn plan(&self, id: FormId) -> Option<Plan> {
        let stand = self.stand();
        if stand.run.as_ref().is_some_and(Run::goes_on) {
            return None;
        }
        stand.plan.as_ref().filter(|plan| plan.id == id).cloned()
    }

    /// The customers that the plan names, and those of the run.
    fn customers(&self) -> HashSet<TenantId> {
        let stand = self.stand();
        let planned = stand.plan.iter().flat_map(Plan::named);
        planned.chain(stand.run.iter().flat_map(|run| run.rows.iter().map(|row| row.about.customer()))).collect()
    }

    /// Drops a plan that names a customer that may not be seen or read any more. Whether the window shows something about one (A28).
    pub(in crate::app) async fn lose_sight(&self, cache: &Cache, contact: Contact) -> bool {
        let customers = self.customers();
        if customers.is_empty() {
            return false;
        }
        let lost = cache.run(move |store| {
            let is_lost = |id: &TenantId| store.customer(*id, contact).map_or(true, |customer| customer.freshness.is_locked());
            Ok(customers.into_iter().filter(is_lost).collect::<HashSet<_>>())
        });
        // Where it cannot be known, nothing is shown either.
        let Ok(lost) = lost.await else { return true };
        self.stand().plan.take_if(|plan| plan.named().any(|customer| lost.contains(&customer)));
        !lost.is_empty()
    }

    /// Begins a run; the plan that it carries out, if it does, is done with.
    pub(super) fn begin(&self, run: Run) {
        let mut stand = self.stand();
        stand.plan.take_if(|plan| plan.id == run.id);
        stand.run = Some(run);
    }

    /// Stops a run, or lets it go on. Whether there is one of this name.
    pub(super) fn set_stopped(&self, id: FormId, stopped: bool) -> bool {
        let is_one = self.with(id, |run| run.stopped = stopped).is_some();
        self.turn.notify_one();
        is_one
    }

    /// Which run there is.
    pub(super) fn current(&self) -> Option<FormId> {
        self.stand().run.as_ref().map(Run::id)
    }

    /// Looks at a run, or changes it; none where there is none of this name.
    pub(super) fn with<T>(&self, id: FormId, change: impl FnOnce(&mut Run) -> T) -> Option<T> {
        self.stand().run.as_mut().filter(|run| run.id == id).map(change)
    }

    /// Whether the run says of this form that it was refused.
    pub(in crate::app) fn says_refused(&self, form: FormId) -> bool {
        let stand = self.stand();
        let Some(run) = &stand.run else { return false };
        let row = run.forms.get(&form).and_then(|at| run.rows.get(*at));
        row.is_some_and(|row| matches!(row.state, BulkRowState::Refused { .. })) || run.left_refused.contains(&form)
    }

    pub(super) fn shown(&self, limit: usize) -> Option<BulkRun> {
        self.stand().run.as_ref().map(|run| run.shown(limit))
    }

    /// Forgets a run that does not go on.
    pub(super) fn close(&self, id: FormId) -> Option<Run> {
        let closed = self.stand().run.take_if(|run| run.id == id && !run.goes_on());
        self.turn.notify_one();
        closed
    }
}

impl Run {
    pub(super) fn new(id: FormId, action: BulkAction, undoes: bool, rows: Vec<Row>) -> Self {
        let forms = rows.iter().enumerate().map(|(at, row)| (row.form, at)).collect();
        Self { id, action, undoes, stopped: false, rows, forms, next: 0, left: vec![], left_refused: vec![] }
    }

    /// It takes the place of another one: what that did not do is not forgotten.
    pub(super) fn in_place_of(self, (left, left_refused): (Vec<About>, Vec<FormId>)) -> Self {
        Self { left, left_refused, ..self }
    }

    pub(super) fn id(&self) -> FormId {
        self.id
    }

    pub(super) fn action(&self) -> &BulkAction {
        &self.action
    }

    fn state(&self) -> BulkState {
        let counts = self.counts();
        match (counts.to_do, counts.under_way) {
            (0, 0) => BulkState::Ended,
            (_, 0) if self.stopped => BulkState::Stopped,
            _ => BulkState::Running,
        }
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped
    }

    pub(super) fn goes_on(&self) -> bool {
        self.state() == BulkState::Running
    }

    pub(super) fn counts(&self) -> BulkCounts {
        let mut counts = BulkCounts { all: self.rows.len() as u32, ..BulkCounts::default() };
        for row in &self.rows {
            *match row.state {
                BulkRowState::ToDo => &mut counts.to_do,
                BulkRowState::UnderWay => &mut counts.under_way,
                BulkRowState::Waiting => &mut counts.waiting,
                BulkRowState::Refused { .. } => &mut counts.refused,
                BulkRowState::Done => &mut counts.done,
                BulkRowState::Requested => &mut counts.requested,
            } += 1;
        }
        counts
    }

    /// What is begun now; none where it was stopped, all was begun, or enough is under way. With contact, what waits counts as well: the service takes
    /// no more now, and what has been handed over cannot be stopped.
    pub(super) fn begin_next(&mut self, now: Instant, live: bool) -> Option<Begun> {
        let is_under_way = |row: &&Row| row.state == BulkRowState::UnderWay || live && row.state == BulkRowState::Waiting;
        let under_way = self.rows.iter().filter(is_under_way).count();
        if self.stopped || under_way >= UNDER_WAY {
            return None;
        }
        let mut marked = vec![];
        while let Some(row) = self.rows.get_mut(self.next) {
            let (form, about) = (row.form, row.about);
            match row.deed.as_ref().filter(|_| row.state == BulkRowState::ToDo) {
                Some(Deed::MarkRead) if marked.len() == MARKED => break,
                Some(Deed::MarkRead) => marked.extend(incident(about).map(|incident| (form, incident))),
                Some(Deed::Send { work, .. }) => {
                    let begun = Begun::Send { form, about, work: work.clone(), undoes: row.undoes.clone() };
                    (row.state, row.begun) = (BulkRowState::UnderWay, Some(now));
                    self.next += 1;
                    return Some(begun);
                }
                None => {}
            }
            if row.state == BulkRowState::ToDo {
                (row.state, row.begun) = (BulkRowState::UnderWay, Some(now));
            }
            self.next += 1;
        }
        (!marked.is_empty()).then_some(Begun::MarkRead(marked))
    }

    pub(super) fn settle(&mut self, form: FormId, state: BulkRowState) {
        // What is heard late of one that was taken back is past.
        let row = self.forms.get(&form).and_then(|at| self.rows.get_mut(*at));
        if let Some(row) = row.filter(|row| row.state != BulkRowState::ToDo) {
            row.state = state;
        }
    }

    /// Somebody else made it so: that is not undone.
    pub(super) fn leave_as_it_is(&mut self, form: FormId) {
        let row = self.forms.get(&form).and_then(|at| self.rows.get_mut(*at));
        if let Some(Deed::Send { undo, .. }) = row.and_then(|row| row.deed.as_mut()) {
            *undo = None;
        }
    }

    /// What it will begin, in order.
    pub(super) fn to_do(&self) -> Vec<(FormId, About)> {
        self.rows.iter().filter(|row| row.state == BulkRowState::ToDo).map(|row| (row.form, row.about)).collect()
    }

    /// What was begun and not answered.
    pub(super) fn unanswered(&self) -> Vec<(FormId, About)> {
        let is_unanswered = |row: &&Row| matches!(row.state, BulkRowState::UnderWay | BulkRowState::Waiting);
        self.rows.iter().filter(is_unanswered).map(|row| (row.form, row.about)).collect()
    }

    /// These were taken back: they are as if they had not been begun.
    pub(super) fn take_back(&mut self, forms: &[FormId]) {
        for at in forms.iter().filter_map(|form| self.forms.get(form).copied()) {
            if let Some(row) = self.rows.get_mut(at) {
                (row.state, row.begun) = (BulkRowState::ToDo, None);
                self.next = self.next.min(at);
            }
        }
    }

    pub(super) fn refuse(&mut self, form: FormId, reason: BulkReason) {
        self.settle(form, BulkRowState::Refused { reason });
    }

    /// What has been under way for too long waits: which.
    pub(super) fn lose_patience(&mut self, now: Instant) -> Vec<FormId> {
        let is_late = |row: &&mut Row| row.state == BulkRowState::UnderWay && row.begun.is_some_and(|begun| now - begun >= PATIENCE);
        let late = self.rows.iter_mut().filter(is_late);
        late.map(|row| {
            row.state = BulkRowState::Waiting;
            row.form
        })
        .collect()
    }

    /// Those of its rows that were done and can be undone, each as a row that does so.
    pub(super) fn undoing(&self, form: impl Fn() -> Result<FormId, Error>) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::new();
        for row in &self.rows {
            if let (BulkRowState::Done, Some(Deed::Send { work, undo: Some(undo) })) = (&row.state, &row.deed) {
                rows.push(Row {
                    about: row.about,
                    form: form()?,
                    deed: Some(Deed::Send { work: undo.clone(), undo: None }),
                    undoes: Some(work.clone()),
                    state: BulkRowState::ToDo,
                    begun: None,
                });
            }
        }
        Ok(rows)
    }

    /// The forms of what waits.
    pub(super) fn waiting(&self) -> Vec<FormId> {
        self.rows.iter().filter(|row| row.state == BulkRowState::Waiting).map(|row| row.form).collect()
    }

    /// The forms of what was sent, and refused.
    pub(super) fn refused(&self) -> Vec<FormId> {
        let is_refused = |row: &&Row| row.begun.is_some() && matches!(row.state, BulkRowState::Refused { .. });
        self.left_refused.iter().copied().chain(self.rows.iter().filter(is_refused).map(|row| row.form)).collect()
    }

    /// At which it did nothing, and will not.
    pub(super) fn not_done(&self) -> Vec<About> {
        let not_done = |row: &&Row| matches!(row.state, BulkRowState::ToDo | BulkRowState::Refused { .. });
        self.left.iter().copied().chain(self.rows.iter().filter(not_done).map(|row| row.about)).collect()
    }

    fn shown(&self, limit: usize) -> BulkRun {
        let is_undoable = |row: &&Row| row.state == BulkRowState::Done && matches!(row.deed, Some(Deed::Send { undo: Some(_), .. }));
        let mut rows = Vec::new();
        for rank in 0..6 {
            let of_rank = self.rows.iter().filter(|row| place(&row.state) == rank).take(limit - rows.len());
            // Whoever asks says the names, where they may be read by then.
            rows.extend(of_rank.map(|row| BulkRow { about: row.about, name: None, customer_name: None, state: row.state.clone() }));
        }
        BulkRun {
            id: self.id,
            action: self.action.clone(),
            undoes: self.undoes,
            state: self.state(),
            counts: self.counts(),
            not_done: self.not_done().len() as u32,
            undoable: self.rows.iter().filter(is_undoable).count() as u32,
            rows,
        }
    }
}

/// The incident that it is; messages of rooms there are none.
const fn incident(about: About) -> Option<IncidentRef> {
    match about {
        About::Incident(incident) => Some(incident),
        About::Room(_) => None,
    }
}

/// What needs to be looked at comes first.
fn place(state: &BulkRowState) -> u8 {
    match state {
        BulkRowState::Refused { .. } => 0,
        BulkRowState::Waiting => 1,
        BulkRowState::UnderWay => 2,
        BulkRowState::ToDo => 3,
        BulkRowState::Requested => 4,
        BulkRowState::Done => 5,
    }
}
