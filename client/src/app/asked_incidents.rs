//! Which incidents the service is being asked for, and for which it was in vain.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tenantry_model::incident::Incident;
use tenantry_model::ipc::{IncidentRef, IpcError};
use tokio::sync::OnceCell;
use tokio::time::Instant;

use crate::cache::Invalidations;

/// What failed is asked for again by a window that asks after this, or after contact was made or lost, or when the user says so. A window asks at
/// each change of the data, which may come every second.
const ENOUGH: Duration = Duration::from_secs(30);
/// Of so many failures the last ones are known.
const MOST_FAILURES: usize = 100;

/// What follows for somebody who asks.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is to be asked for now: whoever hears this does.
    ToAsk,
    /// It is being asked for.
    UnderWay,
    /// It was asked for in vain; with what the service said, where that is an answer.
    Failed(Option<IpcError>),
}

#[derive(Default)]
pub(super) struct AskedIncidents(Mutex<HashMap<IncidentRef, Asked>>);

enum Asked {
    UnderWay,
    /// `version`: of the row whose rest it was.
    Failed {
        version: u64,
        at: Instant,
        said: Option<IpcError>,
    },
}

impl AskedIncidents {
    fn asked(&self) -> MutexGuard<'_, HashMap<IncidentRef, Asked>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For somebody who sees the row in this version.
    pub(super) fn ask(&self, key: IncidentRef, version: u64) -> Standing {
        let mut asked = self.asked();
        match asked.get(&key) {
            Some(Asked::UnderWay) => return Standing::UnderWay,
            Some(Asked::Failed { version: failed, at, said }) if *failed == version && at.elapsed() < ENOUGH => {
                return Standing::Failed(said.clone());
            }
            _ => {}
        }
        asked.insert(key, Asked::UnderWay);
        Standing::ToAsk
    }

    pub(super) fn succeeded(&self, key: IncidentRef) {
        self.asked().remove(&key);
    }

    pub(super) fn failed(&self, key: IncidentRef, version: u64, said: Option<IpcError>) {
        let mut asked = self.asked();
        if asked.len() >= MOST_FAILURES {
            asked.retain(|_, asked| matches!(asked, Asked::UnderWay));
        }
        asked.insert(key, Asked::Failed { version, at: Instant::now(), said });
    }

    /// That some failed counts no longer: contact was made or lost.
    pub(super) fn retry_all(&self) {
        self.asked().retain(|_, asked| matches!(asked, Asked::UnderWay));
    }

    /// That it failed counts no longer.
    pub(super) fn retry(&self, key: IncidentRef) {
        let mut asked = self.asked();
        if matches!(asked.get(&key), Some(Asked::Failed { .. })) {
            asked.remove(&key);
        }
    }
}

/// The incident that is looked at and that this device does not keep, as the service last answered. One alone: a window shows one.
#[derive(Default)]
pub(super) struct Unkept(Mutex<Option<(IncidentRef, Arc<Asking>)>>);

/// A question that everybody who asks the same meanwhile waits for.
pub(super) struct Asking {
    asked: Instant,
    answer: OnceCell<Result<Fetched, IpcError>>,
}

/// As the service showed it after the first.
pub(super) type Fetched = (Invalidations, Incident);

/// So long it is shown without asking again: not every change of it is told, as it is not kept.
const SHOWN: Duration = Duration::from_secs(60);
/// So long the service is not asked again for what it refused, or could not say.
const REFUSED: Duration = Duration::from_secs(5);

impl Asking {
    fn holds(&self, now: Invalidations) -> bool {
        match self.answer.get() {
            None => true,
            Some(Ok((since, _))) => *since == now && self.asked.elapsed() < SHOWN,
            Some(Err(_)) => self.asked.elapsed() < REFUSED,
        }
    }

    /// The answer; `ask` is done where nobody has asked.
    pub(super) async fn answer(&self, ask: impl Future<Output = Result<Fetched, IpcError>>) -> Result<Fetched, IpcError> {
        self.answer.get_or_init(|| ask).await.clone()
    }
}

impl Unkept {
    /// The question for this incident: the last one, while its answer holds.
    pub(super) fn asking(&self, key: IncidentRef, now: Invalidations) -> Arc<Asking> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, asking)) = last.as_ref().filter(|(of, asking)| *of == key && asking.holds(now)) {
            return Arc::clone(asking);
        }
        let asking = Arc::new(Asking { asked: Instant::now(), answer: OnceCell::new() });
        *last = Some((key, Arc::clone(&asking)));
        asking
    }

    /// It is asked for again where this concerns it.
    pub(super) fn forget_if(&self, concerns: impl FnOnce(IncidentRef) -> bool) {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.take_if(|(key, _)| concerns(*key));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> IncidentRef {
        let customer_id = tenantry_model::id::TenantId::from_uuid(uuid::Uuid::from_u128(1));
        IncidentRef { customer_id, number: "AAAAAA-000001".parse().unwrap() }
    }

    #[tokio::test(start_paused = true)]
    async fn fault_9_20_a_failure_is_told_once_and_tried_again_after_a_while_or_when_the_user_says_so() {
        let (asked, key) = (AskedIncidents::default(), key());
        assert_eq!((asked.ask(key, 5), asked.ask(key, 5)), (Standing::ToAsk, Standing::UnderWay));
        asked.retry(key);
        assert_eq!(asked.ask(key, 5), Standing::UnderWay, "what is under way is not asked for twice");
        asked.failed(key, 5, None);
        for _ in 0..3 {
            assert_eq!(asked.ask(key, 5), Standing::Failed(None), "the window asks at each change of the data");
        }
        asked.retry(key);
        assert_eq!(asked.ask(key, 5), Standing::ToAsk, "the user said so");
        asked.failed(key, 5, None);
        assert_eq!(asked.ask(key, 6), Standing::ToAsk, "it is another row");
        asked.failed(key, 5, None);
        tokio::time::advance(ENOUGH).await;
        assert_eq!(asked.ask(key, 5), Standing::ToAsk, "it is opened anew");
        asked.succeeded(key);
        assert_eq!(asked.ask(key, 5), Standing::ToAsk);
    }
}
