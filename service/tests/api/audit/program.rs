//! `tenantry-service audit verify`, and the head that is kept outside of the database.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use tenantry_service::clock::SystemClock;
use tenantry_service::domain::audit::{HEAD_FILE, keep_head_file, read_head_file};
use tenantry_service::serve::serve;
use tenantry_service::store::Store;
use tenantry_service::store::db;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{present, role, tenant, user, write};
use crate::support::TestApp;

async fn store(folder: &Path) -> Store {
    Store::open(&folder.join("tenantry.db"), Arc::new(SystemClock)).await.unwrap()
}

async fn add(store: &Store, count: usize) {
    write(store, (0..count).map(|n| role(user(tenant(1), 7), tenant(2), &format!("Role {n}")))).await;
}

/// Once, as the service does it when it stops.
async fn keep(store: &Store) {
    let stop = CancellationToken::new();
    stop.cancel();
    keep_head_file(store.clone(), stop).await;
}

fn verify(folder: &Path, more: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_tenantry-service"))
        .args(["audit", "verify", "--data"])
        .arg(folder)
        .args(more)
        .env("TENANTRY_LOG", "warn")
        .output()
        .unwrap();
    (status.code(), format!("{}{}", String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap()))
}

async fn spoil(store: &Store, sql: &'static str) {
    let mut tx = store.write().await.unwrap();
    db::query(sql).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_says_whether_the_log_holds_and_ends_accordingly() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = verify(folder.path(), &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("there is no database") && said.contains("--data"), "{said}");
    assert!(!folder.path().join("tenantry.db").exists(), "a check makes nothing");

    // The service stays up all the while.
    let store = store(folder.path()).await;
    assert!(verify(folder.path(), &[]).1.starts_with("ok: 0 rows"));
    add(&store, 5).await;
    let head = present(&store).await;
    let (code, said) = verify(folder.path(), &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("note: there is no file audit.head") && said.contains(&format!("ok: 5 rows, head {head},")), "{said}");
    keep(&store).await;
    assert!(verify(folder.path(), &[]).1.starts_with("ok: 5 rows"));

    assert_eq!(verify(folder.path(), &["--head", &head.to_string()]).0, Some(0));
    let (code, said) = verify(folder.path(), &["--head", &format!("3:{}", head.hash)]);
    assert!(code == Some(1) && said.contains("row 3 is not the one that the head that was given names"), "{said}");
    assert_eq!(verify(folder.path(), &["--head", "nonsense"]).0, Some(2));

    spoil(&store, "UPDATE audit_log SET result = 'Failed' WHERE seq = 4").await;
    let (code, said) = verify(folder.path(), &[]);
    assert!(code == Some(1) && said.contains("tampered: row 4 was changed after it was written"), "{said}");
    spoil(&store, "UPDATE audit_log SET result = 'Successful' WHERE seq = 4").await;
    assert_eq!(verify(folder.path(), &[]).0, Some(0));

    std::fs::write(folder.path().join(HEAD_FILE), "{}").unwrap();
    let (code, said) = verify(folder.path(), &[]);
    assert!(code == Some(1) && said.contains("audit.head cannot be used"), "{said}");
}

#[tokio::test]
async fn the_head_file_follows_the_chain_and_is_not_overwritten_by_one_that_lacks_its_row() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(HEAD_FILE);
    let store = store(folder.path()).await;
    keep(&store).await;
    assert_eq!(read_head_file(&file).unwrap(), None, "nothing to tell yet");
    add(&store, 3).await;
    keep(&store).await;
    let known = present(&store).await;
    assert_eq!(read_head_file(&file).unwrap(), Some(known));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("{{\"seq\":3,\"hash\":\"{}\"}}\n", known.hash));
    add(&store, 2).await;
    keep(&store).await;
    assert_eq!(read_head_file(&file).unwrap(), Some(present(&store).await));

    let known = present(&store).await;
    spoil(&store, "DELETE FROM audit_log WHERE seq > 3").await;
    spoil(&store, "UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_log WHERE seq = 3)").await;
    add(&store, 4).await;
    keep(&store).await;
    assert_eq!(read_head_file(&file).unwrap(), Some(known), "the file is the evidence");
    let (code, said) = verify(folder.path(), &[]);
    assert!(code == Some(1) && said.contains("row 5 is not the one that the file audit.head names"), "{said}");
}

#[cfg(unix)]
#[tokio::test]
async fn the_head_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path()).await;
    add(&store, 1).await;
    keep(&store).await;
    let mode = std::fs::metadata(folder.path().join(HEAD_FILE)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_service_that_stops_has_told_the_last_head() {
    let app = TestApp::start().await;
    let file = app.store.folder().join(HEAD_FILE);
    add(&app.store, 4).await;
    let head = present(&app.store).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let serving = tokio::spawn(serve(listener, app.router.clone(), app.state.clone()));
    app.state.shutdown().cancel();
    serving.await.unwrap();
    assert_eq!(read_head_file(&file).unwrap(), Some(head));
}
