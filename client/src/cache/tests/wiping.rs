//! What must be gone is gone from every page, not just from the lists.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tenantry_model::incident::{IncidentStatus, Severity};
use tenantry_model::sync::{IncidentGone, RoomGone, SyncLine};

use super::estate::*;
use crate::cache::{Cache, CachedAnswer, StoreOutcome};
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

/// Keeps answers at the first customer's address that fill many pages, before and after they said something else: about its roles, a room, and an incident.
async fn keep(cache: &Cache) {
    let at = format!("customers/{}", tenant(1));
    let asked = [
        (format!("{at}/roles"), ["Wurzelsepp", "Wurzelsepp der Jüngere"]),
        (format!("{at}/rooms/{}/events?limit=100", room_id(1000)), ["Waldmeister", "Waldmeister im Saal"]),
        (format!("{at}/incidents/SECRT1-ACT000/events"), ["Zwetschge", "Zwetschge im Saal"]),
    ];
    for (question, names) in asked {
        for name in names {
            let kept = CachedAnswer { body: format!("[{}]", format!("\"{name}\",").repeat(2_000)), as_of: now() };
            let question = question.clone();
            cache.run(move |store| store.store_answer(store.invalidations(), &question, Some(tenant(1)), &kept)).await.unwrap();
        }
    }
}

/// What the kept answers about a room and an incident say.
const ANSWERED: &[&str] = &["Waldmeister", "Zwetschge"];

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
    for word in WORDS.iter().chain(ANSWERED).chain([&"Wurzelsepp"]).filter(|word| !word.starts_with("geheim")) {
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
    wiped_by(vec![SyncLine::CustomerGone(tenant(1))], &[WORDS, ANSWERED, &["Wurzelsepp"]].concat()).await;
}

#[tokio::test]
async fn a28_rows_lost_with_a_role_cannot_be_read_back_from_any_page() {
    let mut reset = customer(1, "Geheimrat Pumpernickel");
    reset.reset = true;
    let words = ["Wurzelsepp", "Quittenbrot", "quittenbrot", "sauerampfer", "SECRT1", "secrt1", PACKED];
    wiped_by(vec![SyncLine::Customer(reset)], &[&words, ANSWERED].concat()).await;
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
    let words = ["Quittenbrot", "quittenbrot", "sauerampfer", "SECRT1", "secrt1", PACKED];
    wiped_by(gone.collect(), &[&words, ANSWERED].concat()).await;
}

#[tokio::test]
async fn a28_one_room_or_incident_that_is_gone_takes_the_answers_about_all_of_its_customers_along() {
    let gone = [
        SyncLine::RoomGone(RoomGone { customer_id: tenant(1), id: room_id(1029) }),
        SyncLine::IncidentGone(IncidentGone { customer_id: tenant(1), number: "SECRT1-OLD029".parse().unwrap() }),
    ];
    for gone in gone {
        let cache = in_memory().await;
        apply(&cache, &answer(true, secret(1))).await.unwrap();
        keep(&cache).await;
        let before = cache.run(|store| Ok(store.invalidations())).await.unwrap();
        apply(&cache, &answer(false, [gone])).await.unwrap();
        let left =
            cache.run(|store| Ok(store.db.query_row("SELECT group_concat(question) FROM answers", [], |row| row.get::<_, String>(0))?));
        assert_eq!(left.await.unwrap(), format!("customers/{}/roles", tenant(1)));
        let late = CachedAnswer { body: "[]".into(), as_of: now() };
        let outcome =
            cache.run(move |store| store.store_answer(before, "customers/x/rooms/y/events", Some(tenant(1)), &late)).await.unwrap();
        assert_eq!(outcome, StoreOutcome::Superseded, "asked for before it was gone");
    }
}

#[tokio::test]
async fn an_answer_is_kept_for_90_days() {
    let cache = in_memory().await;
    apply(&cache, &answer(true, secret(1))).await.unwrap();
    for (question, age) in [("customers/x/rooms/old/events", 91), ("customers/x/rooms/new/events", 89)] {
        let kept = CachedAnswer { body: "[]".into(), as_of: now().minus(DAY * age) };
        cache.run(move |store| store.store_answer(store.invalidations(), question, Some(tenant(1)), &kept)).await.unwrap();
    }
    apply(&cache, &answer(false, [])).await.unwrap();
    let left =
        cache.run(|store| Ok(store.db.query_row("SELECT group_concat(question) FROM answers", [], |row| row.get::<_, String>(0))?));
    assert_eq!(left.await.unwrap(), "customers/x/rooms/new/events");
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
