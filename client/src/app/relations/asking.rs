//! Answers that are not synced: what was said last is there at once, and the service is asked meanwhile.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::de::DeserializeOwned;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::relations::Seen;
use tenantry_model::problem::ProblemKind;
use tenantry_model::time::Timestamp;

use crate::app::account::Account;
use crate::app::engine::{Engine, EngineEvent, Inner};
use crate::app::wires::with_token;
use crate::error::Error;
use crate::service::Call;

/// How long a question that could not be answered rests.
const RESTS: Duration = Duration::from_secs(2);

/// What is asked: an address, and whose data it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) path: String,
    /// None for lists of the user's own organisation.
    pub(super) customer: Option<TenantId>,
}

impl Question {
    pub(super) fn own(path: impl Into<String>) -> Self {
        Self { path: path.into(), customer: None }
    }

    pub(super) fn of(customer: TenantId, path: impl Into<String>) -> Self {
        Self { path: path.into(), customer: Some(customer) }
    }
}

/// Which questions were asked since the last nudge.
#[derive(Debug, Default)]
pub(crate) struct Asked(Mutex<Questions>);

#[derive(Debug, Default)]
struct Questions {
    nudges: u64,
    by_path: HashMap<String, Standing>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    /// The nudge that its answer is younger than.
    answered: Option<u64>,
    under_way: bool,
    /// When it could not be answered last.
    failed: Option<Timestamp>,
}

impl Asked {
    /// What was answered before now may no longer be so.
    pub(crate) fn nudge(&self) {
        let mut questions = self.questions();
        questions.nudges += 1;
        questions.by_path.values_mut().for_each(|standing| standing.failed = None);
    }

    fn is_current(&self, path: &str) -> bool {
        let questions = self.questions();
        questions.by_path.get(path).is_some_and(|standing| standing.answered == Some(questions.nudges))
    }

    /// Whether to ask now; then the answer must be told to [`Asked::ends`], with the number that is answered here.
    fn begins(&self, path: &str, now: Timestamp) -> Option<u64> {
        let mut questions = self.questions();
        let nudges = questions.nudges;
        let standing = questions.by_path.entry(path.to_owned()).or_default();
        let rests = standing.failed.is_some_and(|at| now.since(at) < RESTS);
        if standing.under_way || rests || standing.answered == Some(nudges) {
            return None;
        }
        standing.under_way = true;
        Some(nudges)
    }

    fn ends(&self, path: &str, begun: u64, answered: bool, now: Timestamp) {
        let mut questions = self.questions();
        let standing = questions.by_path.entry(path.to_owned()).or_default();
        standing.under_way = false;
        standing.failed = (!answered).then_some(now);
        if answered {
            standing.answered = Some(begun);
        }
    }

    fn questions(&self) -> MutexGuard<'_, Questions> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine {
    /// What was said last, at once; asks the service meanwhile where that may no longer be so. With nothing kept, waits for the service.
    pub(super) async fn seen<T: DeserializeOwned>(&self, question: Question) -> Result<Seen<T>, Error> {
        let account = self.account().await?;
        let inner = Arc::clone(&self.inner);
        let (path, customer) = (question.path.clone(), question.customer);
        let kept = account.cache.run(move |store| store.answer(&path, customer, inner.contact())).await?;
        // One of another version of the app may have another form: as good as none.
        if let Some(kept) = kept
            && let Ok(value) = serde_json::from_str(&kept.body)
        {
            // Without contact nobody knows.
            let current = self.inner.contact().live && account.asked.is_current(&question.path);
            if !current {
                tokio::spawn(refresh(Arc::clone(&self.inner), account, question));
            }
            return Ok(Seen { value, as_of: kept.as_of, current });
        }
        let begun = account.asked.questions().nudges;
        let body = fetch(&account, &question.path).await?;
        let value = parsed(&body)?;
        let as_of = self.inner.watch.now();
        let path = question.path.clone();
        account.cache.run(move |store| store.keep_answer(&path, customer, &body, as_of)).await?;
        account.asked.ends(&question.path, begun, true, as_of);
        Ok(Seen { value, as_of, current: true })
    }

    /// Asks the service now; nothing is kept.
    pub(super) async fn answer<T: DeserializeOwned>(&self, call: Call) -> Result<T, Error> {
        let account = self.account().await?;
        parsed(&send(&account, &call).await?)
    }

    /// Changes something. What was kept may no longer be so, and rows may come or go: the sync is told.
    pub(super) async fn change<T: DeserializeOwned>(&self, call: Call) -> Result<T, Error> {
        let account = self.account().await?;
        let sent = send(&account, &call).await;
        account.asked.nudge();
        self.inner.tell(EngineEvent::Relations);
        account.poke.now();
        let body = sent?;
        // A success without a body is one of the commands that answer nothing.
        parsed(if body.is_empty() { "null" } else { &body })
    }
}

/// Asks again, and tells the window where that changes what it shows.
async fn refresh(inner: Arc<Inner>, account: Arc<Account>, Question { path, customer }: Question) {
    let Some(begun) = account.asked.begins(&path, inner.watch.now()) else { return };
    let fetched = fetch(&account, &path).await;
    let now = inner.watch.now();
    let gone = matches!(&fetched, Err(Error::Service { kind: Some(ProblemKind::NotFound), .. }));
    let at = path.clone();
    let kept = match fetched {
        Ok(body) => account.cache.run(move |store| store.keep_answer(&at, customer, &body, now)).await,
        Err(_) if gone => account.cache.run(move |store| store.forget_answer(&at)).await,
        Err(error) => {
            tracing::debug!(%error, "a question could not be asked again");
            account.asked.ends(&path, begun, false, now);
            return;
        }
    };
    // What is gone is asked for anew, and answered as not found.
    account.asked.ends(&path, begun, !gone, now);
    match kept {
        // Also where it says the same: it is current now.
        Ok(_) => inner.tell(EngineEvent::Relations),
        Err(error) => tracing::debug!(%error, "an answer could not be kept"),
    }
}

async fn fetch(account: &Account, path: &str) -> Result<String, Error> {
    send(account, &Call::get(path)).await
}

async fn send(account: &Account, call: &Call) -> Result<String, Error> {
    with_token(&account.tokens, |token| {
        let (service, call) = (account.service.clone(), call.clone());
        async move { service.call(&token, &call).await }
    })
    .await
}

fn parsed<T: DeserializeOwned>(body: &str) -> Result<T, Error> {
    serde_json::from_str(body).map_err(|error| Error::NotAService(format!("an answer has another form than expected ({error})")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_000_000_000);

    #[test]
    fn a_question_is_asked_once_after_each_nudge_and_by_one_at_a_time() {
        let asked = Asked::default();
        let begun = asked.begins("/a", NOW).unwrap();
        assert_eq!(asked.begins("/a", NOW), None, "it is under way");
        assert!(asked.begins("/b", NOW).is_some());
        asked.ends("/a", begun, true, NOW);
        assert!(asked.is_current("/a") && asked.begins("/a", NOW).is_none());
        asked.nudge();
        assert!(!asked.is_current("/a") && asked.begins("/a", NOW).is_some());
    }

    #[test]
    fn an_answer_that_was_asked_for_before_a_nudge_is_not_current() {
        let asked = Asked::default();
        let begun = asked.begins("/a", NOW).unwrap();
        asked.nudge();
        asked.ends("/a", begun, true, NOW);
        assert!(!asked.is_current("/a"));
    }

    #[test]
    fn what_could_not_be_answered_rests_until_a_nudge() {
        let asked = Asked::default();
        let begun = asked.begins("/a", NOW).unwrap();
        asked.ends("/a", begun, false, NOW);
        assert_eq!(asked.begins("/a", NOW), None);
        let later = asked.begins("/a", NOW.plus(RESTS)).unwrap();
        asked.ends("/a", later, false, NOW.plus(RESTS));
        asked.nudge();
        assert!(asked.begins("/a", NOW.plus(RESTS)).is_some());
    }
}
