//! Whatever is done to the log behind the service's back is found.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use tenantry_service::domain::audit::{Fault, FaultKind, HeadSource, KnownHead, Verdict, verify};
use tenantry_service::store::Store;
use tenantry_service::store::audit::{Digest, Head, chain_after};
use tenantry_service::store::db::{self, Conn};

use super::{present, role, tenant, user, write};
use crate::support::TestApp;

const ROWS: i64 = 60;
const TRIES: u32 = 1_000;

/// Changes that leave a row with other contents than before.
const EDITS: [&str; 20] = [
    "at = at + 1",
    "at = 'yesterday'",
    "at = at + 0.5",
    "log = 'product'",
    "category = 'User'",
    "object_name = object_name || ' '",
    "object_name = ''",
    "object_name = X'FF'",
    "operation = 'Delete'",
    "result = 'Failed'",
    "tenant_id = user_tenant_id",
    "user_id = NULL",
    "user_id = ''",
    "user_tenant_id = tenant_id",
    "detail = '[]'",
    "request_id = ''",
    "prev = hash",
    "prev = 'x'",
    "hash = upper(hash) || ''",
    "hash = prev",
];

async fn run(conn: &mut Conn, sql: String) {
    db::query(sqlx::AssertSqlSafe(sql)).execute(conn).await.unwrap();
}

/// Makes all rows from `seq` on follow from each other again, as somebody who has read the source would; and the head too, if asked for.
async fn rehash(conn: &mut Conn, seq: i64, with_head: bool) {
    let links = chain_after(conn, None, u32::MAX).await.unwrap();
    let mut prev = Digest::GENESIS;
    for link in &links {
        let linked = link.read.as_ref().unwrap();
        if link.seq < seq {
            prev = linked.hash;
            continue;
        }
        let hash = linked.row.digest(prev);
        run(conn, format!("UPDATE audit_log SET prev = '{prev}', hash = '{hash}' WHERE seq = {}", link.seq)).await;
        prev = hash;
    }
    if with_head {
        let last = links.last().map_or(0, |link| link.seq);
        run(conn, format!("UPDATE audit_head SET seq = {last}, hash = '{prev}'")).await;
    }
}

const REST: &str = "at, log, category, object_name, operation, result, tenant_id, user_id, user_tenant_id, detail, request_id, prev, hash";

/// Does something to the log, and says what, and where it must be found; `file` is the place that the head file names.
async fn tamper(conn: &mut Conn, rng: &mut ChaCha20Rng, file: i64) -> (String, i64) {
    let at = rng.random_range(1..=ROWS);
    match rng.random_range(0..8) {
        0 | 1 => {
            let edit = EDITS[rng.random_range(0..EDITS.len())];
            run(conn, format!("UPDATE audit_log SET {edit} WHERE seq = {at}")).await;
            (format!("row {at}: {edit}"), at)
        }
        2 => {
            run(conn, format!("DELETE FROM audit_log WHERE seq = {at}")).await;
            (format!("row {at} deleted"), at)
        }
        3 => {
            // Two rows exchange all they hold, their places excepted.
            let other = (at + rng.random_range(1..ROWS) - 1) % ROWS + 1;
            run(conn, format!("UPDATE audit_log SET seq = -1 WHERE seq = {at}")).await;
            run(conn, format!("UPDATE audit_log SET seq = {at} WHERE seq = {other}")).await;
            run(conn, format!("UPDATE audit_log SET seq = {other} WHERE seq = -1")).await;
            (format!("rows {at} and {other} exchanged"), at.min(other))
        }
        4 => {
            // A row is put in, and those behind it move up.
            let target = rng.random_range(1..=ROWS + 1);
            run(conn, format!("UPDATE audit_log SET seq = -seq WHERE seq >= {target}")).await;
            run(conn, "UPDATE audit_log SET seq = 1 - seq WHERE seq < 0".to_owned()).await;
            run(conn, format!("INSERT INTO audit_log (seq, {REST}) SELECT {target}, {REST} FROM audit_log WHERE seq <> {target} ORDER BY seq LIMIT 1 OFFSET {}", at - 1)).await;
            let made_good = rng.random_bool(0.5);
            if made_good {
                rehash(conn, target, false).await;
            }
            // A copy of the very row that stood there is that row: what follows is wrong.
            let first = if at == target { target + 1 } else { target };
            // With good hashes only the heads tell: the file's if it names a row that was moved, or else the table's.
            let found = match made_good {
                true if first <= file => file,
                true if first <= ROWS => ROWS,
                _ => first,
            };
            (format!("a copy of row {at} put in at {target}, hashes made good: {made_good}"), found)
        }
        5 => {
            // The end is cut off; half of the time somebody thought of the head as well.
            let cut = rng.random_range(1..=file);
            run(conn, format!("DELETE FROM audit_log WHERE seq >= {cut}")).await;
            let with_head = rng.random_bool(0.5);
            if with_head {
                rehash(conn, i64::MAX, true).await;
            }
            (format!("cut off from {cut} on, head moved: {with_head}"), cut)
        }
        6 => {
            // A row is changed and everything behind it hashed anew, the head included: the file tells.
            let target = rng.random_range(1..=file);
            run(conn, format!("UPDATE audit_log SET object_name = 'Nothing happened' WHERE seq = {target}")).await;
            rehash(conn, target, true).await;
            (format!("everything written anew from {target} on"), file)
        }
        _ => {
            let (what, found) = [
                ("DELETE FROM audit_head", ROWS + 1),
                ("UPDATE audit_head SET seq = seq - 1", ROWS - 1),
                ("UPDATE audit_head SET seq = seq + 1", ROWS + 1),
                ("UPDATE audit_head SET seq = -5", ROWS + 1),
                ("UPDATE audit_head SET hash = 'x'", ROWS + 1),
                ("INSERT INTO audit_log SELECT 0, at, log, category, object_name, operation, result, tenant_id, user_id, user_tenant_id, detail,
                  request_id, prev, hash FROM audit_log WHERE seq = 1", 0),
                ("DELETE FROM audit_log", 1),
            ][rng.random_range(0..7)];
            run(conn, what.to_owned()).await;
            (what.to_owned(), found)
        }
    }
}

async fn filled(store: &Store) {
    let by = user(tenant(1), 7);
    for batch in 0..ROWS / 10 {
        write(store, (0..10).map(|n| role(by, tenant(2), &format!("Role {batch}-{n}")))).await;
    }
}

async fn head_at(conn: &mut Conn, seq: i64) -> Head {
    let link = chain_after(conn, Some(seq - 1), 1).await.unwrap().pop().unwrap();
    Head { seq: link.seq, hash: link.read.unwrap().hash }
}

#[tokio::test]
async fn a_thousand_ways_to_tamper_are_all_found_where_they_begin_and_an_untouched_log_never_is() {
    let seed: u64 = std::env::var("TENANTRY_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_260_302);
    println!("TENANTRY_SEED={seed}");
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let app = TestApp::start().await;
    filled(&app.store).await;
    let whole = Verdict { good: present(&app.store).await, fault: None };
    for round in 0..TRIES {
        let mut tx = app.store.write().await.unwrap();
        let file = rng.random_range(1..=ROWS);
        let known = [KnownHead { source: HeadSource::File, head: head_at(tx.conn(), file).await }];
        if round % 20 == 0 {
            assert_eq!(verify(tx.conn(), &known).await.unwrap(), whole, "round {round}: nothing was done");
        }
        let (what, at) = tamper(tx.conn(), &mut rng, file).await;
        let verdict = verify(tx.conn(), &known).await.unwrap();
        let fault = verdict.fault.unwrap_or_else(|| panic!("round {round}: not found: {what}, file at {file}"));
        assert_eq!(fault.seq, at, "round {round}: {what}, file at {file}: {fault}");
    }
    assert_eq!(verify(app.store.read().await.unwrap().conn(), &[]).await.unwrap(), whole);
}

#[tokio::test]
async fn a_log_that_grew_on_after_its_end_was_cut_off_is_found_by_the_file() {
    let app = TestApp::start().await;
    filled(&app.store).await;
    let file = KnownHead { source: HeadSource::File, head: present(&app.store).await };
    let mut tx = app.store.write().await.unwrap();
    run(tx.conn(), "DELETE FROM audit_log WHERE seq > 50".to_owned()).await;
    rehash(tx.conn(), i64::MAX, true).await;
    tx.commit().await.unwrap();
    assert_eq!(verify(app.store.read().await.unwrap().conn(), &[]).await.unwrap().fault, None, "by itself it looks whole");
    let found = async || verify(app.store.read().await.unwrap().conn(), &[file]).await.unwrap().fault.unwrap();
    assert_eq!(found().await, Fault { seq: 51, kind: FaultKind::CutOff(HeadSource::File) });
    write(&app.store, (0..20).map(|n| role(user(tenant(1), 7), tenant(2), &format!("Later {n}")))).await;
    assert_eq!(found().await, Fault { seq: 60, kind: FaultKind::NotTheHead(HeadSource::File) });
}

/// Run it by name, in a release build: `cargo test --release -p tenantry-service --test api -- --ignored verified_in`.
#[tokio::test]
#[ignore = "a measurement: means something in a release build only"]
async fn a_hundred_thousand_rows_are_verified_in_two_seconds() {
    let app = TestApp::start().await;
    let by = user(tenant(1), 7);
    for batch in 0..100 {
        write(&app.store, (0..1_000).map(|n| role(by, tenant(2), &format!("Role {batch}-{n}")))).await;
    }
    let started = std::time::Instant::now();
    let verdict = verify(app.store.read().await.unwrap().conn(), &[]).await.unwrap();
    let took = started.elapsed();
    println!("100,000 rows in {took:?}");
    assert_eq!((verdict.good.seq, verdict.fault), (100_000, None));
    assert!(took < std::time::Duration::from_secs(2), "{took:?}");
}
