//! Events of a device become an issue, and both sides see it (R113).

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use tenantry_model::api::incidents::RecordIssue;
use tenantry_model::api::room_events::{IssueEvents, RoomEventPage};
use tenantry_model::ipc::{FormId, IncidentRef, RoomKey, Work, WorkItem, WorkOutcome};
use tenantry_model::room::Health;
use tenantry_test_kit::Change;
use tenantry_tests::api::Api;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desk::Desk;
use tenantry_tests::wait::{SOON, until};
use tenantry_tests::world::SmallEstate;
use uuid::Uuid;

/// What a device sends through the rooms' door.
async fn sent(demo: &Demo, door: &str, key: &str, body: Value) -> Result<Value> {
    let http = reqwest::Client::builder().no_proxy().build()?;
    let answer = http.post(demo.url(&format!("/v1/agent/{door}"))).bearer_auth(key).json(&body).send().await?;
    let (status, text) = (answer.status(), answer.text().await?);
    ensure!(status.is_success(), "{door} answered {status}: {text}");
    Ok(serde_json::from_str(&text)?)
}

#[tokio::test(flavor = "multi_thread")]
async fn r113_events_of_a_device_become_an_issue_that_both_sides_see() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let (alpen, room) = (&estate.alpen, estate.alpen.rooms[0]);
    let (partner, customer) = (Api::sign_in(&demo, estate.anna).await?, Api::sign_in(&demo, alpen.admin).await?);
    let anna = Desk::signed_in(&demo, estate.anna).await?;

    // The room's device comes by a key of its own as any does.
    let reset = demo.control(&[Change::ResetEnrolmentKey { customer: alpen.id }]).await?;
    let key = reset["outcomes"][0]["key"].as_str().with_context(|| format!("no key in {reset}"))?.to_owned();
    let known = partner.room(alpen.id, room).await?.context("the room")?;
    let device = json!({
        "displayName": known.display_name, "capacity": null, "hostName": known.host_name, "account": known.account,
        "timezone": known.timezone, "licence": known.licence, "peripherals": [],
    });
    let enrolled = sent(&demo, "enrol", &key, device).await?;
    ensure!(enrolled["roomId"] == json!(room), "another room: {enrolled}");
    let at = anna.sync().await?.as_of.context("it is synced")?;
    let event = |n: u128, more: Value| {
        let mut event = json!({ "id": Uuid::from_u128(n), "at": at });
        event.as_object_mut().expect("it is one").extend(more.as_object().expect("it is one").clone());
        event
    };
    let call = event(1, json!({ "kind": "poor_call", "problem": "audio", "durationS": 1200, "participants": 4 }));
    let report = event(2, json!({ "kind": "room_report", "text": "Niemand hört uns" }));
    let room_key = enrolled["roomKey"].as_str().context("a key")?;
    let kept = sent(&demo, "events", room_key, json!({ "events": [call, report] })).await?;
    ensure!(kept == json!({ "kept": 2, "dropped": 0 }), "{kept}");

    // Information: no incident more.
    let before = anna.active(Some(alpen.id)).await?.len();
    let here = RoomKey { customer_id: alpen.id, id: room };
    let events = anna.engine().get_room_events(here).await?.value.items;
    ensure!(events.len() == 2 && events.iter().all(|event| event.issue.is_none()), "{events:?}");
    anna.catch_up().await?;
    ensure!(anna.active(Some(alpen.id)).await?.len() == before, "an event raised an incident");

    let flagged = events.iter().find(|event| event.text.as_deref() == Some("Niemand hört uns")).context("the report")?.id;
    let new = RecordIssue { description: "Niemand hört uns".into(), rooms: vec![room], high_impact_reason: None, events: vec![flagged] };
    let item = WorkItem { form: FormId(Uuid::from_u128(7)), customer: alpen.id, work: Work::Record { new } };
    let WorkOutcome::Done(recorded) = anna.engine().do_work(item).await? else { bail!("it was not recorded") };
    let incident = IncidentRef { customer_id: alpen.id, number: recorded.number };

    // The desk: the issue comes by sync, the event names it, and it names the event.
    until(SOON, "the issue is on the desk", || async {
        Ok(anna.active(Some(alpen.id)).await?.iter().any(|row| row.number == recorded.number))
    })
    .await?;
    until(SOON, "the event says its number", || async {
        let events = anna.engine().get_room_events(here).await?.value.items;
        Ok(events.iter().map(|event| (event.id == flagged, event.issue)).all(|(ours, issue)| issue == ours.then_some(recorded.number)))
    })
    .await?;
    let of_issue = anna.engine().get_incident_events(incident).await?.value.events;
    ensure!(of_issue.iter().map(|event| event.id).eq([flagged]), "{of_issue:?}");
    // The customer sees the same.
    let path = format!("/v1/customers/{}", alpen.id);
    let page: RoomEventPage = customer.read(&format!("{path}/rooms/{room}/events")).await?;
    ensure!(page.items.iter().filter(|event| event.issue == Some(recorded.number)).map(|event| event.id).eq([flagged]), "{page:?}");
    let theirs: IssueEvents = customer.read(&format!("{path}/incidents/{}/events", recorded.number)).await?;
    ensure!(theirs.events == of_issue, "{theirs:?}");
    ensure!(customer.room(alpen.id, room).await?.context("the room")?.health == Health::Unhealthy, "R84");
    // Who holds nothing there is told nothing, as of what does not exist.
    let nobody = Api::sign_in(&demo, estate.nora).await?;
    ensure!(nobody.find::<RoomEventPage>(&format!("{path}/rooms/{room}/events")).await?.is_none());
    ensure!(nobody.find::<IssueEvents>(&format!("{path}/incidents/{}/events", recorded.number)).await?.is_none());
    Ok(())
}
