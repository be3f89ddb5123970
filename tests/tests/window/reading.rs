//! Messages are read when they were on screen; and keys that belong to a text do nothing else.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tenantry_model::api::IncidentTab;
use tenantry_test_kit::Change;
use tenantry_tests::desktop::page::key::Key;

use crate::browsing::clear_search;
use crate::fixture::Fixture;

const MESSAGES: usize = 8;
const UNREAD: &str = "return document.querySelector(`[data-testid=incident-row][data-number=\"${arguments[0]}\"]`)?.classList.contains('row--unread') ?? null";

/// Neither an open pane nor the first look at a long thread makes its messages read; going through them does.
pub(crate) async fn fault_9_03_messages_are_read_when_they_were_on_screen(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let incidents = fixture.api.incidents(None, IncidentTab::Active).await?.unwrap_or_default();
    let incident = incidents.iter().find(|incident| incident.messages == 0).context("each has messages already")?;
    let number = incident.number.to_string();
    page.click("incident-search").await?;
    page.keys(&number).await?;
    fixture.wait_rows("the one that was searched for", |rows| matches!(rows, [row] if row.number == number)).await?;
    let text = (1..=12).map(|line| format!("Line {line}")).collect::<Vec<_>>().join("\n");
    let post = |_| Change::PostMessage { number: incident.number, author: None, text: text.clone(), assign_to_service: false };
    fixture.demo.control(&(0..MESSAGES).map(post).collect::<Vec<_>>()).await?;
    page.eventually::<bool>("its messages are unread", UNREAD, vec![number.clone().into()]).await?;

    let unread = async |when: &str| -> Result<()> {
        page.painted().await?;
        ensure!(page.script(UNREAD, vec![number.clone().into()]).await? == Value::Bool(true), "read {when}");
        Ok(())
    };
    page.click("incident-row").await?;
    page.reads("incident-detail", "it shows the incident", |text| text.contains(&number)).await?;
    page.click("pane-history").await?;
    page.attribute("pane-history", "aria-selected", "true").await?;
    unread("while the pane shows something else").await?;
    page.click("pane-messages").await?;
    page.find("message").await?;
    unread("though the oldest is out of sight").await?;
    let scroll = "const body = document.querySelector('[data-testid=incident-detail] .pane__body');
        for (let at = 0; at < body.scrollHeight; at += body.clientHeight / 3) {
            body.scrollTop = at;
            await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
        }";
    page.run(scroll, vec![]).await?;
    let read = UNREAD.replace("return ", "return false === (").replace(" ?? null", " ?? null)");
    page.eventually::<bool>("all were on screen", &read, vec![number.clone().into()]).await?;

    // One as long as a hundred windows, below another: it is read once its end was on screen, and not when its first line comes in.
    let long = "const sheet = new CSSStyleSheet(); sheet.replaceSync('.message__text { min-height: 60000px }');
        document.adoptedStyleSheets = [sheet]";
    page.script(long, vec![]).await?;
    page.click("pane-history").await?;
    page.attribute("pane-history", "aria-selected", "true").await?;
    fixture.demo.control(&[post(0), post(1)]).await?;
    page.eventually::<bool>("the new messages are unread", UNREAD, vec![number.clone().into()]).await?;
    page.click("pane-messages").await?;
    page.find("message").await?;
    let scroll_to = async |edge: &str| {
        let script = "const body = document.querySelector('[data-testid=incident-detail] .pane__body');
            const below = document.querySelectorAll('[data-testid=message]')[1].getBoundingClientRect();
            body.scrollTop += below[args[0]] - body.getBoundingClientRect().bottom + 1;
            for (let n = 0; n < 4; n++) await new Promise(r => requestAnimationFrame(r));";
        page.run(script, vec![edge.into()]).await
    };
    scroll_to("top").await?;
    unread("though only the first line of it was on screen").await?;
    scroll_to("bottom").await?;
    page.eventually::<bool>("the end of the long one was on screen", &read, vec![number.clone().into()]).await?;
    page.script("document.adoptedStyleSheets = []", vec![]).await?;
    page.click("detail-close").await?;
    page.gone("incident-detail").await?;
    clear_search(fixture).await
}

/// An input method's Escape and Enter choose signs, and Alt with arrows goes from word to word: the search and the page stay.
pub(crate) async fn fault_9_04_keys_of_a_text_do_nothing_else(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("incident-search").await?;
    page.keys("zz").await?;
    let press =
        "const key = new KeyboardEvent('keydown', { key: arguments[0], isComposing: arguments[1], bubbles: true, cancelable: true });
        return !document.activeElement.dispatchEvent(key)";
    for key in ["Escape", "Enter", "ArrowDown"] {
        let taken = page.script(press, vec![key.into(), true.into()]).await?;
        ensure!(taken == Value::Bool(false), "{key} did something while signs were chosen");
    }
    page.chord(Key::Alt, Key::Left).await?;
    page.painted().await?;
    let state = "const e = document.activeElement; return [e.dataset.testid, e.value]";
    let (field, text): (String, String) = serde_json::from_value(page.script(state, vec![]).await?)?;
    ensure!((field.as_str(), text.as_str()) == ("incident-search", "zz"), "the focus is on {field:?} with {text:?}");
    page.script(press, vec!["Escape".into(), false.into()]).await?;
    page.eventually::<bool>("Escape alone empties the search", "return document.activeElement.value === ''", vec![]).await?;
    clear_search(fixture).await
}
