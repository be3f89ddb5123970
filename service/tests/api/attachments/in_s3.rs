//! Attachments in S3: a real server of it, on this machine.

use std::io::Write as _;
use std::path::Path;

use axum::body::Body;
use http::{Method, Request};
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use tenantry_model::id::AttachmentId;
use tenantry_service::attachments::Objects;
use tokio::net::TcpListener;
use tower::ServiceExt as _;
use uuid::Uuid;

use super::{Desk, picture};
use crate::support::TestApp;

/// Serves a folder as S3 does, with one bucket; answers where.
async fn s3(folder: &Path) -> String {
    std::fs::create_dir_all(folder.join("rooms")).unwrap();
    let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder).unwrap());
    service.set_auth(SimpleAuth::from_single("key", "secret"));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let server = hyper::server::conn::http1::Builder::new();
                let _ = server.serve_connection(hyper_util::rt::TokioIo::new(stream), service).await;
            });
        }
    });
    format!("http://{address}")
}

fn objects(endpoint: &str, secret: &str) -> Objects {
    let builder = AmazonS3Builder::new().with_endpoint(endpoint).with_region("eu-central-1");
    Objects::in_bucket("rooms/of/desks", builder.with_access_key_id("key").with_secret_access_key(secret)).unwrap()
}

#[tokio::test]
async fn r82_attachments_are_kept_in_s3_short_and_long_and_read_back_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = s3(folder.path()).await;
    let desk = Desk::over(TestApp::keeping_in(objects(&endpoint, "secret")).await).await;
    // The second is longer than one part of an upload to S3.
    for len in [1_000, 9 * 1024 * 1024] {
        let content = picture(len);
        let added = desk.adds(desk.ada, "a.png", &content).await;
        assert!(desk.content(desk.eve, &added).await.body == content, "{len}");
        let range = [("range", format!("bytes={}-", len - 10))];
        let range: Vec<(&str, &str)> = range.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let part = desk.app.ask(Method::GET, &desk.path(added.id, "/content"), Some(&desk.app.token(desk.eve)), &range, None).await;
        assert_eq!(part.body, content[len - 10..]);
        assert!(folder.path().join("rooms/of/desks").join(added.id.to_string()).is_file(), "under its id, below the prefix");
        assert!(!desk.app.folder().join("uploads").join(format!("{}.part", added.id)).exists());
    }
}

#[tokio::test]
async fn r82_where_s3_refuses_nothing_is_ready_and_what_arrived_stays() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = s3(folder.path()).await;
    let refused = objects(&endpoint, "wrong");
    // In one piece, and in parts.
    for len in [1_000, 9 * 1024 * 1024] {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&picture(len)).unwrap();
        let (file, path) = file.into_parts();
        let why = refused.put(AttachmentId::from_uuid(Uuid::from_u128(1)), file, &path).await.unwrap_err().to_string();
        assert!(why.contains("could not keep one") && why.contains("SignatureDoesNotMatch"), "the log is told why: {why}");
    }
    let desk = Desk::over(TestApp::keeping_in(refused).await).await;
    let content = picture(1_000);
    let begun = desk.begins(desk.ada, "a.png", &content).await;
    assert_eq!(desk.sends(desk.ada, &begun, 0, &content).await.problem(), "internal");
    assert_eq!(desk.offset(desk.ada, &begun).await, 1_000);
    assert_eq!(desk.incident(desk.eve).await.attachments, [begun]);
}

#[tokio::test]
async fn r82_what_a_sender_left_to_be_kept_has_their_places_until_it_is_kept() {
    // It takes connections and says nothing.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let desk = Desk::over(TestApp::keeping_in(objects(&endpoint, "secret")).await).await;
    let (content, token) = (picture(100), desk.app.token(desk.ada));
    let mut held = vec![];
    for _ in 0..6 {
        let begun = desk.begins(desk.ada, "a.png", &content).await;
        let request = Request::builder().method(Method::PATCH).uri(desk.path(begun.id, "/upload"));
        let request = request.header("authorization", format!("Bearer {token}")).header("content-type", "application/octet-stream");
        let request = request.header("upload-offset", "0").body(Body::from(content.clone())).unwrap();
        let sent = tokio::spawn(desk.app.router.clone().oneshot(request));
        held.push(listener.accept().await.unwrap());
        sent.abort();
        assert!(sent.await.unwrap_err().is_cancelled());
    }
    let seventh = desk.begins(desk.ada, "a.png", &content).await;
    assert_eq!(desk.sends(desk.ada, &seventh, 0, &content).await.problem(), "too-many-requests");
}

#[test]
fn r82_attachments_do_not_travel_in_the_clear() {
    let open = |endpoint: &str, of_s3: Option<&str>| {
        let builder = AmazonS3Builder::new().with_endpoint(endpoint).with_region("x");
        let builder = of_s3.into_iter().fold(builder, |builder, of_s3| builder.with_config(AmazonS3ConfigKey::S3Endpoint, of_s3));
        Objects::in_bucket("rooms", builder)
    };
    assert!(open("https://s3.example", None).is_ok() && open("http://127.0.0.1:9000", None).is_ok());
    let refused = open("http://s3.example", None).unwrap_err().to_string();
    assert!(refused.contains("must begin with https://"), "{refused}");
    // Of two, the one that is used counts.
    let refused = open("https://s3.example", Some("http://s3.example")).unwrap_err().to_string();
    assert!(refused.contains("must begin with https://"), "{refused}");
    assert!(open("http://s3.example", Some("https://s3.example")).is_ok());
    let nameless = Objects::open("s3://").unwrap_err().to_string();
    assert!(nameless.contains("names no bucket"), "{nameless}");
}
