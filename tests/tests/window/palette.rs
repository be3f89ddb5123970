//! Hands on the keyboard: the command palette, the language of filters, the keys of the sheet, and links.

use anyhow::{Context, Result, ensure};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use tenantry_model::api::IncidentTab;
use tenantry_model::filter::{Filter, Holder, Name};
use tenantry_model::ipc::NavigationTarget;
use tenantry_model::permission::Permission;
use tenantry_tests::desktop::page::key::{self, Key};
use tenantry_tests::desktop::{Page, app};

use crate::browsing::clear_search;
use crate::fixture::{Fixture, data};
use crate::keyboard::{Keys, focus_on};
use crate::screens;

/// Ctrl+K, as one press.
pub(crate) async fn open(page: &Page) -> Result<()> {
    let held = key::code(Key::Control);
    let actions =
        [KeyAction::Down { value: held }, KeyAction::Down { value: 'k' }, KeyAction::Up { value: 'k' }, KeyAction::Up { value: held }];
    page.client().perform_actions(actions.into_iter().fold(KeyActions::new("keyboard".into()), KeyActions::then)).await?;
    focus_on(page, "palette-input").await
}

/// A room that somebody names on the phone: its pane is open after eight presses, of which six are letters of its name. The focus goes where it belongs.
pub(crate) async fn a_room_is_found_in_eight_presses(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("nav-rooms").await?;
    let text = page.reads("room-row", "it says something", |text| text.trim().len() >= 4).await?;
    let name = text.lines().find(|line| line.trim().len() >= 4).context("a room without a name")?.trim();
    page.click("nav-incidents").await?;
    page.find("incident-row").await?;
    open(page).await?;
    let typed: String = name.chars().take(6).collect();
    page.keys(&typed).await?;
    page.press(Key::Enter).await?;
    let shown: String = typed.trim().to_owned();
    page.reads("room-detail", "the pane of a room of that name", |text| text.contains(&shown)).await?;
    page.gone("palette-input").await?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    // Used last, it is first when nothing is typed.
    open(page).await?;
    page.reads("palette-option", "what was used last", |text| text.contains(&shown)).await?;
    page.press(Key::Tab).await?;
    focus_on(page, "palette-input").await?;
    page.press(Key::Escape).await?;
    page.gone("palette-input").await?;
    page.click("nav-incidents").await?;
    page.gone("room-detail").await
}

/// Pages and what can be done here, with the reason where it cannot; an incident by its number.
pub(crate) async fn pages_actions_and_numbers(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let incidents = fixture.api.incidents(None, IncidentTab::Active).await?.unwrap_or_default();
    let number = incidents.first().context("nothing is open")?.number;
    open(page).await?;
    page.keys(number.as_str()).await?;
    page.press(Key::Enter).await?;
    page.reads("incident-detail", "the incident of that number", |text| text.contains(number.as_str())).await?;
    open(page).await?;
    page.keys("close incident").await?;
    page.reads("palette-option", "what can be done here", |text| text.contains("On this page")).await?;
    page.press(Key::Escape).await?;
    open(page).await?;
    page.keys("roles").await?;
    page.press(Key::Enter).await?;
    page.gone("incident-detail").await?;
    page.attribute("nav-roles", "aria-current", "page").await?;
    page.click("nav-incidents").await?;
    page.find("incident-row").await.map(|_| ())
}

/// Somebody is found by name, and leads to what they work on at all customers; the filter is a chip.
pub(crate) async fn a32_a_person_leads_to_what_they_work_on(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let me = fixture.api.me().await?;
    let may_claim = |id| me.customers.iter().any(|customer| customer.id == id && customer.permissions.contains(Permission::TicketsUpdate));
    let incidents = fixture.api.incidents(None, IncidentTab::Active).await?.unwrap_or_default();
    let number = incidents.iter().find(|row| may_claim(row.customer_id)).context("nothing that one may work on")?.number;
    open_numbered(page, number.as_str()).await?;
    Keys::at(page).letter("c").await?;
    page.find("incident-claimed").await?;
    open(page).await?;
    page.keys(&me.display_name).await?;
    page.reads("palette-option", "the person", |text| text.contains(&me.display_name) && text.contains("Works on 1 incident")).await?;
    page.press(Key::Enter).await?;
    fixture.wait_rows("what they work on", |rows| rows.len() == 1 && rows[0].number == number.as_str()).await?;
    let filter = Filter { holders: vec![Holder::Named(Name::Whole(me.display_name.clone()))], ..Filter::default() };
    let written = "return document.querySelector('[data-testid=incident-search]').value === arguments[0]";
    page.eventually::<bool>("the list has the filter", written, vec![filter.to_string().into()]).await?;
    page.reads("filter-holder", "the chip", |text| text.contains(&me.display_name)).await?;
    ensure!(page.focus().await?.tag != "body", "the focus is lost");
    clear_search(fixture).await?;
    open_numbered(page, number.as_str()).await?;
    Keys::at(page).letter("c").await?;
    page.gone("incident-claimed").await?;
    page.click("detail-close").await?;
    page.gone("incident-detail").await?;
    screens::all_tickets(fixture, false).await
}

async fn open_numbered(page: &Page, number: &str) -> Result<()> {
    open(page).await?;
    page.keys(number).await?;
    page.press(Key::Enter).await?;
    page.reads("incident-detail", "the incident of that number", |text| text.contains(number)).await?;
    page.gone("palette-input").await
}

/// What is typed presses the chips, the chips write what is typed, and what is not understood is said at the field.
pub(crate) async fn the_language_of_filters(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    screens::all_tickets(fixture, true).await?;
    page.click("incident-search").await?;
    page.keys("sev:imp").await?;
    page.reads("search-wrong", "what would be right", |text| text.contains("important")).await?;
    page.attribute("incident-search", "aria-invalid", "true").await?;
    page.keys("ortant").await?;
    fixture.wait_rows("rows that are important", |rows| rows.iter().all(|row| row.text.contains("Important"))).await?;
    page.reads("search-wrong", "nothing is wrong", str::is_empty).await?;
    page.click("filter-unread").await?;
    let written = "return document.activeElement && document.querySelector('[data-testid=incident-search]').value === arguments[0]";
    page.eventually::<bool>("the chip writes", written, vec!["sev:important is:unread".into()]).await?;
    page.click("filter-unread").await?;
    page.eventually::<bool>("and takes away", written, vec!["sev:important".into()]).await?;
    clear_search(fixture).await?;
    // The palette completes, and shows the list.
    open(page).await?;
    page.keys("sev:crit").await?;
    page.reads("palette-option", "a completion", |text| text.contains("sev:critical")).await?;
    page.press(Key::Enter).await?;
    page.reads("palette-option", "the filter", |text| text.contains("Show incidents")).await?;
    page.press(Key::Enter).await?;
    page.eventually::<bool>("the list has the filter", written, vec!["sev:critical".into()]).await?;
    clear_search(fixture).await?;
    screens::all_tickets(fixture, false).await
}

/// Letters do what the sheet says, and nothing while one types.
pub(crate) async fn the_keys_of_the_sheet(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let mut keys = Keys::at(page);
    page.click("incident-search").await?;
    page.keys("jjzz?").await?;
    ensure!(!page.shows("key-sheet").await?, "a letter that was typed opened the sheet");
    clear_search(fixture).await?;
    page.press(Key::Escape).await?;
    keys.letter("j").await?;
    keys.letter("j").await?;
    keys.letter("k").await?;
    keys.press(Key::Enter).await?;
    page.find("incident-detail").await?;
    keys.press(Key::Escape).await?;
    page.gone("incident-detail").await?;
    keys.letter("?").await?;
    page.reads("key-sheet", "all keys", |text| text.contains("Next and previous row")).await?;
    keys.letter("j").await?;
    keys.press(Key::Escape).await?;
    page.gone("key-sheet").await?;
    let name = page.reads("customer-dropdown", "a customer", |text| !text.trim().is_empty()).await?;
    keys.letter("]").await?;
    let other = page.reads("customer-dropdown", "another customer", |text| text != name).await?;
    page.find("incident-row").await?;
    keys.letter("[").await?;
    page.reads("customer-dropdown", "the one before", |text| text == name && text != other).await?;
    keys.took("two rows, a pane, the sheet, the next customer and back", 11)
}

/// What is copied leads back, by a second start; what is no place, or not to be seen, is said.
pub(crate) async fn links_lead_to_their_places(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("incident-row").await?;
    page.click("copy-link").await?;
    page.reads("copy-said", "it is copied", |text| text.contains("Copied")).await?;
    page.click("detail-close").await?;
    page.gone("incident-detail").await?;
    let incidents = fixture.api.incidents(None, IncidentTab::Active).await?.unwrap_or_default();
    let incident = incidents.last().context("nothing is open")?;
    let key = tenantry_model::ipc::IncidentRef { customer_id: incident.customer_id, number: incident.number };
    start_with(fixture, &NavigationTarget::Incident { key }.to_string())?;
    page.reads("incident-detail", "the incident of the link", |text| text.contains(incident.number.as_str())).await?;
    let unknown = NavigationTarget::Incident {
        key: tenantry_model::ipc::IncidentRef { customer_id: "0190a000-0000-7000-8000-000000000001".parse()?, ..key },
    };
    for (link, said) in [(unknown.to_string(), "does not exist"), ("tenantry://incident/7".to_owned(), "not the link")] {
        start_with(fixture, &link)?;
        page.reads("link-dead", "why it leads nowhere", |text| text.contains(said)).await?;
        page.click("link-dead-close").await?;
        page.gone("link-dead").await?;
    }
    page.click("detail-close").await?;
    page.gone("incident-detail").await?;
    start_with(fixture, &NavigationTarget::Rooms { filter: Some("health:unhealthy board".into()) }.to_string())?;
    let written = "const box = document.querySelector('[data-testid=room-search]'); return !!box && box.value === 'health:unhealthy board'";
    page.eventually::<bool>("the filter of the link", written, vec![]).await?;
    page.click("filter-clear-all").await?;
    page.click("nav-incidents").await?;
    page.find("incident-row").await.map(|_| ())
}

/// Starts the app a second time: that ends at once, and the first one hears of it.
fn start_with(fixture: &Fixture, link: &str) -> Result<()> {
    let mut second = fixture.session.command(app::program()?);
    second.arg(link).env("TENANTRY_DATA_DIR", data(&fixture.session));
    let ended = second.status().context("the app cannot be started a second time")?;
    ensure!(ended.success(), "the second start ends with {ended}");
    Ok(())
}
