//! The first start on a dark desktop without a keyring: no address, no session, nothing kept.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tenantry_tests::demo::{Demo, DemoOptions};
use tenantry_tests::desktop::page::key::Key;
use tenantry_tests::desktop::{App, AppOptions, Page, Person, Session, SystemBrowser};

use crate::fixture::{data, screens};
use crate::screens;

const LIMIT: Duration = Duration::from_secs(240);

/// An address that nobody answers at is told; the right one leads to the sign-in; giving that up leads back; without a keyring
/// everything works, and the app says that it keeps nothing.
pub(crate) async fn run() -> Result<()> {
    let mut session = Session::bare().await?;
    session.set("GTK_THEME", "Adwaita:dark");
    let browser = SystemBrowser::install(&mut session)?;
    let demo = Demo::start(DemoOptions::estate("s")).await?;
    let app = App::start(&session, &AppOptions::unmanaged(&data(&session))?).await?;
    let outcome = tokio::time::timeout(LIMIT, story(&session, &browser, &demo, &app.page)).await;
    match outcome.with_context(|| format!("the run takes longer than {LIMIT:?}")).flatten() {
        Ok(()) => Ok(()),
        Err(error) => {
            let picture = screens().join("failed-first-start.png");
            let taken = session.picture(&picture).await;
            Err(error.context(format!("The screen: {} ({taken:?})\nThe app's log:\n{}", picture.display(), app.log())))
        }
    }
}

async fn story(session: &Session, browser: &SystemBrowser, demo: &Demo, page: &Page) -> Result<()> {
    page.find("service-address").await?;
    connect(page, "http://127.0.0.1:9").await?;
    page.find("sign-in-error").await?;
    connect(page, demo.base()).await?;
    page.find("sign-in-button").await?;
    page.find("demo-badge").await?;
    let dark =
        page.script("return matchMedia('(prefers-color-scheme: dark)').matches && !document.documentElement.dataset.theme", vec![]).await?;
    ensure!(dark == true, "the desktop is dark, and the page does not know");
    for language in ["de", "en"] {
        screens::select(page, "language-select", language).await?;
        screens::take(session, page, [language, "dark", "sign-in"]).await?;
    }

    page.click("sign-in-button").await?;
    browser.next(0).await?;
    page.click("sign-in-cancel").await?;
    page.find("sign-in-button").await?;
    ensure!(!page.shows("sign-in-error").await?, "giving up is no error");

    page.click("sign-in-button").await?;
    let url = browser.next(1).await?;
    Person::sign_in(session, &url, "technician").await?;
    page.find("incident-row").await?;
    page.find("memory-only-banner").await?;
    // Nothing but settings is on the disk.
    let mut large = vec![];
    for entry in std::fs::read_dir(data(session))? {
        let entry = entry?;
        if entry.metadata()?.is_file() && entry.metadata()?.len() > 20_000 {
            large.push(entry.path());
        }
    }
    ensure!(large.is_empty(), "without a keyring something was written: {large:?}");
    Ok(())
}

async fn connect(page: &Page, address: &str) -> Result<()> {
    let field = page.find("service-address").await?;
    field.clear().await?;
    field.click().await?;
    page.keys(address).await?;
    page.press(Key::Enter).await
}
