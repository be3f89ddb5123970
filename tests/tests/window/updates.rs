//! Updates, by keyboard: one is looked at, paused, resumed, and forced in one room (W12, R104, R105).

use anyhow::{Result, ensure};
use tenantry_tests::desktop::page::Page;
use tenantry_tests::desktop::page::key::Key;

use crate::fixture::Fixture;
use crate::keyboard::{Keys, focus_on};
use crate::relations;

const UPDATE: &str = "5.4.201.0";

async fn to(page: &Page, id: &str) -> Result<()> {
    page.find(id).await?;
    page.script("document.querySelector(`[data-testid=${arguments[0]}]`).focus()", vec![id.into()]).await.map(|_| ())
}

/// By the customer's own administrator: it concerns rooms that no partner has (A21).
pub(crate) async fn r104_an_update_is_paused_and_resumed(fixture: &Fixture) -> Result<()> {
    relations::sign_in(fixture, "customer-admin").await?;
    let page = fixture.page();
    let mut keys = Keys::at(page);
    to(page, "nav-updates").await?;
    keys.press(Key::Enter).await?;
    page.find("update-row").await?;
    relations::open_row(fixture, "update-row", UPDATE).await?;
    page.reads("update-pane", "the update is open", |text| text.contains(UPDATE)).await?;
    to(page, "update-pause").await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "update-reason").await?;
    page.keys("The cameras go dark").await?;
    keys.press(Key::Enter).await?;
    page.gone("update-reason").await?;
    page.reads("outcome-done", "what was done", |text| text.contains(UPDATE)).await?;
    page.reads("update-paused-by", "who paused it, and why", |text| text.contains("The cameras go dark")).await?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    page.attribute("update-force", "aria-disabled", "true").await?;
    to(page, "update-resume").await?;
    keys.press(Key::Enter).await?;
    page.find("update-act-text").await?;
    keys.tab_to("update-act-yes").await?;
    keys.press(Key::Enter).await?;
    page.gone("update-act-text").await?;
    page.gone("update-paused-by").await?;
    page.find("update-pause").await?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    Ok(())
}

pub(crate) async fn r105_an_update_is_forced_in_one_room(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let mut keys = Keys::at(page);
    page.click("nav-rooms").await?;
    page.find("room-row").await?;
    page.click("room-search").await?;
    page.keys("ring:=Executive").await?;
    page.click("room-row").await?;
    to(page, "room-tab-updates").await?;
    keys.press(Key::Enter).await?;
    page.find("room-installed").await?;
    page.find("room-update").await?;
    to(page, "room-force").await?;
    keys.press(Key::Enter).await?;
    page.find("update-when-when_free").await?;
    // Esc leaves it as Cancel does, and the button has the focus again.
    keys.press(Key::Escape).await?;
    page.gone("update-act-text").await?;
    focus_on(page, "room-force").await?;
    keys.press(Key::Enter).await?;
    page.find("update-act-text").await?;
    keys.tab_to("update-act-yes").await?;
    keys.press(Key::Enter).await?;
    page.gone("update-act-text").await?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    Ok(())
}
