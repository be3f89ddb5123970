//! What must be gone is gone from every page, not just from the lists.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tenantry_model::incident::{IncidentStatus, Severity};
use tenantry_model::sync::{IncidentGone, RoomGone, SyncLine};

use super::estate::*;
use crate::cache::{Cache, CachedAnswer};
use crate::db::{Location, StoreKey};
use crate::random::OsRandom;

/// Every page of the file, free ones included, decrypted as SQLCipher 4 encrypts: an export would leave the free pages out.
fn decrypted(path: &Path, key: &StoreKey) -> Vec<u8> {
    let raw = std::fs::read(path).unwrap();
    assert_eq!(raw.len() % PAGE, 0);
    raw.chunks(PAGE).enumerate().flat_map(|(at, page)| decrypt(at, page, key)).collect()
}

const PAGE: usize = 4096;

/// AES-256-CBC; the page's vector opens its last 80 bytes, and the first 16 bytes of the first page are the salt.
fn decrypt(at: usize, page: &[u8], key: &StoreKey) -> Vec<u8> {
    use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
    let (body, reserve) = page.split_at(page.len() - 80);
    let mut body = if at == 0 { body[16..].to_vec() } else { body.to_vec() };
    let key = crate::random::unhex(&key.to_hex()).unwrap();
    let mut cipher = cbc::Decryptor::<aes::Aes256>::new_from_slices(&key, &reserve[..16]).unwrap();
    for block in body.chunks_exact_mut(16) {
        cipher.decrypt_block(block.try_into().unwrap());
    }
    body
}

fn holds(bytes: &[u8], text: &str) -> bool {
    memchr::memmem::find(bytes, text.as_bytes()).is_some()
}

fn secret(n: u128) -> Vec<SyncLine> {
    let mut lines = vec![SyncLine::Customer(customer(n, "Geheimrat Pumpernickel"))];
    for at in 0..30 {
        let mut active = incident(n, &format!("SECRT{n}-ACT{at:03}"), IncidentStatus::NeedsAction, Severity::Critical);
        active.row.problem = "Quittenbrot in der Leitung".into();
        let mut past = incident(n, &format!("SECRT{n}-OLD{at:03}"), IncidentStatus::Resolved, Severity::Critical);
        past.row.problem = "Quittenbrot vorgestern".into();
        // Like nothing in the sample: packed, it stands there as it is.
        past.closure_comment = Some(PACKED.into());
        let mut kept = room(n, 1000 + at);
        kept.host_name = format!("sauerampfer-{at}");
        lines.extend([SyncLine::Incident(Box::new(active)), SyncLine::Incident(Box::new(past)), SyncLine::Room(Box::new(kept))]);
    }
    lines
}

/// Within what is kept packed.
const PACKED: &str = "qJ7#vX2@kZ9!wP4";

fn other() -> Vec<SyncLine> {
    let kept = incident(2, "OTHERS-000001", IncidentStatus::Resolved, Severity::Warning);
    vec![SyncLine::Customer(customer(2, "Bleibt AG")), SyncLine::Incident(Box::new(kept))]
}

/// Keeps an answer at the first customer's address that fills many pages, before and after it said something else.
async fn keep(cache: &Cache) {
    for name in ["Wurzelsepp", "Wurzelsepp der Jüngere"] {
        let kept = CachedAnswer { body: format!("[{}]", format!("\"{name}\",").repeat(2_000)), as_of: now() };
        cache.run(move |store| store.store_answer(store.invalidations(), "/v1/x", Some(tenant(1)), &kept)).await.unwrap();
    }
}

const WORDS: &[&str] =
    &["Geheimrat", "geheimrat", "Pumpernickel", "pumpernickel", "Quittenbrot", "quittenbrot", "sauerampfer", "SECRT1", "secrt1", PACKED];

async fn wiped_by(lines: Vec<SyncLine>, words: &[&str]) {
    let key = StoreKey::random(&OsRandom).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let open = || Cache::open(Location::File(path.clone()), Some(key.clone()), Arc::new(AtomicU64::new(0)));
    let cache = open().await.unwrap().0;
    apply(&cache, &answer(true, secret(1).into_iter().chain(other()))).await.unwrap();
    keep(&cache).await;
    cache.close().await;
    let before = decrypted(&path, &key);
    for word in WORDS.iter().chain([&"Wurzelsepp"]).filter(|word| !word.starts_with("geheim")) {
        assert!(holds(&before, word), "{word} should have been there: the check would see nothing");
    }
    let cache = open().await.unwrap().0;
    apply(&cache, &answer(false, lines)).await.unwrap();
    // Not closed: the log must be empty by now, without any help.
    let log = std::fs::metadata(folder.path().join("cache.db-wal")).map(|log| log.len()).unwrap_or(0);
    assert_eq!(log, 0, "the write-ahead log still holds pages");
    let after = decrypted(&path, &key);
    assert!(holds(&after, "Bleibt AG"));
    for word in words {
        assert!(!holds(&after, word), "{word} can still be read back");
    }
    cache.close().await;
}

#[tokio::test]
async fn a28_a_customer_that_is_gone_cannot_be_read_back_from_any_page() {
    wiped_by(vec![SyncLine::CustomerGone(tenant(1))], &[WORDS, &["Wurzelsepp"]].concat()).await;
}

#[tokio::test]
async fn a28_rows_lost_with_a_role_cannot_be_read_back_from_any_page() {
    let mut reset = customer(1, "Geheimrat Pumpernickel");
    reset.reset = true;
    wiped_by(vec![SyncLine::Customer(reset)], &["Wurzelsepp", "Quittenbrot", "quittenbrot", "sauerampfer", "SECRT1", "secrt1", PACKED])
        .await;
}

#[tokio::test]
async fn a28_single_rows_that_are_gone_cannot_be_read_back_from_any_page() {
    let gone = secret(1).into_iter().filter_map(|line| match line {
        SyncLine::Incident(incident) => {
            Some(SyncLine::IncidentGone(IncidentGone { customer_id: incident.row.customer_id, number: incident.row.number }))
        }
        SyncLine::Room(room) => Some(SyncLine::RoomGone(RoomGone { customer_id: room.customer_id, id: room.id })),
        _ => None,
    });
    wiped_by(gone.collect(), &["Quittenbrot", "quittenbrot", "sauerampfer", "SECRT1", "secrt1", PACKED]).await;
}

#[tokio::test]
async fn a_snapshot_leaves_nothing_of_the_one_before() {
    let key = StoreKey::random(&OsRandom).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache.db");
    let cache = Cache::open(Location::File(path.clone()), Some(key.clone()), Arc::new(AtomicU64::new(0))).await.unwrap().0;
    apply(&cache, &answer(true, secret(1))).await.unwrap();
    cache.run(crate::cache::Store::flush_log).await.unwrap();
    assert!(holds(&decrypted(&path, &key), "Pumpernickel"), "the check would see nothing");
    apply(&cache, &answer(true, other())).await.unwrap();
    // Not closed: neither the file nor its log may hold any of it by now.
    let log = std::fs::metadata(folder.path().join("cache.db-wal")).map(|log| log.len()).unwrap_or(0);
    assert_eq!(log, 0, "the write-ahead log still holds pages");
    let after = decrypted(&path, &key);
    for word in WORDS {
        assert!(!holds(&after, word), "{word} can still be read back");
    }
    cache.run(crate::cache::Store::wipe).await.unwrap();
    assert!(!holds(&decrypted(&path, &key), "Bleibt AG"));
    cache.close().await;
}
