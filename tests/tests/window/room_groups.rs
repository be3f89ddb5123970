//! Room groups, by keyboard: one is made with a room in it, and the filter of rooms finds the room by it.

use anyhow::{Context, Result, ensure};
use tenantry_tests::desktop::Page;
use tenantry_tests::desktop::page::key::Key;

use crate::bulk::first_number;
use crate::fixture::Fixture;
use crate::keyboard::{Keys, focus_on};
use crate::relations;

const GROUP: &str = "Night floor";

/// The names of the rooms that are listed, once they are all of those that match.
const LISTED: &str =
    "const rows = [...document.querySelectorAll('[data-testid=room-row]')].map(row => row.innerText.split('\\n')[0].trim());
    const said = parseInt((document.querySelector('[data-testid=room-matches]')?.textContent ?? '').replace(/\\D/g, ''));
    return rows.length === 1 && said === 1 ? rows : null";

/// By the customer's own administrator: a partner's people may look alone, unless the customer says otherwise.
pub(crate) async fn a20_a_group_is_made_by_keyboard_and_filters_rooms(fixture: &Fixture) -> Result<()> {
    relations::sign_in(fixture, "customer-admin").await?;
    let page = fixture.page();
    let mut keys = Keys::at(page);
    page.find("nav-groups").await?;
    page.script("document.querySelector('[data-testid=nav-roles]').focus()", vec![]).await?;
    keys.press(Key::Down).await?;
    focus_on(page, "nav-groups").await?;
    keys.press(Key::Enter).await?;
    page.find("group-row").await?;
    keys.press(Key::F6).await?;
    focus_on(page, "main-list").await?;
    keys.held(Key::Shift, Key::Tab).await?;
    focus_on(page, "group-new").await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "group-name").await?;
    page.keys(GROUP).await?;
    keys.tab_to("group-rooms-search").await?;
    page.find("tick-option").await?;
    keys.press(Key::Down).await?;
    keys.press(Key::Enter).await?;
    page.reads("group-rooms-count", "one room is chosen", |text| text.contains('1')).await?;
    keys.tab_to("wizard-finish").await?;
    keys.press(Key::Enter).await?;
    page.gone("group-form").await?;
    page.reads("outcome-done", "what was done", |text| text.contains(GROUP)).await?;
    page.reads("group-pane", "the new group is open", |text| text.contains(GROUP)).await?;
    let room: String = page
        .eventually("its room", "return document.querySelector('[data-testid=group-room] .clip')?.textContent ?? null", vec![])
        .await
        .context("the copy follows")?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    keys.took("a room group with a room in it", 16)?;
    // A name that is taken is said at the field, however it is written.
    page.script("document.querySelector('[data-testid=group-new]').focus()", vec![]).await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "group-name").await?;
    page.keys("NIGHT FLOOR").await?;
    keys.press(Key::Enter).await?;
    page.attribute("group-name", "aria-invalid", "true").await?;
    page.click("wizard-cancel").await?;
    page.click("confirm-discard-yes").await?;
    page.gone("group-form").await?;
    // The filter of rooms finds it.
    page.click("nav-rooms").await?;
    page.find("room-row").await?;
    page.click("room-search").await?;
    page.keys(&format!("group:=\"{GROUP}\"")).await?;
    let listed: Vec<String> = page.eventually("the one room of the group", LISTED, vec![]).await?;
    ensure!(listed.iter().all(|name| *name == room), "{listed:?} is not {room}");
    selected_rooms_are_put_into_it(page, &mut keys).await?;
    // Away with it: its rooms stay, and nothing names it.
    page.click("nav-groups").await?;
    relations::open_row(fixture, "group-row", GROUP).await?;
    page.find("group-unused").await?;
    is_looked_at_and_left(page, &mut keys).await?;
    page.script("document.querySelector('[data-testid=group-delete]').focus()", vec![]).await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "group-delete-confirm-no").await?;
    let asked = page.script("return document.querySelector('dialog[open] h2').textContent", vec![]).await?;
    ensure!(asked.as_str().is_some_and(|asked| asked.contains("room group") && asked.contains(GROUP)), "{asked}");
    keys.press(Key::Tab).await?;
    keys.press(Key::Enter).await?;
    page.gone("group-pane").await?;
    page.reads("outcome-done", "what was done", |text| text.contains(GROUP)).await?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    let listed =
        "return [...document.querySelectorAll('[data-testid=group-row]')].every(row => !row.textContent.includes(arguments[0])) || null";
    page.eventually::<bool>("its row is gone", listed, vec![GROUP.into()]).await?;
    let told = page.script("return document.querySelector('[data-testid=row-left]')?.textContent ?? ''", vec![]).await?;
    ensure!(told == "", "that it is gone is no news to who deleted it: {told}");
    Ok(())
}

/// Two that are selected in the list, at once.
async fn selected_rooms_are_put_into_it(page: &Page, keys: &mut Keys<'_>) -> Result<()> {
    keys.press(Key::Escape).await?;
    page.reads("room-matches", "all rooms are listed again", |text| first_number(text) > 3).await?;
    page.script("document.getElementById('main-list').focus()", vec![]).await?;
    for selected in 1..=2 {
        keys.letter("j").await?;
        keys.letter("x").await?;
        page.reads("bulk-count", "they are selected", |text| first_number(text) == selected).await?;
    }
    page.script("document.querySelector('[data-testid=bulk-group]').focus()", vec![]).await?;
    keys.press(Key::Enter).await?;
    page.find("tick-option").await?;
    keys.tab_to("room-group-search").await?;
    page.keys(GROUP).await?;
    keys.press(Key::Enter).await?;
    keys.tab_to("room-group-yes").await?;
    keys.press(Key::Enter).await?;
    page.gone("room-group-form").await?;
    page.reads("room-done", "what was done", |text| first_number(text) == 2 && text.contains(GROUP)).await?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    page.click("room-search").await?;
    page.keys(&format!("group:=\"{GROUP}\"")).await?;
    page.reads("room-matches", "two or three rooms are in it", |text| (2..=3).contains(&first_number(text))).await?;
    page.click("bulk-clear").await
}

/// Esc empties the search in the pane before it closes that. The form has the name at once and its rooms first; a first Space is for the row under the
/// cursor; Esc leaves the form as Cancel does.
async fn is_looked_at_and_left(page: &Page, keys: &mut Keys<'_>) -> Result<()> {
    page.script("document.querySelector('[data-testid=group-room-search]').focus()", vec![]).await?;
    page.keys("zzz").await?;
    keys.press(Key::Escape).await?;
    page.eventually::<bool>("the search is empty", "return document.activeElement.value === '' || null", vec![]).await?;
    focus_on(page, "group-room-search").await?;
    page.find("group-pane").await?;
    page.script("document.querySelector('[data-testid=group-edit]').focus()", vec![]).await?;
    keys.press(Key::Enter).await?;
    focus_on(page, "group-name").await?;
    keys.tab_to("group-rooms-search").await?;
    let first = "return document.querySelector('[data-testid=tick-option]')?.getAttribute('aria-selected') === 'true' || null";
    page.eventually::<bool>("its room stands first", first, vec![]).await?;
    keys.tab_to("group-rooms").await?;
    let before = first_number(&page.reads("group-rooms-count", "its rooms are ticked", |text| first_number(text) > 0).await?);
    keys.letter(" ").await?;
    page.reads("group-rooms-count", "the first row is not ticked any more", |text| first_number(text) == before - 1).await?;
    keys.press(Key::Escape).await?;
    for button in ["confirm-discard-no", "confirm-discard-yes", "confirm-discard-no", "confirm-discard-yes"] {
        focus_on(page, button).await?;
        keys.press(Key::Tab).await?;
    }
    keys.held(Key::Shift, Key::Tab).await?;
    focus_on(page, "confirm-discard-yes").await?;
    keys.press(Key::Enter).await?;
    page.gone("group-form").await?;
    page.find("group-pane").await.map(drop)
}
