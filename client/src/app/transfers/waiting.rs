//! Sends the files that wait (A35): each once what the same incident had waiting when it was chosen was sent, those of an incident in their order, and those
//! of several incidents at once. One that was refused waits for its author and holds up no other.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tenantry_model::ipc::{FormId, IncidentRef, IpcError, SyncState, TransferState};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::sending::{Progress, Stands, give_up, go_on, is_lost};
use crate::app::account::Account;
use crate::app::event::EngineEvent;
use crate::app::shared::Shared;
use crate::error::Error;
use crate::outbox::StoredFile;

/// How many incidents' files are sent at once.
const AT_ONCE: usize = 3;
/// What waits for something else is looked at again after this long, and whenever the outbox or the contact changes.
const RETRY: Duration = Duration::from_secs(15);
/// The service knows for 31 days what it has taken. What was announced first before that may have arrived, and would be there twice.
const SENT_AGAIN_WITHIN: Duration = Duration::from_secs(30 * 24 * 60 * 60);
const TOO_OLD: &str =
    "It was first tried to be sent more than 30 days ago, and may have arrived: look at the incident before you send it again.";

/// Begins to send for an account, until its sync is stopped.
pub(in crate::app) fn start(account: &Arc<Account>, shared: &Arc<Shared>) {
    let (due, mut events) = (account.transfers.when_due(), shared.events.subscribe());
    let (weak, weak_shared) = (Arc::downgrade(account), Arc::downgrade(shared));
    let task = tokio::spawn(async move {
        // What is sent ends with this task.
        let mut sending = JoinSet::new();
        let mut under_way: Vec<(FormId, IncidentRef)> = vec![];
        loop {
            let Some(still_waits) = begin(&weak, &weak_shared, &mut sending, &mut under_way).await else { return };
            tokio::select! {
                Some(ended) = sending.join_next() => match ended {
                    Ok(ended) => under_way.retain(|(form, _)| *form != ended),
                    // A panic on its task has been logged by then.
                    Err(_) => return,
                },
                () = due.notified() => {}
                () = news(&mut events) => {}
                () = tokio::time::sleep(RETRY), if still_waits => {}
            }
        }
    });
    account.add_sync_task(task.abort_handle());
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

/// Begins to send what can be sent. Whether something waits for something else; none once there is nobody to send for.
async fn begin(
    weak: &Weak<Account>,
    weak_shared: &Weak<Shared>,
    sending: &mut JoinSet<FormId>,
    under_way: &mut Vec<(FormId, IncidentRef)>,
) -> Option<bool> {
    let (account, shared) = weak.upgrade().zip(weak_shared.upgrade())?;
    let all = match account.transfers.files().run(|files| files.all()).await {
        Ok(all) => all,
        Err(Error::Closed) => return None,
        Err(error) => {
            tracing::warn!(%error, "which files wait could not be read");
            return Some(true);
        }
    };
    let all = strip_what_is_lost(&account, &shared, all).await;
    let mut lines: Vec<IncidentRef> = under_way.iter().map(|(_, incident)| *incident).collect();
    let mut still_waits = false;
    for file in all {
        let Some(incident) = file.incident.filter(|incident| file.failure.is_none() && !lines.contains(incident)) else { continue };
        let Some(ended) = account.transfers.ended(file.form) else { continue };
        // Its end could not be noted down.
        if account.transfers.get(file.form).is_some_and(|transfer| transfer.state == TransferState::Done) {
            continue;
        }
        lines.push(incident);
        let behind = file.behind;
        let held = account.outgoing.outbox().run(move |entries| entries.holds_up(incident, behind)).await;
        if under_way.len() >= AT_ONCE || !matches!(held, Ok(None)) {
            still_waits = true;
            continue;
        }
        under_way.push((file.form, incident));
        let (weak, weak_shared, events) = (weak.clone(), weak_shared.clone(), shared.events.subscribe());
        sending.spawn(async move {
            let form = file.form;
            send(weak, weak_shared, events, file, ended).await;
            form
        });
    }
    Some(still_waits)
}

/// Nothing stays of a customer that is gone but what its author has of their own.
async fn strip_what_is_lost(account: &Account, shared: &Shared, all: Vec<StoredFile>) -> Vec<StoredFile> {
    let mut left = Vec::with_capacity(all.len());
    let is_current = shared.state().sync.state == SyncState::Current;
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
    shared.emit(EngineEvent::Transfers);
}

/// Sends a file to its end, unless it is discarded or refused before.
async fn send(
    weak: Weak<Account>,
    weak_shared: Weak<Shared>,
    mut events: Receiver<EngineEvent>,
    file: StoredFile,
    ended: CancellationToken,
) {
    let (form, mut progress) = (file.form, Progress::of(&file));
    loop {
        let Some((account, shared)) = weak.upgrade().zip(weak_shared.upgrade()) else { return };
        let is_too_old = file.tried.is_some_and(|tried| shared.config.clock.now().since(tried) > SENT_AGAIN_WITHIN);
        let stands = tokio::select! {
            stands = async {
                if is_too_old {
                    return Err(Error::Invalid(TOO_OLD.into()));
                }
                go_on(&account, &shared, &file, &mut progress).await
            } => stands,
            () = ended.cancelled() => return give_up(&account, &file, &progress, None).await,
        };
        let pause = match stands {
            Ok(Stands::Goes) => None,
            Ok(Stands::Waits(pause)) => {
                account.transfers.waits(form);
                Some(pause)
            }
            Ok(Stands::Arrived) => return arrived(&account, &shared, &file).await,
            Err(refused) => {
                tracing::debug!(%refused, "a file was refused");
                give_up(&account, &file, &progress, Some(&refused)).await;
                if is_lost(&refused, &progress) {
                    return strip(&account, &shared, form, refused).await;
                }
                let why = IpcError::from(refused);
                account.transfers.failed(form, why.clone());
                if let Err(error) = account.transfers.files().run(move |files| files.refuse(form, &why)).await {
                    // It would be refused again.
                    tracing::warn!(%error, "why a file was refused could not be kept");
                }
                return shared.emit(EngineEvent::Transfers);
            }
        };
        shared.emit(EngineEvent::Transfers);
        drop((account, shared));
        if let Some(pause) = pause {
            // What was told while this went on says nothing about now.
            events = events.resubscribe();
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = contact(&mut events) => {}
                () = ended.cancelled() => {}
            }
        }
    }
}

/// There is a way to the service again.
async fn contact(events: &mut Receiver<EngineEvent>) {
    loop {
        match events.recv().await {
            Ok(EngineEvent::Sync(status)) if status.state == SyncState::Current => return,
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
    shared.emit(EngineEvent::Transfers);
    shared.data_changed(account).await;
}
