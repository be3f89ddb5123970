//! Sends the files that wait (A35): each once what the same incident had waiting when it was chosen was sent, those of an incident in their order, and those
//! of several incidents at once. One that was refused waits for its author and holds up no other.

use std::collections::HashMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use tenantry_model::ipc::{FormId, IncidentRef, IpcError, SyncState};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::{Id, JoinSet};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::sending::{Pause, Progress, Stands, give_up, go_on, is_lost};
use crate::app::account::Account;
use crate::app::delivery::SENT_AGAIN_WITHIN;
use crate::app::event::EngineEvent;
use crate::app::shared::Shared;
use crate::error::Error;
use crate::outbox::StoredFile;

/// How many incidents' files are sent at once.
const AT_ONCE: usize = 3;
/// What waits for something else is looked at again after this long, and whenever the outbox or the contact changes.
const RETRY: Duration = Duration::from_secs(15);
/// The longest that one which fails again and again is passed over.
const LONGEST_PASS: Duration = Duration::from_secs(60);

/// What is sent, and what is left for later.
struct Turns {
    /// What is sent ends with this. Each answers when it goes on; never, where it is over.
    sending: JoinSet<Option<Pause>>,
    under_way: Vec<(Id, FormId, IncidentRef)>,
    /// What had its turn and could not be sent.
    passed: HashMap<FormId, Passed>,
    was_current: bool,
}

struct Passed {
    until: Instant,
    is_asked_for: bool,
    /// How often in a row.
    times: u32,
}

/// Begins to send for an account, until its sync is stopped.
pub(in crate::app) fn start(account: &Arc<Account>, shared: &Arc<Shared>) {
    let (due, mut events) = (account.transfers.when_due(), shared.events.subscribe());
    let (weak, weak_shared) = (Arc::downgrade(account), Arc::downgrade(shared));
    let task = tokio::spawn(async move {
        let mut turns = Turns { sending: JoinSet::new(), under_way: vec![], passed: HashMap::new(), was_current: false };
        loop {
            let Some(Later { still_waits, silence }) = begin(&weak, &weak_shared, &mut turns).await else { return };
            let retry = turns.next_retry();
            tokio::select! {
                Some(ended) = turns.sending.join_next_with_id() => match ended {
                    Ok((task, left)) => turns.ended(task, left),
                    // A panic on its task has been logged by then: the others go on.
                    Err(error) => turns.ended(error.id(), Some(Pause { length: LONGEST_PASS, is_asked_for: false, is_passed_over: true })),
                },
                () = due.notified() => {}
                () = news(&mut events) => {}
                () = tokio::time::sleep(retry), if still_waits => {}
                () = silent(silence) => {}
            }
        }
    });
    account.add_sync_task(task.abort_handle());
}

/// When to look again.
struct Later {
    /// Whether something waits for something else.
    still_waits: bool,
    /// When something may be handed over no more.
    silence: Option<Instant>,
}

async fn silent(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

impl Turns {
    fn ended(&mut self, task: Id, left: Option<Pause>) {
        let Some(at) = self.under_way.iter().position(|(id, ..)| *id == task) else { return };
        let (_, form, _) = self.under_way.swap_remove(at);
        let Some(pause) = left else {
            self.passed.remove(&form);
            return;
        };
        let times = self.passed.get(&form).map_or(0, |passed| passed.times).saturating_add(1);
        let length = pause.length.saturating_mul(1 << times.min(8)).min(LONGEST_PASS).max(pause.length);
        self.passed.insert(form, Passed { until: Instant::now() + length, is_asked_for: pause.is_asked_for, times });
    }

    fn is_passed_over(&self, form: FormId) -> bool {
        self.passed.get(&form).is_some_and(|passed| passed.until > Instant::now())
    }

    /// There is a way to the service again: all but what it has asked to wait can go.
    fn contact(&mut self, is_current: bool) {
        if is_current && !self.was_current {
            self.passed.retain(|_, passed| passed.is_asked_for);
        }
        self.was_current = is_current;
    }

    fn next_retry(&self) -> Duration {
        let now = Instant::now();
        let waits = self.passed.values().filter(|passed| passed.until > now).map(|passed| passed.until - now);
        waits.min().unwrap_or(RETRY).min(RETRY)
    }
}

/// Something was sent that a file may have waited for, or the contact changed.
async fn news(events: &mut Receiver<EngineEvent>) {
    loop {
        match events.recv().await {
            Ok(EngineEvent::Outbox | EngineEvent::Sync(_)) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            // It lives as long as the engine.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// Begins to send what can be sent, and gives up what is handed over no more. When to look again; none once there is nobody to send for.
async fn begin(weak: &Weak<Account>, weak_shared: &Weak<Shared>, turns: &mut Turns) -> Option<Later> {
    let (account, shared) = weak.upgrade().zip(weak_shared.upgrade())?;
    if account.transfers.end_silent(Instant::now()).await {
        shared.transfers_changed();
    }
    let later = |still_waits| Some(Later { still_waits, silence: account.transfers.next_silence() });
    turns.contact(is_current(&shared));
    let all = match account.transfers.files().run(|files| files.all()).await {
        Ok(all) => all,
        Err(Error::Closed) => return None,
        Err(error) => {
            tracing::warn!(%error, "which files wait could not be read");
            return later(true);
        }
    };
    let all = strip_what_is_lost(&account, &shared, all).await;
    turns.passed.retain(|form, _| all.iter().any(|file| file.form == *form));
    let mut lines: Vec<IncidentRef> = turns.under_way.iter().map(|(.., incident)| *incident).collect();
    let mut still_waits = false;
    for file in all {
        let Some(incident) = file.incident.filter(|incident| file.failure.is_none() && !lines.contains(incident)) else { continue };
        let Some(ended) = account.transfers.to_send(&file) else { continue };
        if turns.is_passed_over(file.form) {
            still_waits = true;
            continue;
        }
        lines.push(incident);
        let behind = file.behind;
        let held = account.outgoing.outbox().run(move |entries| entries.holds_up(incident, behind)).await;
        if turns.under_way.len() >= AT_ONCE || !matches!(held, Ok(None)) {
            still_waits = true;
            continue;
        }
        let (form, weak, weak_shared, events) = (file.form, weak.clone(), weak_shared.clone(), shared.events.subscribe());
        let task = turns.sending.spawn(send(weak, weak_shared, events, file, ended));
        turns.under_way.push((task.id(), form, incident));
    }
    later(still_waits)
}

fn is_current(shared: &Shared) -> bool {
    shared.state().sync.state == SyncState::Current
}

/// Nothing stays of a customer that is gone but what its author has of their own.
async fn strip_what_is_lost(account: &Account, shared: &Shared, all: Vec<StoredFile>) -> Vec<StoredFile> {
    let mut left = Vec::with_capacity(all.len());
    let is_current = is_current(shared);
    for file in all {
        if let Some(incident) = file.incident.filter(|_| is_current) {
            let contact = shared.contact();
            let customer = account.cache.run(move |store| store.customer(incident.customer_id, contact)).await;
            if matches!(customer, Err(Error::NotFound)) {
                strip(account, shared, file.form, Error::NotFound).await;
                continue;
            }
        }
        left.push(file);
    }
    left
}

async fn strip(account: &Account, shared: &Shared, form: FormId, why: Error) {
    let why = IpcError::from(why);
    if let Err(error) = account.transfers.files().run(move |files| files.strip(form, &why)).await {
        tracing::warn!(%error, "what may no longer be kept could not be deleted yet");
    }
    account.transfers.end(form);
    shared.transfers_changed();
}

/// Sends a file to its end, unless it is discarded or refused before. When it goes on, where others are to be sent before that.
async fn send(
    weak: Weak<Account>,
    weak_shared: Weak<Shared>,
    mut events: Receiver<EngineEvent>,
    file: StoredFile,
    ended: CancellationToken,
) -> Option<Pause> {
    let (form, mut progress) = (file.form, Progress::new(file.sent_as));
    loop {
        let (account, shared) = weak.upgrade().zip(weak_shared.upgrade())?;
        let is_too_old = file.tried.is_some_and(|tried| shared.config.clock.now().since(tried) > SENT_AGAIN_WITHIN);
        let stands = tokio::select! {
            stands = async {
                if is_too_old {
                    return Err(Error::MayBeDone);
                }
                go_on(&account, &shared, &file, &mut progress).await
            } => stands,
            () = ended.cancelled() => {
                give_up(&account, &file, &progress, None).await;
                return None;
            }
        };
        let pause = match stands {
            Ok(Stands::Goes) => None,
            Ok(Stands::Waits(pause)) => {
                account.transfers.waits(form);
                Some(pause)
            }
            Ok(Stands::Arrived) => {
                arrived(&account, &shared, &file).await;
                return None;
            }
            // It was discarded meanwhile.
            Err(Error::Cancelled) => {
                account.transfers.end(form);
                shared.transfers_changed();
                return None;
            }
            Err(refused) => {
                tracing::debug!(%refused, "a file was refused");
                give_up(&account, &file, &progress, Some(&refused)).await;
                if is_lost(&refused, &progress) {
                    strip(&account, &shared, form, refused).await;
                    return None;
                }
                let why = IpcError::from(refused);
                account.transfers.failed(form, why.clone());
                if let Err(error) = account.transfers.files().run(move |files| files.refuse(form, &why)).await {
                    // It is not sent again before the next start, and would be refused again then.
                    tracing::warn!(%error, "why a file was refused could not be kept");
                }
                shared.transfers_changed();
                return None;
            }
        };
        shared.transfers_changed();
        let was_current = is_current(&shared);
        drop((account, shared));
        if let Some(pause) = pause {
            if pause.is_asked_for || pause.is_passed_over {
                return Some(pause);
            }
            // What was told while this went on says nothing about now.
            events = events.resubscribe();
            tokio::select! {
                () = tokio::time::sleep(pause.length) => {}
                () = contact(&mut events, was_current) => {}
                () = ended.cancelled() => {}
            }
        }
    }
}

/// There is a way to the service again. That it is still there is said with each sync, and is no news.
async fn contact(events: &mut Receiver<EngineEvent>, mut was_current: bool) {
    loop {
        match events.recv().await {
            Ok(EngineEvent::Sync(status)) => {
                let is_current = status.state == SyncState::Current;
                if is_current && !was_current {
                    return;
                }
                was_current = is_current;
            }
            Ok(_) | Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

async fn arrived(account: &Account, shared: &Shared, file: &StoredFile) {
    let form = file.form;
    account.transfers.arrived(form);
    if let Err(error) = account.transfers.files().run(move |files| files.forget(form)).await {
        // Announced again under the same name, it is found to be there.
        tracing::warn!(%error, "a file that has arrived could not be deleted here");
    }
    // One that is not kept here is asked for again, too.
    account.unkept.forget_if(|last| Some(last) == file.incident);
    account.wake.now();
    shared.transfers_changed();
    shared.data_changed(account).await;
}
