//! Waiting for a disk that does not let somebody's store be opened: said as what it is, and tried again by itself and when the user asks for it.

use std::time::Duration;

use tenantry_model::ipc::{DiskProblem, Session};
use tokio::sync::broadcast;
use tokio::time::{Instant, sleep_until};

use super::shared::Shared;
use super::store_choice::StoreChoice;
use crate::error::{DiskFault, Error};

/// The store is tried again after this long, and then after twice as long each time.
const FIRST_RETRY: Duration = Duration::from_secs(1);
const LONGEST_RETRY: Duration = Duration::from_secs(30);

/// What is wrong with the disk, where that is why a store cannot be opened. A damaged file has made way for an empty one by then: what its folder
/// or its file refuses beside that is a fault of what it lies on.
pub(super) fn disk_problem(error: &Error) -> Option<DiskProblem> {
    match (error.disk_fault(), error) {
        (Some(DiskFault::Full), _) => Some(DiskProblem::Full),
        (Some(DiskFault::ReadOnly), _) => Some(DiskProblem::ReadOnly),
        (Some(DiskFault::Locked), _) => Some(DiskProblem::Locked),
        (Some(DiskFault::Failed), _) | (None, Error::Io(_) | Error::Database(_) | Error::FileUnusable(_)) => Some(DiskProblem::Failed),
        (None, _) => None,
    }
}

/// The pauses between tries.
pub(super) struct DiskWait {
    choices: broadcast::Receiver<StoreChoice>,
    retry_after: Duration,
}

impl DiskWait {
    pub(super) fn new(choices: broadcast::Receiver<StoreChoice>) -> Self {
        Self { choices, retry_after: FIRST_RETRY }
    }

    /// Comes back when it is time for the next try, or when the user decides.
    pub(super) async fn next(&mut self) -> StoreChoice {
        let due = Instant::now() + self.retry_after;
        self.retry_after = (self.retry_after * 2).min(LONGEST_RETRY);
        loop {
            tokio::select! {
                choice = self.choices.recv() => match choice {
                    Ok(StoreChoice::TryAgain) => {
                        self.retry_after = FIRST_RETRY;
                        return StoreChoice::TryAgain;
                    }
                    Ok(StoreChoice::GoWithout) => return StoreChoice::GoWithout,
                    // So many clicks that some were missed: the last ones are still there.
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    // Not while the engine lives.
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                },
                () = sleep_until(due) => return StoreChoice::TryAgain,
            }
        }
    }
}

impl Shared {
    /// Says that the disk does not let a store be opened.
    pub(super) fn say_disk_problem(&self, problem: DiskProblem, error: &Error) {
        let session = Session::DiskUnavailable { problem };
        if self.state().session != session {
            tracing::warn!(%error, problem = problem.as_str(), "the disk does not let the store be opened");
        }
        self.set_session(session);
        self.set_opened();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::ErrorKind;

    #[test]
    fn fault_12_whatever_keeps_a_store_closed_is_called_what_it_is() {
        for (error, problem) in [
            (Error::Io(ErrorKind::StorageFull.into()), Some(DiskProblem::Full)),
            (Error::Io(ErrorKind::QuotaExceeded.into()), Some(DiskProblem::Full)),
            (Error::Io(ErrorKind::ReadOnlyFilesystem.into()), Some(DiskProblem::ReadOnly)),
            (Error::Io(ErrorKind::ResourceBusy.into()), Some(DiskProblem::Locked)),
            (Error::Io(ErrorKind::NotFound.into()), Some(DiskProblem::Failed)),
            (Error::FileUnusable("of glass".into()), Some(DiskProblem::Failed)),
            (Error::Unreachable("far away".into()), None),
            (Error::Cancelled, None),
        ] {
            assert_eq!(disk_problem(&error), problem, "{error}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn fault_12_the_disk_is_tried_again_by_itself_more_and_more_rarely_and_at_once_when_the_user_asks() {
        let (sender, choices) = broadcast::channel(1);
        let (start, mut wait) = (Instant::now(), DiskWait::new(choices));
        let mut due = vec![];
        for _ in 0..7 {
            assert_eq!(wait.next().await, StoreChoice::TryAgain);
            due.push(start.elapsed().as_secs());
        }
        assert_eq!(due, [1, 3, 7, 15, 31, 61, 91]);
        for choice in [StoreChoice::TryAgain, StoreChoice::GoWithout] {
            sender.send(choice).unwrap();
            assert_eq!((wait.next().await, start.elapsed().as_secs()), (choice, 91));
        }
        sender.send(StoreChoice::GoWithout).unwrap();
        sender.send(StoreChoice::TryAgain).unwrap();
        assert_eq!((wait.next().await, start.elapsed().as_secs()), (StoreChoice::TryAgain, 91), "the last click counts");
    }
}
