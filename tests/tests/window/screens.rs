//! Pictures of every screen: in both languages, light and dark.

use anyhow::Result;
use tenantry_tests::desktop::page::key::Key;
use tenantry_tests::desktop::{Page, Session};
use tenantry_tests::wait::{SOON, until};

use crate::fixture::{Fixture, Row, screens};

/// Sets a select box that is on the page.
pub(crate) async fn select(page: &Page, id: &str, value: &str) -> Result<()> {
    page.find(id).await?.select_by_value(value).await?;
    page.painted().await
}

/// Sets one of the user menu's select boxes, and closes the menu.
pub(crate) async fn choose(page: &Page, id: &str, value: &str) -> Result<()> {
    page.click("user-menu").await?;
    select(page, id, value).await?;
    page.press(Key::Escape).await?;
    page.gone(id).await
}

/// Takes the picture of one screen.
pub(crate) async fn take(session: &Session, page: &Page, [language, theme, name]: [&str; 3]) -> Result<()> {
    page.point_away().await?;
    page.painted().await?;
    session.picture(&screens().join(format!("{language}-{theme}-{name}.png"))).await
}

const LOOKS: [(&str, &str); 4] = [("en", "light"), ("en", "dark"), ("de", "light"), ("de", "dark")];

/// What there is while the service is there.
pub(crate) async fn on_line(fixture: &Fixture, incident: &Row) -> Result<()> {
    let page = fixture.page();
    for (language, theme) in LOOKS {
        look(page, language, theme).await?;
        all_tickets(fixture, true).await?;
        take(&fixture.session, page, [language, theme, "all-tickets"]).await?;
        open_one(fixture, incident).await?;
        page.find("incident-detail").await?;
        page.eventually::<bool>(
            "the pane is filled",
            "return document.querySelector('[data-testid=incident-detail]').innerText.length > 120",
            vec![],
        )
        .await?;
        take(&fixture.session, page, [language, theme, "detail"]).await?;
        page.click("detail-close").await?;
        all_tickets(fixture, false).await?;
        take(&fixture.session, page, [language, theme, "incidents"]).await?;
        page.click("nav-rooms").await?;
        page.find("room-row").await?;
        take(&fixture.session, page, [language, theme, "rooms"]).await?;
        page.click("nav-incidents").await?;
        page.find("incident-row").await?;
    }
    look(page, "en", "light").await?;
    all_tickets(fixture, true).await
}

/// What there is while it is not.
pub(crate) async fn off_line(fixture: &Fixture) -> Result<()> {
    for (language, theme) in LOOKS {
        look(fixture.page(), language, theme).await?;
        fixture.page().find("offline-banner").await?;
        take(&fixture.session, fixture.page(), [language, theme, "offline"]).await?;
    }
    look(fixture.page(), "en", "light").await
}

/// Switches the list over all customers on or off, where it is not so already.
pub(crate) async fn all_tickets(fixture: &Fixture, on: bool) -> Result<()> {
    let page = fixture.page();
    let is_on = page.script("return document.querySelector('[data-testid=all-tickets-toggle]').checked", vec![]).await?;
    if is_on != serde_json::Value::Bool(on) {
        page.script("document.querySelector('[data-testid=all-tickets-toggle]').click()", vec![]).await?;
    }
    let several = |rows: &[Row]| rows.iter().any(|row| row.number[..6] != rows[0].number[..6]);
    fixture.wait_rows("the rows of the other list", |rows| several(rows) == on).await?;
    Ok(())
}

/// Opens the incident if it is in sight, or else the first that is. The list lives: a row that was seen may have left before it is clicked.
async fn open_one(fixture: &Fixture, incident: &Row) -> Result<()> {
    until(SOON, "an incident takes a click", || async {
        let rows = fixture.rows().await?;
        let Some(row) = rows.iter().find(|row| row.number == incident.number).or(rows.first()) else { return Ok(false) };
        fixture.page().click_now(&format!("incident-row[data-number=\"{}\"]", row.number)).await
    })
    .await
}

async fn look(page: &Page, language: &str, theme: &str) -> Result<()> {
    choose(page, "language-select", language).await?;
    choose(page, "theme-select", theme).await?;
    let script = "return document.documentElement.lang === arguments[0] && document.documentElement.dataset.theme === arguments[1]";
    page.eventually::<bool>("the look is as chosen", script, vec![language.into(), theme.into()]).await.map(|_| ())
}
