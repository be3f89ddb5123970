//! What could not be sent, by keyboard: a change that meets another is read and sent anyway, and an issue that waits is opened and thrown away.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tenantry_tests::desktop::page::Page;
use tenantry_tests::desktop::page::key::Key;
use uuid::Uuid;

use crate::fixture::Fixture;
use crate::keyboard::focus_is;

const MINE: &str = "Kabel lose, seit Montag";

async fn customer(page: &Page) -> Result<Value> {
    let args = json!({ "text": "", "window": { "offset": 0, "limit": 50 } });
    let customers = page.invoke("list_customers", args).await?;
    let rows = customers["rows"].as_array().context("no customers")?;
    let may = |row: &&Value| {
        let permissions = row["permissions"].to_string();
        permissions.contains("incidents.create") && permissions.contains("tickets.update")
    };
    Ok(rows.iter().find(may).context("no customer at which one may record")?["id"].clone())
}

/// An edit of an issue that was made of a version before somebody wrote: it was refused when nobody sat before its form any more.
pub(crate) async fn refuse_an_edit(page: &Page, n: u128) -> Result<()> {
    let customer = customer(page).await?;
    let form = |part: u128| Uuid::from_u128(0xC0_0000 + 16 * n + part);
    let work = |part, work: Value| json!({ "form": form(part), "customer": customer, "work": work });
    let new = json!({ "description": "Kabel lose", "rooms": [], "highImpactReason": null, "events": [] });
    let recorded = page.invoke("do_work", work(1, json!({ "do": "record", "new": new }))).await?;
    let (number, version) = (recorded["answer"]["number"].clone(), recorded["answer"]["version"].clone());
    ensure!(number.is_string(), "it was not recorded: {recorded}");
    let message = json!({ "do": "message", "number": number, "new": { "text": "Ich sehe nach", "assignTo": null } });
    page.invoke("do_work", work(2, message)).await?;
    let was = json!({ "description": "Kabel lose", "rooms": [], "highImpactReason": null });
    let edit = json!({ "do": "edit", "number": number, "version": version.as_u64().context("no version")? - 1, "was": was, "change": { "description": MINE } });
    let refused = page.invoke("do_work", work(3, edit)).await.err().context("it was sent on top of what its author had not seen")?;
    ensure!(refused.to_string().replace('\\', "").contains(r#""kind":"stale""#), "it was refused for another reason: {refused}");
    Ok(())
}

/// Reached, read, answered.
pub(crate) async fn a35_what_meets_another_change_is_read_and_sent_anyway_by_keyboard(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    refuse_an_edit(page, 1).await?;
    page.reads("outbox-open", "the header says that it was refused", |text| text.contains('1')).await?;
    page.tab_to("outbox-open").await?;
    page.press(Key::Enter).await?;
    page.reads("outbox-why", "it says what was not done, and why", |text| text.contains("not changed") && text.contains("Compare")).await?;
    page.reads("stale-table", "both are shown", |text| text.contains("Kabel lose") && text.contains(MINE)).await?;
    page.tab_to("outbox-again").await?;
    page.press(Key::Enter).await?;
    page.gone("outbox-entry").await?;
    focus_is(page, "the dialog keeps it", |focus| focus.tag != "body").await?;
    page.press(Key::Escape).await?;
    page.gone("outbox").await?;
    focus_is(page, "the page has it again", |focus| focus.tag != "body").await.map(drop)
}

/// A row above the list is opened, and what it stands for thrown away.
pub(crate) async fn a35_an_issue_that_waits_is_opened_and_discarded_by_keyboard(fixture: &mut Fixture) -> Result<()> {
    fixture.page().click("nav-incidents").await?;
    let customer = customer(fixture.page()).await?;
    fixture.demo.kill();
    let page = fixture.page();
    page.attribute("sync-state", "data-state", "offline").await?;
    let all = "const toggle = document.querySelector('[data-testid=all-tickets-toggle]'); if (!toggle.checked) toggle.click()";
    page.script(all, vec![]).await?;
    let new = json!({ "description": "Beamer flackert\nseit heute", "rooms": [], "highImpactReason": null, "events": [] });
    let work = json!({ "form": Uuid::from_u128(0xC1_0000), "customer": customer, "work": { "do": "record", "new": new } });
    let waits = page.invoke("do_work", work).await?;
    ensure!(waits["is"] == "waits", "{waits}");
    page.reads("unsent-issue", "it stands above the list", |text| text.contains("Beamer flackert")).await?;
    page.tab_to("unsent-issue").await?;
    page.press(Key::Enter).await?;
    page.reads("outbox-entry", "all of it is shown", |text| text.contains("seit heute")).await?;
    focus_is(page, "the entry that it was opened at", |focus| focus.tag == "li").await?;
    // Back, the row has the focus.
    page.press(Key::Escape).await?;
    page.gone("outbox").await?;
    focus_is(page, "the row that opened it", |focus| focus.id == "unsent-issue").await?;
    page.press(Key::Enter).await?;
    page.find("outbox-entry").await?;
    page.tab_to("outbox-discard").await?;
    page.press(Key::Enter).await?;
    page.find("confirm-discard-entry").await?;
    let asked = page.script("return [...document.querySelectorAll('dialog[open] h2')].at(-1).textContent", vec![]).await?;
    ensure!(asked.as_str().is_some_and(|asked| asked.contains("New incident")), "the question does not say what goes: {asked}");
    page.tab_to("confirm-discard-entry-yes").await?;
    page.press(Key::Enter).await?;
    page.gone("outbox-entry").await?;
    page.press(Key::Escape).await?;
    page.gone("outbox").await?;
    page.gone("unsent-issue").await?;
    focus_is(page, "something has it", |focus| focus.tag != "body").await.map(drop)
}
