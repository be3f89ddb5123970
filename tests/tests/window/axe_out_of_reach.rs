//! axe-core at the pages without the service, and where keychain or disk keep the store closed.

use anyhow::{Context, Result};
use tenantry_tests::wait::{SOON, until};

use crate::axe::{Axe, LANGUAGES};
use crate::fixture::{Fixture, PERSON, data};
use crate::relations::sign_in;
use crate::screens;

/// See the module.
pub(crate) async fn run(fixture: &mut Fixture) -> Result<()> {
    let mut axe = Axe::load()?;
    sign_in(fixture, PERSON).await?;
    fixture.page().find("incident-row").await?;
    without_the_service(fixture, &mut axe).await?;

    fixture.session.lock_keyring()?;
    fixture.restart_app().await?;
    closed(fixture, &mut axe, "key-problem", "key-go-on").await?;

    fixture.session.unlock_keyring().await?;
    fixture.app.close().await;
    keep_the_file_closed(fixture)?;
    fixture.restart_app().await?;
    closed(fixture, &mut axe, "disk-problem", "disk-go-on").await?;

    fixture.demo.restart().await?;
    sign_in(fixture, PERSON).await?;
    for language in LANGUAGES {
        axe.language = language;
        screens::choose(fixture.page(), "language-select", language).await?;
        axe.look(fixture.page(), "memory-only-banner").await?;
    }
    axe.outcome(50)
}

/// The banner over the pages, over what was asked for before and what was not.
async fn without_the_service(fixture: &mut Fixture, axe: &mut Axe) -> Result<()> {
    let page = fixture.page().clone();
    page.click("nav-roles").await?;
    page.click("role-row").await?;
    // Its button is there once the role is.
    page.find("assignment-new").await?;
    page.click("detail-close").await?;
    // What comes after the first rows is there, too.
    let whole = "return window.__TAURI__.core.invoke('get_sync', { args: null }).then(sync => !sync.historyPending)";
    until(SOON, "the first sync is over", || async { Ok(page.run(whole, vec![]).await? == true) }).await?;
    fixture.demo.kill();
    page.find("offline-banner").await?;
    for language in LANGUAGES {
        axe.language = language;
        screens::choose(&page, "language-select", language).await?;
        axe.open(&page, "nav-incidents", "incident-row").await?;
        axe.open(&page, "incident-row", "incident-detail").await?;
        page.click("incident-write").await?;
        page.click("message-text").await?;
        page.keys("Later").await?;
        axe.open(&page, "message-send", "message-unsent").await?;
        axe.open(&page, "outbox-open", "outbox-entry").await?;
        page.click("outbox-discard").await?;
        axe.look(&page, "confirm-discard-entry").await?;
        page.click("confirm-discard-entry-yes").await?;
        page.gone("outbox-entry").await?;
        page.click("outbox-close").await?;
        page.click("detail-close").await?;
        axe.open(&page, "nav-rooms", "room-row").await?;
        axe.open(&page, "nav-roles", "role-row").await?;
        axe.open(&page, "role-row", "role-pane").await?;
        axe.open(&page, "role-tab-assignments", "assignment").await?;
        page.click("detail-close").await?;
        axe.open(&page, "open-access", "access-offline").await?;
        page.click("access-back").await?;
        axe.open(&page, "nav-tenants", "failed").await?;
    }
    Ok(())
}

/// What the app says where the store stays closed, and once one went on without it.
async fn closed(fixture: &Fixture, axe: &mut Axe, problem: &str, go_on: &str) -> Result<()> {
    let page = fixture.page();
    for language in LANGUAGES {
        axe.language = language;
        page.find(problem).await?;
        screens::select(page, "language-select", language).await?;
        axe.look(page, problem).await?;
    }
    page.click(go_on).await?;
    page.find("left-closed").await?;
    for language in LANGUAGES {
        axe.language = language;
        screens::select(page, "language-select", language).await?;
        axe.look(page, &format!("left-closed after {problem}")).await?;
    }
    Ok(())
}

/// Puts a folder where the engine behind the store needs a file, as a disk does that takes nothing any more.
fn keep_the_file_closed(fixture: &Fixture) -> Result<()> {
    let folder = data(&fixture.session).join("caches");
    let stores = std::fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path()));
    let store = stores.into_iter().find(|path| path.extension().is_some_and(|end| end == "db")).context("a store")?;
    let mut log = store.into_os_string();
    log.push("-wal");
    if std::fs::metadata(&log).is_ok() {
        std::fs::remove_file(&log)?;
    }
    Ok(std::fs::create_dir(&log)?)
}
