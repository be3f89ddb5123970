//! What is no attachment, and who may not add one.

use http::{Method, StatusCode};
use serde_json::json;
use tenantry_model::api::attachments::Upload;
use tenantry_model::attachment::FileType;
use tenantry_model::time::Clock;

use super::{Desk, announcement, picture, sha256};
use crate::support::{NewIncident, number};

#[tokio::test]
async fn r82_what_cannot_be_added_is_refused_at_its_field_before_it_is_sent() {
    let desk = Desk::start().await;
    let hash = sha256(b"x");
    let with = |name: &str, size: u64, hash: &str| json!({ "fileName": name, "size": size, "sha256": hash });
    let long = "x".repeat(201) + ".png";
    for (body, field) in [
        (with("", 1, &hash), "#/fileName file-name-invalid"),
        (with("../a.png", 1, &hash), "#/fileName file-name-invalid"),
        (with("a\\b.png", 1, &hash), "#/fileName file-name-invalid"),
        (with("a\u{7}.png", 1, &hash), "#/fileName file-name-invalid"),
        (with("a\u{202e}gnp.log", 1, &hash), "#/fileName file-name-invalid"),
        (with(&long, 1, &hash), "#/fileName file-name-invalid"),
        (with("a.exe", 1, &hash), "#/fileName file-type-refused"),
        (with("a.svg", 1, &hash), "#/fileName file-type-refused"),
        (with("a.png", 0, &hash), "#/size file-empty"),
        (with("a.png", 50 * 1024 * 1024 + 1, &hash), "#/size file-too-large"),
        (with("a.png", 1, &hash.to_uppercase()), "#/sha256 hash-invalid"),
        (with("a.png", 1, "abc"), "#/sha256 hash-invalid"),
    ] {
        let answer = desk.announces(desk.ada, &body).await;
        assert_eq!((answer.status, answer.refused_at()), (StatusCode::BAD_REQUEST, vec![field.to_owned()]), "{body}");
    }
    assert!(desk.incident(desk.ada).await.attachments.is_empty());
    assert_eq!(desk.log().await[0], "Ada Update Failed problem ->bad-request");
    let largest = with("a.png", 50 * 1024 * 1024, &hash);
    assert_eq!(desk.announces(desk.ada, &largest).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn r82_an_incident_has_twenty_and_nobody_begins_more_than_twenty() {
    let desk = Desk::start().await;
    for n in 0..20 {
        desk.begins(if n < 19 { desk.ada } else { desk.ben }, "a.png", b"x").await;
    }
    let answer = desk.announces(desk.ben, &announcement("b.png", b"x")).await;
    assert_eq!((answer.status, answer.refused_at()), (StatusCode::CONFLICT, vec!["# files-too-many".to_owned()]));

    // At another incident there is room, for who has not begun too many.
    let other = number("CUSTOM", 2);
    let room = desk.incident(desk.ada).await.row.rooms[0].id;
    desk.app.estate().incident(NewIncident::new(other, desk.customer, &[room], desk.app.clock.now())).await;
    let path = format!("/v1/customers/{}/incidents/{other}/attachments", desk.customer);
    let begin = async |who| desk.app.ask(Method::POST, &path, Some(&desk.app.token(who)), &[], Some(&announcement("b.png", b"x"))).await;
    assert_eq!(begin(desk.ada).await.status, StatusCode::CREATED, "her twentieth");
    let answer = begin(desk.ada).await;
    assert_eq!((answer.status, answer.refused_at()), (StatusCode::CONFLICT, vec!["# files-too-many".to_owned()]));
    assert_eq!(begin(desk.ben).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn r82_r111_what_arrived_otherwise_than_announced_begins_anew() {
    let desk = Desk::start().await;
    let (content, mut other) = (picture(1_000), picture(1_000));
    other[900] ^= 1;
    let begun = desk.begins(desk.ada, "a.png", &content).await;
    let answer = desk.sends(desk.ada, &begun, 0, &other).await;
    assert_eq!((answer.status, answer.refused_at()), (StatusCode::CONFLICT, vec!["# file-damaged".to_owned()]));
    assert_eq!(desk.log().await[0], "Ada Update Failed problem ->conflict", "R111");
    assert_eq!(desk.offset(desk.ada, &begun).await, 0);
    assert_eq!(desk.content(desk.ada, &begun).await.status, StatusCode::NOT_FOUND);
    let upload: Upload = desk.sends(desk.ada, &begun, 0, &content).await.json();
    assert_eq!(desk.content(desk.eve, &upload.attachment).await.body, content);
}

#[tokio::test]
async fn r82_r111_content_of_another_type_than_the_name_claims_is_refused_and_makes_room() {
    let desk = Desk::start().await;
    let page = b"<!doctype html><script>alert(1)</script>".to_vec();
    let program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec();
    for (name, content, field) in [
        ("a.png", &page, "#/fileName file-type-differs"),
        ("a.log", &picture(100), "#/fileName file-type-differs"),
        ("a.jpg", &picture(100), "#/fileName file-type-differs"),
        ("a.png", &program, "#/fileName file-type-refused"),
        ("a", &program, "#/fileName file-type-refused"),
        ("a.log", &vec![1, 2, 3], "#/fileName file-type-refused"),
    ] {
        let begun = desk.begins(desk.ada, name, content).await;
        let answer = desk.sends(desk.ada, &begun, 0, content).await;
        assert_eq!((answer.status, answer.refused_at()), (StatusCode::BAD_REQUEST, vec![field.to_owned()]), "{name}");
        assert!(desk.incident(desk.ada).await.attachments.is_empty(), "{name}");
        let kept = desk.app.folder().join("attachments").join(begun.id.to_string()).exists();
        let staged = desk.app.folder().join("uploads").join(format!("{}.part", begun.id)).exists();
        assert!(!kept && !staged, "{name}");
        assert_eq!(
            desk.log().await[..2],
            ["Ada Update Failed problem ->bad-request", "Ada Update Successful attachments uploading>-"],
            "R111: {name}"
        );
    }
    // Logs begin with any letters, and are written in any encoding.
    for log in [&b"BMC 4.1: fan 2 failed\r\n"[..], b"MZ-1 rebooted\n", b"Ger\xe4t fehlt\r\n"] {
        assert_eq!(desk.adds(desk.ada, "device.log", log).await.file_type, Some(FileType::Text), "{}", String::from_utf8_lossy(log));
    }
    // Text is text, whatever it says; nobody's browser is told to run it.
    assert_eq!(desk.adds(desk.ada, "a.txt", &page).await.size, page.len() as u64);
}

#[tokio::test]
async fn r82_a23_who_may_not_work_on_the_incident_adds_nothing_and_another_s_upload_is_nobody_s() {
    let desk = Desk::start().await;
    let content = picture(100);
    assert_eq!(desk.announces(desk.eve, &announcement("a.png", &content)).await.status, StatusCode::NOT_FOUND, "who may only look");
    let begun = desk.begins(desk.ada, "a.png", &content).await;
    assert_eq!(desk.sends(desk.ben, &begun, 0, &content).await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.log().await[0], "Ben Update Failed problem ->not-found");
    assert_eq!(desk.app.get(&desk.path(begun.id, "/upload"), desk.ben).await.status, StatusCode::NOT_FOUND);
    // Whose right has gone meanwhile sends no further.
    desk.sends(desk.ada, &begun, 0, &content[..50]).await;
    desk.app.estate().unassign(200, desk.customer, desk.ada).await;
    assert_eq!(desk.sends(desk.ada, &begun, 50, &content[50..]).await.status, StatusCode::NOT_FOUND);
    let answer = desk.app.send(Method::GET, &desk.incident_path(), Some(&desk.app.admin_token(desk.chief))).await;
    let incident: tenantry_model::incident::Incident = answer.json();
    assert_eq!(incident.attachments, [begun]);
}

#[tokio::test]
async fn r82_a_part_says_what_it_is() {
    let desk = Desk::start().await;
    let content = picture(100);
    let begun = desk.begins(desk.ada, "a.png", &content).await;
    let (path, token) = (desk.path(begun.id, "/upload"), desk.app.token(desk.ada));
    let json = desk.app.ask(Method::PATCH, &path, Some(&token), &[("upload-offset", "0")], Some(&json!({}))).await;
    assert_eq!(json.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let send =
        async |headers: &[(&str, &str)], bytes: &[u8]| desk.app.send_bytes(&path, Some(&token), headers, bytes.to_vec().into()).await;
    for bad in ["", "-1", "x", "1.5", "99999999999999999999999"] {
        assert_eq!(send(&[("upload-offset", bad)], &content).await.status, StatusCode::BAD_REQUEST, "{bad:?}");
    }
    assert_eq!(send(&[], &content).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(send(&[("upload-offset", "7")], &content).await.problem(), "conflict");
    let more = [content.as_slice(), b"more"].concat();
    assert_eq!(send(&[("upload-offset", "0")], &more).await.problem(), "payload-too-large");
    let elsewhere = [("upload-offset", "0"), ("tenantry-customer", "00000000-0000-0000-0000-000000000001")];
    assert_eq!(send(&elsewhere, &content).await.problem(), "conflict");
}
