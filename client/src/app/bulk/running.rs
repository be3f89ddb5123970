//! Carries a run out: each row through the outbox, as if it had been done by hand, a few at a time.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tenantry_model::api::requests::Outcome;
use tenantry_model::ipc::{About, BulkReason, BulkRowState, FormId, IncidentRef, IpcError, IpcErrorKind, Work, WorkOutcome};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::time::{Instant, sleep, sleep_until};

use super::judge::{Asker, Known, still_stands};
use super::run::Begun;
use crate::app::account::Account;
use crate::app::event::EngineEvent;
use crate::app::outgoing::Told;
use crate::app::shared::Shared;
use crate::cache::AllRead;
use crate::error::Error;

/// The window is told no more often: it draws all of it each time.
const TOLD: Duration = Duration::from_millis(100);
/// How often is looked whether something has been under way for too long.
const LOOK: Duration = Duration::from_secs(1);

/// Begins the run that the account has, until it is closed.
pub(super) fn start(account: &Arc<Account>, shared: &Arc<Shared>, id: FormId) {
    let task = tokio::spawn(run(Arc::downgrade(account), Arc::downgrade(shared), id));
    account.bulk.set_task(task.abort_handle());
}

async fn run(account: Weak<Account>, shared: Weak<Shared>, id: FormId) {
    let (teller, mut told) = unbounded_channel::<Told>();
    let Some(turn) = account.upgrade().map(|account| account.bulk.turn()) else { return };
    let mut due = None::<Instant>;
    // Whether what the outbox shows changed.
    let mut outbox = false;
    loop {
        {
            let Some((account, shared)) = account.upgrade().zip(shared.upgrade()) else { return };
            let next = |account: &Account| account.bulk.with(id, |run| run.begin_next(Instant::now(), shared.contact().live)).flatten();
            while let Some(begun) = next(&account) {
                outbox |= begin(&account, &shared, id, begun, &teller).await;
                due.get_or_insert_with(|| Instant::now() + TOLD);
                // What has come meanwhile makes room for more.
                while let Ok(told) = told.try_recv() {
                    outbox |= settle(&account, id, told);
                }
            }
            // The end is told at once.
            match account.bulk.with(id, |run| run.goes_on()) {
                None => return,
                Some(false) if due.take().is_some() => {
                    tell(&shared, &mut outbox);
                    if account.bulk.with(id, |run| run.action().is_of_rooms()) == Some(true) {
                        // Some of it may be requests that others decide: told once, and not of each.
                        shared.relations_changed(&account);
                    }
                }
                Some(_) => {}
            }
        }
        let tick = due.unwrap_or_else(|| Instant::now() + LOOK);
        let came = tokio::select! {
            told = told.recv() => told,
            () = turn.notified() => None,
            () = sleep_until(tick), if due.is_some() => {
                due = None;
                if let Some(shared) = shared.upgrade() {
                    tell(&shared, &mut outbox);
                }
                None
            }
            () = sleep(LOOK) => None,
        };
        let Some(account) = account.upgrade() else { return };
        if let Some(told) = came {
            outbox |= settle(&account, id, told);
            due.get_or_insert_with(|| Instant::now() + TOLD);
        }
        for late in account.bulk.with(id, |run| run.lose_patience(Instant::now())).unwrap_or_default() {
            account.outgoing.waits(late);
            outbox = true;
            due.get_or_insert_with(|| Instant::now() + TOLD);
        }
    }
}

fn tell(shared: &Shared, outbox: &mut bool) {
    if std::mem::take(outbox) {
        shared.outbox_events.changed();
    }
    shared.emit(EngineEvent::Bulk);
}

/// Whether what the outbox shows changed by it.
async fn begin(account: &Arc<Account>, shared: &Arc<Shared>, id: FormId, begun: Begun, teller: &UnboundedSender<Told>) -> bool {
    match begun {
        Begun::Send { form, about, work, undoes } => {
            if let Err(reason) = send(account, shared, (form, about), (*work, undoes.map(|undoes| *undoes)), teller).await {
                account.bulk.with(id, |run| run.refuse(form, reason));
                pass(account, vec![form]).await;
                return false;
            }
            let is_stopped = account.bulk.with(id, |run| run.is_stopped()) == Some(true);
            if is_stopped {
                // Whoever stopped it looked for what waits before this one was kept.
                if let Err(error) = take_back(account, id, vec![(form, about)]).await {
                    tracing::warn!(%error, "what a bulk action was about to send when it was stopped could not be taken back");
                }
            }
            account.outgoing.due();
            let waits = !shared.contact().live;
            if waits {
                account.outgoing.waits(form);
                account.bulk.with(id, |run| run.settle(form, BulkRowState::Waiting));
            }
            return is_stopped || waits;
        }
        Begun::MarkRead(rows) => {
            let keys: Vec<IncidentRef> = rows.iter().map(|(_, incident)| *incident).collect();
            let engine = Arc::clone(shared);
            let marked = account.cache.run(move |store| store.mark_all_read(&keys, engine.contact())).await;
            let marked = match marked {
                Ok(AllRead { change, unread }) => {
                    account.marks_due.notify_one();
                    if let Some(change) = change {
                        shared.emit(EngineEvent::Data(change));
                    }
                    Ok(unread)
                }
                Err(error) => Err(BulkReason::Failed { error: error.into() }),
            };
            let state = |incident: &IncidentRef| match &marked {
                Ok(unread) => unread.get(incident).map_or(BulkRowState::Done, |why| BulkRowState::Refused { reason: why.clone() }),
                Err(reason) => BulkRowState::Refused { reason: reason.clone() },
            };
            account.bulk.with(id, |run| rows.iter().for_each(|(form, incident)| run.settle(*form, state(incident))));
            pass(account, rows.iter().map(|(form, _)| *form).collect()).await;
        }
    }
    false
}

/// Takes back those of these rows that wait on this device and were never sent.
pub(super) async fn take_back(account: &Account, id: FormId, rows: Vec<(FormId, About)>) -> Result<(), Error> {
    let taken = account.outgoing.outbox().run(move |entries| entries.take_back(id, &rows)).await?;
    taken.iter().for_each(|form| account.outgoing.leave(*form));
    account.bulk.with(id, |run| run.take_back(&taken));
    Ok(())
}

/// These rows were begun and leave nothing in the outbox.
async fn pass(account: &Account, forms: Vec<FormId>) {
    if let Err(error) = account.outgoing.outbox().run(move |entries| entries.pass_rows(&forms)).await {
        // After a restart they are said not to have been begun, and are judged once more.
        tracing::warn!(%error, "what a bulk action has begun could not be noted down");
    }
}

/// Keeps it in the outbox, to be sent. Not where somebody was faster.
async fn send(
    account: &Arc<Account>,
    shared: &Arc<Shared>,
    (form, about): (FormId, About),
    (work, undoes): (Work, Option<Work>),
    teller: &UnboundedSender<Told>,
) -> Result<(), BulkReason> {
    let engine = Arc::clone(shared);
    let failed = |error: Error| BulkReason::Failed { error: IpcError::from(error) };
    let looked = account.cache.run(move |store| {
        let asker = Asker { me: store.user(), now: engine.contact().clock };
        let known = match about {
            About::Incident(incident) => store.selected(&[incident], engine.contact())?.pop().map(|known| Known::Incident(Box::new(known))),
            About::Room(room) => store.selected_rooms(&[room], engine.contact())?.pop().map(|known| Known::Room(Box::new(known))),
        };
        Ok((known, asker))
    });
    let (known, asker) = looked.await.map_err(failed)?;
    still_stands(&work, undoes.as_ref(), &known.ok_or(BulkReason::NotHere)?, asker)?;
    account.outgoing.follow(form, teller.clone());
    let now = shared.config.clock.now();
    let kept = account.outgoing.keep(form, about.customer(), work, now).await;
    if let Err(error) = kept {
        account.outgoing.leave(form);
        return Err(failed(error));
    }
    Ok(())
}

/// Takes over what became of a row. What was refused stays in the outbox until the run is closed: it has been read then.
/// Whether what the outbox shows changed by it.
fn settle(account: &Account, id: FormId, (form, answer): Told) -> bool {
    // What is under way is not shown there, nor what has been sent.
    let outbox = !matches!(answer, Ok(WorkOutcome::Done(_) | WorkOutcome::Room(_) | WorkOutcome::Already));
    let is_ours = !matches!(answer, Ok(WorkOutcome::Already));
    let state = match answer {
        Ok(WorkOutcome::Room(Outcome::Requested(_))) => BulkRowState::Requested,
        Ok(WorkOutcome::Done(_) | WorkOutcome::Room(_) | WorkOutcome::Already) => BulkRowState::Done,
        Ok(WorkOutcome::Waits) => BulkRowState::Waiting,
        Err(error) if error.kind == IpcErrorKind::Cancelled => BulkRowState::Refused { reason: BulkReason::Discarded },
        Err(error) => BulkRowState::Refused { reason: BulkReason::Failed { error } },
    };
    account.bulk.with(id, |run| {
        run.settle(form, state);
        if !is_ours {
            run.leave_as_it_is(form);
        }
    });
    outbox
}
