//! Sign-in: the screen, the system's browser, and the way back.

use anyhow::{Result, ensure};
use tenantry_tests::desktop::Person;
use tenantry_tests::desktop::page::key::Key;
use url::Url;

use crate::fixture::{Fixture, PERSON};
use crate::relations;
use crate::screens;

/// The screen before anybody signed in, in both languages. It says that this is a demo.
pub(crate) async fn face(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    page.find("sign-in-button").await?;
    page.find("demo-badge").await?;
    for language in ["de", "en"] {
        screens::select(page, "language-select", language).await?;
        screens::take(&fixture.session, page, [language, "light", "sign-in"]).await?;
    }
    Ok(())
}

/// Tab and Enter start it, the browser is handed an address, somebody signs in there, and the window shows the first customer.
pub(crate) async fn with_keyboard_and_browser(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    // Stays only as long as the page does: a page that went elsewhere and came back has lost it.
    page.script("window.neverLeft = true", vec![]).await?;
    page.tab_to("sign-in-button").await?;
    page.press(Key::Enter).await?;
    let url = Url::parse(&fixture.browser.next(0).await?)?;
    page.find("sign-in-cancel").await?;

    let asked = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default();
    ensure!(url.as_str().starts_with(&fixture.demo.url("/directory/")), "the browser was sent to {url}");
    ensure!(asked("response_type") == "code" && asked("code_challenge_method") == "S256", "no code with PKCE: {url}");
    ensure!(!asked("state").is_empty() && !asked("nonce").is_empty(), "no state or no nonce: {url}");
    let back = Url::parse(&asked("redirect_uri"))?;
    ensure!(back.host_str() == Some("127.0.0.1") && back.port().is_some(), "the way back is no loopback port: {back}");

    let told = Person::sign_in(&fixture.session, url.as_str(), PERSON).await?;
    ensure!(told.contains("Tenantry"), "after the sign-in the browser reads only {told:?}");
    page.find("customer-dropdown").await?;
    page.attribute("sync-state", "data-state", "current").await?;
    ensure!(fixture.browser.opened().len() == 1, "the browser was opened more than once: {:?}", fixture.browser.opened());
    // The way back takes one hit, and then nobody listens there any more.
    ensure!(
        std::net::TcpStream::connect((back.host_str().unwrap_or_default(), back.port().unwrap_or_default())).is_err(),
        "{back} is still open"
    );
    Ok(())
}

/// The engine's answer about everything comes only after the events about what has happened since it was asked: what they say stays.
pub(crate) async fn late_answers_undo_no_event(fixture: &Fixture) -> Result<()> {
    let page = fixture.page();
    let late = "const { event } = window.__TAURI__, ask = window.engine.invoke;
        const current = new Promise(done => event.listen('sync-changed', ({ payload }) => payload.state.state === 'current' && !payload.historyPending && done()));
        window.engine.invoke = async (command, args) => {
            const answer = await ask(command, args);
            if (answer?.session?.state === 'signedIn') { await current; window.heldBack = true; }
            return answer;
        };";
    page.script(late, vec![]).await?;
    relations::sign_in(fixture, PERSON).await?;
    ensure!(page.script("return window.heldBack", vec![]).await? == serde_json::json!(true), "no answer was held back");
    Ok(())
}
