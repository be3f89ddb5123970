//! Staying signed in, and being told when that has ended.

use std::time::Duration;

use anyhow::Result;
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::ipc::{AccessEndedReason, IpcError, IpcErrorKind, Session, SyncState};
use tenantry_model::signal::SignalId;
use tenantry_test_kit::Change;
use tenantry_tests::api::Api;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::view::listed;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::world::{Names, SmallEstate, failing};

const HOURS: u64 = 2 * 3_600;

async fn one_more(desk: &Desk, demo: &Demo, estate: &SmallEstate, signal: SignalId) -> Result<()> {
    let before = desk.active(None).await?.len();
    demo.control(&[failing(estate.alpen.rooms[0], signal), Change::advance(60)]).await?;
    desk.engine().sync_now().await?;
    until(SOON, "the next incident is listed", || async { Ok(desk.active(None).await?.len() > before) }).await?;
    desk.wait_current().await?;
    assert_eq!(desk.browser.opened().len(), 1, "nobody was asked to sign in again");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_ran_out_is_renewed_unnoticed() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let anna = Desk::signed_in(&demo, estate.anna).await?;
    // By the service's clock: the client learns of it by being refused.
    anna.clock.set_back(Duration::from_secs(HOURS));
    demo.control(&[Change::advance(HOURS)]).await?;
    one_more(&anna, &demo, &estate, SignalId::DiskHealth).await?;
    // By the client's clock: it does not even ask with the old one.
    anna.clock.advance(Duration::from_secs(HOURS));
    one_more(&anna, &demo, &estate, SignalId::WsusEnabled).await?;
    // And over a restart of the app, with nothing but what was kept.
    let mut anna = anna;
    anna.stop().await;
    anna.start()?;
    anna.wait_current().await?;
    one_more(&anna, &demo, &estate, SignalId::WindowsUpdateReset).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_directory_signs_with_a_new_key() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let anna = Desk::signed_in(&demo, estate.anna).await?;
    demo.control(&[Change::RollOverKeys {}, Change::advance(HOURS)]).await?;
    one_more(&anna, &demo, &estate, SignalId::DiskHealth).await?;
    // And somebody who signs in only now.
    let bert = Desk::signed_in(&demo, estate.bert).await?;
    assert_eq!(bert.view().await?, anna.view().await?);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_was_revoked_ends_access_until_the_next_one() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let anna = Desk::signed_in(&demo, estate.anna).await?;
    let before = anna.view().await?;
    demo.control(&[Change::EndSessions {}, Change::advance(HOURS)]).await?;
    anna.engine().sync_now().await?;
    let ended = |reason| move |state: &SyncState| *state == SyncState::AccessEnded { reason };
    let expired = ended(AccessEndedReason::SignInExpired);
    anna.wait_sync("access has ended", |status| expired(&status.state)).await?;
    assert!(matches!(anna.engine().get_session().await?, Session::SignedIn { .. }), "the copy is still theirs to read");
    assert_eq!(anna.view().await?, before);

    anna.sign_in(estate.anna).await?;
    anna.catch_up().await?;
    assert_eq!(anna.view().await?, listed(&Api::sign_in(&demo, estate.anna).await?).await?);
    assert_eq!(anna.browser.opened().len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn r2_a_tenant_that_is_not_onboarded_is_refused() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let mut names = Names::new(2);
    let (tenant, person) = (TenantId::from_uuid(names.uuid()), PrincipalId::from_uuid(names.uuid()));
    demo.control(&[Change::tenant(tenant, "Anyone", false, false), Change::user(person, tenant, "Somebody")]).await?;
    let desk = Desk::at(&demo)?;
    let error = desk.sign_in(person).await.err();
    let kind = error.as_ref().and_then(|error| error.downcast_ref::<IpcError>()).map(|error| error.kind);
    assert_eq!(kind, Some(IpcErrorKind::Refused), "{error:?}");
    assert_eq!(desk.engine().get_session().await?, Session::SignedOut);
    desk.only_settings_on_disk()
}
