//! Which incidents the service is being asked for, and for which it was in vain.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tenantry_model::ipc::{IncidentRef, IpcError};
use tokio::time::Instant;

/// What failed is not asked for again within this time, unless something changed in between.
const ENOUGH: Duration = Duration::from_secs(5);
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
    /// `generation`: of the change by which the window was told.
    Failed {
        generation: u64,
        at: Instant,
        said: Option<IpcError>,
    },
}

impl AskedIncidents {
    fn asked(&self) -> MutexGuard<'_, HashMap<IncidentRef, Asked>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// For somebody who asks when the data are of this generation. So a window that asks again because it was told of a failure does not set off the
    /// next one.
    pub(super) fn ask(&self, key: IncidentRef, generation: u64) -> Standing {
        let mut asked = self.asked();
        match asked.get(&key) {
            Some(Asked::UnderWay) => return Standing::UnderWay,
            Some(Asked::Failed { generation: told, at, said }) if *told >= generation && at.elapsed() < ENOUGH => {
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

    pub(super) fn failed(&self, key: IncidentRef, generation: u64, said: Option<IpcError>) {
        let mut asked = self.asked();
        if asked.len() >= MOST_FAILURES {
            asked.retain(|_, asked| matches!(asked, Asked::UnderWay));
        }
        asked.insert(key, Asked::Failed { generation, at: Instant::now(), said });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn fault_9_20_a_failure_is_told_once_and_tried_again_after_a_change_or_a_while() {
        let (asked, customer_id) = (AskedIncidents::default(), tenantry_model::id::TenantId::from_uuid(uuid::Uuid::from_u128(1)));
        let key = IncidentRef { customer_id, number: "AAAAAA-000001".parse().unwrap() };
        assert_eq!((asked.ask(key, 5), asked.ask(key, 9)), (Standing::ToAsk, Standing::UnderWay));
        asked.failed(key, 6, None);
        for _ in 0..3 {
            assert_eq!(asked.ask(key, 6), Standing::Failed(None), "the window asks because it was told");
        }
        assert_eq!(asked.ask(key, 7), Standing::ToAsk, "something changed");
        asked.failed(key, 8, None);
        tokio::time::advance(ENOUGH).await;
        assert_eq!(asked.ask(key, 8), Standing::ToAsk, "it is opened anew");
        asked.succeeded(key);
        assert_eq!(asked.ask(key, 8), Standing::ToAsk);
    }
}
