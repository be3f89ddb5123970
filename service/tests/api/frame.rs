//! What stands around every route: problems, limits, headers, metrics, an orderly end.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::{get, post};
use http::{Method, Request, StatusCode};
use tenantry_service::config::Limits;
use tenantry_service::http::router;
use tower::ServiceExt;

use crate::support::TestApp;

#[tokio::test]
async fn whatever_goes_wrong_is_a_problem_with_a_request_id() {
    let app = TestApp::start().await;
    let slow = async || tokio::time::sleep(Duration::from_secs(60)).await;
    #[expect(unreachable_code, reason = "the type of a handler that never answers")]
    let panics = async || {
        panic!("secret internals");
        ""
    };
    let more = Router::new()
        .route("/panics", get(panics))
        .route("/echo", post(async |axum::Json(body): axum::Json<serde_json::Value>| axum::Json(body)))
        .route("/slow", get(slow));
    let limits = Limits { timeout: Duration::from_millis(50), requests_per_s: None, ..Limits::default() };
    let quick = TestApp::with_limits(limits).await;
    let routes = router(quick.state.clone(), more);

    let json = |body: String| Request::post("/echo").header("content-type", "application/json").body(Body::from(body)).unwrap();
    let cases = [
        (Request::get("/no/such/path").body(Body::empty()).unwrap(), 404, "not-found"),
        (Request::get("/v1").body(Body::empty()).unwrap(), 404, "not-found"),
        (Request::delete("/v1/me").body(Body::empty()).unwrap(), 405, "method-not-allowed"),
        (Request::get("/panics").body(Body::empty()).unwrap(), 500, "internal"),
        (Request::get("/slow").body(Body::empty()).unwrap(), 504, "timeout"),
        (json("{".into()), 400, "bad-request"),
        (json(format!("\"{}\"", "x".repeat(70_000))), 413, "payload-too-large"),
        (Request::post("/echo").body(Body::from("{}")).unwrap(), 415, "unsupported-media-type"),
    ];
    for (request, status, kind) in cases {
        let what = format!("{} {}", request.method(), request.uri());
        let response = routes.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{what}");
        assert_eq!(response.headers()["content-type"], "application/problem+json", "{what}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff", "{what}");
        assert_eq!(response.headers()["cache-control"], "no-store", "{what}");
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(!text.contains("secret"), "{what}: {text}");
        let problem: tenantry_model::problem::Problem = serde_json::from_str(&text).unwrap();
        assert_eq!(problem.kind().unwrap().as_str(), kind, "{what}");
        assert_eq!(problem.request_id.unwrap().to_string(), id, "{what}");
    }
    assert_eq!(app.send(Method::GET, "/healthz", None).await.body, b"ok");
}

#[tokio::test]
async fn an_address_that_asks_too_often_is_told_when_to_come_back() {
    let app = TestApp::with_limits(Limits { requests_per_s: Some(1), burst: 3, ..Limits::default() }).await;
    for _ in 0..3 {
        assert_eq!(app.send(Method::GET, "/.well-known/tenantry", None).await.status, StatusCode::OK);
    }
    let answer = app.send(Method::GET, "/.well-known/tenantry", None).await;
    assert_eq!(answer.problem(), "too-many-requests");
    let seconds: u64 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=3).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn more_at_once_than_the_service_works_on_are_told_to_come_back() {
    let app = TestApp::with_limits(Limits { concurrent: 1, requests_per_s: None, ..Limits::default() }).await;
    let (started, mut starts) = tokio::sync::mpsc::channel(1);
    let (finish, finished) = tokio::sync::watch::channel(false);
    let slow = move || {
        let (started, mut finished) = (started.clone(), finished.clone());
        async move {
            started.send(()).await.unwrap();
            finished.wait_for(|done| *done).await.unwrap();
        }
    };
    let routes = router(app.state.clone(), Router::new().route("/slow", get(slow)));
    let ask = |path: &'static str| routes.clone().oneshot(Request::get(path).body(Body::empty()).unwrap());
    let first = tokio::spawn(ask("/slow"));
    starts.recv().await.unwrap();
    let second = ask("/.well-known/tenantry").await.unwrap();
    assert_eq!(second.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(second.headers()["retry-after"], "1");
    finish.send(true).unwrap();
    assert_eq!(first.await.unwrap().unwrap().status(), StatusCode::OK);
    assert_eq!(ask("/.well-known/tenantry").await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn metrics_name_routes_never_what_stood_in_their_place() {
    let app = TestApp::start().await;
    app.send(Method::GET, "/v1/customers/018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23/rooms", None).await;
    app.send(Method::GET, "/made/up/by/a/caller", None).await;
    let text = String::from_utf8(app.send(Method::GET, "/metrics", None).await.body).unwrap();
    assert!(text.contains("endpoint=\"/v1/customers/{customer}/rooms\""), "{text}");
    assert!(text.contains("endpoint=\"unmatched\""), "{text}");
    assert!(!text.contains("018f4e2a") && !text.contains("made"), "{text}");
}

#[tokio::test]
async fn no_other_origin_is_invited() {
    let app = TestApp::start().await;
    let request = Request::get("/.well-known/tenantry").header("origin", "https://evil.example").body(Body::empty()).unwrap();
    let response = app.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert!(response.headers().keys().all(|name| !name.as_str().starts_with("access-control-")));
    assert!(!response.headers().contains_key("server"));
}

#[tokio::test]
async fn a_service_that_stops_is_not_ready_and_ends_in_time() {
    let app = TestApp::start().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(tenantry_service::serve::serve(listener, app.router.clone(), app.state.clone()));
    let ready = reqwest::get(format!("http://{address}/readyz")).await.unwrap();
    assert_eq!(ready.status(), StatusCode::OK);
    let user = app.estate().tenant(1, "Partner", "PARTNR", true, false).await;
    let user = app.estate().user(user, 10, "Petra").await;
    let client = reqwest::Client::new();
    let mut stream = client.get(format!("http://{address}/v1/events")).bearer_auth(app.token(user)).send().await.unwrap();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "event: changed\ndata: {}\n\n");
    app.state.shutdown().cancel();
    assert_eq!(app.send(Method::GET, "/readyz", None).await.status, StatusCode::SERVICE_UNAVAILABLE);
    tokio::time::timeout(Duration::from_secs(5), serving).await.expect("an open stream holds nothing up").unwrap();
    assert_eq!(stream.chunk().await.unwrap(), None, "the stream ended, it was not torn");
    assert!(reqwest::get(format!("http://{address}/readyz")).await.is_err());
}
