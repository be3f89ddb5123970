//! What the window asks about bulk actions.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use tenantry_model::api::customers::CustomerDetail;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{
    About, BulkCustomer, BulkOrder, BulkPlan, BulkReason, BulkRowState, BulkRows, BulkRun, BulkStep, FormId, IncidentQuery, IncidentRef,
    IpcError, IpcErrorKind, MOST_BULK_ROWS, MOST_SELECTED, Matching, RangeQuery, RoomKey, RoomQuery, SelectionQuery, SteerArgs,
};
use tenantry_model::tenancy::{Approval, ControlEvent};
use tokio::time::timeout;

use super::judge::{Asker, Known};
use super::plan::{Plan, Planned, by_customer, planned};
use super::run::{Row, Run};
use super::running;
use crate::app::account::Account;
use crate::app::engine::Engine;
use crate::app::event::EngineEvent;
use crate::cache::{Contact, Store};
use crate::error::Error;
use crate::outbox::Entries;

/// Of so many customers is asked whether they approve suppressions first.
const ASKED: usize = 20;
/// For so long a plan waits for what they answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is known of these, in their order.
fn known(store: &Store, targets: &[About], contact: Contact) -> Result<Vec<Known>, Error> {
    let (mut incidents, mut rooms) = (vec![], vec![]);
    for about in targets {
        match about {
            About::Incident(incident) => incidents.push(*incident),
            About::Room(room) => rooms.push(*room),
        }
    }
    let incidents = store.selected(&incidents, contact)?.into_iter().map(|known| Known::Incident(Box::new(known)));
    let rooms = store.selected_rooms(&rooms, contact)?.into_iter().map(|known| Known::Room(Box::new(known)));
    Ok(incidents.chain(rooms).collect())
}

impl Engine {
    pub async fn match_incidents(&self, query: IncidentQuery) -> Result<Matching<IncidentRef>, IpcError> {
        self.ask(move |store, contact| store.match_incidents(&query, contact)).await
    }

    pub async fn match_rooms(&self, query: RoomQuery) -> Result<Matching<RoomKey>, IpcError> {
        self.ask(move |store, contact| store.match_rooms(&query, contact)).await
    }

    pub async fn match_range(&self, question: RangeQuery<IncidentQuery, IncidentRef>) -> Result<Option<Matching<IncidentRef>>, IpcError> {
        self.ask(move |store, contact| store.match_range(&question, contact)).await
    }

    pub async fn match_room_range(&self, question: RangeQuery<RoomQuery, RoomKey>) -> Result<Option<Matching<RoomKey>>, IpcError> {
        self.ask(move |store, contact| store.match_room_range(&question, contact)).await
    }

    pub async fn count_selected(&self, question: SelectionQuery<IncidentQuery, IncidentRef>) -> Result<u32, IpcError> {
        self.ask(move |store, contact| store.count_selected(&question, contact)).await
    }

    pub async fn count_selected_rooms(&self, question: SelectionQuery<RoomQuery, RoomKey>) -> Result<u32, IpcError> {
        self.ask(move |store, contact| store.count_selected_rooms(&question, contact)).await
    }

    pub async fn plan_bulk(&self, order: BulkOrder) -> Result<BulkPlan, IpcError> {
        self.plan(order, None).await
    }

    /// `resumes` is an unfinished run that it goes on with.
    pub(super) async fn plan(&self, order: BulkOrder, resumes: Option<FormId>) -> Result<BulkPlan, IpcError> {
        let BulkOrder { mut targets, action } = order;
        let mut seen = HashSet::new();
        targets.retain(|about| seen.insert(*about));
        if targets.len() > MOST_SELECTED {
            return Err(Error::Invalid(format!("at most {MOST_SELECTED} at once: narrow the filter")).into());
        }
        let account = self.shared.account().await?;
        let unsent = account.outgoing.outbox().run(Entries::lines).await?;
        let (known, asker, is_live) = self
            .ask(move |store, contact| {
                let asker = Asker { me: store.user(), now: contact.clock };
                Ok((known(store, &targets, contact)?, asker, contact.live))
            })
            .await?;
        let rows = planned(&action, known, &unsent, asker);
        let (id, mut customers) = (self.new_form()?, by_customer(&rows));
        if action.may_be_asked_for() {
            self.say_who_approves(&mut customers).await;
        }
        account.bulk.keep_plan(Plan { id, action, rows, resumes });
        Ok(BulkPlan { id, customers, waits: !is_live })
    }

    /// By what is remembered, or asked now; of others it is not known. That none has to be asked for is said only where that holds: what was remembered
    /// before something changed may be past.
    async fn say_who_approves(&self, customers: &mut [BulkCustomer]) {
        let concerned = customers.iter_mut().filter(|customer| customer.will > 0).take(ASKED);
        let asked = concerned.map(|customer| async move {
            customer.approves = timeout(PATIENCE, self.approves(customer.id)).await.ok().flatten();
        });
        join_all(asked).await;
    }

    async fn approves(&self, id: TenantId) -> Option<bool> {
        let is_manual = |known: &CustomerDetail| known.change_control.of(ControlEvent::Suppression) == Approval::Manual;
        let remembered = self.get_relationship(id).await.ok()?;
        let was_manual = is_manual(&remembered.value);
        if remembered.current {
            return Some(was_manual);
        }
        match self.current_relationship(id).await {
            Ok(known) => Some(is_manual(&known)),
            Err(_) => was_manual.then_some(true),
        }
    }

    pub async fn steer_bulk(&self, SteerArgs { id, step }: SteerArgs) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        let _alone = account.bulk.alone().await;
        let is_meant = match step {
            BulkStep::Start => match account.bulk.plan(id) {
                Some(Plan { id, action, rows, resumes }) => {
                    let rows = rows.into_iter().map(|row| self.row(row)).collect::<Result<_, Error>>()?;
                    let run = Run::new(id, action.clone(), false, rows);
                    let to_do = run.to_do();
                    // On the disk before anything is begun: whatever ends the app, somebody says what was not.
                    account.outgoing.outbox().run(move |entries| entries.begin_run(id, (&action, false), &to_do, resumes)).await?;
                    account.bulk.begin(run);
                    running::start(&account, &self.shared, id);
                    true
                }
                None => false,
            },
            BulkStep::Stop => {
                let is_one = account.bulk.set_stopped(id, true);
                self.take_back(&account, id).await?;
                is_one
            }
            BulkStep::GoOn => account.bulk.set_stopped(id, false),
            BulkStep::Undo => self.undo(&account, id).await?,
        };
        if !is_meant {
            return Err(IpcError::new(IpcErrorKind::Conflict, "another bulk action was planned or goes on: look at it first", false));
        }
        self.shared.emit(EngineEvent::Bulk);
        Ok(())
    }

    pub async fn get_bulk(&self, BulkRows { limit }: BulkRows) -> Result<Option<BulkRun>, IpcError> {
        let account = self.shared.account().await?;
        let Some(mut run) = account.bulk.shown(limit.min(MOST_BULK_ROWS) as usize) else { return Ok(None) };
        let known = self.customers_of(run.rows.iter().map(|row| row.about.customer()).collect()).await;
        let rooms = run.rows.iter().filter_map(|row| if let About::Room(room) = row.about { Some(room) } else { None }).collect();
        let names = self.room_names(&account, rooms).await;
        for row in &mut run.rows {
            // Of a customer that may not be seen any more, or read now, nothing is said: neither its name, nor that of somebody who works there.
            let why = match known.get(&row.about.customer()) {
                Some(known) if !known.freshness.is_locked() => {
                    if let About::Room(room) = &row.about {
                        row.name = names.get(room).cloned();
                    }
                    row.customer_name = Some(known.display_name.clone());
                    continue;
                }
                Some(_) => BulkReason::Locked,
                None => BulkReason::NotHere,
            };
            if let BulkRowState::Refused { reason } = &mut row.state {
                *reason = why;
            }
        }
        Ok(Some(run))
    }

    pub async fn close_bulk(&self, id: FormId) -> Result<Vec<About>, IpcError> {
        let account = self.shared.account().await?;
        let _alone = account.bulk.alone().await;
        let Some(closed) = account.bulk.close(id) else {
            return Err(IpcError::new(IpcErrorKind::Conflict, "it goes on: stop it first", false));
        };
        if let Err(error) = account.outgoing.outbox().run(move |entries| entries.forget_run(id)).await {
            tracing::warn!(%error, "a bulk action that was closed could not be forgotten");
        }
        // What is refused from now on is kept for its author.
        closed.waiting().into_iter().for_each(|form| account.outgoing.leave(form));
        let refused = closed.refused();
        if !refused.is_empty() {
            let forget = move |entries: &mut Entries| refused.into_iter().try_for_each(|form| entries.forget(form));
            if let Err(error) = account.outgoing.outbox().run(forget).await {
                tracing::warn!(%error, "what was refused and has been read could not be forgotten");
            }
            account.outgoing.due();
            self.shared.outbox_events.changed();
        }
        self.shared.emit(EngineEvent::Bulk);
        Ok(closed.not_done())
    }

    /// Takes back what of a run waits on this device and was never sent.
    async fn take_back(&self, account: &Account, id: FormId) -> Result<(), IpcError> {
        let Some(rows) = account.bulk.with(id, |run| run.unanswered()).filter(|rows| !rows.is_empty()) else { return Ok(()) };
        running::take_back(account, id, rows).await?;
        self.shared.outbox_events.changed();
        // What stood behind them can go.
        account.outgoing.due();
        Ok(())
    }

    /// Puts a run that undoes this one in its place. Not where there is nothing to undo, or it still goes on.
    async fn undo(&self, account: &Arc<Account>, id: FormId) -> Result<bool, Error> {
        let bulk = &account.bulk;
        let made = bulk.with(id, |run| {
            // What waits would be done later, and be said by nobody.
            if run.goes_on() || run.counts().waiting > 0 {
                return Ok::<_, Error>(None);
            }
            let rows = run.undoing(|| self.new_form())?;
            Ok((!rows.is_empty()).then(|| (run.action().clone(), rows, (run.not_done(), run.refused()))))
        });
        let Some((action, rows, left)) = made.transpose()?.flatten() else { return Ok(false) };
        let run = Run::new(self.new_form()?, action.clone(), true, rows).in_place_of(left);
        let (undoing, to_do) = (run.id(), run.to_do());
        account.outgoing.outbox().run(move |entries| entries.begin_run(undoing, (&action, true), &to_do, Some(id))).await?;
        bulk.begin(run);
        running::start(account, &self.shared, undoing);
        Ok(true)
    }

    fn row(&self, planned: Planned) -> Result<Row, Error> {
        let Planned { about, verdict, .. } = planned;
        let (deed, state) = match verdict {
            Ok(deed) => (Some(deed), BulkRowState::ToDo),
            Err(reason) => (None, BulkRowState::Refused { reason }),
        };
        Ok(Row { about, form: self.new_form()?, deed, undoes: None, state, begun: None })
    }

    fn new_form(&self) -> Result<FormId, Error> {
        let mut bytes = [0; 16];
        self.shared.random.fill(&mut bytes)?;
        Ok(FormId(uuid::Builder::from_random_bytes(bytes).into_uuid()))
    }
}
