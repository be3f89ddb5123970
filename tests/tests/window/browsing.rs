//! Reading: one customer, all customers, filters, search, one incident, rooms; and the language, switched live.

use anyhow::{Context, Result, ensure};
use tenantry_model::api::IncidentTab;
use tenantry_tests::desktop::Page;
use tenantry_tests::desktop::page::key::{Key, code};
use tenantry_tests::wait::{SOON, until};

use crate::dropdown::Customer;
use crate::fixture::{Fixture, Row};
use crate::screens;

/// The list of one customer is that of the service.
pub(crate) async fn one_customer(fixture: &mut Fixture, customer: &Customer) -> Result<()> {
    let id = customer.id.parse()?;
    // The estate lives: what the service shows now may be on its way here.
    until(SOON, "the list shows what the service shows", || async {
        let wanted = fixture.api.incidents(Some(id), IncidentTab::Active).await?.unwrap_or_default();
        let rows = fixture.rows().await?;
        let known = |row: &Row| wanted.iter().any(|incident| incident.number.as_str() == row.number);
        Ok(fixture.matches().await? == wanted.len() as u64 && !rows.is_empty() && rows.iter().all(known))
    })
    .await?;
    let rows = fixture.rows().await?;
    fixture.seen.extend(rows.iter().map(|row| row.number.clone()));
    Ok(())
}

/// The toggle, reached and switched by keyboard, brings the incidents of all customers into one list.
pub(crate) async fn all_tickets(fixture: &mut Fixture) -> Result<()> {
    let page = fixture.page();
    page.tab_to("all-tickets-toggle").await?;
    page.keys(" ").await?;
    let rows = fixture.wait_rows("rows of several customers", |rows| rows.iter().any(|row| row.number[..6] != rows[0].number[..6])).await?;
    until(SOON, "as many as the service shows", || async {
        let wanted = fixture.api.incidents(None, IncidentTab::Active).await?.unwrap_or_default();
        Ok(fixture.matches().await? == wanted.len() as u64)
    })
    .await?;
    fixture.seen.extend(rows.iter().map(|row| row.number.clone()));
    headings_stand_over_their_columns(fixture).await
}

/// Each heading begins and ends where the cells under it do.
pub(crate) async fn headings_stand_over_their_columns(fixture: &Fixture) -> Result<()> {
    let script =
        "const place = cell => { const { left, right } = cell.getBoundingClientRect(); return [left, right].map(Math.round).join() };
        const row = document.querySelector('[data-testid=incident-row]');
        return [...document.querySelectorAll('#main-list .row--head > .cell:not(.cell--tick)')]
            .map(head => [head, row?.querySelector('.' + [...head.classList].find(name => /^cell--(?!end|strong|soft)/.test(name)))])
            .filter(([head, cell]) => !cell || place(head) !== place(cell))
            .map(([head, cell]) => `${head.innerText}: ${place(head)}, ${cell ? place(cell) : 'no cell'}`)";
    let off = fixture.page().script(script, vec![]).await?;
    ensure!(off == serde_json::json!([]), "headings beside their columns: {off}");
    Ok(())
}

/// The other tab has what is over; and back.
pub(crate) async fn resolved(fixture: &Fixture) -> Result<()> {
    fixture.page().click("tab-resolved").await?;
    let over = |row: &Row| row.text.contains("Resolved") || row.text.contains("Closed");
    fixture.wait_rows("incidents that are over", |rows| rows.iter().all(over)).await?;
    fixture.page().click("tab-active").await?;
    fixture.wait_rows("incidents that are not", |rows| !rows.iter().any(over)).await.map(|_| ())
}

/// A counter filters, a severity filters, words search, Enter opens. Answers the incident that was opened.
pub(crate) async fn filter_search_and_open(fixture: &mut Fixture) -> Result<Row> {
    let page = fixture.page();
    let all = fixture.matches().await?;
    page.click("filter-severity").await?;
    page.click("filter-value-important").await?;
    page.press(Key::Escape).await?;
    until(SOON, "fewer with a filter", || async { Ok(fixture.matches().await? < all) }).await?;
    let important = fixture.wait_rows("rows that are important", |rows| rows.iter().all(|row| row.text.contains("Important"))).await?;
    page.click("counter-needs_action").await?;
    page.attribute("counter-needs_action", "aria-pressed", "true").await?;
    let rows = fixture.wait_rows("rows that need action", |rows| rows.iter().all(|row| row.text.contains("Needs action"))).await?;
    let wanted = rows.first().or(important.first()).context("no important incident that needs action")?.clone();
    page.tab_to("filter-clear-all").await?;
    page.press(Key::Enter).await?;
    page.attribute("counter-needs_action", "aria-pressed", "false").await?;

    // Two words in any order, each only a part: of the number, and of the room's name.
    let incident = fixture.api.incidents(None, IncidentTab::Active).await?.unwrap_or_default();
    let incident = incident.iter().find(|incident| incident.number.as_str() == wanted.number).context("the service does not know it")?;
    let room = incident.rooms.first().context("it concerns no room")?.name.clone();
    let word = room.split(|c: char| !c.is_alphanumeric()).max_by_key(|word| word.len()).unwrap_or_default().to_lowercase();
    page.keys("/").await?;
    ensure!(page.focus().await?.id == "incident-search", "/ leads to {:?}", page.focus().await?);
    page.keys(&format!("{} {word}", &wanted.number[7..])).await?;
    fixture.wait_rows("the one that was searched for", |rows| matches!(rows, [row] if row.number == wanted.number)).await?;
    page.press(Key::Down).await?;
    ensure!(page.focus().await?.is_visible(), "one cannot see where the focus is: {:?}", page.focus().await?);
    page.press(Key::Down).await?;
    page.press(Key::Enter).await?;
    let detail =
        page.reads("incident-detail", "it shows the incident", |text| text.contains(&wanted.number) && text.contains(&room)).await?;
    for tab in ["pane-messages", "pane-attachments", "pane-history", "pane-overview"] {
        page.click(tab).await?;
        page.attribute(tab, "aria-selected", "true").await?;
    }
    page.click("detail-close").await?;
    page.gone("incident-detail").await?;
    clear_search(fixture).await?;
    fixture.seen.extend([wanted.number.clone(), room]);
    fixture.seen.extend(detail.lines().map(str::trim).filter(|line| line.len() >= 24).map(str::to_owned));
    Ok(wanted)
}

/// Each text in the search box is one question to the engine.
pub(crate) async fn fault_9_19_a_question_is_asked_once(fixture: &Fixture) -> Result<()> {
    const TYPE: &str =
        "const [search, matches] = args, shown = () => document.querySelector(matches).innerText, before = shown(), fetch = window.fetch;
        let asked = 0;
        window.fetch = (...call) => { asked += String(call[0]).endsWith('list_incidents'); return fetch(...call); };
        try {
            const box = document.querySelector(search);
            Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, 'nothing is called so');
            box.dispatchEvent(new InputEvent('input', { bubbles: true }));
            for (let n = 0; n < 1000 && shown() === before; n++) await new Promise(r => setTimeout(r, 5));
            if (shown() === before) throw `it still says ${before}`;
            await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
            return asked;
        } finally { window.fetch = fetch; }";
    let asked = fixture.page().run(TYPE, vec![Page::selector("incident-search").into(), Page::selector("matches").into()]).await?;
    ensure!(asked == 1, "one text was asked for {asked} times");
    clear_search(fixture).await
}

/// A press that begins on one row and ends on another, because the list changed under it, opens neither.
pub(crate) async fn fault_9_19_a_press_that_ends_on_another_row_opens_neither(fixture: &Fixture) -> Result<()> {
    const PRESS: &str = "const [row, search, other] = args, element = document.querySelector(row), box = document.querySelector(search);
        const fires = (on, name) => on.dispatchEvent(new MouseEvent(name, { bubbles: true, clientX: 300, clientY: 300, detail: 1 }));
        const id = () => element.dataset.id, before = id(), name = element.querySelector('.clip');
        fires(name, 'mousedown');
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, other);
        box.dispatchEvent(new InputEvent('input', { bubbles: true }));
        for (let n = 0; n < 1000 && id() === before; n++) await new Promise(r => setTimeout(r, 5));
        if (!element.isConnected || id() === before) throw `the element shows ${id()}, as before`;
        fires(name, 'mouseup');
        fires(name, 'click');
        await new Promise(r => setTimeout(r, 50));
        const opened = !!document.querySelector('[data-testid=incident-detail]');
        fires(name, 'mousedown');
        fires(name, 'click');
        for (let n = 0; n < 1000 && !document.querySelector('[data-testid=incident-detail]'); n++) await new Promise(r => setTimeout(r, 5));
        return [opened, !!document.querySelector('[data-testid=incident-detail]')];";
    // Of a row that is not in the page: one that stays would keep its own element.
    let shown: Vec<String> = fixture.rows().await?.into_iter().map(|row| row.number).collect();
    let incidents = fixture.api.incidents(None, IncidentTab::Active).await?.unwrap_or_default();
    let other = incidents.iter().map(|incident| incident.number.as_str()).find(|number| !shown.iter().any(|row| row == number));
    let other = other.context("all incidents are in the page")?;
    let args = vec![Page::selector("incident-row").into(), Page::selector("incident-search").into(), other[7..].into()];
    let opened = fixture.page().run(PRESS, args).await?;
    ensure!(opened == serde_json::json!([false, true]), "whether it opened before and after a press of its own: {opened}");
    fixture.page().click("detail-close").await?;
    fixture.page().gone("incident-detail").await?;
    clear_search(fixture).await
}

/// With the pane open, arrows run through the list faster than a web view lets its history grow; and back leads to the list.
pub(crate) async fn run_through_the_list(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("incident-row").await?;
    page.find("incident-detail").await?;
    for key in [Key::Down, Key::Up, Key::Down, Key::Up] {
        page.keys(&code(key).to_string().repeat(60)).await?;
    }
    // The list lives, so that the first row may be another one by now: it is the one whose pane is open.
    let open = "return document.querySelector('[data-testid=incident-row].row--open')?.dataset.number ?? null";
    let number: String = page.eventually("a row is open", open, vec![]).await?;
    page.reads("incident-detail", "it shows that row", |text| text.contains(&number)).await?;
    page.chord(Key::Alt, Key::Left).await?;
    page.gone("incident-detail").await?;
    page.chord(Key::Alt, Key::Right).await?;
    page.reads("incident-detail", "it is back", |text| text.contains(&number)).await?;
    page.click("detail-close").await?;
    page.gone("incident-detail").await
}

/// Empties the search box.
pub(crate) async fn clear_search(fixture: &Fixture) -> Result<()> {
    fixture.page().click("incident-search").await?;
    fixture.page().press(Key::Escape).await?;
    until(SOON, "more than one row again", || async { Ok(fixture.rows().await?.len() > 1) }).await
}

/// The rooms of the customer in the dropdown, and one of them.
pub(crate) async fn rooms(fixture: &mut Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("nav-rooms").await?;
    let name = page.reads("room-row", "it says something", |text| text.trim().len() >= 4).await?;
    let name = name.lines().find(|line| line.trim().len() >= 4).context("a room without a name")?.trim().to_owned();
    page.click("room-row").await?;
    page.find("detail-close").await?;
    page.press(Key::Escape).await?;
    page.gone("detail-close").await?;
    page.click("nav-incidents").await?;
    page.find("incident-row").await?;
    fixture.seen.insert(name);
    Ok(())
}

/// German at once, without losing the place; and back.
pub(crate) async fn language(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let english = page.text().await?;
    let row = fixture.rows().await?.first().context("no rows")?.number.clone();
    screens::choose(page, "language-select", "de").await?;
    page.eventually::<bool>("the page says that it is German", "return document.documentElement.lang === 'de'", vec![]).await?;
    page.reads("nav-rooms", "German", |text| text.contains("Räume")).await?;
    ensure!(page.text().await? != english, "nothing reads otherwise");
    ensure!(fixture.rows().await?.iter().any(|shown| shown.number == row), "the list lost its place");
    screens::choose(page, "language-select", "en").await?;
    page.reads("nav-rooms", "English", |text| text.contains("Rooms")).await?;
    Ok(())
}
