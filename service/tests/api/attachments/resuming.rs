//! Cuts, slow senders and long uploads, over real connections where it matters.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use http::{Method, Request, StatusCode};
use tenantry_model::api::attachments::Upload;
use tenantry_model::attachment::FileType;
use tenantry_service::config::Limits;
use tenantry_service::serve::serve;
use tenantry_service::store::attachments;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tower::ServiceExt as _;

use super::{Desk, picture};
use crate::support::TestApp;

/// For what must happen sooner or later.
const PATIENCE: Duration = Duration::from_secs(60);

/// A body that brings what is sent to it.
fn body_of(mut parts: mpsc::Receiver<Bytes>) -> Body {
    Body::from_stream(stream::poll_fn(move |cx| parts.poll_recv(cx).map(|part| part.map(Ok::<_, std::io::Error>))))
}

#[tokio::test]
async fn r82_what_arrived_before_a_cut_stays_and_the_rest_makes_the_same_file() {
    let desk = Desk::start().await;
    let content = picture(500_000);
    let begun = desk.begins(desk.ada, "a.png", &content).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(listener, desk.app.router.clone(), desk.app.state.clone()));
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "PATCH {} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/octet-stream\r\nUpload-Offset: 0\r\nContent-Length: 500000\r\n\r\n",
        desk.path(begun.id, "/upload"),
        desk.app.token(desk.ada)
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&content[..123_456]).await.unwrap();
    stream.flush().await.unwrap();
    drop(stream);
    let arrived = async { while desk.offset(desk.ada, &begun).await < 123_456 {} };
    timeout(PATIENCE, arrived).await.expect("what was sent arrives");
    assert_eq!(desk.offset(desk.ada, &begun).await, 123_456);
    let rest = async {
        loop {
            // Until the service has noticed the cut, the file is the other request's.
            let answer = desk.sends(desk.ada, &begun, 123_456, &content[123_456..]).await;
            if answer.status != StatusCode::SERVICE_UNAVAILABLE {
                return answer;
            }
        }
    };
    let upload: Upload = timeout(PATIENCE, rest).await.expect("it goes on").json();
    assert_eq!(desk.content(desk.eve, &upload.attachment).await.body, content);
    desk.app.state.shutdown().cancel();
}

#[tokio::test]
async fn r82_one_request_at_a_time_adds_to_a_file() {
    let desk = Desk::start().await;
    let content = picture(100);
    let begun = desk.begins(desk.ada, "a.png", &content).await;
    let (send, parts) = mpsc::channel(4);
    send.send(Bytes::copy_from_slice(&content[..10])).await.unwrap();
    let (path, token) = (desk.path(begun.id, "/upload"), desk.app.token(desk.ada));
    let (app, first) = (desk.app.router.clone(), request(&path, &token, body_of(parts)));
    let first = tokio::spawn(async move { app.oneshot(first).await.unwrap().status() });
    let begun_to_arrive = async { while desk.offset(desk.ada, &begun).await < 10 {} };
    timeout(PATIENCE, begun_to_arrive).await.expect("the first part arrives");
    assert_eq!(desk.sends(desk.ada, &begun, 10, &content[10..]).await.problem(), "unavailable");
    send.send(Bytes::copy_from_slice(&content[10..])).await.unwrap();
    drop(send);
    assert_eq!(first.await.unwrap(), StatusCode::OK);
    assert_eq!(desk.content(desk.eve, &begun).await.body, content);
}

fn request(path: &str, token: &str, body: Body) -> Request<Body> {
    let request = Request::builder().method(Method::PATCH).uri(path).header("authorization", format!("Bearer {token}"));
    request.header("content-type", "application/octet-stream").header("upload-offset", "0").body(body).unwrap()
}

#[tokio::test]
async fn r82_an_upload_may_take_longer_than_any_other_request_and_holds_no_connection_of_the_database() {
    let limits = Limits { requests_per_s: None, timeout: Duration::from_millis(300), ..Limits::default() };
    let desk = Desk::over(TestApp::with_limits(limits).await).await;
    let content = picture(100);
    let (path, token) = (format!("{}/attachments", desk.incident_path()), desk.app.token(desk.ada));
    let mut uploads = vec![];
    for _ in 0..6 {
        let begun = desk.begins(desk.ada, "a.png", &content).await;
        let (send, parts) = mpsc::channel(4);
        send.send(Bytes::copy_from_slice(&content[..10])).await.unwrap();
        let (app, upload) = (desk.app.router.clone(), request(&desk.path(begun.id, "/upload"), &token, body_of(parts)));
        uploads.push((send, tokio::spawn(async move { app.oneshot(upload).await.unwrap().status() })));
        let begun_to_arrive = async { while desk.offset(desk.ada, &begun).await < 10 {} };
        timeout(PATIENCE, begun_to_arrive).await.expect("the first part arrives");
    }
    // One more is too many for one person; nobody else is in the way of that.
    let seventh = desk.begins(desk.ada, "a.png", &content).await;
    assert_eq!(desk.sends(desk.ada, &seventh, 0, &content).await.problem(), "too-many-requests");
    desk.adds(desk.ben, "b.png", &content).await;
    // An ordinary request with a body that never comes is given up meanwhile, and so the uploads have lasted longer than that.
    let (_never, parts) = mpsc::channel(1);
    let slow = Request::builder().method(Method::POST).uri(&path).header("authorization", format!("Bearer {token}"));
    let slow = slow.header("content-type", "application/json").body(body_of(parts)).unwrap();
    assert_eq!(desk.app.router.clone().oneshot(slow).await.unwrap().status(), StatusCode::GATEWAY_TIMEOUT);
    for (send, upload) in uploads {
        send.send(Bytes::copy_from_slice(&content[10..])).await.unwrap();
        drop(send);
        assert_eq!(upload.await.unwrap(), StatusCode::OK);
    }
}

#[tokio::test]
async fn r82_a_sender_who_brings_nothing_is_given_up_and_what_they_brought_stays() {
    let limits = Limits { requests_per_s: None, body_timeout: Duration::from_millis(300), ..Limits::default() };
    let desk = Desk::over(TestApp::with_limits(limits).await).await;
    let content = picture(100);
    let begun = desk.begins(desk.ada, "a.png", &content).await;
    let (send, parts) = mpsc::channel(4);
    send.send(Bytes::copy_from_slice(&content[..10])).await.unwrap();
    let slow = request(&desk.path(begun.id, "/upload"), &desk.app.token(desk.ada), body_of(parts));
    assert_eq!(desk.app.router.clone().oneshot(slow).await.unwrap().status(), StatusCode::REQUEST_TIMEOUT);
    drop(send);
    assert_eq!(desk.offset(desk.ada, &begun).await, 10);
    let upload: Upload = desk.sends(desk.ada, &begun, 10, &content[10..]).await.json();
    assert_eq!(upload.offset, 100);
}

#[tokio::test]
async fn r82_what_is_ready_stays_where_a_late_request_for_it_is_refused() {
    let desk = Desk::start().await;
    let content = picture(100);
    for (sender, role, ready) in [(desk.ada, 200, true), (desk.ben, 201, false)] {
        let begun = desk.begins(sender, "a.png", &content).await;
        let (send, parts) = mpsc::channel(4);
        send.send(Bytes::copy_from_slice(&content[..99])).await.unwrap();
        let request = request(&desk.path(begun.id, "/upload"), &desk.app.token(sender), body_of(parts));
        let late = tokio::spawn(desk.app.router.clone().oneshot(request));
        let begun_to_arrive = async { while desk.offset(sender, &begun).await < 99 {} };
        timeout(PATIENCE, begun_to_arrive).await.expect("the first part arrives");
        // Meanwhile another request has ended the upload, and the sender's right has gone.
        let mut tx = desk.app.store.write().await.unwrap();
        if ready {
            attachments::set_ready(tx.conn(), begun.id, FileType::Png).await.unwrap();
        }
        tx.commit().await.unwrap();
        desk.app.estate().unassign(role, desk.customer, sender).await;
        send.send(Bytes::copy_from_slice(&content[99..])).await.unwrap();
        drop(send);
        assert_eq!(late.await.unwrap().unwrap().status(), StatusCode::NOT_FOUND);
        assert_eq!(
            desk.app.folder().join("attachments").join(begun.id.to_string()).exists(),
            ready,
            "content with a row, and none without"
        );
    }
}

#[tokio::test]
async fn fault_14_the_bodies_of_other_requests_stay_as_short_as_they_were() {
    let desk = Desk::start().await;
    let long = serde_json::json!({ "text": "x".repeat(70_000) });
    let path = format!("{}/messages", desk.incident_path());
    let answer = desk.app.ask(Method::POST, &path, Some(&desk.app.token(desk.ada)), &[], Some(&long)).await;
    assert_eq!(answer.problem(), "payload-too-large");
    let path = format!("{}/attachments", desk.incident_path());
    let answer = desk.app.ask(Method::POST, &path, Some(&desk.app.token(desk.ada)), &[], Some(&long)).await;
    assert_eq!(answer.problem(), "payload-too-large");
}
