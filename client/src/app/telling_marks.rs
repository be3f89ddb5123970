//! Tells the service what was read here, so that it is read on the user's other desks as well. A mark only rises, so that it needs no place in the outbox:
//! what is not known to have arrived is told again.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tenantry_model::api::read_marks::{MOST_MARKS, RaiseReadMarks};

use super::account::Account;
use super::shared::Shared;
use crate::cache::Store;
use crate::error::Error;
use crate::service::{Call, Draft};

/// What is read within this time is told at once: whoever goes through a thread marks message after message.
const GATHER: Duration = Duration::from_millis(500);
/// What could not be told is tried again after this long, and whenever contact is made or something else was read.
const RETRY: Duration = Duration::from_secs(60);

/// Begins to tell for an account, until it is stopped.
pub(super) fn start(account: &Arc<Account>, shared: &Arc<Shared>) {
    let (weak, shared, due) = (Arc::downgrade(account), Arc::downgrade(shared), Arc::clone(&account.marks_due));
    let task = tokio::spawn(async move {
        let mut again = false;
        loop {
            tokio::select! {
                () = due.notified() => tokio::time::sleep(GATHER).await,
                () = tokio::time::sleep(RETRY), if again => {}
            }
            again = match tell(&weak, &shared).await {
                Ok(()) => false,
                Err(Error::Closed) => return,
                Err(error) => {
                    tracing::debug!(%error, "what was read could not be told yet");
                    is_worth_another_try(&error)
                }
            };
        }
    });
    account.add_sync_task(task.abort_handle());
}

/// A service of an earlier version has no place for it, and will not have one in a minute.
fn is_worth_another_try(error: &Error) -> bool {
    !matches!(error, Error::Service { status: 400..=428, .. })
}

/// Tells all that is untold. Without contact nothing happens: once there is, it is due again.
async fn tell(account: &Weak<Account>, shared: &Weak<Shared>) -> Result<(), Error> {
    loop {
        let (account, shared) = account.upgrade().zip(shared.upgrade()).ok_or(Error::Closed)?;
        if !shared.contact().live {
            return Ok(());
        }
        let marks = account.cache.run(Store::untold_marks).await?;
        if marks.is_empty() {
            return Ok(());
        }
        let all = marks.len() < MOST_MARKS;
        let body = RaiseReadMarks { marks: marks.iter().copied().map(Into::into).collect() };
        let call: Call<()> = Draft::put("me/read-marks").body(&body).call();
        account.send(&call).await?;
        account.cache.run(move |store| store.marks_told(&marks)).await?;
        if all {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_service_has_no_place_for_is_not_told_again_and_again() {
        let service = |status| Error::Service { kind: None, status, detail: None, fields: vec![], retry_after: None };
        for status in [400, 404, 405] {
            assert!(!is_worth_another_try(&service(status)), "{status}");
        }
        for error in [service(429), service(503), Error::Unreachable("x".into()), Error::Cut] {
            assert!(is_worth_another_try(&error), "{error}");
        }
    }
}
