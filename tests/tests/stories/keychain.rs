//! Without a usable keychain nothing is kept on disk, and the app says so.

use anyhow::Result;
use tenantry_client::keychain::KeychainError;
use tenantry_model::ipc::{KeyProblem, MemoryOnly, Session};
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::keychain::OpenKeychain;
use tenantry_tests::wait::{SOON, eventually};
use tenantry_tests::world::SmallEstate;

/// Somebody signs in without a usable keychain; where they are asked about it, they go on without.
async fn memory_only(failure: KeychainError, said: MemoryOnly) -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let keychain = OpenKeychain::default();
    keychain.fail(Some(failure));
    let mut anna = Desk::with_keychain(&demo, keychain)?;
    let asked_or_signed_in = async {
        eventually(SOON, "the keychain is asked for, or not needed", || async {
            let session = anna.engine().get_session().await?;
            Ok(matches!(session, Session::KeyUnavailable { .. } | Session::SignedIn { .. }).then_some(()))
        })
        .await?;
        anyhow::Ok(anna.engine().go_without_keychain().await?)
    };
    let (user, ()) = tokio::try_join!(anna.sign_in(estate.anna), asked_or_signed_in)?;
    assert_eq!(user.memory_only, Some(said));
    anna.wait_current().await?;
    assert_eq!(anna.view().await?.sizes(), [2, 4, 4], "all else works");
    anna.only_settings_on_disk()?;
    anna.stop().await;
    anna.only_settings_on_disk()?;
    anna.start()?;
    assert_eq!(anna.opened().await?, Session::SignedOut, "with the app closed, all is forgotten");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_keychain() -> Result<()> {
    memory_only(KeychainError::Locked, MemoryOnly::WithoutKeychain).await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_keychain() -> Result<()> {
    memory_only(KeychainError::NoKeychain("no bus".into()), MemoryOnly::NoKeychain).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_keychain_that_lost_its_secrets_costs_a_sign_in_and_no_more() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let mut anna = Desk::signed_in(&demo, estate.anna).await?;
    let before = anna.view().await?;
    anna.stop().await;
    anna.keychain.forget_all();
    anna.start()?;
    assert_eq!(anna.opened().await?, Session::KeyUnavailable { problem: KeyProblem::KeyGone });
    let user = anna.sign_in(estate.anna).await?;
    assert_eq!(user.memory_only, None);
    anna.wait_current().await?;
    assert_eq!(anna.view().await?, before);
    Ok(())
}
