//! A file that is sent, and what is to be seen of it.

use http::{Method, StatusCode};
use tenantry_model::api::attachments::Upload;
use tenantry_model::attachment::{AttachmentState, FileType};
use tenantry_model::sync::SyncLine;

use super::{Desk, announcement, picture, sha256};
use crate::support::first_sync;

#[tokio::test]
async fn r82_a_file_is_announced_sent_in_parts_checked_and_then_there_for_everybody_who_sees_the_incident() {
    let desk = Desk::start().await;
    let content = picture(300_000);
    let before = desk.incident(desk.eve).await.row.version;
    let begun = desk.begins(desk.ada, " Büro 3.PNG ", &content).await;
    assert_eq!(
        (begun.file_name.as_str(), begun.size, begun.state, begun.file_type),
        ("Büro 3.PNG", 300_000, AttachmentState::Uploading, None)
    );
    assert_eq!((begun.author.as_str(), begun.sha256.as_str()), ("Ada", sha256(&content).as_str()));
    let seen = desk.incident(desk.eve).await;
    assert_eq!((seen.attachments, seen.row.version), (vec![begun.clone()], before + 1));
    assert_eq!(desk.content(desk.ada, &begun).await.status, StatusCode::NOT_FOUND, "nothing is read before it was checked");

    // More than the body of any other request may have.
    let upload: Upload = desk.sends(desk.ada, &begun, 0, &content[..200_000]).await.json();
    assert_eq!((upload.offset, upload.attachment.state, upload.incident), (200_000, AttachmentState::Uploading, None));
    assert_eq!(desk.offset(desk.ada, &begun).await, 200_000);
    let upload: Upload = desk.sends(desk.ada, &begun, 200_000, &content[200_000..]).await.json();
    assert_eq!(
        (upload.offset, upload.attachment.state, upload.attachment.file_type),
        (300_000, AttachmentState::Ready, Some(FileType::Png))
    );
    let changed = upload.incident.unwrap();
    assert_eq!((changed.was, changed.version), (before + 1, before + 2));

    let seen = desk.incident(desk.eve).await;
    assert_eq!((seen.attachments.as_slice(), seen.row.version), (&[upload.attachment.clone()][..], before + 2));
    assert_eq!(desk.content(desk.eve, &begun).await.body, content);
    assert!(desk.app.folder().join("attachments").join(begun.id.to_string()).is_file(), "kept under its id");
    assert!(!desk.app.folder().join("uploads").join(format!("{}.part", begun.id)).exists(), "and nowhere else");
    assert_eq!(
        desk.log().await[..2],
        ["Ada Update Successful attachments uploading>ready", "Ada Update Successful attachments ->uploading"],
        "and never what it is called"
    );

    // An answer that was lost: sent again, it is the same.
    let again: Upload = desk.sends(desk.ada, &begun, 300_000, b"").await.json();
    assert_eq!((again.attachment, again.offset, again.incident), (upload.attachment, 300_000, None));
    assert_eq!(desk.incident(desk.eve).await.row.version, before + 2);
}

#[tokio::test]
async fn r82_a_desk_is_told_of_it_by_sync() {
    let desk = Desk::start().await;
    let (lines, cursor) = first_sync(async |path| desk.app.get(&path, desk.eve).await).await;
    assert!(lines.iter().any(|line| matches!(line, SyncLine::Incident(incident) if incident.attachments.is_empty())));
    let added = desk.adds(desk.ada, "a.png", &picture(5_000)).await;
    let lines = desk.app.get(&format!("/v1/sync?cursor={cursor}"), desk.eve).await.lines();
    let told = lines.iter().find_map(|line| if let SyncLine::Incident(incident) = line { Some(&incident.attachments) } else { None });
    assert_eq!(told, Some(&vec![added]));
}

#[tokio::test]
async fn r82_an_incident_that_is_resolved_takes_files_too() {
    let desk = Desk::start().await;
    desk.app.estate().resolve(desk.number, tenantry_model::time::Clock::now(&*desk.app.clock)).await;
    let log = "2026-03-01 12:00 camera 2 lost\r\n";
    let added = desk.adds(desk.ada, "teams.log.2", log.as_bytes()).await;
    assert_eq!(added.file_type, Some(FileType::Text));
    let incident = desk.incident(desk.eve).await;
    assert!(!incident.row.status.is_active());
    assert_eq!(incident.attachments, [added]);
}

#[tokio::test]
async fn r82_an_announcement_that_is_sent_again_announces_nothing_more() {
    let desk = Desk::start().await;
    let (body, token) = (announcement("a.png", &picture(10)), desk.app.token(desk.ada));
    let path = format!("{}/attachments", desk.incident_path());
    let mut answers = vec![];
    for _ in 0..2 {
        let answer = desk.app.ask(Method::POST, &path, Some(&token), &[("idempotency-key", "form-1")], Some(&body)).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        answers.push(serde_json::from_slice::<Upload>(&answer.body).unwrap());
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(desk.incident(desk.ada).await.attachments.len(), 1);
}

#[tokio::test]
async fn r82_who_sends_it_may_give_it_up_until_it_has_arrived() {
    let desk = Desk::start().await;
    let content = picture(1_000);
    let begun = desk.begins(desk.ada, "a.png", &content).await;
    desk.sends(desk.ada, &begun, 0, &content[..500]).await;
    // An attempt to keep it ended before its row said so.
    let kept = desk.app.folder().join("attachments").join(begun.id.to_string());
    std::fs::write(&kept, &content).unwrap();
    let give_up = async |who| desk.app.send(Method::DELETE, &desk.path(begun.id, ""), Some(&desk.app.token(who))).await.status;
    assert_eq!(give_up(desk.ben).await, StatusCode::NOT_FOUND, "another's");
    assert_eq!(give_up(desk.ada).await, StatusCode::NO_CONTENT);
    assert_eq!(desk.log().await[0], "Ada Update Successful attachments uploading>-");
    assert!(desk.incident(desk.ada).await.attachments.is_empty());
    assert!(!desk.app.folder().join("uploads").join(format!("{}.part", begun.id)).exists());
    assert!(!kept.exists(), "nothing is kept that no row names");
    assert_eq!(desk.sends(desk.ada, &begun, 500, &content[500..]).await.status, StatusCode::NOT_FOUND);

    let added = desk.adds(desk.ada, "b.png", &content).await;
    let answer = desk.app.send(Method::DELETE, &desk.path(added.id, ""), Some(&desk.app.token(desk.ada))).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(desk.content(desk.eve, &added).await.body, content);
}
