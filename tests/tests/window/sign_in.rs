//! Sign-in: the screen, the system's browser, and the way back.

use anyhow::{Result, ensure};
use tenantry_tests::desktop::Person;
use tenantry_tests::desktop::page::key::Key;
use url::Url;

use crate::fixture::{Fixture, PERSON};
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
