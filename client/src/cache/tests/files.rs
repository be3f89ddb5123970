//! The file: encrypted, and set aside and rebuilt whenever it cannot be used.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use secrecy::{ExposeSecret, SecretString};
use tenantry_model::incident::{IncidentStatus, Severity};
use tenantry_model::ipc::{CustomerQuery, ListWindow, Preferences, Theme};
use tenantry_model::sync::SyncLine;

use super::estate::*;
use crate::cache::Cache;
use crate::db::{Location, PLAINTEXT_HEADER, SetAside, StoreKey};
use crate::error::{DiskFault, Error};
use crate::random::OsRandom;

fn key() -> StoreKey {
    StoreKey::random(&OsRandom).unwrap()
}

async fn open(path: &Path, key: &StoreKey) -> (Cache, Option<SetAside>) {
    Cache::open(Location::File(path.to_owned()), Some(key.clone()), Arc::new(AtomicU64::new(0))).await.unwrap()
}

fn estate() -> Vec<u8> {
    let mut lines = vec![];
    for n in 0..40 {
        lines.push(SyncLine::Customer(customer(n, &format!("Marmelade {n} GmbH"))));
        lines.push(SyncLine::Room(Box::new(room(n, n))));
        for (at, status) in [(0, IncidentStatus::NeedsAction), (1, IncidentStatus::Resolved)] {
            let number = format!("AAAA{n:02}-BBBBB{at}");
            lines.push(SyncLine::Incident(Box::new(incident(n, &number, status, Severity::Important))));
        }
    }
    answer(true, lines)
}

/// How many customers it shows.
async fn customers(cache: &Cache) -> u32 {
    let query = CustomerQuery { text: String::new(), window: ListWindow { offset: 0, limit: 10 } };
    cache.run(move |store| Ok(store.list_customers(&query, live()).all)).await.unwrap()
}

fn all_bytes(folder: &Path) -> Vec<u8> {
    std::fs::read_dir(folder).unwrap().flat_map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    memchr::memmem::find(bytes, text.as_bytes()).is_some()
}

/// A closed file with the estate in it.
async fn written(key: &StoreKey) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let (cache, aside) = open(&path, key).await;
    assert!(aside.is_none());
    apply(&cache, &estate()).await.unwrap();
    cache.close().await;
    (folder, path)
}

#[tokio::test]
async fn when_the_last_handle_is_gone_the_file_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let (cache, _) = open(&path, &key()).await;
    let busy = cache.clone();
    let long = tokio::spawn(async move {
        busy.run(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            Ok(())
        })
        .await
    });
    tokio::task::yield_now().await;
    long.abort();
    assert!(long.await.unwrap_err().is_cancelled());
    let log = folder.path().join("cache.db-wal");
    assert!(log.exists());
    drop(cache);
    assert!(!log.exists(), "the file is still open");
}

/// The file could not be used: it is set aside, an empty one works, and fills again.
async fn is_rebuilt(path: &Path, key: &StoreKey) {
    let (cache, aside) = open(path, key).await;
    let aside = aside.expect("it should have been set aside");
    assert!(aside.to.exists());
    assert_eq!(customers(&cache).await, 0);
    apply(&cache, &estate()).await.unwrap();
    assert_eq!(customers(&cache).await, 40);
    cache.close().await;
    let (cache, aside) = open(path, key).await;
    assert!(aside.is_none());
    assert_eq!(customers(&cache).await, 40);
    cache.close().await;
}

#[tokio::test]
async fn what_was_written_is_there_after_a_restart_and_unreadable_without_the_key() {
    let key = key();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let (cache, _) = open(&path, &key).await;
    apply(&cache, &estate()).await.unwrap();
    cache.run(|store| store.set_refresh_token(Some(&SecretString::from("a-refresh-token")))).await.unwrap();
    // While it is open: the file, its log and its index.
    for bytes in [all_bytes(folder.path()), {
        cache.close().await;
        all_bytes(folder.path())
    }] {
        assert!(bytes.len() > 10_000);
        for text in [PLAINTEXT_HEADER, "Marmelade", "marmelade", "Zugspitze", "AAAA", "a-refresh-token", "CREATE TABLE"] {
            assert!(!holds(&bytes, text), "{text} is readable");
        }
    }
    let (cache, aside) = open(&path, &key).await;
    assert!(aside.is_none());
    assert_eq!(customers(&cache).await, 40);
    let token = cache.run(|store| store.refresh_token()).await.unwrap().unwrap();
    assert_eq!(token.expose_secret(), "a-refresh-token");
}

#[tokio::test]
async fn random_bytes_are_set_aside() {
    let key = key();
    let (_folder, path) = written(&key).await;
    std::fs::write(&path, vec![0xA5; 50_000]).unwrap();
    is_rebuilt(&path, &key).await;
}

#[tokio::test]
async fn a_truncated_file_is_set_aside() {
    let key = key();
    for keep in [1_000, 4_096, 9_000] {
        let (_folder, path) = written(&key).await;
        std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(keep).unwrap();
        is_rebuilt(&path, &key).await;
    }
}

#[tokio::test]
async fn a_foreign_plaintext_database_is_set_aside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    crate::db::Connection::open(&path).unwrap().execute_batch("CREATE TABLE x (y); INSERT INTO x VALUES (1)").unwrap();
    assert!(holds(&all_bytes(folder.path()), PLAINTEXT_HEADER));
    is_rebuilt(&path, &key()).await;
}

#[tokio::test]
async fn a_file_of_another_key_is_set_aside() {
    let (_folder, path) = written(&key()).await;
    is_rebuilt(&path, &key()).await;
}

#[tokio::test]
async fn a_file_of_a_newer_version_is_set_aside() {
    let key = key();
    let (_folder, path) = written(&key).await;
    let (cache, _) = open(&path, &key).await;
    cache.run(|store| Ok(store.db.pragma_update(None, "user_version", 99)?)).await.unwrap();
    cache.close().await;
    is_rebuilt(&path, &key).await;
}

#[tokio::test]
async fn damage_inside_is_set_aside_when_it_shows_and_the_person_stays_signed_in_where_possible() {
    let key = key();
    let (_folder, path) = written(&key).await;
    let (cache, _) = open(&path, &key).await;
    cache.run(|store| store.set_refresh_token(Some(&SecretString::from("token")))).await.unwrap();
    cache.close().await;
    // Every page after the first few: tables still open, their rows do not.
    let mut bytes = std::fs::read(&path).unwrap();
    let from = bytes.len() / 2;
    bytes[from..].fill(0x5A);
    std::fs::write(&path, &bytes).unwrap();
    let (cache, _) = open(&path, &key).await;
    // Whatever it takes to come across the damage; nothing may crash, and it must work in the end.
    for _ in 0..3 {
        let _ = apply(&cache, &estate()).await;
    }
    assert_eq!(customers(&cache).await, 40);
    cache.close().await;
    let (cache, _) = open(&path, &key).await;
    assert_eq!(customers(&cache).await, 40);
}

/// The index of the write-ahead log is the engine's own affair: it knows for each system when to delete it.
#[cfg(target_os = "linux")]
fn closed_too_late(handles: &tenantry_test_kit::Handles) -> Vec<String> {
    handles.closed_too_late().unwrap().into_iter().filter(|name| !name.ends_with("-shm")).collect()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn fault_25_a_file_is_closed_before_it_is_set_aside_or_erased() {
    let (folder, path) = written(&key()).await;
    let handles = tenantry_test_kit::Handles::watch(folder.path()).unwrap();
    let (cache, aside) = open(&path, &key()).await;
    assert!(aside.is_some(), "of another key");
    cache.run(|_| Err::<(), _>(crate::error::Error::FileUnusable("as a test says".into()))).await.unwrap_err();
    assert!(folder.path().join("cache.db.set-aside-2").exists(), "while in use");
    assert_eq!(closed_too_late(&handles), Vec::<String>::new());
    cache.close().await;
    crate::db::erase_files(&path).unwrap();
    assert_eq!(closed_too_late(&handles), Vec::<String>::new());
}

#[tokio::test]
async fn at_most_two_files_are_kept_aside() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    for _ in 0..5 {
        open(&path, &key()).await.0.close().await;
    }
    let aside = std::fs::read_dir(folder.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains("set-aside"));
    assert_eq!(aside.count(), 2);
    crate::db::erase_files(&path).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn without_a_key_no_file_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let place = Location::File(folder.path().join("cache.db"));
    assert!(Cache::open(place, None, Arc::new(AtomicU64::new(0))).await.is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// While the file can take nothing, a failed answer of the sync and a failed change leave everything as it was; afterwards both succeed.
async fn nothing_is_lost_while(fault: DiskFault, begins: &'static str, ends: &'static str) {
    let key = key();
    let (_folder, path) = written(&key).await;
    let (cache, _) = open(&path, &key).await;
    let chosen = Preferences { theme: Theme::Dark, ..Preferences::default() };
    let acknowledged = chosen.clone();
    cache.run(move |store| store.set_preferences(&acknowledged)).await.unwrap();
    let cursor = cache.run(|store| Ok(store.cursor())).await.unwrap();
    cache.run(move |store| Ok(store.db.execute_batch(begins)?)).await.unwrap();
    let more = || answer(false, (100..400).map(|n| SyncLine::Customer(customer(n, &"Quitte ".repeat(40)))));
    let failed = apply(&cache, &more()).await.map(|_| ()).unwrap_err();
    assert_eq!(failed.disk_fault(), Some(fault), "{failed}");
    assert_eq!(customers(&cache).await, 40);
    assert_eq!(cache.run(|store| Ok(store.cursor())).await.unwrap(), cursor);
    cache.run(move |store| Ok(store.db.execute_batch(ends)?)).await.unwrap();
    apply(&cache, &more()).await.unwrap();
    cache.close().await;
    let (cache, aside) = open(&path, &key).await;
    assert!(aside.is_none(), "a sound file was set aside");
    assert_eq!(customers(&cache).await, 340);
    assert_eq!(cache.run(|store| store.preferences()).await.unwrap(), Some(chosen));
    cache.close().await;
}

#[tokio::test]
async fn fault_12_a_full_disk_loses_nothing_that_was_acknowledged_and_heals() {
    nothing_is_lost_while(DiskFault::Full, "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000").await;
}

#[tokio::test]
async fn fault_12_a_file_that_may_not_be_written_loses_nothing_that_was_acknowledged_and_heals() {
    nothing_is_lost_while(DiskFault::ReadOnly, "PRAGMA query_only = ON", "PRAGMA query_only = OFF").await;
}

#[test]
fn fault_12_what_is_no_fault_of_the_disk_is_not_called_one() {
    for error in [Error::Cut, Error::SignInExpired, Error::BadRow("meta"), Error::service(507, None, None)] {
        assert_eq!(error.disk_fault(), None, "{error}");
    }
}
