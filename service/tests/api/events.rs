//! Nudges: when they come, when they do not, and when the stream ends.

use std::time::{Duration, Instant};

use axum::body::{Body, BodyDataStream};
use futures_util::StreamExt;
use http::{Request, StatusCode};
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::tenancy::UserKey;
use tenantry_model::time::Clock;
use tower::ServiceExt;

use crate::support::{NewIncident, TestApp, number};

/// How long something that must come may take.
const SOON: Duration = Duration::from_secs(5);
/// How long to wait for what must not come.
const QUIET: Duration = Duration::from_millis(300);

pub(crate) struct Stream(BodyDataStream);

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    Changed,
    Replaced,
    End,
    Nothing,
}

impl Stream {
    pub(crate) async fn open(app: &TestApp, user: UserKey) -> Self {
        let request = Request::get("/v1/events").header("authorization", format!("Bearer {}", app.token(user)));
        let response = app.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut stream = Self(response.into_body().into_data_stream());
        assert_eq!(stream.heard(SOON).await, Heard::Changed, "a first nudge comes at once");
        stream
    }

    pub(crate) async fn heard(&mut self, within: Duration) -> Heard {
        match tokio::time::timeout(within, self.0.next()).await {
            Err(_) => Heard::Nothing,
            Ok(None) => Heard::End,
            Ok(Some(chunk)) => {
                let text = String::from_utf8(chunk.unwrap().to_vec()).unwrap();
                match text.as_str() {
                    "event: changed\ndata: {}\n\n" => Heard::Changed,
                    "event: replaced\ndata: {}\n\n" => Heard::Replaced,
                    text => panic!("an event tells nothing of a customer: {text}"),
                }
            }
        }
    }
}

struct World {
    app: TestApp,
    partner: TenantId,
    a: TenantId,
    b: TenantId,
    rooms: Vec<RoomId>,
    user: UserKey,
}

async fn world() -> World {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let a = estate.tenant(2, "Alpha", "ALPHAA", false, true).await;
    let b = estate.tenant(3, "Beta", "BETABB", false, true).await;
    let rooms = vec![estate.room(a, 21, "Isar").await, estate.room(b, 31, "Spree").await];
    for (customer, room) in [(a, 0), (b, 1)] {
        estate.delegate(partner, customer, &rooms[room..=room], BuiltInRole::PrimaryAdmins.permissions()).await;
    }
    let user = estate.user(partner, 10, "Tech").await;
    estate.assign(41, a, Some(partner), user, PermissionSet::of(&[Permission::TicketsView]), &[], &[]).await;
    World { app, partner, a, b, rooms, user }
}

#[tokio::test]
async fn a_change_at_a_customer_that_is_seen_nudges_and_many_are_one() {
    let World { app, a, b, rooms, user, .. } = world().await;
    let estate = app.estate();
    let mut stream = Stream::open(&app, user).await;
    estate.incident(NewIncident::new(number("BETABB", 1), b, &rooms[1..], app.clock.now())).await;
    assert_eq!(stream.heard(QUIET).await, Heard::Nothing, "another customer's change is nobody's business");
    estate.incident(NewIncident::new(number("ALPHAA", 1), a, &rooms[..1], app.clock.now())).await;
    assert_eq!(stream.heard(SOON).await, Heard::Changed);
    let write = async {
        for n in 2..30 {
            estate.incident(NewIncident::new(number("ALPHAA", n), a, &rooms[..1], app.clock.now())).await;
        }
    };
    let listen = async {
        let mut at = Vec::new();
        while stream.heard(QUIET).await == Heard::Changed {
            at.push(Instant::now());
        }
        at
    };
    let ((), at) = tokio::join!(write, listen);
    assert!((1..28).contains(&at.len()), "{} nudges for 28 changes", at.len());
    let apart: Vec<Duration> = at.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(apart.iter().all(|apart| *apart >= Duration::from_millis(80)), "{apart:?}");
}

#[tokio::test]
async fn r62_the_stream_ends_at_once_when_the_callers_rights_change() {
    let World { app, partner, a, b, user, .. } = world().await;
    let estate = app.estate();
    let colleague = estate.user(partner, 11, "Colleague").await;
    let mut stream = Stream::open(&app, user).await;
    estate.assign(42, b, Some(partner), colleague, PermissionSet::ALL, &[], &[]).await;
    assert_eq!(stream.heard(QUIET).await, Heard::Nothing, "a colleague's rights");
    estate.unassign(41, a, user).await;
    assert_eq!(stream.heard(Duration::from_secs(1)).await, Heard::End);
    let mut stream = Stream::open(&app, user).await;
    estate.end_relationship(partner, b).await;
    assert_eq!(stream.heard(Duration::from_secs(1)).await, Heard::End, "a change for the whole tenant");
}

#[tokio::test]
async fn r62_fault_05_what_another_process_commits_reaches_an_open_stream_within_two_seconds() {
    let World { app, a, b, rooms, user, .. } = world().await;
    let other = app.beside().await;
    let estate = other.estate();
    let mut stream = Stream::open(&app, user).await;
    estate.incident(NewIncident::new(number("BETABB", 1), b, &rooms[1..], app.clock.now())).await;
    assert_eq!(stream.heard(QUIET * 2).await, Heard::Nothing, "another customer's change is nobody's business");
    estate.incident(NewIncident::new(number("ALPHAA", 1), a, &rooms[..1], app.clock.now())).await;
    assert_eq!(stream.heard(Duration::from_secs(2)).await, Heard::Changed);
    estate.unassign(41, a, user).await;
    assert_eq!(stream.heard(Duration::from_secs(2)).await, Heard::End);
}

#[tokio::test]
async fn the_stream_ends_when_the_service_stops_and_when_the_token_does() {
    let World { app, user, .. } = world().await;
    let mut stream = Stream::open(&app, user).await;
    app.state.shutdown().cancel();
    assert_eq!(stream.heard(Duration::from_secs(1)).await, Heard::End);

    let World { app, user, .. } = world().await;
    let mut claims = crate::support::claims_of(&app.provider, user, app.clock.now());
    claims["exp"] = (claims["iat"].as_i64().unwrap() + 1).into();
    let token = crate::support::TestKey::first().sign(&claims);
    let request = Request::get("/v1/events").header("authorization", format!("Bearer {token}")).body(Body::empty()).unwrap();
    let response = app.router.clone().oneshot(request).await.unwrap();
    let mut stream = Stream(response.into_body().into_data_stream());
    assert_eq!(stream.heard(SOON).await, Heard::Changed);
    assert_eq!(stream.heard(SOON).await, Heard::End);
}

#[tokio::test]
async fn fault_11_one_stream_too_many_ends_the_oldest_which_says_so_and_no_proxy_keeps_nudges_to_itself() {
    let World { app, user, .. } = world().await;
    let request = || Request::get("/v1/events").header("authorization", format!("Bearer {}", app.token(user)));
    let answer = app.router.clone().oneshot(request().body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.headers()["x-accel-buffering"], "no");
    drop(answer);
    let mut streams = vec![];
    for _ in 0..8 {
        streams.push(Stream::open(&app, user).await);
    }
    assert_eq!(streams[0].heard(QUIET).await, Heard::Nothing);
    streams.push(Stream::open(&app, user).await);
    assert_eq!(streams[0].heard(SOON).await, Heard::Replaced);
    assert_eq!(streams[0].heard(SOON).await, Heard::End);
    for stream in &mut streams[1..] {
        assert_eq!(stream.heard(QUIET).await, Heard::Nothing);
    }
    // What was closed counts no more.
    drop(streams.split_off(4));
    streams.extend([Stream::open(&app, user).await, Stream::open(&app, user).await]);
    assert_eq!(streams[1].heard(QUIET).await, Heard::Nothing);
}
