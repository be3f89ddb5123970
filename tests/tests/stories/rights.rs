//! What one may not see does not exist: over the real process, forbidden, foreign and unknown answer alike.
//! The full matrix of persons, routes and permissions is tested beside the service's handlers.

use anyhow::Result;
use tenantry_model::api::IncidentTab;
use tenantry_tests::api::Api;
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::world::SmallEstate;
use uuid::Uuid;

/// Status, headers and body of an answer, without what names the request itself.
async fn face(api: &Api, path: &str) -> Result<(u16, Vec<String>, String)> {
    let answer = api.get(path).await?;
    let status = answer.status().as_u16();
    let own = ["date", "x-request-id"];
    let mut headers: Vec<String> = answer
        .headers()
        .iter()
        .filter(|(name, _)| {
            !own.contains(&name.as_str()) && !name.as_str().starts_with("x-ratelimit") && !name.as_str().starts_with("ratelimit")
        })
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or("?")))
        .collect();
    headers.sort();
    let mut body: serde_json::Value = answer.json().await.unwrap_or_default();
    if let Some(body) = body.as_object_mut() {
        for own in ["requestId", "request_id", "instance"] {
            body.remove(own);
        }
    }
    Ok((status, headers, body.to_string()))
}

#[tokio::test(flavor = "multi_thread")]
async fn r4_what_may_not_be_seen_answers_as_the_unknown_does() -> Result<()> {
    let demo = Demo::start(DemoOptions::default()).await?;
    let estate = SmallEstate::create(&demo).await?;
    let admin = Api::sign_in(&demo, estate.alpen.admin).await?;
    let customer = estate.alpen.id;
    let hidden_room = estate.alpen.rooms[2];
    let incidents = admin.incidents(Some(customer), IncidentTab::Active).await?.unwrap_or_default();
    let number_of = |room| incidents.iter().find(|row| row.rooms.iter().any(|it| it.id == room)).map(|row| row.number);
    let (hidden, shown) = (number_of(hidden_room).unwrap(), number_of(estate.alpen.rooms[0]).unwrap());
    let unknown = Uuid::nil();

    let anna = Api::sign_in(&demo, estate.anna).await?;
    let nora = Api::sign_in(&demo, estate.nora).await?;
    let neighbour = Api::sign_in(&demo, estate.birke.admin).await?;
    let paths = |rest: &str| format!("/v1/customers/{customer}/{rest}");
    let unknown_customer = |rest: &str| format!("/v1/customers/{unknown}/{rest}");

    // In scope: 200, so that what follows is about rights and not about a wrong path.
    let (room, incident) = (format!("rooms/{}", estate.alpen.rooms[0]), format!("incidents/{shown}"));
    for path in [paths("rooms"), paths("incidents"), paths(&room), paths(&incident)] {
        assert_eq!(face(&anna, &path).await?.0, 200, "{path}");
        assert_eq!(face(&admin, &path).await?.0, 200, "{path}");
    }
    // Out of scope at a customer where one sees other things; a thing of one customer under the path of another.
    let unknown_room = face(&anna, &paths(&format!("rooms/{unknown}"))).await?;
    let unknown_incident = face(&anna, &paths("incidents/ZZZZZZ-ZZZZZZ")).await?;
    assert_eq!((unknown_room.0, unknown_incident.0), (404, 404));
    assert_eq!(face(&anna, &paths(&format!("rooms/{hidden_room}"))).await?, unknown_room);
    assert_eq!(face(&anna, &paths(&format!("incidents/{hidden}"))).await?, unknown_incident);
    assert_eq!(face(&anna, &format!("/v1/customers/{}/{room}", estate.birke.id)).await?, unknown_room);
    assert_eq!(face(&anna, &format!("/v1/customers/{}/{incident}", estate.birke.id)).await?, unknown_incident);
    assert_eq!(face(&anna, &paths("rooms/not-an-id")).await?, unknown_room);
    // A customer where one holds nothing.
    for person in [&nora, &neighbour] {
        for rest in ["rooms", "incidents", &room, &incident] {
            let expected = face(person, &unknown_customer(rest)).await?;
            assert_eq!(expected.0, 404, "{rest}");
            assert_eq!(face(person, &paths(rest)).await?, expected, "{rest}");
        }
    }
    // Nobody at all.
    let nobody = reqwest::Client::builder().no_proxy().build()?;
    for path in
        ["/v1/me", "/v1/tenants", "/v1/incidents", "/v1/sync", "/v1/events", paths("rooms").as_str(), unknown_customer("rooms").as_str()]
    {
        assert_eq!(nobody.get(demo.url(path)).send().await?.status(), 401, "{path}");
        assert_eq!(nobody.get(demo.url(path)).bearer_auth("a.b.c").send().await?.status(), 401, "{path}");
    }
    Ok(())
}
