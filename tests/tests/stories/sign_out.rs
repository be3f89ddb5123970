//! Signing out forgets tokens, key and copy, whether the service can be reached or not.

use anyhow::Result;
use tenantry_model::ipc::{Session, SyncState};
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::world::SmallEstate;

async fn signs_out(offline: bool) -> Result<()> {
    let mut demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let mut anna = Desk::signed_in(&demo, estate.anna).await?;
    assert!(anna.cache_file().is_ok() && anna.keychain.secrets().len() == 1);
    if offline {
        demo.kill();
        anna.wait_offline().await?;
    }
    anna.engine().sign_out().await?;
    assert_eq!(anna.engine().get_session().await?, Session::SignedOut);
    assert_eq!(anna.sync().await?.state, SyncState::SignedOut);
    assert!(anna.customers().await.is_err(), "nothing answers any more");
    anna.only_settings_on_disk()?;
    assert_eq!(anna.keychain.secrets(), Vec::<String>::new(), "the key is gone, so that a copy of the file is worth nothing");
    anna.stop().await;
    anna.start()?;
    assert_eq!(anna.opened().await?, Session::SignedOut);
    anna.only_settings_on_disk()
}

#[tokio::test(flavor = "multi_thread")]
async fn on_line() -> Result<()> {
    signs_out(false).await
}

#[tokio::test(flavor = "multi_thread")]
async fn off_line() -> Result<()> {
    signs_out(true).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_person_sees_nothing_of_the_one_before() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let anna = Desk::signed_in(&demo, estate.anna).await?;
    assert_eq!(anna.customers().await?.len(), 2);
    anna.engine().sign_out().await?;
    let user = anna.sign_in(estate.birke.admin).await?;
    assert_eq!(user.tenant.id, estate.birke.id);
    anna.wait_current().await?;
    let view = anna.view().await?;
    assert_eq!(view.sizes(), [1, 3, 3]);
    assert!(view.customers.contains_key(&estate.birke.id));
    Ok(())
}
