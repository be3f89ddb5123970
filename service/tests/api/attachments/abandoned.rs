//! What nobody sends to its end.

use std::time::Duration;

use http::StatusCode;
use tenantry_model::sync::SyncLine;
use tenantry_service::domain::timed_work::tick;
use tenantry_service::random::SeededRandom;
use tenantry_service::serve::sweep_uploads;

use super::{Desk, picture};
use crate::support::first_sync;

const HOUR: Duration = Duration::from_secs(60 * 60);

#[tokio::test]
async fn r82_a24_what_is_not_sent_to_its_end_within_a_day_is_given_up_by_the_service() {
    let desk = Desk::start().await;
    let content = picture(100);
    let (random, part) = (SeededRandom::new(1), |id| desk.app.folder().join("uploads").join(format!("{id}.part")));
    let added = desk.adds(desk.ada, "kept.png", &content).await;
    let added_id = added.id;
    let begun = desk.begins(desk.ada, "a.png", &content).await;
    desk.sends(desk.ada, &begun, 0, &content[..50]).await;
    // An attempt to keep it ended before its row said so.
    let kept = |id| desk.app.folder().join("attachments").join(format!("{id}"));
    std::fs::write(kept(begun.id), &content).unwrap();
    let (_, cursor) = first_sync(async |path| desk.app.get(&path, desk.eve).await).await;
    desk.app.clock.advance(24 * HOUR - Duration::from_secs(1));
    tick(&desk.app.store, &random).await.unwrap();
    sweep_uploads(&desk.app.state).await.unwrap();
    assert_eq!(desk.offset(desk.ada, &begun).await, 50);

    desk.app.clock.advance(Duration::from_secs(2));
    tick(&desk.app.store, &random).await.unwrap();
    assert_eq!(desk.incident(desk.eve).await.attachments, std::slice::from_ref(&added));
    assert_eq!(desk.log().await[0], "the service Update Successful attachments uploading>-");
    let lines = desk.app.get(&format!("/v1/sync?cursor={cursor}"), desk.eve).await.lines();
    let told = lines.iter().find_map(|line| if let SyncLine::Incident(incident) = line { Some(&incident.attachments) } else { None });
    assert_eq!(told, Some(&vec![added]));
    assert_eq!(desk.sends(desk.ada, &begun, 50, &content[50..]).await.status, StatusCode::NOT_FOUND);
    assert!(part(begun.id).exists());
    sweep_uploads(&desk.app.state).await.unwrap();
    assert!(!part(begun.id).exists() && !kept(begun.id).exists(), "nothing of it stays");
    assert!(kept(added_id).exists());
}
