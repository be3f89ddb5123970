//! One action at many incidents, by keyboard: selected, planned, done, undone. The presses are counted, beside what is typed as a text.

use std::time::Duration;

use anyhow::{Result, ensure};
use tenantry_model::room::Enrolment;
use tenantry_model::signal::SignalId;
use tenantry_test_kit::Change;
use tenantry_tests::desktop::page::Page;
use tenantry_tests::desktop::page::key::Key;
use tenantry_tests::world::failing;

use crate::axe::Axe;
use crate::browsing;
use crate::fixture::{self, Fixture};
use crate::keyboard::{Keys, focus_is, focus_on};
use crate::screens;

const ROOMS: usize = 20;

/// The first number in a text.
pub(crate) fn first_number(text: &str) -> u64 {
    let digits = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit);
    digits.collect::<String>().parse().unwrap_or_default()
}

async fn picture(fixture: &Fixture, name: &str) -> Result<()> {
    fixture.session.picture(&fixture::screens().join(format!("{name}.png"))).await.map(drop)
}

/// A signal fails in 20 rooms of several customers.
async fn fails_in_many_rooms(fixture: &Fixture) -> Result<()> {
    let mut changes = vec![];
    for customer in fixture.api.me().await?.customers {
        let rooms = fixture.api.rooms(customer.id).await?.unwrap_or_default();
        let rooms = rooms.iter().filter(|room| room.enrolment == Enrolment::Enrolled);
        changes.extend(rooms.map(|room| failing(room.id, SignalId::DisplayConsole)));
    }
    changes.truncate(ROOMS);
    ensure!(changes.len() == ROOMS, "there are but {} rooms", changes.len());
    changes.push(Change::advance(3_600));
    fixture.demo.control(&changes).await?;
    Ok(())
}

/// `x`, `a`, `z`, a reason, Enter, and Enter where the plan names the customers.
pub(crate) async fn one_signal_is_snoozed_in_twenty_rooms(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    fails_in_many_rooms(fixture).await?;
    screens::all_tickets(fixture, true).await?;
    page.click("incident-search").await?;
    page.keys("type:display_console").await?;
    page.reads("matches", "they are in the list", |text| first_number(text) >= ROOMS as u64).await?;
    page.script("document.getElementById('main-list').focus()", vec![]).await?;
    let mut keys = Keys::at(page);
    keys.letter("j").await?;
    keys.letter("x").await?;
    page.reads("bulk-count", "one is selected", |text| first_number(text) == 1).await?;
    keys.letter("a").await?;
    page.reads("bulk-count", "all are selected", |text| first_number(text) >= ROOMS as u64).await?;
    browsing::headings_stand_over_their_columns(fixture).await?;
    picture(fixture, "bulk-selected").await?;
    keys.letter("z").await?;
    focus_on(page, "snooze-reason").await?;
    page.keys("Umbau <i>im</i> Haus").await?;
    keys.press(Key::Enter).await?;
    let plan = page.reads("bulk-plan", "the plan", |text| !text.is_empty()).await?;
    let named = page.script("return document.querySelectorAll('[data-testid=bulk-plan-customer]').length", vec![]).await?;
    ensure!(named.as_u64().is_some_and(|named| named > 0), "the plan names no customer: {plan}");
    focus_on(page, "bulk-plan-yes").await?;
    // The plan stands over the form that it was made by: Tab goes round in the plan.
    for button in ["bulk-plan-no", "bulk-plan-yes"] {
        page.press(Key::Tab).await?;
        focus_on(page, button).await?;
    }
    picture(fixture, "bulk-plan").await?;
    keys.press(Key::Enter).await?;
    page.attribute("bulk-run", "data-state", "ended").await?;
    let done = page.reads("bulk-summary", "all are done", |text| text.contains("All")).await?;
    ensure!(first_number(&done) >= ROOMS as u64, "{done}");
    keys.took("one signal snoozed in 20 rooms", 10)?;

    picture(fixture, "bulk-done").await?;
    // Undone, they are back.
    page.click("bulk-undo").await?;
    page.gone("bulk-undo").await?;
    page.attribute("bulk-run", "data-state", "ended").await?;
    let undone = page.reads("bulk-summary", "all are undone", |text| text.contains("All")).await?;
    ensure!(first_number(&undone) == first_number(&done), "{undone} of {done}");
    focus_is(page, "the focus is not lost", |focus| focus.tag != "body").await?;
    close_run(page).await?;
    page.gone("bulk-bar").await?;
    page.reads("matches", "they are in the list again", |text| first_number(text) >= ROOMS as u64).await?;
    focus_is(page, "the focus is not lost", |focus| focus.tag != "body").await?;
    page.click("incident-search").await?;
    page.script("document.querySelector('[data-testid=incident-search]').select()", vec![]).await?;
    page.press(Key::Delete).await?;
    screens::all_tickets(fixture, false).await
}

/// Shift and an arrow, a press with Shift, and Esc.
pub(crate) async fn rows_are_selected_by_range(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    screens::all_tickets(fixture, true).await?;
    page.script("document.getElementById('main-list').focus()", vec![]).await?;
    let mut keys = Keys::at(page);
    keys.press(Key::Home).await?;
    keys.held(Key::Shift, Key::Down).await?;
    keys.held(Key::Shift, Key::Down).await?;
    page.reads("bulk-count", "what was passed is selected", |text| first_number(text) == 3).await?;
    let press = "const rows = document.querySelectorAll('[data-testid=incident-row]');
        rows[5].dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }))";
    page.script(press, vec![]).await?;
    page.reads("bulk-count", "up to the row that was pressed", |text| first_number(text) == 6).await?;
    ensure!(!page.shows("incident-detail").await?, "a press that selects opens nothing");
    keys.press(Key::Escape).await?;
    page.gone("bulk-bar").await?;
    focus_is(page, "the list keeps the focus", |focus| focus.tag != "body").await?;
    screens::all_tickets(fixture, false).await
}

/// What axe-core says of the bar, the form, the plan and the run.
pub(crate) async fn looked_at(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    page.script("document.getElementById('main-list').focus()", vec![]).await?;
    page.press(Key::Home).await?;
    page.chord(Key::Shift, Key::Down).await?;
    page.find("bulk-bar").await?;
    axe.look(page, "bulk-bar").await?;
    axe.ask(page, "bulk-close", "bulk-close-form").await?;
    axe.open(page, "bulk-claim", "bulk-plan").await?;
    page.click("bulk-plan-yes").await?;
    page.attribute("bulk-run", "data-state", "ended").await?;
    axe.look(page, "bulk-run").await?;
    page.click("bulk-undo").await?;
    page.gone("bulk-undo").await?;
    page.attribute("bulk-run", "data-state", "ended").await?;
    close_run(page).await?;
    // What somebody else works on was not done, and stays selected.
    if page.shows("bulk-bar").await? {
        page.click("bulk-clear").await?;
    }
    page.gone("bulk-bar").await
}

/// A press right at the end does not close it: nobody has read it by then.
async fn close_run(page: &Page) -> Result<()> {
    tokio::time::sleep(Duration::from_millis(600)).await;
    page.press(Key::Escape).await?;
    page.gone("bulk-run").await
}
