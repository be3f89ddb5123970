//! What an account has to send: its outbox, and the forms that wait for an answer.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tenantry_model::api::incidents::IncidentChanged;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{FormId, IncidentRef, IpcError, Work, WorkOutcome};
use tenantry_model::time::Timestamp;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{Notify, oneshot};
use tokio::task::AbortHandle;

use crate::error::Error;
use crate::outbox::{Entries, Outbox};

pub(super) type Answer = Result<WorkOutcome, IpcError>;
/// What became of a form.
pub(super) type Told = (FormId, Answer);

/// Who follows a form to its end, also where it waits meanwhile.
struct Follower {
    teller: UnboundedSender<Told>,
    /// Whether it was told that it waits.
    waits: bool,
}

pub(super) struct Outgoing {
    outbox: Outbox,
    /// Forms that are on the screen, and wait.
    waiting: Mutex<HashMap<FormId, oneshot::Sender<Answer>>>,
    followers: Mutex<HashMap<FormId, Follower>>,
    due: Arc<Notify>,
    task: Mutex<Option<AbortHandle>>,
    /// What the last messages from here made of an incident's version: from the first to the second. Whoever had read the first has missed nothing.
    raised: Arc<Raised>,
}

/// From which version to which one's own have brought an incident.
#[derive(Default)]
struct Raised(Mutex<HashMap<IncidentRef, (u64, u64)>>);

impl Raised {
    /// The version that somebody knows who has read this one, and their own messages.
    fn known(&self, line: IncidentRef, read: u64) -> u64 {
        let raised = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        raised.get(&line).filter(|(from, to)| (*from..*to).contains(&read)).map_or(read, |(_, to)| *to)
    }
}

impl Outgoing {
    pub(super) fn new(outbox: Outbox) -> Self {
        Self {
            outbox,
            waiting: Mutex::default(),
            followers: Mutex::default(),
            due: Arc::default(),
            task: Mutex::default(),
            raised: Arc::default(),
        }
    }

    pub(super) fn outbox(&self) -> Outbox {
        self.outbox.clone()
    }

    /// There may be something to send, or a way to send it.
    pub(super) fn due(&self) {
        self.due.notify_one();
    }

    /// Sends nothing more; the outbox stays open. What is under way is sent again by whoever comes next, under the same name.
    pub(super) async fn end(&self) {
        if let Some(task) = self.task.lock().unwrap_or_else(PoisonError::into_inner).take() {
            task.abort();
        }
        self.waiting().clear();
        self.followers().clear();
    }

    pub(super) async fn stop(&self) {
        self.end().await;
        self.outbox.close().await;
    }

    /// Whether something that was typed has not been sent, or cannot be known to have been.
    pub(super) async fn has_unsent(&self) -> bool {
        self.outbox.run(|entries| Ok(!entries.is_empty()?)).await.unwrap_or(true)
    }

    /// Access has ended for good: of what customers' data said, nothing stays (A28).
    pub(super) async fn strip_customers_data(&self) {
        let why = IpcError::from(Error::NotFound);
        if let Err(error) = self.outbox.run(move |entries| entries.strip_customers_data(&why)).await {
            tracing::error!(%error, "what may no longer be kept of what was typed could not be deleted");
        }
    }

    /// A message or a file from here was added. From which version to which one's own have brought it.
    pub(super) fn raise(&self, line: IncidentRef, changed: IncidentChanged) -> (u64, u64) {
        let mut raised = self.raised.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Several in a row are one step for who read what was before the first.
        let from = raised.get(&line).filter(|(_, to)| *to == changed.was).map_or(changed.was, |(from, _)| *from);
        raised.insert(line, (from, changed.version));
        (from, changed.version)
    }

    /// The version that somebody knows who has read this one, and their own messages.
    pub(super) fn known(&self, line: IncidentRef, read: u64) -> u64 {
        self.raised.known(line, read)
    }

    /// Keeps it in the outbox, on top of what one's own have made of the version that was read: that is known for as long as the app runs, and what is kept
    /// may be sent after that. What they make of it later, they raise there.
    pub(super) async fn keep(&self, form: FormId, customer: TenantId, mut work: Work, at: Timestamp) -> Result<(), Error> {
        let raised = Arc::clone(&self.raised);
        let keep = move |entries: &mut Entries| {
            if let Work::Close { number, version, .. } | Work::Edit { number, version, .. } = &mut work {
                *version = raised.known(IncidentRef { customer_id: customer, number: *number }, *version);
            }
            entries.keep(form, customer, &work, at)
        };
        self.outbox.run(keep).await
    }

    /// Resolves when there is something to do; what came before counts once.
    pub(super) fn when_due(&self) -> Arc<Notify> {
        Arc::clone(&self.due)
    }

    /// Keeps the task that sends, to be stopped with the account.
    pub(super) fn set_task(&self, task: AbortHandle) {
        *self.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
    }

    /// From now on the answer to this form goes here.
    pub(super) fn expect(&self, form: FormId) -> oneshot::Receiver<Answer> {
        let (waits, answer) = oneshot::channel();
        self.waiting().insert(form, waits);
        answer
    }

    /// Nobody waits for this form any more.
    pub(super) fn give_up(&self, form: FormId) {
        self.waiting().remove(&form);
    }

    /// The forms for which somebody waits.
    pub(super) fn expected(&self) -> Vec<FormId> {
        let waiting: Vec<FormId> = self.waiting().keys().copied().collect();
        let followers = self.followers();
        waiting.into_iter().chain(followers.iter().filter(|(_, follower)| !follower.waits).map(|(form, _)| *form)).collect()
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<FormId, oneshot::Sender<Answer>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn followers(&self) -> MutexGuard<'_, HashMap<FormId, Follower>> {
        self.followers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on whatever becomes of this form is told here, until it has ended.
    pub(super) fn follow(&self, form: FormId, teller: UnboundedSender<Told>) {
        self.followers().insert(form, Follower { teller, waits: false });
    }

    /// Nobody follows it any more.
    pub(super) fn leave(&self, form: FormId) {
        self.followers().remove(&form);
    }

    /// Who follows it knows already that it waits.
    pub(super) fn waits(&self, form: FormId) {
        if let Some(follower) = self.followers().get_mut(&form) {
            follower.waits = true;
        }
    }

    /// Whether somebody follows it who takes it to be on its way.
    pub(super) fn is_followed(&self, form: FormId) -> bool {
        self.followers().get(&form).is_some_and(|follower| !follower.waits)
    }

    /// Tells whoever follows it what became of it.
    pub(super) fn tell_follower(&self, form: FormId, answer: &Answer) {
        let mut followers = self.followers();
        if matches!(answer, Ok(WorkOutcome::Waits)) {
            if let Some(follower) = followers.get_mut(&form).filter(|follower| !follower.waits) {
                follower.waits = true;
                // Whoever is gone need not know.
                let _ = follower.teller.send((form, answer.clone()));
            }
        } else if let Some(follower) = followers.remove(&form) {
            // As above.
            let _ = follower.teller.send((form, answer.clone()));
        }
    }

    /// Tells the form that waits, if one does. Whether it heard.
    pub(super) fn tell(&self, form: FormId, answer: Answer) -> bool {
        self.tell_follower(form, &answer);
        let waits = self.waiting().remove(&form);
        waits.is_some_and(|waits| waits.send(answer).is_ok())
    }

    /// Nothing can be sent now: nobody waits for it.
    pub(super) fn tell_all_that_it_waits(&self) {
        let followed: Vec<FormId> = self.followers().keys().copied().collect();
        followed.into_iter().for_each(|form| self.tell_follower(form, &Ok(WorkOutcome::Waits)));
        for (_, waits) in self.waiting().drain() {
            // Whoever is gone need not know.
            let _ = waits.send(Ok(WorkOutcome::Waits));
        }
    }
}
