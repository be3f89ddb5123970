//! A filter is saved, found again by keyboard, changed, moved and deleted.

use anyhow::{Result, ensure};
use tenantry_tests::desktop::Page;
use tenantry_tests::desktop::page::key::Key;

use crate::axe::Axe;
use crate::browsing::clear_search;
use crate::fixture::Fixture;
use crate::keyboard::{Keys, focus_on};
use crate::palette::open;
use crate::screens;

const TEXT: &str = "return document.querySelector('[data-testid=incident-search]').value === arguments[0]";
/// Names and counts of the views in the navigation.
const LINES: &str = "return [...document.querySelectorAll('[data-testid=nav-view]')].map(e => e.querySelector('.nav__label').textContent).join('|') === arguments[0]";

async fn views(page: &Page, wanted: &str) -> Result<()> {
    page.eventually::<bool>(&format!("the views {wanted}"), LINES, vec![wanted.into()]).await.map(|_| ())
}

async fn save(page: &Page, name: &str) -> Result<()> {
    page.tab_to("view-save").await?;
    page.press(Key::Enter).await?;
    focus_on(page, "view-name").await?;
    page.script("document.activeElement.select()", vec![]).await?;
    page.keys(name).await?;
    page.press(Key::Enter).await?;
    page.gone("view-name").await?;
    page.reads("view-told", "that it is saved", |text| text.contains(name)).await?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    Ok(())
}

pub(crate) async fn a_view_is_saved_opened_changed_moved_and_deleted(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    screens::all_tickets(fixture, true).await?;
    ensure!(!page.shows("nav-view").await? && !page.shows("view-save").await?, "there are none, and nothing to save");
    page.click("incident-search").await?;
    page.keys("sev:critical").await?;
    page.eventually::<bool>("the filter", TEXT, vec!["sev:critical".into()]).await?;
    save(page, "Gravest").await?;
    views(page, "Gravest").await?;
    page.attribute("nav-view", "aria-current", "true").await?;
    // It counts what the list shows, and follows it.
    let counted = "const badge = document.querySelector('[data-testid=nav-view] .nav__badge'), said = document.querySelector('[data-testid=matches]');
        return !!badge && badge.textContent === said.textContent.replace(/[^0-9.,]/g, '')";
    page.eventually::<bool>("the count of the list", counted, vec![]).await?;
    clear_search(fixture).await?;

    // Opened by keyboard, from the list of one customer: it is over all.
    screens::all_tickets(fixture, false).await?;
    page.script("document.querySelector('[data-testid=nav-incidents]').focus()", vec![]).await?;
    let mut keys = Keys::at(page);
    keys.press(Key::Down).await?;
    focus_on(page, "nav-view").await?;
    keys.press(Key::Enter).await?;
    page.eventually::<bool>("its filter", TEXT, vec!["sev:critical".into()]).await?;
    let over_all = "return document.querySelector('[data-testid=all-tickets-toggle]').checked";
    page.eventually::<bool>("over all customers", over_all, vec![]).await?;

    // Changed after it was opened: it can be updated, or another one saved.
    page.click("filter-unread").await?;
    page.reads("view-update", "the view that was opened", |text| text.contains("Gravest")).await?;
    save(page, "Unread").await?;
    views(page, "Gravest|Unread").await?;
    page.click("view-menu").await?;
    page.click("view-up").await?;
    views(page, "Unread|Gravest").await?;
    page.click("view-menu").await?;
    page.click("view-rename").await?;
    focus_on(page, "view-name").await?;
    page.script("document.activeElement.select()", vec![]).await?;
    page.keys("gravest").await?;
    page.press(Key::Enter).await?;
    page.attribute("view-name", "aria-invalid", "true").await?;
    page.keys(" of all that nobody has read yet, on any day").await?;
    page.press(Key::Enter).await?;
    page.gone("view-name").await?;
    views(page, "gravest of all that nobody has read yet, on any day|Gravest").await?;

    clear_search(fixture).await?;
    open(page).await?;
    page.keys("nobody has read").await?;
    page.reads("palette-option", "the view", |text| text.contains("View")).await?;
    page.press(Key::Enter).await?;
    page.eventually::<bool>("its filter", TEXT, vec!["sev:critical is:unread".into()]).await?;
    page.click("view-menu").await?;
    page.click("view-delete").await?;
    page.click("view-delete-confirm-yes").await?;
    views(page, "Gravest").await?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    clear_search(fixture).await?;
    screens::all_tickets(fixture, false).await
}

const ROOMS_TEXT: &str = "return document.querySelector('[data-testid=room-search]').value === arguments[0]";

/// Lists the rooms of all customers, or of one.
async fn all_rooms(page: &Page, on: bool) -> Result<()> {
    const SET: &str =
        "const box = document.querySelector('[data-testid=all-rooms-toggle]'); if (box.checked !== arguments[0]) box.click(); return true";
    page.click("nav-rooms").await?;
    page.find("room-row").await?;
    page.script(SET, vec![on.into()]).await?;
    if on { page.find("filter-customer").await.map(|_| ()) } else { page.gone("filter-customer").await }
}

pub(crate) async fn a_view_of_rooms_is_saved_and_opened_by_keyboard_and_counts_its_rows(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    all_rooms(page, true).await?;
    page.click("room-search").await?;
    page.keys("health:unhealthy,disconnected sev:critical").await?;
    page.reads("search-wrong", "a word of another page", |text| text.contains("sev:")).await?;
    page.script("document.activeElement.select()", vec![]).await?;
    page.keys("health:unhealthy,disconnected").await?;
    page.eventually::<bool>("the filter", ROOMS_TEXT, vec!["health:unhealthy,disconnected".into()]).await?;
    save(page, "Out of order").await?;
    views(page, "Out of order").await?;
    page.attribute("nav-view", "aria-current", "true").await?;
    let counted = "const badge = document.querySelector('[data-testid=nav-view] .nav__badge'), said = document.querySelector('[data-testid=room-matches]');
        const number = text => text.replace(/[^0-9]/g, ''), line = document.querySelector('[data-testid=nav-view]');
        return !!badge && number(badge.textContent) === number(said.textContent) && line.closest('.nav__views').previousElementSibling.dataset.testid === 'nav-rooms'";
    page.eventually::<bool>("the count of the list, under Rooms", counted, vec![]).await?;
    page.click("filter-clear-all").await?;
    page.eventually::<bool>("no filter", ROOMS_TEXT, vec!["".into()]).await?;
    all_rooms(page, false).await?;

    // Opened by keyboard, from another page and from the list of one customer: it is over all.
    page.click("nav-incidents").await?;
    page.script("document.querySelector('[data-testid=nav-rooms]').focus()", vec![]).await?;
    let mut keys = Keys::at(page);
    keys.press(Key::Down).await?;
    focus_on(page, "nav-view").await?;
    keys.press(Key::Enter).await?;
    page.eventually::<bool>("its filter", ROOMS_TEXT, vec!["health:unhealthy,disconnected".into()]).await?;
    let over_all = "return document.querySelector('[data-testid=all-rooms-toggle]').checked";
    page.eventually::<bool>("over all customers", over_all, vec![]).await?;
    page.eventually::<bool>("the count of the list", counted, vec![]).await?;
    page.click("view-menu").await?;
    page.click("view-delete").await?;
    page.click("view-delete-confirm-yes").await?;
    page.gone("nav-view").await?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    page.click("filter-clear-all").await?;
    all_rooms(page, false).await?;
    page.click("nav-incidents").await?;
    page.find("incident-row").await.map(|_| ())
}

/// The form that saves a view, the view in the navigation, its menu, and the question before it goes.
pub(crate) async fn looked_at(fixture: &Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page();
    page.click("incident-search").await?;
    page.keys("sev:critical").await?;
    page.eventually::<bool>("the filter", TEXT, vec!["sev:critical".into()]).await?;
    axe.open(page, "view-save", "view-name").await?;
    page.press(Key::Enter).await?;
    page.gone("view-name").await?;
    page.find("nav-view").await?;
    axe.look(page, "nav-view").await?;
    // In the narrow navigation a line has no room for its name, and is called by it all the same.
    page.script("document.documentElement.style.fontSize = '32px'", vec![]).await?;
    page.painted().await?;
    axe.look(page, "nav-view-narrow").await?;
    let named = "const hidden = e => getComputedStyle(e.querySelector('.nav__label')).display === 'none';
        return ![...document.querySelectorAll('.nav__item')].some(hidden) && document.querySelector('[data-testid=nav-incidents]').clientWidth < 128";
    page.eventually::<bool>("narrow lines that keep their names", named, vec![]).await?;
    page.script("document.documentElement.style.removeProperty('font-size')", vec![]).await?;
    axe.open(page, "view-menu", "view-delete").await?;
    axe.open(page, "view-delete", "view-delete-confirm").await?;
    page.click("view-delete-confirm-yes").await?;
    page.gone("nav-view").await?;
    clear_search(fixture).await
}

/// A name that was begun in the search box is completed by keyboard; keys that mean something else there still do.
pub(crate) async fn a_name_is_completed_in_the_search_box(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    screens::all_tickets(fixture, true).await?;
    let row = fixture.wait_rows("rows", |rows| !rows.is_empty()).await?.remove(0);
    let customers = fixture.api.me().await?.customers.into_iter().map(|it| it.display_name);
    let customer = customers.filter(|name| row.text.contains(name.as_str())).max_by_key(String::len);
    let customer = customer.ok_or_else(|| anyhow::anyhow!("whose is {row:?}"))?;
    page.click("incident-search").await?;
    let letters: Vec<String> = customer.chars().take_while(|letter| letter.is_alphanumeric()).map(String::from).collect();
    let (last, begun) = letters.split_last().ok_or_else(|| anyhow::anyhow!("{customer} begins with no letter"))?;
    let begun = begun.concat();
    page.keys(&format!("cust:{begun}")).await?;
    page.reads("search-names", "the name", |text| text.contains(&customer)).await?;
    page.press(Key::Escape).await?;
    page.gone("search-names").await?;
    page.eventually::<bool>("what was typed stays", TEXT, vec![format!("cust:{begun}").into()]).await?;
    page.keys(last).await?;
    page.find("search-names").await?;
    page.press(Key::Down).await?;
    page.press(Key::Tab).await?;
    page.gone("search-names").await?;
    let whole = "return /^cust:=(\".*\"|\\S+) $/.test(document.querySelector('[data-testid=incident-search]').value)";
    page.eventually::<bool>("a whole name", whole, vec![]).await?;
    ensure!(page.focus().await?.id == "incident-search", "{:?}", page.focus().await?);
    clear_search(fixture).await?;
    screens::all_tickets(fixture, false).await
}
