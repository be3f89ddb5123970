//! Filters that a user has saved: theirs alone, the same on each of their desks.

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use tenantry_model::api::saved_views::{SavedView, SavedViews};
use tenantry_model::permission::{BuiltInRole, Permission, PermissionSet};
use tenantry_model::sync::{SAVED_VIEWS, SyncLine, TAKES};
use tenantry_model::tenancy::UserKey;

use crate::events::{Heard, Stream};
use crate::support::{Answer, TestApp, id};

const SOON: Duration = Duration::from_secs(5);
const QUIET: Duration = Duration::from_millis(300);

struct World {
    app: TestApp,
    /// Sees the one room of A, until the assignment 41 is taken from her.
    tech: UserKey,
    colleague: UserKey,
    a: tenantry_model::id::TenantId,
}

async fn world() -> World {
    let app = TestApp::start().await;
    let estate = app.estate();
    let partner = estate.tenant(1, "Partner", "PARTNR", true, false).await;
    let a = estate.tenant(2, "Alpha", "ALPHAA", false, true).await;
    let room = estate.room(a, 21, "Isar").await;
    estate.delegate(partner, a, &[room], BuiltInRole::PrimaryAdmins.permissions()).await;
    let [tech, colleague] = [estate.user(partner, 10, "Tech").await, estate.user(partner, 11, "Colleague").await];
    for (n, user) in [(41, tech), (42, colleague)] {
        estate.assign(n, a, Some(partner), user, PermissionSet::of(&[Permission::TicketsView]), &[room], &[]).await;
    }
    World { app, tech, colleague, a }
}

fn path(n: u128) -> String {
    format!("/v1/me/views/{}", id(n))
}

fn body(name: &str, filter: &str) -> Value {
    json!({ "name": name, "page": "incidents", "filter": filter })
}

fn of_rooms(name: &str, filter: &str) -> Value {
    json!({ "name": name, "page": "rooms", "filter": filter })
}

impl World {
    async fn send(&self, method: Method, user: UserKey, n: u128, version: Option<u64>, body: Option<&Value>) -> Answer {
        let version = version.map(|version| format!("\"{version}\""));
        let headers: Vec<(&str, &str)> = version.iter().map(|version| ("if-match", version.as_str())).collect();
        self.app.ask(method, &path(n), Some(&self.app.token(user)), &headers, body).await
    }

    async fn put(&self, user: UserKey, n: u128, version: Option<u64>, body: Value) -> Answer {
        self.send(Method::PUT, user, n, version, Some(&body)).await
    }

    async fn views(&self, user: UserKey) -> Vec<SavedView> {
        let answer = self.app.ask(Method::GET, "/v1/me/views", Some(&self.app.token(user)), &[], None).await;
        answer.json::<SavedViews>().views
    }

    async fn names(&self, user: UserKey) -> Vec<String> {
        self.views(user).await.into_iter().map(|view| view.name).collect()
    }

    /// The lists that a desk is sent, and the cursor behind them.
    async fn sync(&self, user: UserKey, cursor: Option<&str>, takes: &str) -> (Vec<Vec<String>>, String) {
        let path = cursor.map_or_else(|| "/v1/sync".to_owned(), |cursor| format!("/v1/sync?cursor={cursor}"));
        let lines = self.app.ask(Method::GET, &path, Some(&self.app.token(user)), &[(TAKES, takes)], None).await.lines();
        let lists = lines.iter().filter_map(|line| match line {
            SyncLine::SavedViews(list) => Some(list.views.iter().map(|view| view.name.clone()).collect()),
            _ => None,
        });
        let lists = lists.collect();
        match lines.last() {
            Some(SyncLine::Checkpoint(checkpoint)) => (lists, checkpoint.cursor.clone()),
            other => panic!("{other:?}"),
        }
    }
}

fn field(answer: &Answer) -> (u16, String, String) {
    let problem: Value = serde_json::from_slice(&answer.body).unwrap();
    let error = &problem["errors"][0];
    (answer.status.as_u16(), error["pointer"].as_str().unwrap().to_owned(), error["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_view_is_saved_renamed_changed_moved_and_deleted_by_the_version_that_was_read() {
    let world = world().await;
    let tech = world.tech;
    let answer = world.put(tech, 1, None, body(" Unread  ", "is:unread")).await;
    assert_eq!((answer.status, answer.headers["etag"].to_str().unwrap()), (StatusCode::CREATED, "\"1\""));
    let again = world.put(tech, 1, None, body("Unread", "is:unread")).await;
    assert_eq!((again.status, again.json::<SavedView>().version), (StatusCode::OK, 1), "sent again, because the answer was lost");
    assert_eq!(world.put(tech, 1, None, body("Other", "is:unread")).await.status, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(world.put(tech, 1, Some(9), body("Other", "is:unread")).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(world.put(tech, 2, Some(1), body("Other", "is:unread")).await.status, StatusCode::NOT_FOUND);
    let renamed: SavedView = world.put(tech, 1, Some(1), body("Ungelesen", "is:unread sev:critical")).await.json();
    assert_eq!((renamed.name.as_str(), renamed.filter.as_str(), renamed.version), ("Ungelesen", "is:unread sev:critical", 2));
    let again = world.put(tech, 1, Some(1), body("Ungelesen", "is:unread sev:critical")).await;
    assert_eq!((again.status, again.json::<SavedView>().version), (StatusCode::OK, 2), "a change that was sent again, too");
    assert_eq!(world.put(tech, 1, Some(1), body("Other", "is:unread sev:critical")).await.status, StatusCode::PRECONDITION_FAILED);
    for (n, name) in [(2, "B"), (3, "C")] {
        assert_eq!(world.put(tech, n, None, body(name, "")).await.status, StatusCode::CREATED);
    }
    let moved = json!({ "name": "C", "page": "incidents", "filter": "", "position": 0 });
    let view: SavedView = world.put(tech, 3, Some(1), moved).await.json();
    assert_eq!(view.version, 1, "its place is none of its own");
    assert_eq!(world.names(tech).await, ["C", "Ungelesen", "B"]);
    world.put(tech, 3, Some(1), json!({ "name": "C", "page": "incidents", "filter": "", "position": 4_000_000_000_u32 })).await;
    assert_eq!(world.names(tech).await, ["Ungelesen", "B", "C"], "beyond the last is the last");
    assert_eq!(world.send(Method::DELETE, tech, 2, None, None).await.status, StatusCode::PRECONDITION_REQUIRED);
    assert_eq!(world.send(Method::DELETE, tech, 2, Some(2), None).await.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(world.send(Method::DELETE, tech, 2, Some(1), None).await.status, StatusCode::NO_CONTENT);
    assert_eq!(world.send(Method::DELETE, tech, 2, Some(1), None).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.names(tech).await, ["Ungelesen", "C"]);
}

#[tokio::test]
async fn what_is_no_name_no_filter_or_one_too_many_is_refused_at_its_field() {
    let world = world().await;
    let tech = world.tech;
    for (n, name) in [(1, "Unread"), (2, "Free")] {
        world.put(tech, n, None, body(name, "is:unread")).await;
    }
    let long = "x".repeat(81);
    for (sent, wrong) in [
        (body("", "is:unread"), (400, "#/name", "name-invalid")),
        (body(&long, "is:unread"), (400, "#/name", "name-invalid")),
        (body("UNREAD", "is:unread"), (409, "#/name", "name-taken")),
        (body("n", "stat:x"), (400, "#/filter", "filter-invalid")),
        (body("n", &"x".repeat(501)), (400, "#/filter", "filter-invalid")),
        (body("n", "health:unhealthy"), (400, "#/filter", "filter-invalid")),
        (of_rooms("n", "sev:critical"), (400, "#/filter", "filter-invalid")),
        (of_rooms("n", "by:anna"), (400, "#/filter", "filter-invalid")),
        (body("n", "by:anna is:free"), (400, "#/filter", "filter-invalid")),
        (of_rooms("unread", "health:unhealthy"), (409, "#/name", "name-taken")),
    ] {
        let answer = world.put(tech, 3, None, sent.clone()).await;
        assert_eq!(field(&answer), (wrong.0, wrong.1.to_owned(), wrong.2.to_owned()), "{sent}");
    }
    assert_eq!(field(&world.put(tech, 2, Some(1), body("unread", "")).await).2, "name-taken", "also where one is renamed");
    let answer = world.put(tech, 3, None, body("n", "sev:critical is:x")).await;
    let text = String::from_utf8(answer.body).unwrap();
    assert!(text.contains("at 17") && text.contains("unread"), "the place and what would be right: {text}");
    assert_eq!(world.put(tech, 3, None, json!({ "name": "n", "page": "people", "filter": "" })).await.status, StatusCode::BAD_REQUEST);
    for n in 3..=50 {
        assert_eq!(world.put(tech, n, None, body(&format!("View {n}"), "")).await.status, StatusCode::CREATED, "{n}");
    }
    assert_eq!(field(&world.put(tech, 51, None, body("n", "")).await), (409, "#".into(), "views-too-many".into()));
    assert_eq!(world.put(world.colleague, 51, None, body("n", "")).await.status, StatusCode::CREATED, "another user's do not count");
    assert_eq!(world.put(tech, 50, Some(1), body("View 50", "by:me,anna,=\"Bert Technik\"")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nobody_else_can_tell_that_a_view_is_there() {
    let world = world().await;
    let (tech, colleague) = (world.tech, world.colleague);
    world.put(tech, 1, None, body("Mine", "cust:=Alpha is:unread")).await;
    for method in [Method::PUT, Method::DELETE] {
        let sent = (method == Method::PUT).then(|| body("n", ""));
        let [theirs, nobodys] = [1, 7].map(|n| world.send(method.clone(), colleague, n, Some(1), sent.as_ref()));
        assert_eq!(theirs.await.without_request_id(), nobodys.await.without_request_id(), "{method}");
    }
    let saved = world.put(colleague, 1, None, body("Mine", "is:free")).await;
    assert_eq!(saved.status, StatusCode::CREATED, "the id and the name are free to everybody");
    assert_eq!(world.views(tech).await[0].filter, "cust:=Alpha is:unread");
    assert_eq!(world.views(colleague).await[0].filter, "is:free");
}

#[tokio::test]
async fn a_change_wakes_their_own_desks_and_reaches_those_that_take_it_once() {
    let world = world().await;
    let (tech, colleague) = (world.tech, world.colleague);
    let [mut own, mut theirs] = [Stream::open(&world.app, tech).await, Stream::open(&world.app, colleague).await];
    let (lists, mut cursor) = world.sync(tech, None, SAVED_VIEWS).await;
    assert_eq!(lists, [Vec::<String>::new()], "a first answer says that there is none");
    let (_, of_colleague) = world.sync(colleague, None, SAVED_VIEWS).await;
    world.put(tech, 1, None, body("A", "is:unread")).await;
    assert_eq!(own.heard(SOON).await, Heard::Changed);
    assert_eq!(theirs.heard(QUIET).await, Heard::Nothing);
    assert!(world.sync(colleague, Some(&of_colleague), SAVED_VIEWS).await.0.is_empty());
    let mut step = async |takes: &str| {
        let (lists, next) = world.sync(tech, Some(&cursor), takes).await;
        cursor = next;
        lists
    };
    assert_eq!(step(SAVED_VIEWS).await, [["A"]]);
    assert!(step(SAVED_VIEWS).await.is_empty());
    // An earlier version of the app passes some over; the present one catches up.
    world.put(tech, 2, None, body("B", "")).await;
    assert!(step("readMark").await.is_empty());
    assert_eq!(step("readMark, savedViews").await, [["A", "B"]]);
    world.send(Method::DELETE, tech, 1, Some(1), None).await;
    world.send(Method::DELETE, tech, 2, Some(1), None).await;
    assert_eq!(step(SAVED_VIEWS).await, [Vec::<String>::new()], "that none is left is told, too");
}

#[tokio::test]
async fn r62_who_loses_every_right_keeps_their_views_and_they_leave_no_audit_record() {
    let world = world().await;
    let tech = world.tech;
    let admin = world.app.admin_token(UserKey { user_id: tenantry_model::id::PrincipalId::from_uuid(id(99)), ..tech });
    let records = async || world.app.ask(Method::GET, "/v1/audit", Some(&admin), &[], None).await.json::<Value>()["items"].clone();
    let before = records().await;
    world.put(tech, 1, None, body("Mine", "cust:=Alpha")).await;
    world.put(tech, 2, None, body("", "")).await;
    assert_eq!(records().await, before);
    world.app.estate().unassign(41, world.a, tech).await;
    assert_eq!(world.names(tech).await, ["Mine"]);
    assert_eq!(world.sync(tech, None, SAVED_VIEWS).await.0, [["Mine"]]);
    assert_eq!(world.send(Method::DELETE, tech, 1, Some(1), None).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_view_of_rooms_stands_among_those_of_incidents_and_keeps_its_page() {
    let world = world().await;
    let tech = world.tech;
    assert_eq!(world.put(tech, 1, None, body("Unread", "is:unread")).await.status, StatusCode::CREATED);
    assert_eq!(world.put(tech, 2, None, of_rooms("Broken", "health:unhealthy seen>1d cust:alpha")).await.status, StatusCode::CREATED);
    let (lists, cursor) = world.sync(tech, None, SAVED_VIEWS).await;
    assert_eq!(lists, [["Unread", "Broken"]]);
    let mut renamed = of_rooms("Broken for a day", "health:unhealthy seen>1d cust:alpha");
    renamed["position"] = json!(0);
    assert_eq!(world.put(tech, 2, Some(1), renamed).await.status, StatusCode::OK);
    assert_eq!(world.sync(tech, Some(&cursor), SAVED_VIEWS).await.0, [["Broken for a day", "Unread"]]);
    let pages: Vec<&str> = world.views(tech).await.iter().map(|view| view.page.as_str()).collect();
    assert_eq!(pages, ["rooms", "incidents"]);
}
