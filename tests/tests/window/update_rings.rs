//! Update rings, by keyboard: nine of them share sixty days, a room moves to one, and comes back to General when that is deleted (R100–R102).

use anyhow::{Context, Result, ensure};
use tenantry_tests::desktop::page::Page;
use tenantry_tests::desktop::page::key::Key;

use crate::fixture::Fixture;
use crate::keyboard::{Keys, focus_on};
use crate::relations;

/// What is said to be wrong with the days of the test, where something is.
const WRONG: &str = "return document.getElementById('ring-test-error')?.textContent ?? null";
/// The last line of the table, once it says so many days.
const TOTAL: &str = "const text = document.querySelector('[data-testid=ring-row][data-id=total]')?.innerText ?? '';
    return text.includes(` ${arguments[0]} `) ? text : null";
const ROOM: &str = "return document.querySelector('[data-testid=ring-room] .clip')?.textContent ?? null";

async fn to(page: &Page, id: &str) -> Result<()> {
    page.find(id).await?;
    page.script("document.querySelector(`[data-testid=${arguments[0]}]`).focus()", vec![id.into()]).await.map(|_| ())
}

/// Fills in the form of a new ring, which begins behind the others, up to the days of its test.
async fn fill(page: &Page, keys: &mut Keys<'_>, name: &str, rollout: &str, test: &str) -> Result<()> {
    to(page, "ring-new").await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "ring-name").await?;
    page.keys(name).await?;
    keys.tab_to("ring-rollout").await?;
    page.keys(rollout).await?;
    keys.tab_to("ring-test").await?;
    page.keys(test).await
}

/// By the customer's own administrator: a partner adds no ring (A21).
pub(crate) async fn r101_nine_rings_share_sixty_days(fixture: &Fixture) -> Result<()> {
    relations::sign_in(fixture, "customer-admin").await?;
    let page = fixture.page();
    let mut keys = Keys::at(page);
    page.find("nav-updates").await?;
    to(page, "nav-groups").await?;
    keys.press(Key::Down).await?;
    focus_on(page, "nav-updates").await?;
    keys.press(Key::Enter).await?;
    to(page, "updates-tab-rings").await?;
    keys.press(Key::Enter).await?;
    page.find("ring-row").await?;
    page.eventually::<String>("the presets leave 30 days", TOTAL, vec!["30".into()]).await?;
    for order in 4..=8 {
        fill(page, &mut keys, &format!("Wave {order}"), "3", "2").await?;
        keys.press(Key::Enter).await?;
        page.gone("ring-form").await?;
        page.reads("ring-pane", "the new ring is open", |text| text.contains(&format!("Wave {order}"))).await?;
        ensure!(page.focus().await?.tag != "body", "the focus is lost");
    }
    page.eventually::<String>("five days are left", TOTAL, vec!["5".into()]).await?;
    // One day more than there are: Enter sends nothing, and the field says how many are left.
    fill(page, &mut keys, "Wave 9", "3", "3").await?;
    let wrong: String = page.eventually("what is wrong", WRONG, vec![]).await?;
    ensure!(wrong.contains(" 5 ") && wrong.contains("60"), "{wrong}");
    page.attribute("ring-test", "aria-invalid", "true").await?;
    keys.press(Key::Enter).await?;
    page.find("ring-form").await?;
    keys.press(Key::Backspace).await?;
    page.keys("2").await?;
    page.attribute("ring-test", "aria-invalid", "false").await?;
    keys.press(Key::Enter).await?;
    page.gone("ring-form").await?;
    page.eventually::<String>("no day is left", TOTAL, vec!["0".into()]).await?;
    page.attribute("ring-new", "aria-disabled", "true").await?;
    Ok(())
}

pub(crate) async fn r100_r102_a_room_moves_and_comes_back_to_general(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let mut keys = Keys::at(page);
    relations::open_row(fixture, "ring-row", "Wave 9").await?;
    page.find("ring-no-rooms").await?;
    to(page, "ring-move").await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "ring-rooms-search").await?;
    page.find("tick-option").await?;
    keys.press(Key::Down).await?;
    keys.press(Key::Enter).await?;
    page.reads("ring-rooms-count", "one room is chosen", |text| text.contains('1')).await?;
    keys.tab_to("wizard-finish").await?;
    keys.press(Key::Enter).await?;
    page.gone("ring-move-form").await?;
    page.reads("outcome-done", "what was done", |text| text.contains("Wave 9")).await?;
    let room: String = page.eventually("its room", ROOM, vec![]).await.context("the copy follows")?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    // Its pane says where it is, and it goes on from there.
    page.click("nav-rooms").await?;
    page.find("room-row").await?;
    page.click("room-search").await?;
    page.keys("ring:=\"Wave 9\"").await?;
    relations::open_row(fixture, "room-row", &room).await?;
    to(page, "room-ring-change").await?;
    keys.press(Key::Enter).await?;
    page.find("room-ring-form").await?;
    page.press(Key::Escape).await?;
    page.gone("room-ring-form").await?;
    // Presets stay, and say why; another ring goes, and its room comes to General.
    page.click("nav-updates").await?;
    page.click("updates-tab-rings").await?;
    relations::open_row(fixture, "ring-row", "Executive").await?;
    page.attribute("ring-delete", "aria-disabled", "true").await?;
    relations::open_row(fixture, "ring-row", "Wave 9").await?;
    page.reads("ring-pane", "the ring is open", |text| text.contains("Wave 9")).await?;
    to(page, "ring-delete").await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "ring-delete-confirm-no").await?;
    keys.press(Key::Tab).await?;
    keys.press(Key::Enter).await?;
    page.gone("ring-pane").await?;
    page.reads("outcome-done", "what was done", |text| text.contains("Wave 9")).await?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    let told = page.script("return document.querySelector('[data-testid=row-left]')?.textContent ?? ''", vec![]).await?;
    ensure!(told == "", "that it is gone is no news to who deleted it: {told}");
    let is_free = "return document.querySelector('[data-testid=ring-new]')?.hasAttribute('aria-disabled') === false || null";
    page.eventually::<bool>("there is a place for another ring", is_free, vec![]).await.map(drop)
}
