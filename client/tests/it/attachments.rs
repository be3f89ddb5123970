//! Files of incidents, against a service that says what it is told to: what is refused, what is not what it was, where it is saved.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rsa::sha2::{Digest, Sha256};
use serde_json::{Value, json};
use tenantry_client::app::Engine;
use tenantry_model::id::AttachmentId;
use tenantry_model::ipc::{
    AttachmentRef, FormId, IncidentRef, IpcErrorKind, NewUpload, SaveArgs, SyncState, Transfer, TransferState, UploadPart,
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

/// The incident has this file from the next sync on.
async fn has(world: &World, engine: &Engine, attachment: Value) {
    let news = json!({ "incident": {
        "row": {
            "number": "AAAAAA-000001", "customerId": CUSTOMER, "category": "hardware", "type": "camera_room", "severity": "critical",
            "status": "needs_action", "rooms": [], "redactedRooms": 0, "problem": "Nebelhorn", "createdAt": "2026-01-01T00:00:00Z",
            "lastUpdated": "2026-01-01T00:00:00Z", "activeSince": "2026-01-01T00:00:00Z", "lastResolved": null, "lastClosed": null,
            "messages": 1, "lastMessageAt": null, "version": 2,
        },
        "description": "Es tutet", "action": "", "highImpact": false, "highImpactReason": null, "closedBy": null,
        "closureReason": null, "closureComment": null, "messages": [], "attachments": [attachment], "history": [],
    } });
    world.scene().news.push(news);
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
    assert!(!readable(&world, "and so on"), "nothing of it is written to this device's disk");
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
    let mut world = World::new().await;
    let engine = world.signed_in().await;
    opens(&engine, 1, "a.png", PNG).await;
    let part = |offset, bytes: &[u8]| UploadPart { form: form(1), offset, base64: STANDARD.encode(bytes) };
    for bad in [part(1, b"x"), part(0, &[PNG, b"more"].concat()), UploadPart { base64: "=".into(), ..part(0, b"") }] {
        assert_eq!(engine.add_to_upload(bad).await.unwrap_err().kind, IpcErrorKind::Invalid);
    }
    let long = NewUpload { form: form(2), incident: incident(), file_name: "a.png".into(), size: 50 * 1024 * 1024 + 1 };
    assert_eq!(engine.open_upload(long.clone()).await.unwrap_err().kind, IpcErrorKind::Invalid);
    for n in 3..7 {
        let taken = engine.open_upload(NewUpload { form: form(n), size: 50 * 1024 * 1024, ..long.clone() }).await;
        assert_eq!(taken.is_ok(), n < 6, "memory has an end: {n}");
    }
    world.go_off_line();
    engine.sync_now().await.unwrap();
    until(&engine, |state| matches!(state, SyncState::Offline { .. })).await;
    let new = NewUpload { form: form(9), size: 1, ..long };
    assert_eq!(engine.open_upload(new).await.unwrap_err().kind, IpcErrorKind::Offline);
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
