//! Files of incidents, against a service that says what it is told to: what is refused, what is not what it was, where it is saved.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::sha2::{Digest, Sha256};
use serde_json::{Value, json};
use tenantry_client::app::Engine;
use tenantry_model::api::incidents::{CloseIssue, PostMessage};
use tenantry_model::id::AttachmentId;
use tenantry_model::incident::ClosureReason;
use tenantry_model::ipc::{
    AttachmentRef, FormId, IncidentRef, IpcErrorKind, NewUpload, SaveArgs, SendAgainArgs, SyncState, TakeDropped, Transfer, TransferState,
    UploadPart, WaitingFile, Work, WorkItem, WorkOutcome,
};
use uuid::Uuid;

use crate::world::*;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and so on";
const ID: &str = "66666666-6666-4666-8666-666666666666";

fn incident() -> IncidentRef {
    IncidentRef { customer_id: CUSTOMER.parse().unwrap(), number: "AAAAAA-000001".parse().unwrap() }
}

fn form(n: u128) -> FormId {
    FormId(Uuid::from_u128(n))
}

fn at() -> AttachmentRef {
    AttachmentRef { incident: incident(), id: ID.parse::<AttachmentId>().unwrap() }
}

fn path(what: &str) -> String {
    format!("customers/{CUSTOMER}/incidents/AAAAAA-000001/attachments{what}")
}

fn attachment(name: &str, content: &[u8], state: &str) -> Value {
    let sha256: String = Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut value = json!({
        "id": ID, "fileName": name, "size": content.len(), "date": "2026-01-01T00:00:00Z", "state": state, "sha256": sha256, "author": "Ada",
    });
    if state == "ready" {
        value["fileType"] = "png".into();
    }
    value
}

fn upload(name: &str, content: &[u8], state: &str, offset: usize) -> Said {
    Said::ok(json!({ "attachment": attachment(name, content, state), "offset": offset }))
}

/// The incident as the service says it, of this version and with this file.
fn whole(version: u64, attachment: Value) -> Value {
    json!({
        "row": {
            "number": "AAAAAA-000001", "customerId": CUSTOMER, "category": "hardware", "type": "camera_room", "severity": "critical",
            "status": "needs_action", "rooms": [], "redactedRooms": 0, "problem": "Nebelhorn", "createdAt": "2026-01-01T00:00:00Z",
            "lastUpdated": "2026-01-01T00:00:00Z", "activeSince": "2026-01-01T00:00:00Z", "lastResolved": null, "lastClosed": null,
            "messages": 1, "lastMessageAt": null, "version": version,
        },
        "description": "Es tutet", "action": "", "highImpact": false, "highImpactReason": null, "closedBy": null,
        "closureReason": null, "closureComment": null, "messages": [], "attachments": [attachment], "history": [],
    })
}

/// The incident has this file from the next sync on.
async fn has(world: &World, engine: &Engine, attachment: Value) {
    world.scene().news.push(json!({ "incident": whole(2, attachment) }));
    sync(world, engine).await;
}

async fn opens(engine: &Engine, n: u128, name: &str, content: &[u8]) {
    let new = NewUpload { form: form(n), incident: incident(), file_name: name.into(), size: content.len() as u64 };
    engine.open_upload(new).await.unwrap();
}

async fn hands_over(engine: &Engine, n: u128, content: &[u8]) {
    for (at, part) in content.chunks(10).enumerate() {
        let part = UploadPart { form: form(n), offset: at as u64 * 10, base64: STANDARD.encode(part) };
        engine.add_to_upload(part).await.unwrap();
    }
}

/// How the one file stands, once it is over.
async fn over(engine: &Engine) -> Transfer {
    for _ in 0..500 {
        let transfers = engine.get_transfers(incident()).await.unwrap();
        if let Some(one) = transfers.iter().find(|one| matches!(one.state, TransferState::Done | TransferState::Failed)) {
            return one.clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("it never ends: {:?}", engine.get_transfers(incident()).await);
}

#[tokio::test]
async fn r82_a_file_is_announced_in_the_name_of_its_form_and_sent_where_the_service_is() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&format!("POST {}", path("")), upload("a.png", PNG, "uploading", 0));
    // A first part had arrived already.
    world.scene().says(&format!("GET {}", path(&format!("/{ID}/upload"))), upload("a.png", PNG, "uploading", 7));
    world.scene().says(&format!("PATCH {}", path(&format!("/{ID}/upload"))), upload("a.png", PNG, "ready", PNG.len()));
    opens(&engine, 1, "a.png", PNG).await;
    assert_eq!(engine.get_transfers(incident()).await.unwrap()[0].state, TransferState::Reading);
    hands_over(&engine, 1, PNG).await;
    let done = over(&engine).await;
    assert_eq!((done.state, done.done, done.attachment), (TransferState::Done, PNG.len() as u64, Some(at().id)));
    let heard = world.scene().heard.clone();
    let announced = heard.iter().find(|heard| heard.line.starts_with("POST")).unwrap();
    assert_eq!((announced.form.as_deref(), announced.customer.as_deref()), (Some(form(1).0.to_string().as_str()), Some(CUSTOMER)));
    let body = announced.body.clone().unwrap();
    assert_eq!((&body["sha256"], &body["size"]), (&attachment("a.png", PNG, "ready")["sha256"], &json!(PNG.len())));
    let sent = heard.iter().find(|heard| heard.line.starts_with("PATCH")).unwrap();
    assert_eq!((sent.offset.as_deref(), sent.bytes.as_slice(), sent.customer.as_deref()), (Some("7"), &PNG[7..], Some(CUSTOMER)));
    assert!(!readable(&world, "and so on"), "nothing of it lies on this device's disk in the clear");
    engine.shutdown().await;
}

#[tokio::test]
async fn r82_r111_what_is_refused_says_why_and_what_the_service_has_given_up_is_not_given_up_again() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let give_up = format!("DELETE {}", path(&format!("/{ID}")));
    world.scene().says(&format!("POST {}", path("")), upload("a.png", PNG, "uploading", 0));
    world.scene().says(&format!("GET {}", path(&format!("/{ID}/upload"))), upload("a.png", PNG, "uploading", 0));
    world.scene().says(&give_up, Said::nothing());
    let of_type = |code| Said::problem(400, "bad-request", Some("no")).about("#/fileName", code, "no");
    for (n, refusal, kind, deleted) in [
        (1, of_type("file-type-differs"), IpcErrorKind::Invalid, 0),
        (2, of_type("file-type-refused"), IpcErrorKind::Invalid, 0),
        (3, Said::problem(404, "not-found", None), IpcErrorKind::NotFound, 0),
        // Of this one it still has something.
        (4, Said::problem(413, "payload-too-large", None), IpcErrorKind::Refused, 1),
    ] {
        world.scene().says(&format!("PATCH {}", path(&format!("/{ID}/upload"))), refusal);
        opens(&engine, n, "a.png", PNG).await;
        hands_over(&engine, n, PNG).await;
        let failed = over(&engine).await;
        let why = failed.failure.unwrap();
        assert_eq!((failed.state, why.kind), (TransferState::Failed, kind), "{n}: {why:?}");
        if n == 1 {
            assert_eq!(why.fields[0].code.as_str(), "file-type-differs");
        }
        assert_eq!(world.scene().times(&give_up), deleted, "{n}: each refused attempt is a row of the log");
        engine.cancel_transfer(form(n)).await.unwrap();
        assert!(engine.get_transfers(incident()).await.unwrap().is_empty());
    }
    engine.shutdown().await;
}

#[tokio::test]
async fn r82_a_file_that_changes_while_it_is_read_or_is_too_long_is_not_taken() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    opens(&engine, 1, "a.png", PNG).await;
    let part = |offset, bytes: &[u8]| UploadPart { form: form(1), offset, base64: STANDARD.encode(bytes) };
    for bad in [part(1, b"x"), part(0, &[PNG, b"more"].concat()), UploadPart { base64: "=".into(), ..part(0, b"") }] {
        let kind = if bad.base64 == "=" { IpcErrorKind::Invalid } else { IpcErrorKind::FileChanged };
        assert_eq!(engine.add_to_upload(bad).await.unwrap_err().kind, kind);
    }
    let whole = NewUpload { form: form(2), incident: incident(), file_name: "a.png".into(), size: 50 * 1024 * 1024 };
    for n in 3..13 {
        let taken = engine.open_upload(NewUpload { form: form(n), ..whole.clone() }).await;
        let kind = taken.err().map(|error| error.kind);
        assert_eq!(kind, (n == 12).then_some(IpcErrorKind::WaitingFull), "what waits has an end: {n}");
    }
    engine.shutdown().await;
}

#[tokio::test]
async fn r82_what_can_be_no_attachment_is_refused_at_its_name_before_anything_of_it_is_kept() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let largest = 50 * 1024 * 1024;
    let long = format!("{}.png", "x".repeat(300));
    for (name, size, code) in [
        ("a.png", largest + 1, "file-too-large"),
        ("a.png", 0, "file-empty"),
        ("a.exe", 1, "file-type-refused"),
        (long.as_str(), 1, "file-name-invalid"),
        ("a/b.png", 1, "file-name-invalid"),
        ("C:\\a.png", 1, "file-name-invalid"),
        ("a\u{202e}gnp.log", 1, "file-name-invalid"),
        ("..", 1, "file-name-invalid"),
        ("", 1, "file-name-invalid"),
    ] {
        let refused =
            engine.open_upload(NewUpload { form: form(1), incident: incident(), file_name: name.into(), size }).await.unwrap_err();
        assert_eq!((refused.kind, refused.fields[0].code.as_str()), (IpcErrorKind::Invalid, code), "{name:?}");
    }
    // By its beginning: also off line, before anybody was told that it is kept.
    let lies = b"<script>alert(1)</script>";
    opens(&engine, 2, "a.png", lies).await;
    let refused = engine.add_to_upload(UploadPart { form: form(2), offset: 0, base64: STANDARD.encode(lies) }).await.unwrap_err();
    assert_eq!((refused.kind, refused.fields[0].code.as_str()), (IpcErrorKind::Invalid, "file-type-differs"));
    engine.cancel_transfer(form(2)).await.unwrap();
    // Windows' own names are names here: nothing is written under them.
    opens(&engine, 1, "CON.log", b"x").await;
    assert_eq!(engine.get_transfers(incident()).await.unwrap().len(), 1);
    engine.shutdown().await;
}

fn announced(world: &World) -> Vec<Option<String>> {
    let scene = world.scene();
    scene.heard.iter().filter(|heard| heard.line == format!("POST {}", path(""))).map(|heard| heard.form.clone()).collect()
}

fn takes(world: &World) {
    world.scene().says(&format!("POST {}", path("")), upload("a.png", PNG, "uploading", 0));
    world.scene().says(&format!("GET {}", path(&format!("/{ID}/upload"))), upload("a.png", PNG, "uploading", 0));
    world.scene().says(&format!("PATCH {}", path(&format!("/{ID}/upload"))), upload("a.png", PNG, "ready", PNG.len()));
}

/// Waits, for a while at most, until the files that wait are so.
async fn waiting(engine: &Engine, wanted: impl Fn(&[WaitingFile]) -> bool) -> Vec<WaitingFile> {
    for _ in 0..500 {
        let files = engine.get_waiting_files().await.unwrap();
        if wanted(&files) {
            return files;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("still {:?}", engine.get_waiting_files().await);
}

#[tokio::test]
async fn a35_a_file_chosen_off_line_outlasts_the_app_and_is_sent_behind_what_was_typed_before() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().gateway = Some(502);
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    let work = Work::Message { number: incident().number, new: PostMessage { text: "See the picture".into(), assign_to: None } };
    let item = WorkItem { form: form(9), customer: incident().customer_id, work };
    assert_eq!(engine.do_work(item).await.unwrap(), WorkOutcome::Waits);
    opens(&engine, 1, "a.png", PNG).await;
    hands_over(&engine, 1, PNG).await;
    // Of this one the app's end comes before it was handed over: nobody was told that it is kept.
    opens(&engine, 2, "b.png", PNG).await;
    let kept = engine.get_waiting_files().await.unwrap();
    assert_eq!((kept.len(), kept[0].file_name.as_str(), kept[0].state, kept[0].held), (2, "a.png", TransferState::Waiting, false));
    let copied = (kept[1].file_name.as_str(), kept[1].state, kept[1].incident);
    assert_eq!(copied, ("b.png", TransferState::Reading, Some(incident())), "whoever signs out now loses it");
    engine.shutdown().await;
    assert!(!readable(&world, "and so on") && !readable(&world, "a.png"));

    let engine = world.engine();
    let kept = waiting(&engine, |files| files.len() == 1).await;
    assert_eq!((kept[0].form, kept[0].incident, kept[0].size), (form(1), Some(incident()), PNG.len() as u64));
    assert_eq!(engine.get_transfers(incident()).await.unwrap()[0].state, TransferState::Waiting);
    takes(&world);
    let thread = format!("POST customers/{CUSTOMER}/incidents/AAAAAA-000001/messages");
    world.scene().says(&thread, Said::problem(409, "conflict", Some("no")));
    world.scene().gateway = None;
    engine.sync_now().await.unwrap();
    let held = waiting(&engine, |files| files[0].held).await;
    assert_eq!((held[0].state, announced(&world)), (TransferState::Waiting, vec![]), "it waits for the message, which was refused");
    world.scene().says(&thread, Said::ok(json!({ "number": "AAAAAA-000001", "was": 1, "version": 2 })));
    engine.send_again(SendAgainArgs::of(form(9))).await.unwrap();
    waiting(&engine, <[_]>::is_empty).await;
    assert_eq!(announced(&world), [Some(form(1).0.to_string())]);
    let lines: Vec<_> = world.scene().heard.iter().map(|heard| heard.line.clone()).collect();
    let at = |line: &str| lines.iter().rposition(|other| other == line);
    assert!(at(&thread) < at(&format!("POST {}", path(""))), "{lines:?}");
    engine.shutdown().await;
}

/// What a change makes of the incident.
fn raised(was: u64) -> Value {
    json!({ "number": "AAAAAA-000001", "was": was, "version": was + 1 })
}

async fn heard(world: &World, start: &str) -> Heard {
    for _ in 0..500 {
        if let Some(heard) = world.scene().heard.iter().rfind(|heard| heard.line.starts_with(start)) {
            return heard.clone();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the service never heard {start}");
}

#[tokio::test]
async fn a35_ones_own_file_makes_nothing_stale_that_was_typed_while_it_was_sent_also_after_a_restart() {
    for lost in [false, true] {
        let world = World::new().await;
        let engine = world.signed_in().await;
        let said = |state, offset, incident| {
            Said::ok(json!({ "attachment": attachment("a.png", PNG, state), "offset": offset, "incident": incident }))
        };
        let (get, patch) = (format!("GET {}", path(&format!("/{ID}/upload"))), format!("PATCH {}", path(&format!("/{ID}/upload"))));
        world.scene().says(&format!("POST {}", path("")), said("uploading", 0, raised(1)));
        world.scene().says(&get, upload("a.png", PNG, "uploading", 0));
        let answer = if lost { Said::problem(500, "internal", None) } else { said("ready", PNG.len(), raised(2)) };
        world.scene().says(&patch, answer.after(std::time::Duration::from_millis(700)));
        world
            .scene()
            .says(&format!("GET customers/{CUSTOMER}/incidents/AAAAAA-000001"), Said::ok(whole(3, attachment("a.png", PNG, "ready"))));
        let close = format!("POST customers/{CUSTOMER}/incidents/AAAAAA-000001/close");
        world.scene().says(&close, Said::problem(503, "unavailable", None));
        opens(&engine, 1, "a.png", PNG).await;
        hands_over(&engine, 1, PNG).await;
        heard(&world, &patch).await;
        // Who closes it has read what it was before the file.
        let change = CloseIssue { reason: ClosureReason::Other, comment: Some("Done".into()) };
        let work = Work::Close { number: incident().number, version: 1, change };
        let item = WorkItem { form: form(9), customer: incident().customer_id, work };
        assert_eq!(engine.do_work(item).await.unwrap(), WorkOutcome::Waits);
        world.scene().says(&get, upload("a.png", PNG, "ready", PNG.len()));
        waiting(&engine, <[_]>::is_empty).await;
        engine.shutdown().await;

        world.scene().says(&close, Said::ok(raised(3)));
        world.scene().heard.clear();
        let engine = world.engine();
        let closed = heard(&world, &close).await;
        assert_eq!(closed.version.as_deref(), Some("\"3\""), "lost: {lost}");
        engine.shutdown().await;
    }
}

#[tokio::test]
async fn a35_ones_own_file_makes_nothing_stale_that_was_typed_before_it_and_kept_after_also_after_a_restart() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let said = |state, offset, incident| {
        Said::ok(json!({ "attachment": attachment("a.png", PNG, state), "offset": offset, "incident": incident }))
    };
    world.scene().says(&format!("POST {}", path("")), said("uploading", 0, raised(1)));
    world.scene().says(&format!("GET {}", path(&format!("/{ID}/upload"))), upload("a.png", PNG, "uploading", 0));
    world.scene().says(&format!("PATCH {}", path(&format!("/{ID}/upload"))), said("ready", PNG.len(), raised(2)));
    opens(&engine, 1, "a.png", PNG).await;
    hands_over(&engine, 1, PNG).await;
    waiting(&engine, <[_]>::is_empty).await;
    // The form was opened before the file, and nothing of the file is to come any more.
    let close = format!("POST customers/{CUSTOMER}/incidents/AAAAAA-000001/close");
    world.scene().says(&close, Said::problem(503, "unavailable", None));
    let change = CloseIssue { reason: ClosureReason::Other, comment: Some("Done".into()) };
    let work = Work::Close { number: incident().number, version: 1, change };
    let item = WorkItem { form: form(9), customer: incident().customer_id, work };
    assert_eq!(engine.do_work(item).await.unwrap(), WorkOutcome::Waits);
    engine.shutdown().await;

    world.scene().says(&close, Said::ok(raised(3)));
    world.scene().heard.clear();
    let engine = world.engine();
    let closed = heard(&world, &close).await;
    assert_eq!(closed.version.as_deref(), Some("\"3\""));
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_however_many_files_were_refused_each_is_there_and_can_be_sent_again() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&format!("POST {}", path("")), Said::problem(409, "conflict", Some("no")));
    for n in 1..=52 {
        opens(&engine, n, "a.png", PNG).await;
        hands_over(&engine, n, PNG).await;
    }
    waiting(&engine, |files| files.iter().all(|file| file.failure.is_some())).await;
    opens(&engine, 53, "a.png", PNG).await;
    let transfers = engine.get_transfers(incident()).await.unwrap();
    assert_eq!(transfers.iter().filter(|one| one.state == TransferState::Failed).count(), 52);
    takes(&world);
    engine.send_file_again(form(1)).await.unwrap();
    waiting(&engine, |files| files.iter().filter(|file| file.failure.is_some()).count() == 51 && files.len() == 52).await;
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_files_that_cannot_be_sent_do_not_stop_the_others() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    for n in 2..=4 {
        let line = format!("POST customers/{CUSTOMER}/incidents/AAAAAA-00000{n}/attachments");
        world.scene().says(&line, Said::problem(500, "internal", None));
        let incident = IncidentRef { number: format!("AAAAAA-00000{n}").parse().unwrap(), ..incident() };
        engine.open_upload(NewUpload { form: form(n), incident, file_name: "a.png".into(), size: PNG.len() as u64 }).await.unwrap();
        hands_over(&engine, n, PNG).await;
    }
    takes(&world);
    opens(&engine, 1, "a.png", PNG).await;
    hands_over(&engine, 1, PNG).await;
    let left = waiting(&engine, |files| files.len() == 3).await;
    assert!(left.iter().all(|file| file.form != form(1) && file.failure.is_none()), "{left:?}");
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_what_may_have_arrived_long_ago_is_not_sent_unasked() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&format!("POST {}", path("")), Said::problem(503, "unavailable", None));
    opens(&engine, 1, "a.png", PNG).await;
    hands_over(&engine, 1, PNG).await;
    heard(&world, &format!("POST {}", path(""))).await;
    world.clock.advance(std::time::Duration::from_secs(31 * 24 * 60 * 60));
    let failed = waiting(&engine, |files| files[0].failure.is_some()).await;
    assert_eq!(failed[0].failure.as_ref().map(|why| why.kind), Some(IpcErrorKind::MayBeDone));
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_the_service_is_left_alone_with_a_file_as_long_as_it_asks_for_whatever_is_synced() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&format!("POST {}", path("")), Said::problem(503, "unavailable", None).retry_after(60));
    opens(&engine, 1, "a.png", PNG).await;
    hands_over(&engine, 1, PNG).await;
    heard(&world, &format!("POST {}", path(""))).await;
    for _ in 0..5 {
        sync(&world, &engine).await;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(announced(&world).len(), 1);
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_of_a_lost_right_the_file_stays_its_authors_own_and_nothing_of_the_customers() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&format!("POST {}", path("")), Said::problem(404, "not-found", None));
    opens(&engine, 1, "a.png", PNG).await;
    hands_over(&engine, 1, PNG).await;
    let left = waiting(&engine, |files| files.first().is_some_and(|file| file.incident.is_none())).await;
    let why = left[0].failure.clone().unwrap();
    assert_eq!((left[0].file_name.as_str(), left[0].customer_name.as_deref(), why.kind), ("a.png", None, IpcErrorKind::NotFound));
    engine.send_file_again(form(1)).await.unwrap();
    let saved = engine.save_waiting_file(form(1)).await.unwrap();
    assert_eq!(
        (saved.path.as_str(), std::fs::read(&saved.path).unwrap()),
        (world.downloads().join("a.png").to_str().unwrap(), PNG.to_vec())
    );
    assert_eq!((engine.get_waiting_files().await.unwrap(), announced(&world).len()), (left, 1), "it is not sent again");
    engine.cancel_transfer(form(1)).await.unwrap();
    assert_eq!(engine.get_waiting_files().await.unwrap(), []);
    assert_eq!(engine.save_waiting_file(form(1)).await.unwrap_err().kind, IpcErrorKind::NotFound, "its copy is deleted");
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_a_customer_that_is_gone_leaves_nothing_at_a_file_that_is_held_or_was_refused() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let thread = format!("POST customers/{CUSTOMER}/incidents/AAAAAA-000001/messages");
    world.scene().says(&thread, Said::problem(409, "conflict", Some("no")));
    let work = Work::Message { number: incident().number, new: PostMessage { text: "See the picture".into(), assign_to: None } };
    engine.do_work(WorkItem { form: form(9), customer: incident().customer_id, work }).await.unwrap_err();
    opens(&engine, 1, "a.png", PNG).await;
    hands_over(&engine, 1, PNG).await;
    let other = IncidentRef { number: "AAAAAA-000002".parse().unwrap(), ..incident() };
    let line = format!("POST customers/{CUSTOMER}/incidents/AAAAAA-000002/attachments");
    world.scene().says(&line, Said::problem(409, "conflict", Some("no")));
    engine.open_upload(NewUpload { form: form(2), incident: other, file_name: "b.png".into(), size: PNG.len() as u64 }).await.unwrap();
    hands_over(&engine, 2, PNG).await;
    waiting(&engine, |files| files.len() == 2 && files[0].held && files[1].failure.is_some()).await;
    world.scene().news.push(json!({ "customerGone": CUSTOMER }));
    sync(&world, &engine).await;
    let left = waiting(&engine, |files| files.iter().all(|file| file.incident.is_none())).await;
    let said: Vec<_> = left.iter().map(|file| (file.file_name.as_str(), file.failure.as_ref().map(|why| why.kind))).collect();
    assert_eq!(said, [("a.png", Some(IpcErrorKind::NotFound)), ("b.png", Some(IpcErrorKind::NotFound))]);
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_a_refused_file_waits_for_its_author_and_is_sent_again_under_another_name() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    takes(&world);
    let full = Said::problem(400, "bad-request", Some("no")).about("#", "files-too-many", "no");
    world.scene().says(&format!("POST {}", path("")), full);
    opens(&engine, 1, "a.png", PNG).await;
    hands_over(&engine, 1, PNG).await;
    let refused = waiting(&engine, |files| files.first().is_some_and(|file| file.failure.is_some())).await;
    assert_eq!((refused[0].state, refused[0].incident), (TransferState::Failed, Some(incident())));
    // It holds up no other of the same incident.
    takes(&world);
    opens(&engine, 2, "a.png", PNG).await;
    hands_over(&engine, 2, PNG).await;
    waiting(&engine, |files| files.len() == 1).await;
    engine.shutdown().await;

    let engine = world.engine();
    let refused = waiting(&engine, |files| files.len() == 1).await;
    assert_eq!(refused[0].failure.as_ref().map(|why| why.fields[0].code.as_str().to_owned()).as_deref(), Some("files-too-many"));
    until(&engine, |state| *state == SyncState::Current).await;
    engine.send_file_again(form(1)).await.unwrap();
    waiting(&engine, <[_]>::is_empty).await;
    let names = announced(&world);
    assert!(names.len() == 3 && names[2] != names[0], "the service has answered to the first name: {names:?}");
    engine.shutdown().await;
}

#[tokio::test]
async fn a35_signing_out_deletes_files_that_wait_and_that_somebody_else_signs_in_does_not() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&format!("POST {}", path("")), Said::problem(503, "unavailable", None));
    opens(&engine, 1, "a.png", PNG).await;
    hands_over(&engine, 1, PNG).await;
    waiting(&engine, |files| files.len() == 1).await;
    let named = || world.caches().iter().filter(|file| file.extension().is_some_and(|extension| extension == "files")).count();
    assert_eq!(named(), 1);
    world.scene().valid = "none that anybody has".into();
    world.scene().invalid_grant = true;
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::AccessEnded { .. })).await;
    // Somebody else signs in where the first one has to sign in again.
    world.scene().invalid_grant = false;
    let first = std::mem::replace(&mut world.scene().person, "55555555-5555-4555-8555-555555555555");
    bounded(engine.sign_in()).await.unwrap();
    until(&engine, |state| *state == SyncState::Current).await;
    assert_eq!((engine.get_waiting_files().await.unwrap(), named()), (vec![], 2), "nobody sees what is somebody else's");
    engine.sign_out().await.unwrap();
    world.scene().person = first;
    engine.sign_in().await.unwrap();
    assert_eq!(waiting(&engine, |files| files.len() == 1).await[0].form, form(1));
    engine.sign_out().await.unwrap();
    assert_eq!(named(), 0, "who signs out was asked");
    engine.shutdown().await;
}

#[tokio::test]
async fn r82_an_attachment_is_saved_under_its_name_over_no_other_file_and_never_elsewhere() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    let save = async |n| engine.save_attachment(SaveArgs { form: form(n), attachment: at() }).await;
    assert_eq!(save(1).await.unwrap_err().kind, IpcErrorKind::NotFound, "the incident has none");
    has(&world, &engine, attachment("Büro: links.png", PNG, "ready")).await;
    world.scene().says(&format!("GET {}", path(&format!("/{ID}/content"))), Said::bytes(PNG));
    for name in ["Büro_ links.png", "Büro_ links (2).png"] {
        let saved = save(2).await.unwrap();
        assert_eq!(saved.path, world.downloads().join(name).to_str().unwrap());
        assert_eq!(std::fs::read(&saved.path).unwrap(), PNG);
    }
    assert_eq!(engine.export_folder(), Some(world.downloads()));
    // A service that means no good names a path.
    has(&world, &engine, attachment("../../.bashrc", PNG, "ready")).await;
    assert_eq!(save(3).await.unwrap().path, world.downloads().join("attachment").to_str().unwrap());
    assert!(engine.get_transfers(incident()).await.unwrap().is_empty(), "none is on its way any more");
    engine.shutdown().await;
}

#[tokio::test]
async fn r82_what_is_not_what_was_added_is_neither_saved_nor_shown() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    has(&world, &engine, attachment("a.png", PNG, "ready")).await;
    let mut other = PNG.to_vec();
    other[20] ^= 1;
    for content in [other, [PNG, b"more"].concat()] {
        world.scene().says(&format!("GET {}", path(&format!("/{ID}/content"))), Said::bytes(&content));
        let saved = engine.save_attachment(SaveArgs { form: form(1), attachment: at() }).await;
        assert_eq!(saved.unwrap_err().kind, IpcErrorKind::FileDamaged);
        assert_eq!(engine.show_attachment(at()).await.unwrap_err().kind, IpcErrorKind::FileDamaged);
    }
    assert!(files(&world.downloads()).is_empty());
    engine.shutdown().await;
}

#[tokio::test]
async fn r82_only_a_picture_of_points_is_shown_whatever_the_service_calls_it() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    has(&world, &engine, attachment("a.png", PNG, "ready")).await;
    world.scene().says(&format!("GET {}", path(&format!("/{ID}/content"))), Said::bytes(PNG));
    let shown = engine.show_attachment(at()).await.unwrap();
    assert_eq!((shown.media_type.as_str(), STANDARD.decode(shown.base64).unwrap()), ("image/png", PNG.to_vec()));
    let drawing = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    has(&world, &engine, attachment("a.png", drawing, "ready")).await;
    world.scene().says(&format!("GET {}", path(&format!("/{ID}/content"))), Said::bytes(drawing));
    assert_eq!(engine.show_attachment(at()).await.unwrap_err().kind, IpcErrorKind::FileDamaged);
    let mut text = attachment("a.log", b"text", "ready");
    text["fileType"] = "text".into();
    has(&world, &engine, text).await;
    assert_eq!(engine.show_attachment(at()).await.unwrap_err().kind, IpcErrorKind::Invalid);
    engine.shutdown().await;
}

#[tokio::test]
async fn r82_what_is_dropped_is_read_by_the_engine_alone_and_each_that_is_not_taken_says_why() {
    let world = World::new().await;
    let engine = world.signed_in().await;
    world.scene().says(&format!("POST {}", path("")), Said::problem(503, "unavailable", None));
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let large = file("large.png", b"");
    std::fs::File::options().write(true).open(&large).unwrap().set_len(50 * 1024 * 1024 + 1).unwrap();
    std::fs::create_dir(folder.path().join("folder.png")).unwrap();
    let secret = file("not dropped.png", PNG);
    let mut dropped = vec![
        file("a.png", PNG),
        file("empty.png", b""),
        large,
        folder.path().join("folder.png"),
        folder.path().join("gone.png"),
        file("a.exe", PNG),
        file(&format!("{}.png", "x".repeat(240)), PNG),
        file("a\u{202e}gnp.png", PNG),
        file("CON.png", PNG),
        file("third.png", PNG),
    ];
    // A device has no end, and a pipe nobody who writes into it.
    if cfg!(unix) {
        dropped.push("/dev/zero".into());
    }
    let offer = engine.offer_files(dropped).unwrap();
    let take = |offer, most| engine.take_dropped_files(TakeDropped { offer, incident: incident(), most });
    assert_eq!(take(form(77), 20).await.unwrap_err().kind, IpcErrorKind::NotFound, "a page takes what was dropped, and names nothing else");
    let refused = take(offer, 2).await.unwrap();
    let said: Vec<_> = refused
        .iter()
        .map(|one| {
            (
                one.file_name.chars().take(12).collect::<String>(),
                one.why.fields.first().map_or(one.why.kind.as_str(), |field| field.code.as_str()),
            )
        })
        .collect();
    let said: Vec<_> = said.iter().map(|(name, why)| (name.as_str(), *why)).take(8).collect();
    assert_eq!(
        said,
        [
            ("empty.png", "file-empty"),
            ("large.png", "file-too-large"),
            ("folder.png", "file_unreadable"),
            ("gone.png", "file_unreadable"),
            ("a.exe", "file-type-refused"),
            ("xxxxxxxxxxxx", "file-name-invalid"),
            ("a\u{202e}gnp.png", "file-name-invalid"),
            ("third.png", "files-too-many"),
        ]
    );
    let kept = engine.get_waiting_files().await.unwrap();
    assert_eq!(kept.iter().map(|file| file.file_name.as_str()).collect::<Vec<_>>(), ["a.png", "CON.png"]);
    assert_eq!(take(offer, 20).await.unwrap_err().kind, IpcErrorKind::NotFound, "once");
    let saved = engine.save_waiting_file(kept[1].form).await.unwrap().path;
    assert!(saved.ends_with("_CON.png") && std::fs::read(&saved).unwrap() == std::fs::read(secret).unwrap());
    // Whatever happens to what was dropped, this device has its copy.
    std::fs::remove_file(folder.path().join("a.png")).unwrap();
    assert_eq!(std::fs::read(engine.save_waiting_file(kept[0].form).await.unwrap().path).unwrap(), PNG);
    engine.shutdown().await;
}
