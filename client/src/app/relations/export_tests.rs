//! An answer that breaks off. What is refused, and what is there already, is tried from outside: `tests/it`.

use tenantry_model::audit::AUDIT_COLUMNS;
use tenantry_model::ipc::CellSeparator;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

/// Answers one request with the head of an export and one record, and hangs up before the end, or after it.
async fn answer(whole: bool) -> Response {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        let _ = socket.read(&mut request).await.unwrap();
        let text = format!("{}Role,Nachtdienst,Create,Successful,t,2026-02-01T00:00:00Z,u,t\r\n", head(&AUDIT_COLUMNS));
        let chunk = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{:x}\r\n{text}\r\n", text.len());
        socket.write_all(chunk.as_bytes()).await.unwrap();
        if whole {
            socket.write_all(b"0\r\n\r\n").await.unwrap();
        }
    });
    reqwest::Client::builder().no_proxy().build().unwrap().get(format!("http://{address}/")).send().await.unwrap()
}

const fn file() -> CsvFile<'static> {
    CsvFile { name: "tenantry-audit", columns: &AUDIT_COLUMNS, separator: CellSeparator::Comma }
}

#[tokio::test]
async fn an_export_that_breaks_off_leaves_no_file_though_its_last_line_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let cut = export(answer(false).await, folder.path(), file()).await;
    assert!(matches!(cut, Err(Error::Unreachable(_))), "{cut:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let saved = export(answer(true).await, folder.path(), file()).await.unwrap();
    assert_eq!(saved.records, 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn fault_25_a_draft_is_closed_before_it_is_deleted_or_gets_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let handles = tenantry_test_kit::Handles::watch(folder.path()).unwrap();
    export(answer(false).await, folder.path(), file()).await.unwrap_err();
    assert_eq!(handles.closed_too_late().unwrap(), Vec::<String>::new(), "cut off");
    export(answer(true).await, folder.path(), file()).await.unwrap();
    assert_eq!(handles.closed_too_late().unwrap(), Vec::<String>::new(), "whole");
}

#[cfg(unix)]
#[tokio::test]
async fn an_export_is_its_users_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let saved = export(answer(true).await, folder.path(), file()).await.unwrap();
    assert_eq!(std::fs::metadata(saved.path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn fault_12_a_folder_for_downloads_that_takes_no_file_is_the_one_that_is_named() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("Downloads");
    std::fs::write(&folder, "a file in its place").unwrap();
    let refused = export(answer(true).await, &folder, file()).await;
    assert!(matches!(&refused, Err(Error::Downloads { folder: named, .. }) if *named == folder), "{refused:?}");
}
