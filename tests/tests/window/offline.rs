//! Without the service: reading goes on, also after a start; and with it again, everything becomes current by itself.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tenantry_model::api::{IncidentTab, Reading, SignalState};
use tenantry_model::room::{Enrolment, Health};
use tenantry_model::signal::SignalId;
use tenantry_test_kit::Change;
use tenantry_tests::desktop::page::key::Key;
use tenantry_tests::wait::{SOON, until};

use crate::browsing::clear_search;
use crate::dropdown::Customer;
use crate::fixture::{Fixture, Row};
use crate::screens;

/// The service is killed: the window says so, and lists, search, details and rooms are there as before.
pub(crate) async fn reads_on_without_the_service(fixture: &mut Fixture, customer: &Customer, incident: &Row) -> Result<()> {
    let before = fixture.matches().await?;
    fixture.demo.kill();
    let page = fixture.page();
    page.attribute("sync-state", "data-state", "offline").await?;
    page.find("offline-banner").await?;
    let now = fixture.matches().await?;
    // The estate lives: a few may have come or gone in the last moment.
    ensure!(now.abs_diff(before) <= 20, "rows were lost with the service: {before} before, {now} now");
    open(fixture, incident).await?;
    page.press(Key::Escape).await?;
    page.gone("incident-detail").await?;
    clear_search(fixture).await?;
    screens::all_tickets(fixture, false).await?;
    page.reads("customer-dropdown", "it still names the customer", |text| text.contains(&customer.name)).await?;
    page.click("nav-rooms").await?;
    page.find("room-row").await?;
    page.click("nav-incidents").await?;
    screens::all_tickets(fixture, true).await
}

/// The app is closed and started while there is no service: the list is there, from the cache, and nobody has to sign in.
pub(crate) async fn opens_from_the_cache_alone(fixture: &mut Fixture, incident: &Row) -> Result<()> {
    let before = fixture.matches().await?;
    fixture.restart_app().await?;
    // That the service is out of reach may be told at the very moment at which the program takes what was asked for it.
    for left in (0..3).rev() {
        fixture.page().find("incident-row").await?;
        let early = "return ['get_app', 'list_incidents'].map(name => performance.getEntriesByName(`early-${name}`).length)";
        let early = fixture.page().script(early, vec![]).await?;
        if early == json!([1, 1]) {
            break;
        }
        ensure!(left > 0, "the first screen is not drawn from what was asked before the program ran: {early}");
        fixture.restart_app().await?;
    }
    let page = fixture.page();
    // Drawn before anything looks after the focus.
    until(SOON, "the first screen has the focus", || async { Ok(page.focus().await?.tag != "body") }).await?;
    ensure!(fixture.matches().await? == before, "the cache lost rows");
    ensure!(
        page.script("return document.querySelector('[data-testid=all-tickets-toggle]').checked", vec![]).await? == true,
        "All tickets was forgotten (A17)"
    );
    page.attribute("sync-state", "data-state", "offline").await?;
    open(fixture, incident).await?;
    page.click("detail-close").await?;
    clear_search(fixture).await
}

/// The service is there again: the banner goes, and an incident that opens afterwards appears without anybody touching the window.
pub(crate) async fn becomes_current_by_itself(fixture: &mut Fixture) -> Result<()> {
    fixture.demo.restart().await?;
    let page = fixture.page();
    page.attribute("sync-state", "data-state", "current").await?;
    page.gone("offline-banner").await?;

    let incidents = fixture.api.incidents(None, IncidentTab::Active).await?.unwrap_or_default();
    let customer = incidents.first().context("no incidents")?.customer_id;
    let rooms = fixture.api.rooms(customer).await?.unwrap_or_default();
    let fit = |health: Health| health == Health::Healthy;
    let room = rooms.iter().find(|room| room.enrolment == Enrolment::Enrolled && fit(room.health)).context("no healthy room")?;
    page.click("incident-search").await?;
    page.keys(&room.host_name).await?;
    let before: Vec<String> = incidents.iter().map(|incident| incident.number.to_string()).collect();
    // A disk that fails is an incident at once: no watch time.
    let readings = vec![Reading { signal: SignalId::DiskHealth, instance: None, state: SignalState::Failing }];
    page.press(Key::Escape).await?;
    page.keys(&room.display_name).await?;
    fixture.demo.control(&[Change::ReportSignals { room: room.id, readings, occupied: None }]).await?;
    let fresh = |row: &Row| !before.contains(&row.number) && row.text.contains("Disk health");
    let rows = fixture.wait_rows("the new incident", |rows| rows.iter().any(fresh)).await?;
    fixture.seen.extend(rows.into_iter().map(|row| row.number));
    fixture.seen.insert(room.display_name.clone());
    clear_search(fixture).await
}

async fn open(fixture: &Fixture, incident: &Row) -> Result<()> {
    let page = fixture.page();
    page.click("incident-search").await?;
    page.keys(&incident.number).await?;
    fixture.wait_rows("the one that was searched for", |rows| matches!(rows, [row] if row.number == incident.number)).await?;
    page.click("incident-row").await?;
    page.reads("incident-detail", "it shows the incident", |text| text.contains(&incident.number)).await?;
    Ok(())
}
