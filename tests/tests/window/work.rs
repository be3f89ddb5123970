//! A technician's day without the mouse: reported, answered, edited, closed. The presses are counted, beside what is typed as a text.

use anyhow::{Context, Result, ensure};
use tenantry_tests::desktop::page::key::Key;

use crate::fixture::Fixture;
use crate::keyboard::{Keys, focus_is, focus_on};

const PROBLEM: &str = "Kein Ton im Raum, seit heute früh <b>laut</b> Empfang";

/// `r`, the words, Ctrl with Enter: it is open beside the list, under the number that it got.
pub(crate) async fn an_incident_is_reported(fixture: &Fixture) -> Result<String> {
    let page = fixture.page();
    page.script("document.getElementById('main-list').focus()", vec![]).await?;
    let mut keys = Keys::at(page);
    keys.letter("r").await?;
    focus_on(page, "record-description").await?;
    // Nothing can be sent that says nothing, and the button says why.
    let why = "return document.querySelector('[data-testid=wizard-finish]').dataset.why ?? null";
    page.eventually::<String>("it says what is missing", why, vec![]).await?;
    page.keys(PROBLEM).await?;
    keys.held(Key::Control, Key::Enter).await?;
    page.gone("record-form").await?;
    let notice = page.reads("incident-done", "it says what came of it", |text| text.contains('-')).await?;
    page.reads("incident-detail", "what was reported is open", |text| text.contains(PROBLEM)).await?;
    focus_is(page, "what is new has the focus", |focus| focus.tag == "h2" && focus.id == "incident-detail").await?;
    keys.took("reporting an incident", 2)?;
    let number = page.script("return document.querySelector('.pane__over').textContent.split(' ')[0]", vec![]).await?;
    let number = number.as_str().context("the pane names no number")?.to_owned();
    ensure!(notice.contains(&number), "{notice} names another number than {number}");
    ensure!(page.script("return document.querySelectorAll('.pane b').length", vec![]).await? == 0, "markup in what was typed is markup");
    fixture.wait_rows("the list has it", |rows| rows.iter().any(|row| row.number == number)).await?;
    Ok(number)
}

/// `n` leads to where one writes; what was begun is found again after another incident was looked at.
pub(crate) async fn a_message_is_written(fixture: &Fixture, number: &str) -> Result<()> {
    let page = fixture.page();
    let mut keys = Keys::at(page);
    keys.letter("n").await?;
    focus_on(page, "message-text").await?;
    page.keys("Techniker ist ").await?;
    keys.press(Key::Escape).await?;
    focus_is(page, "the pane", |focus| focus.tag == "div" && focus.id == "incident-detail").await?;
    keys.press(Key::Escape).await?;
    page.gone("incident-detail").await?;
    let rows = fixture.wait_rows("there is another one", |rows| rows.iter().any(|row| row.number != number)).await?;
    let other = rows.iter().find(|row| row.number != number).context("no other row")?.number.clone();
    let value = "return document.querySelector('[data-testid=message-text]').value";
    page.click(&format!("incident-row[data-number=\"{other}\"]")).await?;
    page.find("incident-write").await?;
    keys.letter("n").await?;
    focus_on(page, "message-text").await?;
    ensure!(page.script(value, vec![]).await? == "", "what was begun for one incident stands at another");
    page.press(Key::Escape).await?;
    page.press(Key::Escape).await?;
    page.gone("incident-detail").await?;
    page.click(&format!("incident-row[data-number=\"{number}\"]")).await?;
    page.find("incident-write").await?;
    let mut keys = Keys::at(page);
    keys.letter("n").await?;
    focus_on(page, "message-text").await?;
    ensure!(page.script(value, vec![]).await? == "Techniker ist ", "what was begun is lost");
    page.keys("unterwegs").await?;
    keys.held(Key::Control, Key::Enter).await?;
    page.reads("message", "the message is in the thread", |text| text.contains("Techniker ist unterwegs")).await?;
    page.gone("message-on-the-way").await?;
    ensure!(page.script(value, vec![]).await? == "", "what was sent is still to be sent");
    keys.took("a message", 2)
}

/// High impact is added, with its reason; what cannot be sent is not.
pub(crate) async fn it_is_edited(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    // One may go on writing; Esc leaves the field, and the pane stays.
    focus_on(page, "message-text").await?;
    page.press(Key::Escape).await?;
    page.click("incident-edit").await?;
    focus_on(page, "record-description").await?;
    let why = "return document.querySelector('[data-testid=wizard-finish]').dataset.why ?? null";
    let unchanged: String = page.eventually("nothing was changed yet", why, vec![]).await?;
    page.tab_to("record-high-impact").await?;
    page.keys(" ").await?;
    let other = "const why = document.querySelector('[data-testid=wizard-finish]').dataset.why; return why !== arguments[0] && why";
    page.eventually::<String>("it says what is missing", other, vec![unchanged.into()]).await?;
    page.tab_to("record-reason").await?;
    page.keys("Vorstand im Raum").await?;
    page.chord(Key::Control, Key::Enter).await?;
    page.gone("edit-form").await?;
    page.find("incident-detail").await?;
    page.click("pane-overview").await?;
    page.reads("incident-detail", "the reason is there", |text| text.contains("Vorstand im Raum")).await.map(|_| ())
}

/// `c` claims it, the list says who works on it, and `c` ends that (A32).
pub(crate) async fn it_is_claimed_and_released(fixture: &Fixture, number: &str) -> Result<()> {
    let page = fixture.page();
    page.script("document.querySelector('.pane__body').focus()", vec![]).await?;
    let mut keys = Keys::at(page);
    keys.letter("c").await?;
    page.find("incident-claimed").await?;
    keys.took("claiming", 1)?;
    let marked = format!("incident-row[data-number=\"{number}\"] [data-testid=row-mark");
    let mark = "return document.querySelector(`[data-testid=incident-row][data-number='${arguments[0]}'] [data-testid=row-mark]`)?.textContent || null";
    let who: String = page.eventually(&marked, mark, vec![number.into()]).await?;
    ensure!(!who.trim().is_empty(), "the list does not say who works on it");
    focus_is(page, "the focus stays where it was", |focus| focus.tag != "body").await?;
    keys.letter("c").await?;
    page.gone("incident-claimed").await
}

/// `z`, a reason, Enter: it leaves the list; found by the filter, `z` brings it back (A33).
pub(crate) async fn it_is_snoozed_and_brought_back(fixture: &Fixture, number: &str) -> Result<()> {
    let page = fixture.page();
    page.script("document.querySelector('.pane__body').focus()", vec![]).await?;
    let mut keys = Keys::at(page);
    keys.letter("z").await?;
    focus_on(page, "snooze-reason").await?;
    page.keys("Umbau <i>bis</i> morgen").await?;
    keys.press(Key::Enter).await?;
    page.gone("snooze-form").await?;
    keys.took("snoozing", 2)?;
    page.find("incident-snoozed").await?;
    page.reads("incident-detail", "the reason is there as it was typed", |text| text.contains("Umbau <i>bis</i> morgen")).await?;
    let gone = "return !document.querySelector(`[data-testid=incident-row][data-number='${arguments[0]}']`)";
    page.eventually::<bool>("it left the list", gone, vec![number.into()]).await?;
    page.script("document.querySelector('.pane__body').focus()", vec![]).await?;
    keys.letter("z").await?;
    page.gone("incident-snoozed").await?;
    fixture.wait_rows("it is back in the list", |rows| rows.iter().any(|row| row.number == number)).await.map(|_| ())
}

/// `e`, an arrow, Enter.
pub(crate) async fn it_is_closed_with_a_reason(fixture: &Fixture, number: &str) -> Result<()> {
    let page = fixture.page();
    page.script("document.querySelector('.pane__body').focus()", vec![]).await?;
    let mut keys = Keys::at(page);
    keys.letter("e").await?;
    focus_on(page, "close-unknown").await?;
    keys.press(Key::Down).await?;
    focus_on(page, "close-physical_issue").await?;
    keys.press(Key::Enter).await?;
    page.gone("close-form").await?;
    page.reads("incident-done", "it says what was done", |text| text.contains(number)).await?;
    keys.took("closing with a reason", 5)?;
    let gone = "return !document.querySelector(`[data-testid=incident-row][data-number='${arguments[0]}']`)";
    page.eventually::<bool>("it left the list of what is active", gone, vec![number.into()]).await?;
    focus_is(page, "something has the focus", |focus| focus.tag != "body").await.map(|_| ())
}

/// The button for closing is out of use, and its letter leads to it, where it says why (R85).
pub(crate) async fn what_a_signal_raised_is_not_closed_by_hand(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let number = "const rows = [...document.querySelectorAll('[data-testid=incident-row]')]; return rows.map(row => row.dataset.number)";
    let numbers: Vec<String> = serde_json::from_value(page.script(number, vec![]).await?)?;
    for number in numbers {
        page.click(&format!("incident-row[data-number=\"{number}\"]")).await?;
        page.find("incident-close").await?;
        if page.shows("incident-edit").await? {
            continue;
        }
        page.script("document.getElementById('main-list').focus()", vec![]).await?;
        Keys::at(page).letter("e").await?;
        focus_on(page, "incident-close").await?;
        ensure!(!page.shows("close-form").await?, "a signal's incident can be closed");
        let why = "return document.activeElement.dataset.why";
        ensure!(page.script(why, vec![]).await?.as_str().is_some_and(|why| why.len() > 20), "it does not say why");
        page.press(Key::Escape).await?;
        return page.gone("incident-detail").await;
    }
    anyhow::bail!("the list has no incident of a signal")
}

/// From the pane of a room, with that room chosen; its health follows (R84).
pub(crate) async fn an_incident_is_reported_from_a_room(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.click("nav-rooms").await?;
    page.click("room-row").await?;
    page.find("room-detail").await?;
    let room = page.script("return document.querySelector('.pane__title').textContent", vec![]).await?;
    let room = room.as_str().context("the pane names no room")?.to_owned();
    Keys::at(page).letter("r").await?;
    focus_on(page, "record-description").await?;
    page.reads("record-rooms-count", "the room is chosen", |text| text.starts_with("1 ")).await?;
    page.keys("Tisch wackelt").await?;
    page.chord(Key::Control, Key::Enter).await?;
    page.gone("record-form").await?;
    page.reads("incident-detail", "it names the room", |text| text.contains(&room) && text.contains("Tisch wackelt")).await?;
    page.script("document.querySelector('[data-testid=room-link]').focus()", vec![]).await?;
    page.press(Key::Enter).await?;
    page.find("room-detail").await?;
    page.reads("room-detail", "the room is unhealthy", |text| text.contains("Unhealthy") && text.contains("Tisch wackelt")).await?;
    page.click("nav-incidents").await
}

/// Without the service a message waits on the device, also over a start; it arrives once, when the service is there again.
pub(crate) async fn off_line_nothing_that_was_typed_is_lost(fixture: &mut Fixture) -> Result<()> {
    fixture.page().click("incident-row").await?;
    fixture.page().find("incident-write").await?;
    Keys::at(fixture.page()).letter("n").await?;
    focus_on(fixture.page(), "message-text").await?;
    fixture.demo.kill();
    let page = fixture.page();
    page.attribute("sync-state", "data-state", "offline").await?;
    page.keys("Im Zug geschrieben").await?;
    page.chord(Key::Control, Key::Enter).await?;
    page.reads("message-unsent", "it is said to wait", |text| text.contains("Im Zug geschrieben")).await?;
    page.reads("outbox-open", "the header counts it", |text| text.contains('1')).await?;
    fixture.restart_app().await?;
    let page = fixture.page();
    page.click("outbox-open").await?;
    page.reads("outbox-entry", "it outlasts the app", |text| text.contains("Im Zug geschrieben")).await?;
    page.click("outbox-close").await?;
    page.click("user-menu").await?;
    page.click("sign-out").await?;
    page.find("sign-out-unsent").await?;
    page.press(Key::Escape).await?;
    page.gone("sign-out-confirm").await?;
    fixture.demo.restart().await?;
    let page = fixture.page();
    page.gone("outbox-open").await?;
    page.click("incident-row").await?;
    page.find("incident-write").await?;
    Keys::at(page).letter("n").await?;
    page.reads("message", "it arrived", |text| text.contains("Im Zug geschrieben")).await?;
    let times = "return [...document.querySelectorAll('[data-testid=message]')].filter(e => e.innerText.includes('Im Zug')).length";
    ensure!(page.script(times, vec![]).await? == 1, "it arrived more than once");
    Ok(())
}
