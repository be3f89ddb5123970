//! A file that cannot be used is set aside, and the copy is built anew: never a crash, never a plaintext file.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use tenantry_model::ipc::{Session, SyncState, SyncStatus};
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::SOON;
use tenantry_tests::world::SmallEstate;

/// Signs in, stops, spoils the file, starts, and ends with the same view as before; signing in again where the token went with the file.
async fn rebuilt_after(spoil: impl FnOnce(&Path, &str) -> Result<()>) -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let mut anna = Desk::signed_in(&demo, estate.anna).await?;
    let before = anna.view().await?;
    anna.stop().await;
    let file = anna.cache_file()?;
    let key = anna.keychain.secrets().first().cloned().unwrap_or_default();
    spoil(&file, &key)?;

    anna.start()?;
    if anna.opened().await? == Session::SignedOut {
        anna.sign_in(estate.anna).await?;
    }
    anna.wait_current().await?;
    assert_eq!(anna.view().await?, before);
    let aside = anna.files()?.into_iter().filter(|file| file.to_string_lossy().contains("set-aside")).count();
    assert!(aside > 0, "nothing was set aside: {:?}", anna.files()?);
    // The new file is a good one: it holds over the next start, with no network.
    drop(demo);
    anna.stop().await;
    anna.start()?;
    anna.wait_offline().await?;
    assert_eq!(anna.view().await?, before);
    anna.holds_nowhere(&estate.alpen.name)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file() -> Result<()> {
    rebuilt_after(|file, _| {
        let mut bytes = std::fs::read(file)?;
        ensure!(bytes.len() > 20_000, "only {} bytes", bytes.len());
        bytes[5_000..16_000].fill(0x5a);
        Ok(std::fs::write(file, bytes)?)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_cut_short() -> Result<()> {
    rebuilt_after(|file, _| {
        let bytes = std::fs::read(file)?;
        Ok(std::fs::write(file, &bytes[..6_000])?)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_file() -> Result<()> {
    // Somebody's plain SQLite database.
    rebuilt_after(|file, _| {
        std::fs::remove_file(file)?;
        let db = rusqlite::Connection::open(file)?;
        Ok(db.execute_batch("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('Linzer Torte');")?)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_key() -> Result<()> {
    rebuilt_after(|file, _| {
        std::fs::remove_file(file)?;
        let db = rusqlite::Connection::open(file)?;
        db.execute_batch(&format!("PRAGMA key = \"x'{}'\"; CREATE TABLE recipes (name TEXT);", "ab".repeat(32)))?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_a_newer_version() -> Result<()> {
    rebuilt_after(|file, key| {
        let db = rusqlite::Connection::open(file)?;
        db.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; CREATE TABLE of_tomorrow (x); PRAGMA user_version = 900;"))?;
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn whichever_page_is_damaged_the_copy_comes_out_whole() -> Result<()> {
    const PAGE: usize = 4096;
    const CHECKED: usize = 16;
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let mut anna = Desk::signed_in(&demo, estate.anna).await?;
    let before = anna.view().await?;
    anna.stop().await;
    let file = anna.cache_file()?;
    let whole = std::fs::read(&file)?;
    let pages = whole.len() / PAGE;
    for at in 0..CHECKED {
        let page = at * pages / CHECKED;
        let mut bytes = whole.clone();
        bytes[page * PAGE + 100..page * PAGE + 200].fill(0x5a);
        std::fs::write(&file, bytes)?;
        anna.start()?;
        // Where the damage took the token along, or an older one came back with the file, it takes a sign-in.
        let ended = |status: &SyncStatus| matches!(status.state, SyncState::AccessEnded { .. });
        let there = |status: &SyncStatus| status.state == SyncState::Current && !status.history_pending;
        let signed_out = anna.opened().await? == Session::SignedOut;
        if signed_out || ended(&anna.wait_sync("the sync has begun", |status| ended(status) || there(status)).await?) {
            anna.sign_in(estate.anna).await?;
        }
        anna.wait_view(SOON, "the copy is whole", &before).await.with_context(|| format!("page {page} of {pages}"))?;
        anna.holds_nowhere(&estate.alpen.name)?;
        anna.stop().await;
    }
    Ok(())
}
