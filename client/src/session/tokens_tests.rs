//! Staying signed in, against a provider that is made up.

use std::sync::Mutex as StdMutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use tenantry_test_kit::ManualClock;

use super::*;

/// Revokes everything when an old refresh token comes back, as a provider with reuse detection does.
#[derive(Default)]
struct Made {
    renewals: AtomicU32,
    at_once: AtomicU32,
    expired: AtomicBool,
    kept: StdMutex<Vec<String>>,
    disk_is_full: AtomicBool,
}

impl TokenSource for Made {
    fn renew<'a>(&'a self, refresh: &'a SecretString) -> BoxFuture<'a, Result<Renewed, Error>> {
        Box::pin(async move {
            assert_eq!(self.at_once.fetch_add(1, Ordering::SeqCst), 0, "two renewals at once");
            tokio::time::sleep(Duration::from_millis(20)).await;
            self.at_once.fetch_sub(1, Ordering::SeqCst);
            let n = self.renewals.fetch_add(1, Ordering::SeqCst);
            if self.expired.load(Ordering::SeqCst) || refresh.expose_secret() != format!("refresh-{n}") {
                return Err(Error::SignInExpired);
            }
            let next = n + 1;
            Ok(Renewed {
                access: SecretString::from(format!("access-{next}")),
                expires_in: Duration::from_secs(3_600),
                refresh: Some(SecretString::from(format!("refresh-{next}"))),
            })
        })
    }
}

impl TokenStore for Made {
    fn keep(&self, refresh: SecretString) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            if self.disk_is_full.load(Ordering::SeqCst) {
                return Err(Error::Io(std::io::Error::other("full")));
            }
            self.kept.lock().unwrap().push(refresh.expose_secret().to_owned());
            Ok(())
        })
    }

    fn erase(&self) -> BoxFuture<'_, Result<(), Error>> {
        Box::pin(async move {
            if self.disk_is_full.load(Ordering::SeqCst) {
                return Err(Error::Io(std::io::Error::other("full")));
            }
            self.kept.lock().unwrap().push("erased".into());
            Ok(())
        })
    }
}

fn keeper() -> (TokenKeeper, Arc<Made>) {
    let made = Arc::new(Made::default());
    let keeper = TokenKeeper::new(
        Some(SecretString::from("refresh-0")),
        made.clone(),
        made.clone(),
        Arc::new(ManualClock::at(Timestamp::from_micros(1_000_000_000))),
    );
    (keeper, made)
}

#[tokio::test(start_paused = true)]
async fn fifty_callers_lead_to_one_renewal() {
    let (keeper, made) = keeper();
    let calls = (0..50).map(|_| {
        let keeper = keeper.clone();
        tokio::spawn(async move { keeper.access().await.unwrap().expose_secret().to_owned() })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap(), "access-1");
    }
    assert_eq!(made.renewals.load(Ordering::SeqCst), 1);
}

#[tokio::test(start_paused = true)]
async fn fifty_callers_whose_token_was_rejected_lead_to_one_renewal() {
    let (keeper, made) = keeper();
    let rejected = keeper.access().await.unwrap();
    let calls = (0..50).map(|_| {
        let (keeper, rejected) = (keeper.clone(), rejected.clone());
        tokio::spawn(async move { keeper.instead_of(&rejected).await.unwrap().expose_secret().to_owned() })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap(), "access-2");
    }
    assert_eq!(made.renewals.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn the_new_refresh_token_is_kept_before_the_access_token_is_handed_out() {
    let (keeper, made) = keeper();
    keeper.access().await.unwrap();
    assert_eq!(*made.kept.lock().unwrap(), ["refresh-1"]);
}

#[tokio::test(start_paused = true)]
async fn fault_12_a_refused_refresh_token_that_the_disk_keeps_is_erased_later_and_once() {
    let (keeper, made) = keeper();
    made.expired.store(true, Ordering::SeqCst);
    made.disk_is_full.store(true, Ordering::SeqCst);
    assert!(matches!(keeper.access().await, Err(Error::SignInExpired)));
    keeper.keep_again().await;
    assert!(made.kept.lock().unwrap().is_empty());
    made.disk_is_full.store(false, Ordering::SeqCst);
    keeper.keep_again().await;
    assert_eq!(*made.kept.lock().unwrap(), ["erased"]);
    assert!(matches!(keeper.access().await, Err(Error::SignInExpired)));
    assert_eq!((made.renewals.load(Ordering::SeqCst), made.kept.lock().unwrap().len()), (1, 1), "once is enough, and nobody asks again");
}

#[tokio::test(start_paused = true)]
async fn fault_12_what_is_still_to_be_erased_does_not_cost_a_later_sign_in_its_token() {
    let (keeper, made) = keeper();
    made.expired.store(true, Ordering::SeqCst);
    made.disk_is_full.store(true, Ordering::SeqCst);
    assert!(matches!(keeper.access().await, Err(Error::SignInExpired)));
    keeper.leave_the_store().await;
    made.disk_is_full.store(false, Ordering::SeqCst);
    keeper.keep_again().await;
    assert!(matches!(keeper.access().await, Err(Error::SignInExpired)));
    assert!(made.kept.lock().unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn fault_12_a_refresh_token_that_the_disk_refuses_is_kept_later_and_costs_no_further_one() {
    let (keeper, made) = keeper();
    made.disk_is_full.store(true, Ordering::SeqCst);
    for _ in 0..5 {
        assert_eq!(keeper.access().await.unwrap().expose_secret(), "access-1");
    }
    assert_eq!((made.renewals.load(Ordering::SeqCst), made.kept.lock().unwrap().len()), (1, 0));
    made.disk_is_full.store(false, Ordering::SeqCst);
    assert_eq!(keeper.access().await.unwrap().expose_secret(), "access-1");
    assert_eq!((made.renewals.load(Ordering::SeqCst), made.kept.lock().unwrap().clone()), (1, vec!["refresh-1".to_owned()]));
    keeper.access().await.unwrap();
    assert_eq!(made.kept.lock().unwrap().len(), 1, "once is enough");
}

#[tokio::test(start_paused = true)]
async fn fault_12_it_is_kept_without_a_call_too_and_before_the_app_ends() {
    let (keeper, made) = keeper();
    for n in 1..=2 {
        made.disk_is_full.store(true, Ordering::SeqCst);
        let rejected = SecretString::from(format!("access-{}", n - 1));
        keeper.instead_of(&rejected).await.unwrap();
        made.disk_is_full.store(false, Ordering::SeqCst);
        if n == 1 {
            keeper.keep_again().await
        } else {
            keeper.settled().await
        }
        assert_eq!(made.kept.lock().unwrap().last(), Some(&format!("refresh-{n}")));
    }
}

#[tokio::test(start_paused = true)]
async fn fault_12_a_sign_in_that_expired_is_told_as_that_on_a_full_disk_too() {
    let (keeper, made) = keeper();
    made.expired.store(true, Ordering::SeqCst);
    made.disk_is_full.store(true, Ordering::SeqCst);
    assert!(matches!(keeper.access().await, Err(Error::SignInExpired)));
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_goes_away_loses_no_token() {
    let (keeper, made) = keeper();
    // The provider has replaced the token by then, but it is not kept yet.
    assert!(tokio::time::timeout(Duration::from_millis(30), keeper.access()).await.is_err());
    assert_eq!(keeper.access().await.unwrap().expose_secret(), "access-1");
    assert_eq!(*made.kept.lock().unwrap(), ["refresh-1"]);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_token_that_no_longer_holds_is_asked_with_once_and_erased() {
    let (keeper, made) = keeper();
    made.expired.store(true, Ordering::SeqCst);
    for _ in 0..10 {
        assert!(matches!(keeper.access().await, Err(Error::SignInExpired)));
    }
    assert_eq!(made.renewals.load(Ordering::SeqCst), 1);
    assert_eq!(*made.kept.lock().unwrap(), ["erased"]);
}
