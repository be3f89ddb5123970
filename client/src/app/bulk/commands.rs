//! What the window asks about bulk actions.

use std::collections::HashSet;

use tenantry_model::ipc::{
    About, BulkOrder, BulkPlan, BulkReason, BulkRowState, BulkRows, BulkRun, BulkStep, FormId, IncidentQuery, IncidentRef, IpcError,
    IpcErrorKind, MOST_BULK_ROWS, MOST_SELECTED, MatchingIncidents, RangeQuery, SelectionQuery, SteerArgs,
};

use super::judge::Asker;
use super::plan::{Plan, Planned, by_customer, planned};
use super::run::{Row, Run};
use super::running;
use crate::app::engine::Engine;
use crate::app::event::EngineEvent;
use crate::error::Error;
use crate::outbox::Entries;

impl Engine {
    pub async fn match_incidents(&self, query: IncidentQuery) -> Result<MatchingIncidents, IpcError> {
        self.ask(move |store, contact| store.match_incidents(&query, contact)).await
    }

    pub async fn match_range(&self, question: RangeQuery) -> Result<MatchingIncidents, IpcError> {
        self.ask(move |store, contact| store.match_range(&question, contact)).await
    }

    pub async fn count_selected(&self, question: SelectionQuery) -> Result<u32, IpcError> {
        self.ask(move |store, contact| store.count_selected(&question, contact)).await
    }

    pub async fn plan_bulk(&self, order: BulkOrder) -> Result<BulkPlan, IpcError> {
        let BulkOrder { mut incidents, action } = order;
        let mut seen = HashSet::new();
        incidents.retain(|key| seen.insert(*key));
        if incidents.len() > MOST_SELECTED {
            return Err(Error::Invalid(format!("at most {MOST_SELECTED} incidents at once: narrow the filter")).into());
        }
        let account = self.shared.account().await?;
        let all = account.outgoing.outbox().run(Entries::all).await?;
        let unsent = all.iter().filter_map(|entry| match entry.line()? {
            About::Incident(incident) => Some(incident),
            About::Room(_) => None,
        });
        let unsent = unsent.collect();
        let (known, asker, is_live) = self
            .ask(move |store, contact| {
                let asker = Asker { me: store.user(), now: contact.clock };
                Ok((store.selected(&incidents, contact)?, asker, contact.live))
            })
            .await?;
        let rows = planned(&action, known, &unsent, asker);
        let (id, customers) = (self.new_form()?, by_customer(&rows));
        account.bulk.keep_plan(Plan { id, action, rows });
        Ok(BulkPlan { id, customers, waits: !is_live })
    }

    pub async fn steer_bulk(&self, SteerArgs { id, step }: SteerArgs) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        let is_meant = match step {
            BulkStep::Start => match account.bulk.take_plan(id) {
                Some(Plan { id, action, rows }) => {
                    let rows = rows.into_iter().map(|row| self.row(row)).collect::<Result<_, Error>>()?;
                    account.bulk.begin(Run::new(id, action, false, rows));
                    running::start(&account, &self.shared, id);
                    true
                }
                None => false,
            },
            BulkStep::Stop => account.bulk.set_stopped(id, true),
            BulkStep::GoOn => account.bulk.set_stopped(id, false),
            BulkStep::Undo => self.undo(&account.bulk, id)?.is_some_and(|undoing| {
                running::start(&account, &self.shared, undoing);
                true
            }),
        };
        if !is_meant {
            return Err(IpcError::new(IpcErrorKind::Conflict, "another bulk action was planned or goes on: look at it first", false));
        }
        self.shared.emit(EngineEvent::Bulk);
        Ok(())
    }

    pub async fn get_bulk(&self, BulkRows { limit }: BulkRows) -> Result<Option<BulkRun>, IpcError> {
        let Some(mut run) = self.shared.account().await?.bulk.shown(limit.min(MOST_BULK_ROWS) as usize) else { return Ok(None) };
        let known = self.customers_of(run.rows.iter().map(|row| row.incident.customer_id).collect()).await;
        for row in &mut run.rows {
            // Of a customer that may not be seen any more, or read now, nothing is said: neither its name, nor that of somebody who works there.
            let why = match known.get(&row.incident.customer_id) {
                Some(known) if !known.freshness.is_locked() => {
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

    pub async fn close_bulk(&self, id: FormId) -> Result<Vec<IncidentRef>, IpcError> {
        let account = self.shared.account().await?;
        let Some(closed) = account.bulk.close(id) else {
            return Err(IpcError::new(IpcErrorKind::Conflict, "it goes on: stop it first", false));
        };
        // What is refused from now on is kept for its author.
        closed.waiting().into_iter().for_each(|form| account.outgoing.leave(form));
        let refused = closed.refused();
        if !refused.is_empty() {
            let forget = move |entries: &mut Entries| refused.into_iter().try_for_each(|form| entries.forget(form));
            if let Err(error) = account.outgoing.outbox().run(forget).await {
                tracing::warn!(%error, "what was refused and has been read could not be forgotten");
            }
            account.outgoing.due();
            self.shared.emit(EngineEvent::Outbox);
        }
        self.shared.emit(EngineEvent::Bulk);
        Ok(closed.not_done())
    }

    /// Puts a run that undoes this one in its place. None where there is nothing to undo, or it still goes on.
    fn undo(&self, bulk: &super::Bulk, id: FormId) -> Result<Option<FormId>, Error> {
        let made = bulk.with(id, |run| {
            // What waits would be done later, and be said by nobody.
            if run.goes_on() || run.counts().waiting > 0 {
                return Ok::<_, Error>(None);
            }
            let rows = run.undoing(|| self.new_form())?;
            Ok((!rows.is_empty()).then(|| (run.action().clone(), rows, (run.not_done(), run.refused()))))
        });
        let Some((action, rows, left)) = made.transpose()?.flatten() else { return Ok(None) };
        let run = Run::new(self.new_form()?, action, true, rows).in_place_of(left);
        let id = run.id();
        bulk.begin(run);
        Ok(Some(id))
    }

    fn row(&self, planned: Planned) -> Result<Row, Error> {
        let Planned { incident, verdict, .. } = planned;
        let (deed, state) = match verdict {
            Ok(deed) => (Some(deed), BulkRowState::ToDo),
            Err(reason) => (None, BulkRowState::Refused { reason }),
        };
        Ok(Row { incident, form: self.new_form()?, deed, undoes: None, state, begun: None })
    }

    fn new_form(&self) -> Result<FormId, Error> {
        let mut bytes = [0; 16];
        self.shared.random.fill(&mut bytes)?;
        Ok(FormId(uuid::Builder::from_random_bytes(bytes).into_uuid()))
    }
}
