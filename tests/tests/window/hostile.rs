//! Names, texts and files that are made to attack the page, or to burst it: wherever they stand, they are text.

use std::cell::RefCell;

use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use serde_json::{Value, json};
use tenantry_model::attachment::FileName;
use tenantry_model::id::{PrincipalId, RoomId, TenantId};
use tenantry_model::name::is_name;
use tenantry_model::text::TicketNumber;
use tenantry_test_kit::Change;
use tenantry_tests::desktop::Page;
use tenantry_tests::desktop::page::key::Key;
use uuid::Uuid;

use crate::fixture::{Fixture, screens};
use crate::palette;
use crate::relations::open_row;
use crate::screens::{all_tickets, choose};

/// Fifty of them. Screens without the app show the same (`ui/dev`).
const NAMES: &str = include_str!("hostile_names.json");

/// What an attack would leave behind, and what is wider than where it stands. What is cut with an ellipsis is not; nor are the buttons of a
/// dialog, which reach over its padding, and the reason that a button out of use shows beside itself.
const WRONG: &str = "
    const wrong = [], says = e => `${e.dataset.testid ?? ''}.${e.className} “${e.textContent.trim().slice(0, 40)}”`;
    if (window.hostile !== undefined) wrong.push('a script has run');
    const made = document.body.querySelectorAll('iframe, style, [onerror], [onload], [onfocus], [onmouseover], img[src=x], a[href^=javascript]');
    for (const e of made) wrong.push(`markup became ${e.outerHTML.slice(0, 80)}`);
    if (document.documentElement.scrollWidth > innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    for (const e of document.body.querySelectorAll('*')) {
        if (!e.checkVisibility() || e.clientWidth < 2 || e.scrollWidth <= e.clientWidth + 1) continue;
        const style = getComputedStyle(e);
        const isCut = style.textOverflow === 'ellipsis' && style.overflowX !== 'visible';
        if (isCut || e.matches('input, textarea, select, form') || style.display === 'inline' || e.closest('.spoken, .row--head')) continue;
        if (e.matches('[data-why]:focus-visible')) continue;
        if (e.querySelector(':scope > .popover__panel, :scope > .dialog__buttons')) continue;
        wrong.push(`${says(e)} is ${e.scrollWidth} px wide in ${e.clientWidth}`);
    }
    return wrong;";

/// What the estate is changed to: rooms, people and customers of these names, and issues that say them.
struct Hostile {
    names: Vec<String>,
    customer: TenantId,
    /// Called after the longest name without blanks.
    customer_name: String,
    number: TicketNumber,
    /// What is wrong, view by view.
    found: RefCell<Vec<String>>,
}

pub(crate) async fn names_are_text_wherever_they_stand(fixture: &mut Fixture) -> Result<()> {
    all_tickets(fixture, true).await?;
    let hostile = sow(fixture).await?;
    for language in ["de", "en"] {
        choose(fixture.page(), "language-select", language).await?;
        incidents(fixture, &hostile).await?;
        rooms(fixture, &hostile).await?;
        tenants(fixture, &hostile).await?;
    }
    unsent(fixture, &hostile).await?;
    let found = hostile.found.take();
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

impl Hostile {
    /// Notes what of the page is as an attacker wants it.
    async fn looks(&self, fixture: &Fixture, view: &str) -> Result<()> {
        let page = fixture.page();
        page.painted().await?;
        let wrong = page.script(WRONG, vec![]).await?;
        if wrong != json!([]) {
            fixture.session.picture(&screens().join(format!("hostile-{view}.png"))).await?;
            self.found.borrow_mut().push(format!("{view}: {wrong:#}"));
        }
        Ok(())
    }
}

async fn sow(fixture: &Fixture) -> Result<Hostile> {
    let names: Vec<String> = serde_json::from_str(NAMES)?;
    ensure!(names.len() == 50, "there are {} names", names.len());
    let me = fixture.api.me().await?;
    let customer = me.customers.first().context("no customer")?.id;
    let rooms = fixture.api.rooms(customer).await?.unwrap_or_default();
    let short: Vec<&String> = names.iter().filter(|name| is_name(name, 120)).collect();
    ensure!(short.len() > 30, "only {} can be names", short.len());
    let customer_name = "Sitzungssaalverwaltungsgebäude".repeat(4);
    let mut changes = vec![Change::RenameTenant { tenant: customer, display_name: customer_name.clone() }];
    changes.extend(
        me.customers
            .iter()
            .skip(1)
            .zip(&short)
            .map(|(customer, name)| Change::RenameTenant { tenant: customer.id, display_name: (*name).clone() }),
    );
    changes.extend(
        rooms.iter().zip(short.iter().cycle()).map(|(room, name)| Change::RenameRoom { room: room.id, display_name: (*name).clone() }),
    );
    let person = |n: usize| PrincipalId::from_uuid(Uuid::from_u128(0x018f_4e2a_7c1b_7d3e_9a4f_2b6c_8d0f_0000 + n as u128));
    changes.extend(short.iter().enumerate().map(|(n, name)| Change::user(person(n), me.tenant.id, name)));
    let all: Vec<RoomId> = rooms.iter().map(|room| room.id).collect();
    changes.extend(names.iter().zip(0..).map(|(text, n): (&String, usize)| Change::RecordIssue {
        customer,
        description: text.clone(),
        rooms: vec![all[n % all.len()]],
        high_impact_reason: Some(text.clone()),
        created_by: person(n % short.len()),
    }));
    let recorded = fixture.demo.control(&changes).await?;
    let incidents = fixture.api.incidents(Some(customer), tenantry_model::api::IncidentTab::Active).await?.unwrap_or_default();
    let last = incidents.iter().find(|row| row.problem == names[0]).with_context(|| format!("no issue says {:?}: {recorded}", names[0]))?;
    let number = last.number;
    let messages =
        names.iter().map(|text| Change::PostMessage { number, author: Some(person(1)), text: text.clone(), assign_to_service: false });
    fixture.demo.control(&messages.collect::<Vec<_>>()).await?;
    for (n, name) in names.iter().filter(|name| is_name(name, 80)).enumerate() {
        let id = Uuid::from_u128(0x018f_4e2a_7c1b_7d3e_9a4f_2b6c_8d1f_0000 + n as u128);
        let view = json!({ "id": id, "version": null, "view": { "name": name, "page": "incidents", "filter": format!("sev:critical {}", name.split_whitespace().next().unwrap_or_default().replace([':', '"'], "")) } });
        fixture.page().invoke("save_filter", view).await.with_context(|| format!("the view {name:?}"))?;
    }
    Ok(Hostile { names, customer, customer_name, number, found: RefCell::default() })
}

/// The list, one of them whole, its thread and files, and the questions that name it.
async fn incidents(fixture: &Fixture, hostile: &Hostile) -> Result<()> {
    let page = fixture.page();
    page.click("nav-incidents").await?;
    page.find("nav-view").await?;
    page.click("incident-search").await?;
    page.keys("type:customer_reported").await?;
    // Recorded at the same time, they stand in an order of chance, and only some of them are in sight.
    let is_named = |text: &str| hostile.names.iter().any(|name| name.lines().next().is_some_and(|line| text.contains(line.trim())));
    fixture.wait_rows("what was recorded", |rows| rows.len() > 1 && rows.iter().all(|row| is_named(&row.text))).await?;
    hostile.looks(fixture, "incidents").await?;
    palette::open(page).await?;
    hostile.looks(fixture, "palette").await?;
    for typed in ["<script", "=cmd", "%00"] {
        page.script("document.activeElement.select()", vec![]).await?;
        page.keys(typed).await?;
        page.reads("palette-option", "what is called so", |text| text.contains(typed)).await?;
        hostile.looks(fixture, "palette-found").await?;
    }
    page.script("document.activeElement.select()", vec![]).await?;
    page.keys(hostile.number.as_str()).await?;
    page.press(Key::Enter).await?;
    page.reads("incident-detail", "the first of them", |text| text.contains("<script>")).await?;
    hostile.looks(fixture, "incident").await?;
    page.click("pane-messages").await?;
    page.find("message").await?;
    let told = "return [...document.querySelectorAll('[data-testid=message]')].filter(e => arguments[0].some(name => e.textContent.includes(name))).length >= 50 || null";
    page.eventually::<bool>("each message says what was written", told, vec![json!(hostile.names)]).await?;
    hostile.looks(fixture, "messages").await?;
    page.click("pane-attachments").await?;
    files(page, &hostile.names).await?;
    hostile.looks(fixture, "attachments").await?;
    for (button, question) in [("incident-close", "close-form"), ("incident-snooze", "snooze-form")] {
        page.click(button).await?;
        page.find(question).await?;
        hostile.looks(fixture, question).await?;
        page.press(Key::Escape).await?;
        page.gone(question).await?;
    }
    page.click("incident-edit").await?;
    page.find("edit-form").await?;
    hostile.looks(fixture, "edit-form").await?;
    page.click("wizard-cancel").await?;
    page.gone("edit-form").await?;
    page.click("detail-close").await?;
    page.gone("incident-detail").await?;
    page.click_nth("nav-view", 3).await?;
    page.click("view-menu").await?;
    hostile.looks(fixture, "view-menu").await?;
    page.click("view-delete").await?;
    page.find("view-delete-confirm").await?;
    hostile.looks(fixture, "view-delete").await?;
    page.press(Key::Escape).await?;
    page.gone("view-delete-confirm").await?;
    page.click("filter-clear-all").await
}

/// Files that are called so, as far as a disk and the app allow: chosen once, and found there the second time.
async fn files(page: &Page, names: &[String]) -> Result<()> {
    const MOST: usize = 8;
    let named: Vec<String> = names
        .iter()
        .map(|name| format!("{}.log", name.chars().take(60).collect::<String>()))
        .filter(|name| !name.contains('/') && name.parse::<FileName>().is_ok())
        .take(MOST)
        .collect();
    let there = "return document.querySelectorAll('[data-testid=attachment]').length >= arguments[0] || null";
    if !page.shows("attachment").await? {
        let folder = tempfile::tempdir()?;
        let field = page.client().find(Locator::Css("[data-testid=attachment-input]")).await?;
        for name in &named {
            let path = folder.path().join(name);
            std::fs::write(&path, name)?;
            field.send_keys(path.to_str().context("a path")?).await?;
        }
        page.eventually::<bool>("all of them are there", there, vec![named.len().into()]).await?;
        page.gone("attachment-transfer").await?;
    }
    page.eventually::<bool>("all of them are there", there, vec![named.len().into()]).await.map(|_| ())
}

/// The rooms of all customers, one of them, and its form.
async fn rooms(fixture: &Fixture, hostile: &Hostile) -> Result<()> {
    let page = fixture.page();
    page.click("nav-rooms").await?;
    page.script("const toggle = document.querySelector('[data-testid=all-rooms-toggle]'); if (!toggle.checked) toggle.click()", vec![])
        .await?;
    page.click("room-search").await?;
    page.keys("iframe").await?;
    page.reads("room-row", "a room of that name", |text| text.contains("iframe")).await?;
    hostile.looks(fixture, "rooms").await?;
    page.click("room-row").await?;
    page.reads("room-detail", "its pane", |text| text.contains("iframe")).await?;
    for tab in ["room-tab-settings", "room-tab-tickets", "room-tab-status"] {
        page.click(tab).await?;
        hostile.looks(fixture, tab).await?;
    }
    page.click("room-edit").await?;
    page.find("room-edit-form").await?;
    hostile.looks(fixture, "room-edit-form").await?;
    page.click("wizard-cancel").await?;
    page.gone("room-edit-form").await?;
    page.click("detail-close").await?;
    page.click("room-search").await?;
    page.press(Key::Escape).await?;
    page.click("customer-dropdown").await?;
    page.find("customer-option").await?;
    hostile.looks(fixture, "customers").await?;
    page.press(Key::Escape).await
}

/// The list of customers, one of them, and the question before it is removed.
async fn tenants(fixture: &Fixture, hostile: &Hostile) -> Result<()> {
    let page = fixture.page();
    page.click("nav-tenants").await?;
    page.find("tenant-row").await?;
    hostile.looks(fixture, "tenants").await?;
    page.click("tenant-search").await?;
    page.keys("sitzungssaal").await?;
    open_row(fixture, "tenant-row", &hostile.customer_name[..40]).await?;
    page.reads("customer-pane", "it names the customer", |text| text.contains(&hostile.customer_name)).await?;
    hostile.looks(fixture, "customer").await?;
    page.click("remove-customer").await?;
    page.find("remove-confirm").await?;
    hostile.looks(fixture, "remove-confirm").await?;
    page.press(Key::Escape).await?;
    page.gone("remove-confirm").await?;
    page.click("detail-close").await?;
    page.click("tenant-search").await?;
    page.press(Key::Escape).await?;
    page.click("nav-roles").await?;
    page.find("role-row").await?;
    page.click("role-new").await?;
    page.find("role-form").await?;
    hostile.looks(fixture, "role-form").await?;
    page.click("wizard-cancel").await
}

/// What waits in the outbox says the words of a text that was typed off line.
async fn unsent(fixture: &mut Fixture, hostile: &Hostile) -> Result<()> {
    fixture.demo.kill();
    let page = fixture.page();
    page.attribute("sync-state", "data-state", "offline").await?;
    for (text, n) in hostile.names.iter().zip(0_u128..) {
        let new = json!({ "text": text });
        let item = json!({ "form": Uuid::from_u128(0x018f_4e2a_7c1b_7d3e_9a4f_2b6c_8d2f_0000 + n), "customer": hostile.customer, "work": { "do": "message", "number": hostile.number, "new": new } });
        let outcome: Value = page.invoke("do_work", item).await?;
        ensure!(outcome["is"] == "waits", "{outcome}");
    }
    page.click("outbox-open").await?;
    // A page has 25.
    let last = "const all = document.querySelectorAll('[data-testid=outbox-entry]'); return all.length === 25 && all[24].textContent.includes(arguments[0]) || null";
    let shows = |at: usize| vec![Value::from(hostile.names[at].lines().next().unwrap_or_default().trim())];
    page.eventually::<bool>("it lists the first of them", last, shows(24)).await?;
    hostile.looks(fixture, "outbox").await?;
    page.click("outbox-later").await?;
    page.eventually::<bool>("it lists the others", last, shows(49)).await?;
    hostile.looks(fixture, "outbox-later").await
}
