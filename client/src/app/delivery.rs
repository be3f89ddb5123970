//! Sends what was typed: in order, once, whatever breaks off (A35).
//!
//! Work is kept in the outbox before it is sent for the first time. Whoever sits before the form hears of a refusal there, and says that it need not be
//! kept; where nobody is there any more, a refused entry waits for its author.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tenantry_model::id::TenantId;
use tenantry_model::incident::Incident;
use tenantry_model::ipc::{About, FormId, IpcError, SyncState, Work, WorkOutcome};
use tenantry_model::problem::ProblemKind;
use tenantry_model::room::Room;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::account::Account;
use super::dispatch;
use super::event::EngineEvent;
use super::outgoing::Outgoing;
use super::shared::Shared;
use crate::error::Error;
use crate::outbox::{Entries, Entry};
use crate::service::Draft;

/// How many incidents' entries are sent at once.
const AT_ONCE: usize = 4;
/// What could not be sent is tried again after this long, and whenever contact is made.
const RETRY: Duration = Duration::from_secs(15);
/// The longest that the service is left alone because it said so.
pub(super) const LONGEST_HOLD: Duration = Duration::from_secs(5 * 60);
/// The service knows for 31 days what it has done. What was tried first before that may have been done, and would be done again.
pub(super) const SENT_AGAIN_WITHIN: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Begins to send for an account, until it is stopped.
pub(super) fn start(account: &Arc<Account>, shared: &Arc<Shared>) {
    let (weak, shared) = (Arc::downgrade(account), Arc::downgrade(shared));
    let due = account.outgoing.when_due();
    let task = tokio::spawn(async move {
        loop {
            let Some(rest) = deliver(&weak, &shared, &due).await else { return };
            let still_waits = match rest {
                Rest::Held(wait) => {
                    hold(&weak, &shared, &due, wait).await;
                    continue;
                }
                Rest::Open { still_waits } => still_waits,
            };
            tokio::select! {
                () = due.notified() => {}
                () = tokio::time::sleep(RETRY), if still_waits => {}
            }
        }
    });
    account.outgoing.set_task(task.abort_handle());
}

/// The service has asked to be left alone for so long: nothing is sent before, whatever is due.
async fn hold(weak: &Weak<Account>, weak_shared: &Weak<Shared>, due: &Notify, wait: Duration) {
    let end = tokio::time::sleep(wait.min(LONGEST_HOLD));
    tokio::pin!(end);
    loop {
        tokio::select! {
            () = &mut end => return,
            () = due.notified() => {
                let Some((account, shared)) = weak.upgrade().zip(weak_shared.upgrade()) else { return };
                account.outgoing.tell_all_that_it_waits();
                shared.outbox_events.changed();
            }
        }
    }
}

/// When the next entry is sent.
enum Rest {
    /// When something is due; after a while, too, where something waits still.
    Open { still_waits: bool },
    /// Not before this.
    Held(Duration),
}

/// What there is to do.
enum Turn {
    Send(Box<Entry>),
    /// Nothing now; of those for which somebody waits, these stay.
    Rest(Vec<FormId>),
}

/// What became of an entry that was sent.
enum Sent {
    /// It is settled: what stands behind it can go.
    Settled,
    /// It failed in a way that says nothing about the others.
    Passed,
    /// Nothing can be sent now, and not before so long where the service said so.
    Nothing(Option<Duration>),
}

/// Sends what can be sent, several incidents at once and the entries of each in their order. When it goes on; never once there is nobody to
/// send for.
async fn deliver(weak: &Weak<Account>, weak_shared: &Weak<Shared>, due: &Notify) -> Option<Rest> {
    // What was passed over for now.
    let mut passed: Vec<FormId> = vec![];
    let mut under_way: Vec<FormId> = vec![];
    let mut sending = JoinSet::new();
    let mut can_send = true;
    let mut held = None::<Duration>;
    // Whether something was due since: what was passed over before is, too.
    let mut heard = false;
    loop {
        while can_send && under_way.len() < AT_ONCE {
            let (account, shared) = weak.upgrade().zip(weak_shared.upgrade())?;
            let outgoing = &account.outgoing;
            let (over, expected) = ([passed.as_slice(), &under_way].concat(), outgoing.expected());
            let read = move |entries: &mut Entries| match entries.next(&over)? {
                Some(entry) => Ok(Turn::Send(Box::new(entry))),
                None => Ok(Turn::Rest(entries.of_forms(&expected)?.into_iter().map(|entry| entry.form).collect())),
            };
            match outgoing.outbox().run(read).await {
                Ok(Turn::Send(entry)) => {
                    let form = entry.form;
                    under_way.push(form);
                    sending.spawn(async move { (form, send_one(&account, &shared, *entry).await) });
                }
                Ok(Turn::Rest(_)) if !under_way.is_empty() => break,
                Ok(Turn::Rest(waiting)) => {
                    // Behind something that was refused, say: nothing more is heard of these soon.
                    if !waiting.is_empty() {
                        for form in waiting {
                            outgoing.tell(form, Ok(WorkOutcome::Waits));
                        }
                        shared.outbox_events.changed();
                    }
                    strip_what_is_lost(&account, &shared).await;
                    if heard && !passed.is_empty() {
                        due.notify_one();
                    }
                    return Some(Rest::Open { still_waits: !passed.is_empty() });
                }
                Err(Error::Closed) => return None,
                Err(error) => {
                    tracing::warn!(%error, "what is to be sent could not be read");
                    outgoing.tell_all_that_it_waits();
                    shared.outbox_events.changed();
                    can_send = false;
                }
            }
        }
        let (form, sent) = tokio::select! {
            ended = sending.join_next() => match ended {
                Some(Ok(ended)) => ended,
                // It was ended with the account, or nothing can be sent now.
                Some(Err(_)) | None => return Some(Rest::Open { still_waits: true }),
            },
            // Something else may be sent beside what is under way.
            () = due.notified(), if can_send && under_way.len() < AT_ONCE => {
                heard = true;
                continue;
            }
        };
        under_way.retain(|other| *other != form);
        match sent {
            Sent::Settled => {}
            Sent::Passed => passed.push(form),
            Sent::Nothing(wait) => {
                can_send = false;
                held = held.max(wait);
            }
        }
        if !can_send && under_way.is_empty() {
            if heard {
                due.notify_one();
            }
            return Some(held.map_or(Rest::Open { still_waits: true }, Rest::Held));
        }
    }
}

/// Sends an entry, and tells whoever waits for it.
async fn send_one(account: &Account, shared: &Shared, entry: Entry) -> Sent {
    let (form, outgoing) = (entry.form, &account.outgoing);
    let now = shared.config.clock.now();
    let is_late = entry.tried.is_some_and(|tried| now.since(tried) > SENT_AGAIN_WITHIN);
    let sent = if is_late { Err(Error::MayBeDone) } else { dispatch::send(account, &entry, now).await };
    // A bulk action says itself how it goes: the outbox shows nothing of it, before or after. Closed meanwhile, it says nothing any more.
    let is_hidden = outgoing.is_followed(form);
    let done = match sent {
        Ok(outcome) => {
            let settled = settled(account, &entry, &outcome).await;
            if matches!(outcome, WorkOutcome::Room(_)) && !is_hidden {
                // It may be a request that others decide.
                shared.relations_changed(account);
            }
            outgoing.tell(form, Ok(outcome));
            account.wake.now();
            settled
        }
        // Whoever took it back has said so.
        Err(Error::Cancelled) => Ok(()),
        Err(error) if is_refusal(&error) || matches!(error, Error::MayBeDone) => refused(outgoing, form, error).await,
        Err(error) if concerns_all(&error) => {
            tracing::debug!(%error, "what was typed could not be sent yet");
            outgoing.tell_all_that_it_waits();
            shared.outbox_events.changed();
            return Sent::Nothing(asked_to_wait(&error));
        }
        Err(error) => {
            tracing::warn!(%error, "something that was typed could not be sent: the others go on");
            outgoing.tell(form, Ok(WorkOutcome::Waits));
            shared.outbox_events.changed();
            return Sent::Passed;
        }
    };
    if !is_hidden {
        shared.outbox_events.changed();
    }
    match done {
        Ok(()) => Sent::Settled,
        Err(error) => {
            // It is sent again, which the service does once.
            tracing::warn!(%error, "what became of something that was sent could not be kept");
            outgoing.tell_all_that_it_waits();
            shared.outbox_events.changed();
            Sent::Nothing(None)
        }
    }
}

/// It is done, and waits no more. Messages and edits raise the version of their incident: that is no news to what was typed behind them. A form that is
/// opened on what the cache says may not know one's own edit yet, and would overwrite it: of that, only messages are no news.
async fn settled(account: &Account, entry: &Entry, outcome: &WorkOutcome) -> Result<(), Error> {
    let raised = match (outcome, &entry.work) {
        (WorkOutcome::Done(changed), Work::Message { .. } | Work::Edit { .. }) => Some(*changed),
        _ => None,
    };
    if let (Some(About::Incident(incident)), Work::Message { .. }, Some(changed)) = (entry.line(), &entry.work, raised) {
        account.outgoing.raise(incident, changed);
    }
    let form = entry.form;
    account.outgoing.outbox().run(move |entries| entries.settle(form, raised)).await
}

/// It stays until whoever hears of it discards it: a page may have gone away while it waited. A claim, or what fetches something back, goes: no words are lost with
/// it, and it would hold up what was written behind it. So does taking a room under management that somebody has taken already. What lifts a suppression stays: its author, who may
/// have been told that it is kept, hears nowhere else that the room stays as it is.
async fn refused(outgoing: &Outgoing, form: FormId, error: Error) -> Result<(), Error> {
    let (is_lost, is_done) = (error.is(ProblemKind::NotFound), error.is(ProblemKind::Conflict));
    let why = IpcError::from(error);
    let kept = why.clone();
    let settle = move |entries: &mut Entries| match entries.find(form)? {
        Some(Entry { work: Work::Claim { .. } | Work::Snooze { snooze: None, .. }, .. }) => entries.forget(form),
        Some(Entry { work: Work::EnrolRoom { .. }, .. }) if is_done => entries.forget(form),
        _ if is_lost => entries.strip(form, &kept),
        _ => entries.refuse(form, &kept),
    };
    let settled = outgoing.outbox().run(settle).await;
    // Also where the disk does not let it be noted down: it would be refused again.
    outgoing.tell(form, Err(why));
    settled
}

/// Nothing stays of a customer that is gone, also of what was refused before, or waits behind that; nor of what an incident or a room said that may not be
/// seen any more.
async fn strip_what_is_lost(account: &Account, shared: &Shared) {
    if shared.state().sync.state != SyncState::Current {
        return;
    }
    let (outbox, contact) = (account.outgoing.outbox(), shared.contact());
    let Ok(customers) = outbox.run(Entries::customers).await else { return };
    if customers.is_empty() {
        return;
    }
    let gone = account.cache.run(move |store| {
        let is_gone = |id: &TenantId| matches!(store.customer(*id, contact), Err(Error::NotFound));
        Ok(customers.into_iter().filter(is_gone).collect::<Vec<_>>())
    });
    let Ok(gone) = gone.await else { return };
    if !gone.is_empty() {
        let lost = gone.clone();
        match outbox.run(move |entries| entries.forget_rows_of(&lost)).await {
            // How many were not begun is told otherwise.
            Ok(true) => shared.emit(EngineEvent::Bulk),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "what a bulk action has not begun at a lost customer could not be deleted yet"),
        }
    }
    let at_risk = gone.clone();
    let Ok(entries) = outbox.run(move |entries| entries.at_risk(&at_risk)).await else { return };
    for entry in entries {
        let (form, Some(customer)) = (entry.form, entry.customer) else { continue };
        let is_gone = match entry.line() {
            _ if gone.contains(&customer) => true,
            Some(about) => is_lost(account, shared, about).await,
            None => false,
        };
        if is_gone {
            let why = IpcError::from(Error::NotFound);
            let told = why.clone();
            let stripped = account.outgoing.outbox().run(move |entries| entries.strip(form, &why)).await;
            account.outgoing.tell(form, Err(told));
            if let Err(error) = stripped {
                tracing::warn!(%error, "what may no longer be kept could not be deleted yet");
            }
            shared.outbox_events.changed();
        }
    }
}

/// Whether it may not be seen any more. The cache may keep less than may be seen: of what is not there, the service is asked.
async fn is_lost(account: &Account, shared: &Shared, about: About) -> bool {
    let contact = shared.contact();
    let said = match about {
        About::Incident(key) => match account.cache.run(move |store| store.incident(key, contact)).await {
            Err(Error::NotFound) => {
                let path = format!("customers/{}/incidents/{}", key.customer_id, key.number);
                account.send::<Incident>(&Draft::get(path).at(key.customer_id).call()).await.map(drop)
            }
            _ => Ok(()),
        },
        About::Room(key) => match account.cache.run(move |store| store.room(key, contact)).await {
            Err(Error::NotFound) => {
                let path = format!("customers/{}/rooms/{}", key.customer_id, key.id);
                account.send::<Room>(&Draft::get(path).at(key.customer_id).call()).await.map(drop)
            }
            _ => Ok(()),
        },
    };
    said.is_err_and(|error| error.is(ProblemKind::NotFound))
}

/// Whether the service has decided: sent again, the same would be refused again. That access has ended decides about nothing that was typed.
pub(super) fn is_refusal(error: &Error) -> bool {
    match error {
        Error::Service { status, .. } => (400..500).contains(status) && !matches!(status, 401 | 403 | 408 | 425 | 429),
        Error::Invalid(_) => true,
        _ => false,
    }
}

/// How long the service wants to be left alone.
pub(super) fn asked_to_wait(error: &Error) -> Option<Duration> {
    match error {
        Error::Service { status: 429 | 503, retry_after, .. } => *retry_after,
        _ => None,
    }
}

/// Whether nothing else can be sent either: there is no way, no access, or too much at once.
fn concerns_all(error: &Error) -> bool {
    match error {
        Error::Service { status, .. } => matches!(status, 401 | 403 | 429 | 503),
        Error::Intercepted { .. } | Error::NotAService(_) | Error::Cut => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a35_only_an_answer_of_the_service_decides() {
        let service = |status| Error::Service { kind: None, status, detail: None, fields: vec![], retry_after: None };
        for status in [400, 404, 409, 412, 413, 428] {
            assert!(is_refusal(&service(status)), "{status}");
        }
        for status in [401, 403, 408, 429, 500, 502, 503] {
            assert!(!is_refusal(&service(status)), "{status}");
        }
        assert!(!is_refusal(&Error::SignInExpired));
        assert!(!is_refusal(&Error::Cut) && !is_refusal(&Error::Intercepted { status: 404 }));
        // What one of them met with holds up no other, unless it would meet with it as well.
        assert!(concerns_all(&Error::Unreachable("x".into())) && concerns_all(&service(503)) && concerns_all(&service(403)));
        assert!(!concerns_all(&Error::Intercepted { status: 403 }) && !concerns_all(&service(500)));
    }
}
