//! The three ways of dealing with the service: a query with a cached answer, one without, a change.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tenantry_model::ipc::{Cached, IpcError, IpcErrorKind};
use tenantry_model::problem::ProblemKind;
use tokio::time::timeout;

use crate::app::account::Account;
use crate::app::adapters::with_token;
use crate::app::engine::Engine;
use crate::app::event::EngineEvent;
use crate::app::query_cache::{AnswerState, Answered, InFlight, Nudges};
use crate::app::shared::Shared;
use crate::cache::{CachedAnswer, StoreOutcome};
use crate::error::Error;
use crate::service::{Call, Draft};

/// For so long the answer to a query is waited for after a change from here, before the one from before the change is shown.
const PATIENCE: Duration = Duration::from_secs(2);
/// So often a query is asked again because its customer's rights changed while it was under way.
const ATTEMPTS: usize = 3;

/// What is asked for and cached.
pub(super) trait Answer: Serialize + DeserializeOwned + Send + 'static {}
impl<A: Serialize + DeserializeOwned + Send + 'static> Answer for A {}

impl Engine {
    /// Answers from the cache and asks meanwhile; where nothing is cached, asks and waits.
    pub(super) async fn query<A: Answer>(&self, draft: Draft) -> Result<Cached<A>, IpcError> {
        let query = CachedQuery { shared: Arc::clone(&self.shared), account: self.shared.account().await?, call: draft.call() };
        let (cached, is_locked) = match query.cached().await {
            Ok(cached) => (cached, false),
            Err(Error::Locked) => (None, true),
            Err(error) => return Err(error.into()),
        };
        let Some(mut cached) = cached else {
            return match query.ask().await {
                // Asked for without contact: the cached answer would have been withheld.
                Err(error) if is_locked && error.kind == IpcErrorKind::Offline => Err(Error::Locked.into()),
                answer => answer.and_then(parsed),
            };
        };
        match query.account.queries.state(&query.call.query()) {
            AnswerState::Fresh { answered } => cached.current = answered,
            AnswerState::Current => {
                cached.current = true;
                query.ask_meanwhile();
            }
            AnswerState::Stale => query.confirm_meanwhile(),
            AnswerState::Superseded => match timeout(PATIENCE, query.ask()).await {
                Ok(Ok(answered)) => return parsed(answered),
                Ok(Err(error)) if error.kind != IpcErrorKind::Offline => return Err(error),
                Ok(Err(_)) | Err(_) => query.confirm_meanwhile(),
            },
        }
        Ok(cached)
    }

    /// Asks the service, and waits for its answer.
    pub(super) async fn query_anew<A: Answer>(&self, draft: Draft) -> Result<A, IpcError> {
        let query: CachedQuery<A> =
            CachedQuery { shared: Arc::clone(&self.shared), account: self.shared.account().await?, call: draft.call() };
        Ok(parsed(query.ask().await?)?.value)
    }

    /// Asks the service, and caches nothing.
    pub(super) async fn fetch<A: DeserializeOwned + Send + 'static>(&self, draft: Draft) -> Result<A, IpcError> {
        Ok(self.shared.account().await?.send(&draft.call()).await?)
    }

    /// Changes something, and lets everything that it may have changed be asked for again.
    pub(super) async fn change<A: DeserializeOwned + Send + 'static>(&self, draft: Draft) -> Result<A, IpcError> {
        let (shared, account) = (Arc::clone(&self.shared), self.shared.account().await?);
        // On a task of its own: who asked may go away, what was changed is followed up all the same.
        let change = tokio::spawn(async move {
            let outcome = account.send(&draft.call()).await;
            // Also after a failure: it may have been made on the way, or refused because of what is not known here yet.
            account.queries.change();
            if outcome.is_ok() {
                shared.emit(EngineEvent::Relations);
                account.wake.now();
            }
            outcome
        });
        Ok(change.await.map_err(|_| Error::Closed)??)
    }
}

impl Account {
    /// Sends a call with a token that holds.
    pub(in crate::app) async fn send<A: DeserializeOwned>(&self, call: &Call<A>) -> Result<A, Error> {
        let sent = with_token(&self.tokens, |token| {
            let (service, call) = (self.service.clone(), call.clone());
            async move { service.send(&token, &call).await }
        });
        let sent = sent.await;
        if let Err(error) = &sent {
            self.note_access_ended(error);
        }
        sent
    }

    /// What ends access ends it for the sync too, which sees to what follows from it.
    pub(in crate::app) fn note_access_ended(&self, error: &Error) {
        if matches!(error, Error::SignInExpired) || error.is(ProblemKind::TenantRefused) {
            self.wake.now();
        }
    }
}

/// A question with a cached answer, and whose it is.
struct CachedQuery<A> {
    shared: Arc<Shared>,
    account: Arc<Account>,
    call: Call<A>,
}

impl<A> Clone for CachedQuery<A> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), account: Arc::clone(&self.account), call: self.call.clone() }
    }
}

impl<A: Answer> CachedQuery<A> {
    /// The cached answer. One that an earlier version wrote in another form is none.
    async fn cached(&self) -> Result<Option<Cached<A>>, Error> {
        let (shared, question, customer) = (Arc::clone(&self.shared), self.call.query(), self.call.customer());
        let cached = self.account.cache.run(move |store| store.cached_answer(&question, customer, shared.contact())).await?;
        Ok(cached.and_then(|cached| {
            let value = serde_json::from_str(&cached.body).ok()?;
            Some(Cached { value, as_of: cached.as_of, current: false })
        }))
    }

    /// Asks in the background. The window is told where there is something to see.
    fn ask_meanwhile(&self) {
        let query = self.clone();
        tokio::spawn(async move { query.ask().await });
    }

    /// The same, and tells the window also of the same answer: what it shows is said to be being checked.
    fn confirm_meanwhile(&self) {
        self.account.queries.mark_unconfirmed(&self.call.query());
        self.ask_meanwhile();
    }

    /// Asks, or waits for who asks already; answers what the service said after this was called.
    async fn ask(&self) -> Result<Answered, IpcError> {
        let wanted = self.account.queries.nudges();
        loop {
            let (nudges, request) = self.account.queries.request(&self.call.query(), |nudges| {
                let request: InFlight = self.clone().send_and_note(nudges).boxed().shared();
                // So that it comes back whoever goes away.
                tokio::spawn(request.clone());
                request
            });
            let answer = request.await;
            if nudges >= wanted || answer.is_err() {
                return answer;
            }
        }
    }

    async fn send_and_note(self, nudges: Nudges) -> Result<Answered, IpcError> {
        let question = self.call.query();
        let (outcome, answered, is_news) = match self.ask_and_cache().await {
            Ok((answer, differs)) => (Ok(answer), true, differs),
            Err(error) if error.is(ProblemKind::NotFound) => {
                let gone = question.clone();
                let was_there = self.account.cache.run(move |store| store.delete_answer(&gone)).await;
                (Err(IpcError::from(error)), true, was_there.unwrap_or(false))
            }
            Err(error) => (Err(IpcError::from(error)), false, false),
        };
        // Noted before the window is told: it asks at once.
        let stands_otherwise = self.account.queries.completed(&question, nudges, answered);
        if is_news || stands_otherwise {
            self.shared.emit(EngineEvent::Relations);
        }
        outcome
    }

    /// Answers with the answer whether another one was cached before.
    async fn ask_and_cache(&self) -> Result<(Answered, bool), Error> {
        for _ in 0..ATTEMPTS {
            let since = self.account.cache.run(|store| Ok(store.invalidations())).await?;
            let answer = self.account.send(&self.call).await?;
            // As this version writes it: what it does not know is no difference that the window could see.
            let body = serde_json::to_string(&answer).map_err(|error| Error::another_form(&error))?;
            let cached = CachedAnswer { body, as_of: self.shared.config.clock.now() };
            let answered = Answered { body: cached.body.as_str().into(), as_of: cached.as_of };
            let (question, customer) = (self.call.query(), self.call.customer());
            match self.account.cache.run(move |store| store.store_answer(since, &question, customer, &cached)).await? {
                StoreOutcome::Superseded => {}
                outcome => return Ok((answered, outcome == StoreOutcome::Differs)),
            }
        }
        Err(Error::Cut)
    }
}

fn parsed<A: DeserializeOwned>(answered: Answered) -> Result<Cached<A>, IpcError> {
    let value = serde_json::from_str(&answered.body).map_err(|error| Error::another_form(&error))?;
    Ok(Cached { value, as_of: answered.as_of, current: true })
}
