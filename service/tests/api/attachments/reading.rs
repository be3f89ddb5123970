//! A file that is read back.

use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use http::{Method, StatusCode};
use tenantry_model::id::AttachmentId;
use tenantry_model::permission::{Permission, PermissionSet};

use super::{Desk, picture, sha256};
use crate::support::id;

#[tokio::test]
async fn r82_content_comes_as_mere_bytes_that_no_browser_runs() {
    let desk = Desk::start().await;
    let page = "<!doctype html><script>alert(1)</script>".repeat(100);
    let added = desk.adds(desk.ada, "Tür \"3\".log", page.as_bytes()).await;
    let answer = desk.content(desk.eve, &added).await;
    assert_eq!((answer.status, answer.body.as_slice()), (StatusCode::OK, page.as_bytes()));
    for (name, value) in [
        ("content-type", "application/octet-stream"),
        ("content-disposition", "attachment; filename=\"T_r _3_.log\"; filename*=UTF-8''T%C3%BCr%20%223%22.log"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("content-length", "4000"),
        ("accept-ranges", "bytes"),
        ("etag", format!("\"{}\"", sha256(page.as_bytes())).as_str()),
    ] {
        assert_eq!(answer.headers.get(name).map(|value| value.to_str().unwrap()), Some(value), "{name}");
    }
    let packed = [(ACCEPT_ENCODING.as_str(), "gzip, zstd")];
    let answer = desk.app.ask(Method::GET, &desk.path(added.id, "/content"), Some(&desk.app.token(desk.eve)), &packed, None).await;
    assert!(!answer.headers.contains_key(CONTENT_ENCODING), "a part of it must be a part of the file");
}

#[tokio::test]
async fn r82_a_part_of_it_is_read_where_one_is_asked_for() {
    let desk = Desk::start().await;
    let content = picture(100_000);
    let added = desk.adds(desk.ada, "a.png", &content).await;
    let read = async |headers: &[(&str, &str)]| {
        desk.app.ask(Method::GET, &desk.path(added.id, "/content"), Some(&desk.app.token(desk.eve)), headers, None).await
    };
    for (range, part, told) in [
        ("bytes=0-0", 0..1, "bytes 0-0/100000"),
        ("bytes=70000-", 70_000..100_000, "bytes 70000-99999/100000"),
        ("bytes=-10", 99_990..100_000, "bytes 99990-99999/100000"),
    ] {
        let answer = read(&[("range", range)]).await;
        assert_eq!((answer.status, answer.body.as_slice()), (StatusCode::PARTIAL_CONTENT, &content[part.clone()]), "{range}");
        let header = |name| answer.headers[name].to_str().unwrap().to_owned();
        assert_eq!((header("content-range"), header("content-length")), (told.to_owned(), part.len().to_string()));
    }
    assert_eq!(read(&[("range", "bytes=100000-")]).await.problem(), "range-not-satisfiable");
    let whole = read(&[("range", "bytes=5-"), ("if-range", "\"another\"")]).await;
    assert_eq!((whole.status, whole.body.len()), (StatusCode::OK, content.len()));
}

#[tokio::test]
async fn r82_a23_what_may_not_be_seen_does_not_exist() {
    let desk = Desk::start().await;
    let added = desk.adds(desk.ada, "a.png", &picture(100)).await;
    // Eve sees incidents of one room only now, which is not this one's.
    let estate = desk.app.estate();
    let blind = estate.user(desk.eve.tenant_id, 103, "Blind").await;
    let views = PermissionSet::of(&[Permission::TicketsView]);
    estate.assign(203, desk.customer, Some(desk.eve.tenant_id), blind, views, &[desk.other_room], &[]).await;
    let elsewhere = estate.tenant(5, "Elsewhere", "ELSEWH", false, true).await;
    let stranger = estate.user(elsewhere, 120, "Stranger").await;
    let content = async |who, path: &str| desk.app.get(path, who).await;
    let path = desk.path(added.id, "/content");
    let hidden = content(desk.eve, &desk.path(AttachmentId::from_uuid(id(4_711)), "/content")).await.without_request_id();
    assert_eq!(hidden.0, StatusCode::NOT_FOUND);
    for (who, path) in [
        (blind, path.clone()),
        (stranger, path.clone()),
        (desk.eve, path.replace(&desk.customer.to_string(), &elsewhere.to_string())),
        (desk.eve, path.replace(&desk.number.to_string(), "CUSTOM-999999")),
        (desk.eve, desk.path("nonsense", "/content")),
        (desk.eve, desk.path("../../attachments", "/content")),
    ] {
        assert_eq!(content(who, &path).await.without_request_id(), hidden, "{path}");
    }
    assert_eq!(content(desk.eve, &path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn r82_a_file_that_the_store_has_lost_is_an_error_and_not_an_empty_file() {
    let desk = Desk::start().await;
    let added = desk.adds(desk.ada, "a.png", &picture(100)).await;
    std::fs::remove_file(desk.app.folder().join("attachments").join(added.id.to_string())).unwrap();
    assert_eq!(desk.content(desk.eve, &added).await.problem(), "internal");
}
