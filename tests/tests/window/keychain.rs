//! A real keyring that is locked when the app starts.

use anyhow::{Result, ensure};

use crate::fixture::Fixture;
use crate::relations;

/// Somebody signs in and closes the app; the keyring is locked when it starts: the window says so, and opens the list when it is unlocked.
pub(crate) async fn a_locked_keyring_is_said_and_waited_for(fixture: &mut Fixture) -> Result<()> {
    relations::sign_in(fixture, crate::fixture::PERSON).await?;
    fixture.page().find("incident-row").await?;
    fixture.session.lock_keyring()?;
    fixture.demo.kill();
    fixture.restart_app().await?;
    let page = fixture.page();
    page.attribute("key-problem", "data-problem", "locked").await?;
    let text = page.text().await?;
    ensure!(text.contains("keychain is locked") && text.contains("Try again") && text.contains("Go on without"), "it reads {text}");
    page.click("key-try-again").await?;
    page.attribute("key-problem", "data-problem", "locked").await?;
    fixture.session.unlock_keyring().await?;
    fixture.page().find("incident-row").await?;
    fixture.page().attribute("sync-state", "data-state", "offline").await
}
